"""Addresses of the citizens' survey: as short as paper needs them."""

from django.urls import path

from luwes.web.survey import public

app_name = "answer"
urlpatterns = [
    # Shorter than any code.
    path("luring/", public.offline, name="offline"),
    path("<slug:code>/", public.survey, name="survey"),
    path("<slug:code>/terima-kasih/", public.thanks, name="thanks"),
]
