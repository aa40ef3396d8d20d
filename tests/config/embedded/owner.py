"""A program that owns an embedded server: `python -m tests.config.embedded.owner ROOT`.

It prints the address and "owner" or "guest", then waits until its standard input is closed.
"""

import sys
from pathlib import Path

from luwes.config.embedded import EmbeddedServer

with EmbeddedServer(Path(sys.argv[1])) as server:
    sys.stdout.write(f"{server.url} {'owner' if server.owned else 'guest'}\n")
    sys.stdout.flush()
    sys.stdin.read()
