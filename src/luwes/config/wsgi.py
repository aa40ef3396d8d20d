"""The web application as granian serves it."""

import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luwes.config.settings")

application: WSGIHandler = get_wsgi_application()
