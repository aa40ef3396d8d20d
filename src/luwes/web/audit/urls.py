"""Addresses of the audit trail."""

from django.urls import path

from luwes.web.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.entries, name="list"),
    path("periksa/", views.verify, name="verify"),
    path("<int:seq>/", views.entry, name="entry"),
    path("<int:seq>/teks/", views.detail, name="detail"),
]
