"""A pytest plugin: without LUWES_DATABASE_URL the tests run on an embedded server of their own.

Loaded by `-p tests.embedded` before the settings are read. The workers of pytest-xdist inherit the address
through the environment and start nothing.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from luwes.config.embedded import EmbeddedServer


def _temporary_root() -> Path:
    root = Path(tempfile.mkdtemp(prefix="luwes-tests-"))
    # The account under which root's server runs must be able to pass.
    root.chmod(0o711)
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    return root


def _prepare() -> None:
    if "LUWES_TEST_ROOT" in os.environ:
        return
    root = _temporary_root()
    os.environ["LUWES_TEST_ROOT"] = os.environ["LUWES_DATA"] = str(root)
    if "LUWES_DATABASE_URL" not in os.environ:
        server = EmbeddedServer(root, durable=False)
        atexit.register(server.stop)
        os.environ["LUWES_DATABASE_URL"] = server.start()


_prepare()
