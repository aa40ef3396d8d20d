from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "luwes.apps.notices"
    label = "notices"
