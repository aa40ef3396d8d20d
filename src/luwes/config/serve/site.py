"""The web application in a worker process of the web server started by `luwes serve`."""

import os
import signal

from luwes.config.embedded.children import die_with_parent
from luwes.config.wsgi import application

__all__ = ["application"]

# The web server starts this process; if it is killed it can no longer stop us.
die_with_parent(os.getppid(), signal.SIGKILL)
