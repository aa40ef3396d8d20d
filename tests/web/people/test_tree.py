"""The unit tree by form: new units, other names, reorganisations looked at first, heads confirmed in bulk."""

from datetime import date, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luwes.apps.accounts.roles import Role
from luwes.apps.audit.models import AuditEntry
from luwes.apps.people import lineage
from luwes.apps.people import queries as units_now
from luwes.apps.people.models import Employee, Posting, Unit, UnitHead, UnitVersion
from tests.apps.staff_files import RINA, YOSE, bring, person
from tests.web.forms import fresh, hidden_fields, send
from tests.world import Units, client_as, plant_service, plant_units

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(present: datetime) -> Units:
    return plant_units(present)


@pytest.fixture
def admin(present: datetime, units: Units) -> Client:
    return client_as(present, Role.ADMIN)


def path(act: str, key: str) -> str:
    return reverse(f"people:unit_{act}", args=[key])


def stated(code: str, name: str, kind: str, parent: str, since: date) -> dict[str, str]:
    return {"code": code, "name": name, "kind": kind, "parent": parent, "since": since.isoformat()}


def merged(units: Units, present: datetime, **rest: object) -> dict[str, object]:
    said: dict[str, object] = {
        "other_1": "Dinas Pekerjaan Umum",
        "code": "1.09",
        "name": "Dinas Gabungan",
        "since": timezone.localdate(present).isoformat(),
        "basis": "Perda 7/2026",
    }
    return said | rest


def test_a_unit_is_added_below_another_and_may_be_renamed(present: datetime, units: Units, admin: Client) -> None:
    today = timezone.localdate(present)
    said = stated("1.02.2", "UPT Farmasi", "unit", "Dinas Kesehatan", today)
    answer = send(admin, path("create", units.health), **said)
    assert answer.status_code == 302
    made = next(row for row in units_now.units_on(today) if row.code == "1.02.2")
    assert (made.kind, made.parent_key) == ("unit", units.health)
    later = today + timedelta(days=10)
    other = stated("1.02.2", "UPT Obat", "unit", "Dinas Pekerjaan Umum", later) | {"basis": "Pergub 3/2027"}
    assert send(admin, path("change", made.key), **other).status_code == 302
    assert [(row.name, row.parent_key) for row in units_now.units_on(later) if row.key == made.key] == [
        ("UPT Obat", units.works)
    ]
    assert units_now.unit_on(made.key, today) == made
    changed = AuditEntry.objects.filter(action="unit.changed").last()
    assert changed is not None
    assert "Pergub 3/2027" in changed.body


def test_a_stale_tab_does_not_undo_another_change(present: datetime, units: Units, admin: Client) -> None:
    today, where = timezone.localdate(present), path("change", units.works)
    old = hidden_fields(admin.get(where).content.decode(), where)
    said = stated("1.03", "Dinas PU", "perangkat_daerah", "Provinsi Contoh", today)
    assert send(admin, where, **said).status_code == 302
    answer = admin.post(where, old | said | {"name": "Dinas Lain"})
    assert answer.status_code == 422
    assert "diubah orang lain" in answer.content.decode()
    assert UnitVersion.objects.filter(name="Dinas Lain").count() == 0


def test_what_follows_a_merge_is_shown_before_anything_happens(present: datetime, units: Units, admin: Client) -> None:
    plant_service(present, units.health)
    bring(present, person(unor_nama="Dinas Kesehatan"))
    looked = send(admin, path("merge", units.health), **merged(units, present, periksa="ya"))
    page = looked.content.decode()
    assert looked.status_code == 200
    assert "1 pegawai" in page
    assert "1 layanan" in page
    assert not UnitVersion.objects.filter(name="Dinas Gabungan").exists()


def test_a_merge_by_form_moves_people_and_services(present: datetime, units: Units, admin: Client) -> None:
    bring(present, person(unor_nama="Dinas Kesehatan"))
    answer = send(admin, path("merge", units.health), **merged(units, present))
    assert answer.status_code == 302
    heir = UnitVersion.objects.get(name="Dinas Gabungan").unit
    assert answer.headers["Location"] == reverse("people:unit", args=[heir.key])
    assert Posting.objects.get(superseded_at=None, period__contains=timezone.localdate(present)).unit == heir
    assert lineage.Heirs().of(units.works, timezone.localdate(present)) == heir.key
    entry = AuditEntry.objects.filter(action="unit.succeeded").last()
    assert entry is not None
    assert "Perda 7/2026" in entry.body


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"other_1": "Dinas Kesehatan"}, "dua unit yang berbeda"),
        ({"other_1": "Dinas Khayal"}, "tidak dikenal"),
        ({"other_1": "UPT Laboratorium"}, "tepat di bawah"),
        ({"basis": ""}, "id_basis_error"),
        ({"code": "1.03.9x", "since": "1800-01-01"}, "Berlaku sejak"),
    ],
)
def test_a_merge_that_cannot_be_is_refused_in_words(
    present: datetime, units: Units, admin: Client, said: dict[str, object], told: str
) -> None:
    before = UnitVersion.objects.count()
    answer = send(admin, path("merge", units.health), **merged(units, present, **said))
    assert answer.status_code == 422
    assert told.lower() in answer.content.decode().lower()
    assert UnitVersion.objects.count() == before


def test_a_split_places_each_service(present: datetime, units: Units, admin: Client) -> None:
    service, _ = plant_service(present, units.works)
    today = timezone.localdate(present)
    said = {
        "code_1": "1.04", "name_1": "Dinas Jalan", "code_2": "1.05", "name_2": "Dinas Air", "main": "1",
        f"service_{service}": "2", "since": today.isoformat(), "basis": "Perda 7/2026",
    }  # fmt: skip
    wrong = send(admin, path("split", units.works), **said | {f"service_{service}": "3"})
    assert wrong.status_code == 422
    assert "Bagian ini belum diisi" in wrong.content.decode()
    assert send(admin, path("split", units.works), **said).status_code == 302
    air = UnitVersion.objects.get(name="Dinas Air").unit
    assert air.services.get(superseded_at=None).service.key == service


def test_a_unit_is_succeeded_by_one_that_stands(present: datetime, units: Units, admin: Client) -> None:
    today = timezone.localdate(present)
    answer = send(
        admin, path("succeed", units.works), heir="Dinas Kesehatan", since=today.isoformat(), basis="Perda 7/2026"
    )
    assert answer.headers["Location"] == reverse("people:unit", args=[units.health])
    assert units_now.unit_on(units.works, today) is None


def test_heads_are_proposed_and_confirmed_in_bulk(present: datetime, units: Units, admin: Client) -> None:
    chief = {"jenis_jabatan_nama": "Struktural"}
    bring(
        present,
        person(YOSE, "Yosé Limbong", jabatan_nama="Kepala Dinas Kesehatan", unor_nama="Dinas Kesehatan", **chief),
        person(RINA, "Rina D'Arcy", jabatan_nama="Kepala Seksi Mutu", **chief),
    )
    page = admin.get(reverse("people:heads")).content.decode()
    assert "Yosé Limbong" in page
    assert "Rina" not in page, "heads of something inside a unit do not head it"
    assert not UnitHead.objects.exists(), "nothing is set by looking"
    ticked = f"{units.health}.{Employee.objects.get(nip=YOSE).public_id}"
    assert send(admin, reverse("people:heads"), usulan=[]).status_code == 422
    assert send(admin, reverse("people:heads"), usulan=[ticked]).status_code == 302
    head = UnitHead.objects.get()
    assert (head.unit.key, head.employee.nip, head.capacity) == (units.health, YOSE, "definitif")
    assert ticked not in admin.get(reverse("people:heads")).content.decode()


def test_a_stale_proposal_is_refused_whole(present: datetime, units: Units, admin: Client) -> None:
    answer = admin.post(reverse("people:heads"), fresh() | {"usulan": [f"{units.health}.nobody"], "basis": ""})
    assert answer.status_code == 422
    assert "tidak berlaku lagi" in answer.content.decode()
    assert not UnitHead.objects.exists()


def test_a_head_is_chosen_on_the_page_of_the_unit(present: datetime, units: Units, admin: Client) -> None:
    chief = person(
        YOSE, "Yosé Limbong", jabatan_nama="Kepala Dinas", unor_nama="Dinas Kesehatan", jenis_jabatan_nama="Struktural"
    )
    bring(present, person(RINA, "Ana Rina", unor_nama="Dinas Kesehatan"), chief)
    unit = reverse("people:unit", args=[units.health])
    shown = admin.get(unit).content.decode()
    assert "Usulan: Yosé Limbong, Kepala Dinas." in shown
    assert path("head", units.health) in shown
    answer = admin.get(path("head", units.health))
    chosen = answer.context["form"]
    yose, rina = (Employee.objects.get(nip=nip).public_id for nip in (YOSE, RINA))
    assert [code for code, _ in chosen.fields["person"].choices] == [yose, rina], "structural posts come first"
    assert chosen["person"].value() == yose
    said = {"person": rina, "capacity": "plh", "since": timezone.localdate(present).isoformat(), "basis": "SP 3/2026"}
    refused = send(admin, path("head", units.health), **said)
    assert refused.status_code == 422
    assert not UnitHead.objects.exists()
    until = timezone.localdate(present) + timedelta(days=5)
    assert send(admin, path("head", units.health), **said, until=until.isoformat()).headers["Location"] == unit
    head = UnitHead.objects.get()
    assert (head.employee.nip, head.capacity, head.period.upper) == (RINA, "plh", until)
    shown = admin.get(unit).content.decode()
    assert "Plh. Ana Rina" in shown
    assert "Usulan:" not in shown


def test_who_may_not_manage_staff_sees_no_proposal(present: datetime, units: Units) -> None:
    bring(present, person(jabatan_nama="Kepala", unor_nama="Dinas Kesehatan", jenis_jabatan_nama="Struktural"))
    inspector = client_as(present, Role.INSPECTOR)
    shown = inspector.get(reverse("people:unit", args=[units.health])).content.decode()
    assert "Belum ada pimpinan" in shown
    assert "Usulan:" not in shown
    assert inspector.get(path("head", units.health)).status_code == 403


def test_a_unit_without_people_and_one_that_does_not_stand(units: Units, admin: Client) -> None:
    assert "Belum ada pegawai di unit ini" in admin.get(path("head", units.works)).content.decode()
    assert admin.get(path("head", "nothing")).status_code == 404


def test_a_confirmed_head_serves_between_those_recorded(present: datetime, units: Units, admin: Client) -> None:
    chief = {"jabatan_nama": "Kepala", "unor_nama": "Dinas Kesehatan", "jenis_jabatan_nama": "Struktural"}
    bring(present, person(YOSE, "Yosé Limbong", **chief), person(RINA, "Rina", unor_nama="Dinas Kesehatan"))
    today = timezone.localdate(present)
    past, future = (today - timedelta(days=9), today - timedelta(days=2)), (today + timedelta(days=30), None)
    for since, until in (past, future):
        UnitHead.objects.create(
            unit=Unit.objects.get(key=units.health), employee=Employee.objects.get(nip=RINA), capacity="definitif",
            period=DateRange(since, until, "[)"), recorded_at=present,
        )  # fmt: skip
    ticked = f"{units.health}.{Employee.objects.get(nip=YOSE).public_id}"
    assert send(admin, reverse("people:heads"), usulan=[ticked]).status_code == 302
    head = UnitHead.objects.get(employee__nip=YOSE)
    assert (head.period.lower, head.period.upper) == (past[1], future[0])
