"""The web application in a worker process of the web server started by `luwes serve`."""

import multiprocessing
import os
import signal

from luwes.config.embedded.children import die_with_parent
from luwes.config.wsgi import application

__all__ = ["application"]

# The web server starts this process; if it is killed it can no longer stop us. Which process that was is
# remembered from the fork: it may have been killed since, while Django was being imported.
web_server = multiprocessing.parent_process()
die_with_parent((web_server and web_server.pid) or os.getppid(), signal.SIGKILL)
