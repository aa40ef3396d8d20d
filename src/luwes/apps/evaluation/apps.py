"""Django's entry for the evaluation."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "luwes.apps.evaluation"
