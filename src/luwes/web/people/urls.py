"""Addresses of staff, units and posts. A person is named by an opaque id, never by NIP."""

from django.urls import path

from luwes.web.people import posts, views

app_name = "people"
urlpatterns = [
    path("pegawai/", views.people, name="list"),
    path("pegawai/unit/<slug:key>/", views.unit, name="unit"),
    path("pegawai/orang/<slug:person_id>/", views.person, name="person"),
    path("pegawai/orang/<slug:person_id>/pimpinan/", views.head, name="head"),
    path("jabatan/", posts.posts, name="posts"),
]
