"""Addresses of staff, units and posts. A person is named by an opaque id, never by NIP."""

from django.urls import path

from luwes.web.people import heads, posts, tree, views

app_name = "people"
urlpatterns = [
    path("pegawai/", views.people, name="list"),
    path("pegawai/unit/<slug:key>/", views.unit, name="unit"),
    path("pegawai/unit/<slug:key>/baru/", tree.create, name="unit_create"),
    path("pegawai/unit/<slug:key>/ubah/", tree.change, name="unit_change"),
    path("pegawai/unit/<slug:key>/gabung/", tree.merge, name="unit_merge"),
    path("pegawai/unit/<slug:key>/pecah/", tree.split, name="unit_split"),
    path("pegawai/unit/<slug:key>/ganti/", tree.succeed, name="unit_succeed"),
    path("pegawai/unit/<slug:key>/pimpinan/", heads.unit_head, name="unit_head"),
    path("pegawai/orang/<slug:person_id>/", views.person, name="person"),
    path("pegawai/orang/<slug:person_id>/pimpinan/", views.head, name="head"),
    path("pegawai/pimpinan/", heads.proposals, name="heads"),
    path("jabatan/", posts.posts, name="posts"),
]
