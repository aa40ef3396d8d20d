"""Addresses of home."""

from django.urls import path

from luwes.web.home import views

app_name = "home"
urlpatterns = [path("", views.index, name="index")]
