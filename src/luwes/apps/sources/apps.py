from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "luwes.apps.sources"
    label = "sources"
