"""`python -m tests.api.snapshot` writes the API's description anew, when a change of it is meant."""

import json
import os
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luwes.config.settings")
    django.setup()
    from luwes.api.app import api

    schema = json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), indent=1, sort_keys=True, default=str)
    Path(__file__).with_name("openapi.json").write_text(schema + "\n", "utf-8")
