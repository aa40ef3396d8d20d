"""Addresses of leadership."""

from django.urls import path

from luwes.web.leadership import notes, views

app_name = "leadership"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("cetak/", views.print_overview, name="print"),
    path("unduh/", views.download, name="download"),
    path("pd/<slug:key>/", views.unit, name="unit"),
    path("pd/<slug:key>/cetak/", views.print_unit, name="unit_print"),
    path("pd/<slug:key>/unduh/", views.unit_download, name="unit_download"),
    path("pd/<slug:key>/catatan/", notes.write, name="unit_note"),
]
