from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "luwes.apps.people"
    label = "people"
