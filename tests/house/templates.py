"""Every template compiles: `python -m tests.house.templates` names those that do not."""

import os
import sys

import django
from django.conf import settings
from django.template import TemplateSyntaxError
from django.template.loader import get_template


def broken() -> list[str]:
    """One line per template that cannot be compiled: its name and the reason."""
    faults = []
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                name = str(file.relative_to(folder))
                try:
                    get_template(name)
                except TemplateSyntaxError as error:
                    faults.append(f"{name}: {error}")
    return faults


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luwes.config.settings")
    django.setup()
    found = broken()
    sys.stderr.writelines(f"{line}\n" for line in found)
    sys.exit(1 if found else 0)
