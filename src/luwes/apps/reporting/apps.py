from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "luwes.apps.reporting"
    label = "reporting"
