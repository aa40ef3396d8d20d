"""Addresses of the system page."""

from django.urls import path

from luwes.web.system import views

app_name = "system"
urlpatterns = [path("", views.health, name="health")]
