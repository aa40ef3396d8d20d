"""Addresses of the monthly report."""

from django.urls import path, register_converter

from luwes.web.monthly import board, download, views
from luwes.web.monthly.months import MonthConverter

register_converter(MonthConverter, "bulan")

app_name = "monthly"
urlpatterns = [
    path("", board.index, name="index"),
    path("<bulan:month>/", board.board, name="board"),
    path("<bulan:month>/isian.xlsx", board.book, name="book"),
    path("<bulan:month>/laporan/", download.whole_report, name="report"),
    path("<bulan:month>/laporan/unduh/", download.whole_download, name="download"),
    path("<slug:key>/<bulan:month>/", download.unit_report, name="unit_report"),
    path("<slug:key>/<bulan:month>/unduh/", download.unit_download, name="unit_download"),
    path("<slug:key>/<bulan:month>/isian/", views.form, name="form"),
    path("<slug:key>/<bulan:month>/isian.xlsx", views.unit_book, name="unit_book"),
    path("<slug:key>/<bulan:month>/tanda-tangan/", views.sign, name="sign"),
    path("<slug:key>/<bulan:month>/buka-lagi/", views.reopen, name="reopen"),
]
