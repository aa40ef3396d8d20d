"""Addresses of letterheads and of issued documents."""

from django.urls import path

from luwes.web.documents import views

app_name = "documents"
urlpatterns = [
    path("kop/", views.letterheads, name="letterheads"),
    path("kop/<slug:key>/", views.letterhead, name="letterhead"),
    path("v/", views.find, name="find"),
    path("v/<slug:code>/", views.check, name="check"),
]
