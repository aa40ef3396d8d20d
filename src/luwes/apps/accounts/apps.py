from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "luwes.apps.accounts"
    label = "accounts"
