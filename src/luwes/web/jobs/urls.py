"""Addresses of job links."""

from django.urls import path

from luwes.web.jobs import views

app_name = "jobs"
urlpatterns = [path("<slug:secret>/", views.job, name="job")]
