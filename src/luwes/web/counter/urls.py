"""Addresses of counters for those who work there."""

from django.urls import path

from luwes.web.counter import inside, notes, photos, sheet, views

app_name = "counter"
urlpatterns = [
    path("unit/<slug:key>/", views.unit, name="unit"),
    path("layanan/<slug:key>/keterangan/", notes.note, name="note"),
    path("dalam/<slug:key>/<slug:seal>/", inside.inside, name="inside"),
    path("foto/<slug:code>/", photos.photo, name="photo"),
    path("<slug:key>/", views.counter, name="counter"),
    path("<slug:key>/cetak/", sheet.sheet, name="sheet"),
]
