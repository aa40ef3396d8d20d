"""Addresses of exposure."""

from django.urls import path

from luwes.web.schedule import views

app_name = "schedule"
urlpatterns = [path("", views.exposure, name="exposure")]
