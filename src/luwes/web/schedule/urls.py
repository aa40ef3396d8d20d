"""Addresses of exposure."""

from django.urls import path

from luwes.web.schedule import threshold, views

app_name = "schedule"
urlpatterns = [path("", views.exposure, name="exposure"), path("ambang/", threshold.threshold, name="threshold")]
