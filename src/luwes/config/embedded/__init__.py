"""The embedded PostgreSQL server: its own launcher around the binaries of a PyPI package.

Nothing here imports Django, because the settings are read from here.
"""

from luwes.config.embedded.layout import SecretKeyMissing, default_root, secret_key, url
from luwes.config.embedded.server import EmbeddedServer

__all__ = ["EmbeddedServer", "SecretKeyMissing", "default_root", "secret_key", "url"]
