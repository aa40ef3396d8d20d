"""Address of the component gallery."""

from django.urls import path

from luwes.web.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("keadaan/<slug:code>/", views.state, name="state"),
]
