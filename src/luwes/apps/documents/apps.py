from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "luwes.apps.documents"
    label = "documents"
