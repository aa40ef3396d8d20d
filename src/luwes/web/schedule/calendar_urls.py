"""The private calendars of flexible days."""

from django.urls import path

from luwes.web.schedule import calendar

app_name = "own_days"
urlpatterns = [path("<slug:secret>.ics", calendar.own_days, name="ics")]
