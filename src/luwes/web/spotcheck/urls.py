"""Addresses of spot checks."""

from django.urls import path

from luwes.web.spotcheck import filing, results

app_name = "spotcheck"
urlpatterns = [
    path("", filing.today, name="today"),
    path("hasil/", results.results, name="results"),
    path("foto/<slug:check_id>/", results.photo, name="photo"),
]
