"""Reading rulebooks: what is written is what is read, and what cannot be read is named."""

import json
import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

import luwes
from luwes.core.policy.clauses import KINDS, Presensi, Quota, Sanction
from luwes.core.policy.reading import Fault
from luwes.core.policy.rulebook import read_rulebook
from luwes.core.policy.schema import schema
from luwes.core.policy.terms import Away, Level, Per, Rounding, State, Weekday
from tests.core.policy.books import OPEN, book

RULEBOOKS = Path(luwes.__file__).parent / "rulebooks"


def test_the_schema_in_the_repository_is_the_one_of_the_classes() -> None:
    assert json.loads((RULEBOOKS / "schema.json").read_text()) == schema()


def test_the_schema_asks_for_what_the_reader_asks_for() -> None:
    clauses = schema()["properties"]["clause"]["items"]["oneOf"]
    assert [one["properties"]["kind"]["const"] for one in clauses] == list(KINDS)
    quota = next(one for one in clauses if one["properties"]["kind"]["const"] == "quota")
    assert quota["required"] == ["kind", "id", "basis", "per"]
    assert set(quota["properties"]) == {"kind", *(one.name for one in fields(Quota))}
    assert quota["properties"]["per"] == {"enum": ["team", "unit", "opd"]}
    assert quota["properties"]["tiers"]["items"]["required"] == ["who", "flex_max"]


def test_the_guides_example_is_read_whole() -> None:
    guide = Path(luwes.__file__).parents[2] / "docs" / "guide" / "rulebook.md"
    text = guide.read_text().split("```toml")[1].split("```")[0]
    read = read_rulebook(text)
    assert (read.head.level, read.head.state) == (Level.LOCAL_CIRCULAR, State.DRAFT)
    assert (read.head.first, read.head.last) == (date(2027, 3, 1), date(2027, 3, 31))
    quota = read.clauses[1]
    assert isinstance(quota, Quota)
    assert (quota.per, quota.flex_max, quota.rounding, quota.without) == (Per.OPD, 50, Rounding.DOWN, tuple(Away))
    assert read.key(quota) == "contoh-kamis-2027/paling-banyak"


def test_every_kind_in_the_guide_is_a_kind_and_none_is_missing() -> None:
    guide = (Path(luwes.__file__).parents[2] / "docs" / "guide" / "rulebook.md").read_text()
    assert [kind for kind in KINDS if f"`{kind}`" not in guide] == []


def test_times_are_minutes_and_windows_keep_their_zone() -> None:
    read = read_rulebook((RULEBOOKS / "circulars" / "kaltim-jumat-2026.toml").read_text())
    presensi = next(one for one in read.clauses if isinstance(one, Presensi))
    assert [(one.start, one.end, one.zone) for one in presensi.windows] == [(390, 450, "WITA"), (660, 780, "WITA")]


def test_the_digest_is_of_the_bytes() -> None:
    assert book(OPEN).digest != book(OPEN + "\n# satu kata").digest
    assert len(book(OPEN).digest) == 64


def test_a_number_may_stand_for_a_decimal() -> None:
    read = book('kind = "claim"\nmetric = "listrik"\nform = "target"\nvalue = -20\nunit = "percent"')
    assert read.clauses[0].value == -20.0  # type: ignore[attr-defined]  # a claim


def test_a_ladder_is_read_in_order() -> None:
    read = book('kind = "sanction"\ntrigger = "absent"\nladder = [{ first = 1, last = 3, effect = "oral" }]')
    ladder = read.clauses[0]
    assert isinstance(ladder, Sanction)
    assert [(one.first, one.last, one.effect) for one in ladder.ladder] == [(1, 3, "oral")]


@pytest.mark.parametrize(
    ("clause", "code", "where"),
    [
        ('kind = "sihir"', "unknown_kind", "clause[1:c1].kind"),
        ("weekdays = []", "unknown_kind", "clause[1:c1].kind"),
        (OPEN + '\nhari = "rabu"', "unknown_key", "clause[1:c1].hari"),
        ('kind = "days"', "missing_key", "clause[1:c1].mode"),
        (OPEN + '\nweekdays = ["rabu"]', "not_one_of", "clause[1:c1].weekdays[1]"),
        (OPEN + '\nweekdays = "wed"', "not_a_list", "clause[1:c1].weekdays"),
        (OPEN + "\nweekdays = [3]", "not_one_of", "clause[1:c1].weekdays[1]"),
        (OPEN + '\ndates = ["2026-02-02"]', "wrong_type", "clause[1:c1].dates[1]"),
        (OPEN + "\ndates = [2026-02-02T08:00:00]", "wrong_type", "clause[1:c1].dates[1]"),
        (OPEN + '\nneeds_grant = "yes"', "wrong_type", "clause[1:c1].needs_grant"),
        (OPEN + "\nper_week = true", "wrong_type", "clause[1:c1].per_week"),
        (OPEN + "\nper_week = 8", "out_of_range", "clause[1:c1].per_week"),
        (OPEN + "\nfirst = 2026-03-01\nlast = 2026-02-01", "ends_before_start", "clause[1:c1].last"),
        (OPEN + '\nwho = "semua"', "not_a_table", "clause[1:c1].who"),
        (OPEN + '\nwho = { any = ["semua"] }', "not_a_tag", "clause[1:c1].who.any"),
        ('kind = "quota"\nper = "unit"', "says_nothing", "clause[1:c1]"),
        ('kind = "quota"\nper = "unit"\nflex_max = 101', "out_of_range", "clause[1:c1]"),
        ('kind = "deadline"', "says_nothing", "clause[1:c1]"),
        ('kind = "weekly"', "says_nothing", "clause[1:c1]"),
        ('kind = "sanction"\ntrigger = "late"', "says_nothing", "clause[1:c1]"),
        ('kind = "guard"\nmetric = "m"\nbelow = 1\neffect = "quota"', "says_nothing", "clause[1:c1]"),
        ('kind = "guard"\nmetric = "m"\nbelow = 1\neffect = "marah"', "not_one_of", "clause[1:c1].effect"),
        ('kind = "tenure"\nsince = "lahir"', "not_one_of", "clause[1:c1].since"),
        ('kind = "hours"\npattern = "four"', "not_one_of", "clause[1:c1].pattern"),
        ('kind = "presensi"\nwindows = [{ name = "m", start = "8:00" }]', "not_a_time",
         "clause[1:c1].windows[1].start"),
        ('kind = "presensi"\nwindows = [{ name = "m", start = 800 }]', "not_a_time", "clause[1:c1].windows[1].start"),
        ('kind = "presensi"\nwindows = [{ name = "m", start = "08:00", end = "07:00" }]', "ends_before_start",
         "clause[1:c1].windows"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(clause: str, code: str, where: str) -> None:
    with pytest.raises(Fault) as refused:
        book(clause)
    assert (refused.value.code, refused.value.where) == (code, where)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("id =", "not_toml"), ('clause = "x"', "missing_key"), ("clause = [1]", "missing_key"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused(text: str, code: str) -> None:
    with pytest.raises(Fault) as refused:
        read_rulebook(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("clause = 1", "not_a_list"), ("clause = [1]", "not_a_table"), ('level = "kelurahan"', "not_one_of"),
        ("first = 2026-02-01\nlast = 2026-01-01", "ends_before_start"),
    ],
)  # fmt: skip
def test_a_broken_head_is_refused(more: str, code: str) -> None:
    from tests.core.policy.books import HEAD

    head = HEAD.format(id="b", version=1, level="local_circular", state="trial", status="seen")
    if more.startswith("level"):
        head = head.replace('level = "local_circular"', "")
    with pytest.raises(Fault) as refused:
        read_rulebook(head + more)
    assert refused.value.code == code


def test_a_clause_twice_is_refused() -> None:
    with pytest.raises(Fault, match="clause_twice"):
        book(OPEN + '\nid = "a"', OPEN + '\nid = "a"')


def test_weekdays_count_from_monday() -> None:
    assert [day.number for day in Weekday] == list(range(7))


def test_every_sentence_of_the_guide_is_a_clause_that_can_be_read() -> None:
    guide = (Path(luwes.__file__).parents[2] / "docs" / "guide" / "rulebook.md").read_text("utf-8")
    table = guide.partition("## Dari kalimat ke butir")[2].partition("\n## ")[0]
    rows = [row for row in re.findall(r"^\| .+? \| (.+) \|$", table, re.M) if "kind = " in row]
    assert len(rows) > 15
    for row in rows:
        lines = re.findall(r"`([^`]+)`", row)
        assert all("=" in line for line in lines), row
        assert book("\n".join(lines)).clauses
