"""Addresses of the calendar."""

from django.urls import path

from luwes.web.calendar import changing, programmes, views

app_name = "calendar"
urlpatterns = [
    path("", views.year, name="year"),
    path("<int:year>.ics", views.ics, name="ics"),
    path("bawaan/", changing.seed, name="seed"),
    path("libur/tambah/", changing.add_holiday, name="add_holiday"),
    path("libur/<slug:day>/hapus/", changing.remove_holiday, name="remove_holiday"),
    path("keputusan/<int:year>/", changing.decree, name="decree"),
    path("ramadan/", changing.ramadan, name="ramadan"),
    path("larangan/tambah/", changing.add_blackout, name="add_blackout"),
    path("larangan/<slug:blackout_id>/cabut/", changing.withdraw_blackout, name="withdraw_blackout"),
    path("jam-kerja/", views.hours, name="hours"),
    path("jam-kerja/tetapkan/", changing.assign_hours, name="assign_hours"),
    path("program/tambah/", programmes.create, name="create_program"),
    path("program/<slug:key>/", programmes.program, name="program"),
    path("program/<slug:key>/ubah/", programmes.change, name="change_program"),
]
