"""Addresses of home."""

from django.urls import path

from luwes.web.frame import offline
from luwes.web.home import views

app_name = "home"
urlpatterns = [path("", views.index, name="index"), path("luring.js", offline.worker, name="offline")]
