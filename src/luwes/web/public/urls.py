"""Addresses citizens open without an account."""

from django.urls import path

from luwes.web.public import reports, views

app_name = "public"
urlpatterns = [
    path("l/lacak/", reports.find, name="find"),
    path("l/lacak/<slug:code>/", reports.followed, name="followed"),
    path("l/lacak/<slug:code>/foto/", reports.photo, name="photo"),
    path("l/<slug:key>/", views.service, name="service"),
    path("l/<slug:key>/tutup/", reports.closed, name="closed"),
    path("instansi/<slug:key>/", views.agency, name="agency"),
]
