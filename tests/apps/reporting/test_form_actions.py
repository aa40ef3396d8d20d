"""Saving, signing and reopening a month: versions, rights, and gaps that must be stated."""

import dataclasses
from datetime import datetime, timedelta

import pytest

from luwes.apps.accounts.access import Forbidden, OutsideScope, Refused
from luwes.apps.accounts.actions import job_links
from luwes.apps.accounts.roles import Capacity, Job, Role
from luwes.apps.audit import verify
from luwes.apps.audit.actor import Actor
from luwes.apps.audit.models import AuditDetail, AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Posting
from luwes.apps.people.staff.actions import set_head
from luwes.apps.reporting import form_actions as actions
from luwes.apps.reporting import form_wording
from luwes.apps.reporting.form_queries import State, changed_since
from luwes.apps.reporting.models import MonthlyForm, MonthlySignature
from luwes.apps.sources.actions import _lock_name
from luwes.apps.sources.kinds import kind_of
from tests.apps.reporting.monthly_forms import ANSWERS, NOVEMBER, OCTOBER, reopen, save, sign, state_of, unit_row
from tests.apps.staff_files import RINA, YOSE
from tests.world import SETUP, Units, acting, add_person, give_link, plant_units, staff_of

pytestmark = pytest.mark.django_db
SOME = {"rapat_hibrida": "ya", "kendala": ["Tidak ada"]}


@pytest.fixture
def units(now: datetime) -> Units:
    return plant_units(now)


@pytest.fixture
def head(now: datetime, units: Units) -> Actor:
    person = add_person(now, "kepala@contoh.go.id", name="Sekar Anggraini")
    return dataclasses.replace(acting(person, Role.HEAD, units.health), capacity=Capacity.ACTING.value)


def gaps_of(now: datetime, key: str) -> dict[str, str]:
    return dict.fromkeys(state_of(now, key).missing, "Belum dihitung")


def test_a_draft_is_saved_corrected_and_its_history_kept(now: datetime, units: Units, head: Actor) -> None:
    assert state_of(now, units.health).state is State.NOT_STARTED
    first = save(now, units.health, values=SOME, comment=" Sementara\x00 ", actor=head)
    draft = state_of(now, units.health)
    assert (draft.state, draft.form.values, draft.form.comment) == (State.DRAFT, SOME, "Sementara")
    assert draft.form.filled_by == "Sekar Anggraini"
    later = now + timedelta(hours=1)
    second = save(later, units.health, actor=head)
    assert state_of(later, units.health).state is State.COMPLETE
    old = MonthlyForm.objects.get(pk=first)
    assert (old.values, old.superseded_at) == (SOME, later)
    entry = AuditEntry.objects.filter(action="monthly_form.saved").last()
    assert entry is not None
    assert entry.subject == units.health
    assert f'"version":{second}' in entry.body.replace(" ", "")
    assert "Jaringan" not in entry.body


def test_the_same_answers_again_make_no_new_version(now: datetime, units: Units) -> None:
    first = save(now, units.health)
    assert save(now, units.health) == first
    assert (MonthlyForm.objects.count(), AuditEntry.objects.filter(action="monthly_form.saved").count()) == (1, 1)
    assert save(now, units.health, comment="Baru") != first


def test_a_stale_page_is_refused_and_can_be_told_what_changed(now: datetime, units: Units) -> None:
    base = save(now, units.health, values=SOME)
    save(now, units.health, values={**SOME, "rapat_jumlah": 3})
    with pytest.raises(actions.StaleForm):
        save(now, units.health, values=SOME, version=base)
    pk = unit_row(now, units.health).pk
    assert changed_since(pk, OCTOBER, base) == ["rapat_jumlah"]
    assert changed_since(unit_row(now, units.works).pk, OCTOBER, base) == [], "of another unit nothing is told"


def test_a_saved_form_never_holds_more_away_than_on_duty(now: datetime, units: Units) -> None:
    with pytest.raises(actions.CountsDisagree):
        save(now, units.health, values={"lain_bertugas": 3, "lain_luar": 4})
    with pytest.raises(actions.WordsTooLong):
        save(now, units.health, comment="x" * 4_001)
    with pytest.raises(ValueError, match="not asked"):
        save(now, units.health, values={"mutu_layanan": "naik"})
    assert not MonthlyForm.objects.exists()


def test_who_may_fill_in_and_who_may_sign(now: datetime, units: Units, head: Actor) -> None:
    for role in (Role.ADMIN, Role.ORGANISATION):
        person = acting(add_person(now, f"{role.value}@contoh.go.id"), role)
        save(now, units.works, values={"rapat_jumlah": len(role)}, actor=person)
        with pytest.raises(Forbidden):
            sign(now, units.works, gaps=gaps_of(now, units.works), actor=person)
    for role in (Role.INSPECTOR, Role.LEADER):
        with pytest.raises(Forbidden):
            save(now, units.health, actor=acting(add_person(now, f"{role.value}@contoh.go.id"), role))
    for act in (save, sign, reopen):
        with pytest.raises(OutsideScope):
            act(now, units.works, actor=head)


def test_the_form_is_of_a_perangkat_daerah_and_of_a_month_that_has_begun(now: datetime, units: Units) -> None:
    with pytest.raises(actions.NotAnAgency):
        save(now, units.section)
    with pytest.raises(actions.NotAnAgency):
        save(now, units.government)
    december = NOVEMBER.replace(month=12)
    with pytest.raises(actions.MonthAhead):
        save(now, units.health, december)
    save(now, units.health, NOVEMBER)
    with pytest.raises(actions.MonthNotOver):
        sign(now, units.health, NOVEMBER)


def test_a_whole_form_is_signed_with_the_head_of_the_trail(now: datetime, units: Units, head: Actor) -> None:
    version = save(now, units.health, actor=head)
    trail = verify.head()
    sign(now, units.health, actor=head)
    found = state_of(now, units.health)
    row = MonthlySignature.objects.get()
    assert (found.state, row.form_id, row.gaps, row.audit_head) == (State.SIGNED, version, {}, trail)
    assert (row.signed_by, row.capacity, row.signer) == ("Sekar Anggraini", "plt", head.id)
    assert row.values_sha256 == actions.digest(ANSWERS)
    entry = AuditEntry.objects.get(action="monthly_report.signed")
    assert "Sekar" not in entry.body
    assert "Sekar" in AuditDetail.objects.get(entry=entry).text


def test_gaps_are_signed_only_with_a_reason_for_each(now: datetime, units: Units, head: Actor) -> None:
    with pytest.raises(actions.NothingFilled):
        sign(now, units.health, actor=head)
    save(now, units.health, values={code: value for code, value in ANSWERS.items() if code != "kendaraan_dinas"})
    for gaps in ({}, {"kendaraan_dinas": " \x00"}, {"sepeda": "lain"}):
        with pytest.raises(actions.GapsUnstated) as refused:
            sign(now, units.health, gaps=gaps, actor=head)
        assert refused.value.args == ("kendaraan_dinas",)
    with pytest.raises(actions.WordsTooLong):
        sign(now, units.health, gaps={"kendaraan_dinas": "x" * 501}, actor=head)
    sign(now, units.health, gaps={"kendaraan_dinas": " Belum  dihitung ", "sepeda": "lain"}, actor=head)
    assert MonthlySignature.objects.get().gaps == {"kendaraan_dinas": "Belum dihitung"}


def test_a_form_changed_under_the_signers_eyes_is_not_signed(now: datetime, units: Units, head: Actor) -> None:
    seen = save(now, units.health)
    save(now, units.health, comment="Disunting")
    with unit_of_work(head, now), pytest.raises(actions.StaleForm):
        actions.sign_month(unit_key=units.health, month=OCTOBER, version=seen, gaps={})


def test_a_signed_month_changes_only_after_it_was_reopened_with_a_reason(
    now: datetime, units: Units, head: Actor
) -> None:
    save(now, units.health)
    sign(now, units.health, actor=head)
    for again in (lambda: save(now, units.health, values=SOME), lambda: sign(now, units.health, actor=head)):
        with pytest.raises(actions.MonthSigned):
            again()
    with pytest.raises(actions.ReasonNeeded):
        reopen(now, units.health, reason="  ", actor=head)
    with pytest.raises(actions.WordsTooLong):
        reopen(now, units.health, reason="x" * 501, actor=head)
    later = now + timedelta(days=1)
    reopen(later, units.health, reason="Angka  perjalanan keliru", actor=head)
    with pytest.raises(actions.NotSigned):
        reopen(later, units.health, actor=head)
    save(later, units.health, values={**ANSWERS, "perjalanan_dalam_negeri": "12"})
    sign(later, units.health, actor=head)
    new, old = state_of(later, units.health).signatures
    assert (old.ended_reason, old.ended_at, old.current) == ("Angka perjalanan keliru", later, False)
    assert new.current
    assert new.values_sha256 != old.values_sha256
    entry = AuditEntry.objects.get(action="monthly_report.reopened")
    assert "perjalanan" not in entry.body


def test_a_link_is_enough_to_fill_in_and_sign_its_own_unit(now: datetime, units: Units) -> None:
    give_link(now, units.health, job=Job.MONTHLY_FORM)
    holder = job_links.actor_of(job_links.open_link("alamat-rahasia", now))
    version = save(now, units.health, actor=holder)
    with unit_of_work(holder, now):
        actions.sign_month(unit_key=units.health, month=OCTOBER, version=version, gaps={}, capacity=Capacity.DAILY)
    row = MonthlySignature.objects.get()
    assert (row.signed_by, row.capacity) == ("Wulan Sekar, Kepala Subbagian Keuangan", "plh")
    with pytest.raises(OutsideScope):
        save(now, units.works, actor=holder)


def test_a_role_that_outlived_its_posting_signs_nothing(now: datetime, units: Units) -> None:
    people = staff_of(now, units)
    save(now, units.health)
    user = add_person(now, "yose@contoh.go.id", name="Yosé Limbong", nip=YOSE)
    head = acting(user, Role.HEAD, units.health)
    other = acting(add_person(now, "rina@contoh.go.id", name="Rina", nip=RINA), Role.HEAD, units.health)
    with unit_of_work(SETUP, now):
        set_head(
            unit_key=units.health,
            employee_id=people[units.health],
            capacity=Capacity.DEFINITIVE,
            since=OCTOBER,
            until=None,
            basis="SK 1",
        )
    with pytest.raises(actions.NotTheHead):
        sign(now, units.health, actor=other)
    Posting.objects.filter(employee__nip=YOSE).update(period=(OCTOBER, NOVEMBER))
    with pytest.raises(actions.NotTheHead):
        sign(now, units.health, actor=head)
    with pytest.raises(actions.NotTheHead):
        sign(now, units.health, actor=dataclasses.replace(head, capacity=Capacity.ACTING.value))
    Posting.objects.filter(employee__nip=YOSE).update(period=(OCTOBER, None))
    assert sign(now, units.health, actor=head)


def test_the_first_report_under_a_signature_is_noted(now: datetime, units: Units) -> None:
    with unit_of_work(SETUP, now), pytest.raises(actions.NotSigned):
        actions.note_report(unit_key=units.health, month=OCTOBER, sha256="a" * 64)
    save(now, units.health)
    sign(now, units.health)
    for sha256 in ("a" * 64, "b" * 64):
        with unit_of_work(SETUP, now):
            actions.note_report(unit_key=units.health, month=OCTOBER, sha256=sha256)
    assert MonthlySignature.objects.get().report_sha256 == "a" * 64


def test_a_workbook_and_a_page_wait_for_the_same_lock() -> None:
    assert _lock_name(kind_of("isian")) == actions.LOCK


def test_every_refusal_says_what_to_do() -> None:
    refusals = [one for one in vars(actions).values() if isinstance(one, type) and issubclass(one, Refused)]
    own = {one.code for one in refusals if one.__module__ == actions.__name__}
    assert len(own) == 12
    assert all(form_wording.refusal(code).endswith(".") for code in own)
