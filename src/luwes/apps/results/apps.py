from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "luwes.apps.results"
    label = "results"
