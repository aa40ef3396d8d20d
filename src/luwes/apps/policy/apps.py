from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "luwes.apps.policy"
    label = "policy"
