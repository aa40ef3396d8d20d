"""Addresses of presence: a month and its closing, outages, the comparison with the recap, discipline, a unit's sums."""

from django.urls import path

from luwes.web.attendance import changing, comparing, discipline, outages, views

app_name = "attendance"
urlpatterns = [
    path("", views.month, name="month"),
    path("hitung/", changing.run, name="run"),
    path("buka/", changing.reopen, name="reopen"),
    path("lantai/", changing.floors, name="floors"),
    path("gangguan/", outages.outages, name="outages"),
    path("gangguan/<slug:outage_id>/cabut/", outages.revoke, name="revoke"),
    path("banding/", comparing.compare, name="compare"),
    path("banding/unduh/", comparing.download, name="download"),
    path("disiplin/", discipline.everybody, name="discipline"),
    path("disiplin/<slug:key>/", discipline.unit, name="discipline_unit"),
    path("unit/<slug:key>/", views.unit, name="unit"),
]
