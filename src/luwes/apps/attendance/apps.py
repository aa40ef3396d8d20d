from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "luwes.apps.attendance"
    label = "attendance"
