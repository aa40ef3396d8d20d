"""Staff of a whole province: dry run, confirming, a second import, and the pages people search. Run with Django."""

import io
import json
import os
import time
from statistics import quantiles

import django
from django.test import Client

STAFF = 14_000
REQUESTS = 60
WARM_UP = 5


def main() -> None:
    """Print the measured figures for the empty, migrated database in LUWES_DATABASE_URL."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luwes.config.settings")
    django.setup()
    from django.core.management import call_command

    from luwes.apps.people.models import Employee, Unit
    from luwes.config import demo, importing
    from luwes.examples.invented.facts.truths import Scenario
    from luwes.examples.invented.people import invented_people
    from luwes.examples.invented.staff_file import write_csv, write_xlsx

    call_command("collectstatic", interactive=False, verbosity=0)
    # The province without its staff, then the staff by the steps of a person.
    demo.fill(Scenario(staff=1), months=0)
    figures: dict[str, float] = {}
    csv, xlsx = io.BytesIO(), io.BytesIO()
    people = invented_people(STAFF)
    write_csv(csv, people)
    write_xlsx(xlsx, people)
    batch = importing.staged(kind="staff", source="BKD", file_name="asn.csv", payload=csv.getvalue())
    batch = importing.chosen(batch, "new:unit")
    importing.dropped(batch)
    for name, payload in (("csv", csv.getvalue()), ("xlsx", xlsx.getvalue())):
        start = time.perf_counter()
        batch = importing.staged(kind="staff", source="BKD", file_name=f"asn.{name}", payload=payload)
        figures[f"dry_run_{name}_s"] = time.perf_counter() - start
    start = time.perf_counter()
    batch = importing.confirmed(batch)
    figures["confirm_s"] = time.perf_counter() - start
    figures["stored"] = batch.counts["new"]
    again = importing.staged(kind="staff", source="BKD", file_name="asn.csv", payload=csv.getvalue())
    figures["changed_again"] = again.counts["new"] + again.counts["changed"]
    top = Unit.objects.get(versions__kind="instansi")
    person = Employee.objects.order_by("pk")[STAFF // 2].public_id
    pages = {
        "search": "/pegawai/?cari=yose",
        "search_two": "/pegawai/?cari=limbong+ra",
        "list": "/pegawai/",
        "tree": f"/pegawai/unit/{top.key}/",
        "person": f"/pegawai/orang/{person}/",
        "posts": "/jabatan/?cari=guru",
    }
    figures |= {f"{name}_p95_ms": p95(address) for name, address in pages.items()}
    print(json.dumps(figures))


def p95(address: str) -> float:
    """The 95th percentile of one page's wall time in milliseconds, after a warm-up."""
    import luwes.config.wsgi  # noqa: F401 # the process as the server has it
    from luwes.apps.accounts.models import User

    client = Client(headers={"Accept-Encoding": "gzip", "Host": "localhost"})
    client.force_login(User.objects.get(email="admin@contoh.go.id"))
    spent = []
    for _ in range(WARM_UP + REQUESTS):
        start = time.perf_counter()
        answer = client.get(address)
        spent.append((time.perf_counter() - start) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")
    return quantiles(spent[WARM_UP:], n=20)[-1]


if __name__ == "__main__":
    main()
