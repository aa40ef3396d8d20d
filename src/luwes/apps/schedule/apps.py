from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "luwes.apps.schedule"
    label = "schedule"
