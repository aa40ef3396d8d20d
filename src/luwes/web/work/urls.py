"""Addresses of a person's own results."""

from django.urls import path

from luwes.web.work import views

app_name = "work"
urlpatterns = [path("", views.own, name="own")]
