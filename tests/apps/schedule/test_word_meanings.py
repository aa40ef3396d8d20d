"""A word of a rulebook is unknown until somebody says which units it means; then it is a yes or a no for everybody."""

import io
from datetime import date, datetime, timedelta

import pytest

from luwes.apps.accounts.access import Forbidden
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.policy.access import NoSuchSubject
from luwes.apps.policy.actions.proposing import ReasonMissing
from luwes.apps.policy.actions.words import NotAWord, settle_word
from luwes.apps.policy.changes import changes_after
from luwes.apps.policy.models import WordMeaning
from luwes.config.cli import main
from luwes.core.policy.stack import Rules
from luwes.core.workdays.periods import Period
from tests.apps.policy.stored import official
from tests.apps.schedule.policy_world import EVERY_DAY, FRIDAY, THURSDAY, WEDNESDAY, held, planted, said, serve
from tests.apps.staff_files import MARUF, YOSE
from tests.world import PASSWORD, SETUP, Units, add_person, give_role

pytestmark = pytest.mark.django_db
WORD = "service:kesehatan"
ALWAYS = Period(date(2026, 1, 1))


@pytest.fixture
def units(now: datetime) -> Units:
    return planted(now)


def settle(now: datetime, *keys: str, word: str = WORD, period: Period = ALWAYS, basis: str = "nota dinas 3") -> str:
    with unit_of_work(SETUP, now):
        return settle_word(word=word, unit_keys=keys, period=period, basis=basis)


def stays(nip: str, word: str = WORD, day: date = WEDNESDAY, at: datetime | None = None) -> str:
    found = held(EVERY_DAY, f'kind = "exclude"\nid = "x"\nwho = {{ any = ["{word}"] }}')
    return said(nip, day, found if at is None else Rules(found.stack, at))[0]


def test_a_word_is_open_until_it_is_settled_and_then_closed_for_everybody(now: datetime, units: Units) -> None:
    assert stays(YOSE) == "needs_judgement"
    settle(now + timedelta(hours=1), units.health)
    assert (stays(YOSE), stays(MARUF)) == ("refused", "allowed")
    assert stays(YOSE, at=now) == "needs_judgement"
    assert stays(YOSE, "unit:tni") == "needs_judgement"
    settle(now, word="unit:tni")
    assert stays(YOSE, "unit:tni") == "allowed"


def test_a_meaning_holds_for_its_days_and_gives_way_to_a_newer_one(now: datetime, units: Units) -> None:
    settle(now, units.health, period=Period(WEDNESDAY, THURSDAY))
    assert [stays(YOSE, day=day) for day in (WEDNESDAY, THURSDAY)] == ["refused", "needs_judgement"]
    later = now + timedelta(hours=1)
    settle(later, units.works)
    assert [stays(YOSE, day=day) for day in (WEDNESDAY, FRIDAY)] == ["allowed", "allowed"]
    assert stays(MARUF, day=FRIDAY) == "refused"
    assert stays(YOSE, at=now) == "refused"
    assert [one.kind for one in changes_after(0)] == ["word", "word"]
    assert WordMeaning.objects.filter(superseded_at=None).count() == 1


def test_who_stands_at_a_counter_does_so_whatever_a_letter_lists(now: datetime, units: Units) -> None:
    serve(now, units.section, "Uji air", since=date(2026, 1, 1))
    settle(now, units.works, word="service:loket")
    assert [stays(nip, "service:loket") for nip in (YOSE, MARUF)] == ["refused", "refused"]
    settle(now, units.works, word="unit:1.02")
    assert [stays(nip, "unit:1.02") for nip in (YOSE, MARUF)] == ["allowed", "refused"]


@pytest.mark.parametrize("word", ["type:pns", "discipline:active", "person:x", "kesehatan", "service:"])
def test_only_words_about_units_can_be_settled(now: datetime, units: Units, word: str) -> None:
    with pytest.raises(NotAWord):
        settle(now, units.health, word=word)


def test_a_meaning_needs_a_basis_known_units_and_the_right(now: datetime, units: Units) -> None:
    with pytest.raises(ReasonMissing):
        settle(now, units.health, basis=" ")
    with pytest.raises(NoSuchSubject):
        settle(now, "tidakada")
    with pytest.raises(Forbidden), unit_of_work(official("pegawai000000000", Role.EMPLOYEE), now):
        settle_word(word=WORD, unit_keys=[units.health], period=ALWAYS, basis="x")
    assert not WordMeaning.objects.exists()


def test_the_console_settles_a_word_by_the_codes_of_units(
    now: datetime, units: Units, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LUWES_DATABASE_URL", "postgresql:///in-use-already")
    user = add_person(datetime.now(tz=now.tzinfo), "bkd@contoh.go.id", name="Sari Kembang")
    give_role(datetime.now(tz=now.tzinfo), user, Role.ADMIN)

    def told(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
        code = main(["policy", "word", *arguments, "--basis", "nota dinas 3", "--as", "bkd@contoh.go.id"])
        found = capsys.readouterr()
        return code, found.out + found.err

    assert told(WORD, "--unit", "1.02", "--from", "2026-01-01") == (
        0, f"Tercatat: {WORD} berarti 1 unit dan semua di bawahnya.\n",
    )  # fmt: skip
    assert WordMeaning.objects.get().units == [units.health]
    assert "Tidak ada unit dengan kode 9.9." in told(WORD, "--unit", "9.9", "--from", "2026-01-01")[1]
    assert "mendahului" in told(WORD, "--from", "2026-01-02", "--to", "2026-01-01")[1]
    assert "Tanggal harus berbentuk" in told(WORD, "--from", "2/1/2026")[1]
    assert "bukan tanda untuk unit" in told("type:pns", "--from", "2026-01-01")[1]
