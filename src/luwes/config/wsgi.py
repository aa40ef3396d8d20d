"""The web application as granian serves it."""

import gc
import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luwes.config.settings")

application: WSGIHandler = get_wsgi_application()

# What is loaded now stays for good. Left to the collector, every full collection walks through all of it, and the
# page it falls on takes twice as long.
get_resolver().url_patterns  # noqa: B018 # reading it loads every page
gc.collect()
gc.freeze()
