from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "luwes.apps.audit"
    label = "audit"
