"""Server time of the pages people open most, on the demo's province. Run as a program of its own, with Django."""

import json
import os
import time
from statistics import median, quantiles

import django
from django.test import Client

ROUNDS = 3
REQUESTS = 60
WARM_UP = 5
# Who opens what: the account's e-mail and the address; PD stands for the key of the largest agency.
PAGES = (
    ("pimpinan@contoh.go.id", "/pimpinan/"),
    ("pimpinan@contoh.go.id", "/pimpinan/pd/PD/"),
    ("admin@contoh.go.id", "/sumber/"),
    ("admin@contoh.go.id", "/pengguna/"),
    ("inspektorat@contoh.go.id", "/jejak/"),
    ("operator@contoh.go.id", "/sistem/"),
)


def main() -> None:
    """Print {address: p95 in milliseconds} for the database in LUWES_DATABASE_URL."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luwes.config.settings")
    django.setup()
    from django.core.management import call_command

    from luwes.apps.accounts.models import User
    from luwes.apps.results.models import BudgetRow

    call_command("collectstatic", interactive=False, verbosity=0)
    largest = BudgetRow.objects.exclude(unit__versions__kind="instansi").order_by("-ceiling").first()
    figures = {}
    for email, address in PAGES:
        client = Client(headers={"Accept-Encoding": "gzip", "Host": "localhost"})
        client.force_login(User.objects.get(email=email))
        figures[address] = p95(client, address.replace("PD", largest.unit.key if largest else ""))
    print(json.dumps(figures))


def p95(client: Client, address: str) -> float:
    """The 95th percentile of one page's wall time in milliseconds: the median of the rounds, after a warm-up."""
    for _ in range(WARM_UP):
        timed(client, address)
    return median(quantiles([timed(client, address) for _ in range(REQUESTS)], n=20)[-1] for _ in range(ROUNDS))


def timed(client: Client, address: str) -> float:
    """Milliseconds of one request, which must succeed."""
    start = time.perf_counter()
    answer = client.get(address)
    spent = (time.perf_counter() - start) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return spent


if __name__ == "__main__":
    main()
