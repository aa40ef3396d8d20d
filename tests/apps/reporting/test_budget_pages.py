"""The pages as data: public figures exactly true, gaps first, few queries, scope kept."""

from datetime import date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from luwes.apps.accounts.access import Forbidden, OutsideScope
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.actions import create_unit
from luwes.apps.people.models import UnitKind
from luwes.apps.people.queries import unit_of
from luwes.apps.reporting.answers import Answer, decisions_sentence, leadership_answer, unit_answer
from luwes.apps.reporting.budget import NoFigures, leadership_page, unit_page
from luwes.apps.results.actions import write_budget_note
from luwes.core.charts import Tone
from luwes.core.indicators.budget import HeadlineBasis
from tests.apps.budget_files import row
from tests.apps.reporting.figures import JUNE, LEADER, ME, OCTOBER, kalteng, key_of, province, store_rows

pytestmark = pytest.mark.django_db

SOON = date(2025, 11, 10)


def plain(answer: Answer) -> Answer:
    def fix(text: str) -> str:
        return text.replace("\u00a0", " ")

    return Answer(
        fix(answer.word),
        answer.tone,
        fix(answer.sentence),
        fix(answer.number),
        fix(answer.denominator),
        [fix(text) for text in answer.gaps],
        [fix(text) for text in answer.notices],
    )


def answered(today: date = SOON, as_of: date | None = None) -> Answer:
    return plain(leadership_answer(leadership_page(as_of, LEADER, today=today)))


def person(role: Role, scope: str = "") -> Actor:
    return Actor(kind=ActorKind.PERSON, id="abcd", role=role.value, scope=scope)


def test_kalteng_in_october(now: datetime) -> None:
    kalteng(now, JUNE, OCTOBER)
    assert answered() == Answer(
        word="Belum sesuai target",
        tone=Tone.BAD,
        sentence="Realisasi anggaran belum sesuai target: 61,28 % dari pagu Rp8,35 triliun per Jumat, "
        "31 Oktober 2025; target 90 %, kurang 28,72 poin.",
        number="61,28 %",
        denominator="dari pagu Rp8,35 triliun",
        gaps=["Rincian per perangkat daerah untuk tanggal ini belum ada; sumber hanya memuat jumlah pemerintah."],
        notices=[
            "Pagu berubah antara Senin, 30 Juni 2025 dan Jumat, 31 Oktober 2025: dari Rp10,22 triliun menjadi "
            "Rp8,35 triliun (−18,30 %). Persentase sebelum dan sesudahnya memakai penyebut berbeda, jadi tidak "
            "dibandingkan langsung."
        ],
    )


def test_kalteng_in_june(now: datetime) -> None:
    kalteng(now, JUNE, OCTOBER)
    found = answered(as_of=JUNE)
    assert found.sentence == (
        "Realisasi anggaran belum sesuai target: 21,88 % dari pagu Rp10,22 triliun per Senin, 30 Juni 2025; "
        "target 50 %, kurang 28,12 poin."
    )
    assert found.gaps == ["Rincian perangkat daerah yang ada mencakup 22,60 % dari pagu pemerintah."]
    assert found.notices == ["Anda melihat data tanggal lampau. Data terbaru per Jumat, 31 Oktober 2025."]
    page = leadership_page(JUNE, LEADER, today=SOON)
    assert [line.name for line in page.decisions] == [
        "Badan Penghubung",
        "Biro Administrasi Pimpinan Sekretariat Daerah",
    ]
    assert [line.name for line in page.lines][-1] == "Dinas Pendidikan"
    assert page.total is not None
    assert page.total.headline_basis is HeadlineBasis.REPORTED


def test_old_figures_keep_their_sentence_and_lose_their_colour(now: datetime) -> None:
    kalteng(now, OCTOBER)
    for days, stale in ((45, False), (46, True)):
        found = answered(today=OCTOBER + timedelta(days=days))
        assert (found.word == "Data lama") is stale
        assert (found.tone is Tone.QUIET) is stale
        assert found.sentence.startswith("Realisasi anggaran belum sesuai target: 61,28 %")
    assert found.notices[0].startswith("Data terbaru ini berumur 46 hari")


def test_a_date_that_has_not_come_does_not_stand_for_how_things_are(now: datetime) -> None:
    kalteng(now, JUNE, OCTOBER)
    between = OCTOBER - timedelta(days=1)
    found = answered(today=between)
    assert "per Senin, 30 Juni 2025" in found.sentence
    assert not any("lampau" in notice for notice in found.notices)
    ahead = answered(as_of=OCTOBER, today=between)
    assert ahead.notices[0] == "Jumat, 31 Oktober 2025 belum tiba. Periksa tanggal data pada berkas sumber."
    assert not any("lampau" in notice for notice in ahead.notices)
    assert "belum tiba" not in " ".join(answered(today=OCTOBER).notices)


def test_where_every_date_is_still_to_come_the_figures_say_so(now: datetime) -> None:
    kalteng(now, OCTOBER)
    found = answered(today=JUNE)
    assert "per Jumat, 31 Oktober 2025" in found.sentence
    assert found.notices[0].endswith("belum tiba. Periksa tanggal data pada berkas sumber.")


def test_nothing_at_all_is_no_verdict() -> None:
    found = answered()
    assert (found.word, found.sentence) == ("Belum ada data", "Belum ada data realisasi anggaran.")
    assert (found.number, found.gaps, found.notices) == ("", [], [])
    page = leadership_page(None, LEADER, today=SOON)
    assert decisions_sentence(page) == ""


def test_who_did_not_report_is_said_first_and_the_sentence_speaks_of_the_others(now: datetime) -> None:
    store_rows([row("1", "A", 100, 50), row("2", "B", 100, 50)], now)
    store_rows([row("1", "A", 100, 90, as_of="2026-11-30"), row("3", "C", 100, 90, as_of="2026-11-30")], now)
    page = leadership_page(None, LEADER, today=date(2026, 12, 1))
    found = plain(leadership_answer(page))
    assert found.gaps == ["1 dari 3 perangkat daerah belum melapor per Senin, 30 November 2026."]
    assert found.sentence.startswith("Realisasi anggaran 2 perangkat daerah yang melapor belum sesuai target: 90,00 %")
    assert [unit.name for unit in page.missing] == ["B"]
    assert decisions_sentence(page).startswith("2 dari 2 perangkat daerah yang melapor")


def test_without_a_total_row_only_units_at_both_dates_tell_a_change_of_ceiling(now: datetime) -> None:
    store_rows([row("1", "A", 100, 10), row("2", "B", 900, 10)], now)
    store_rows([row("1", "A", 80, 20, as_of="2026-11-30"), row("3", "C", 500, 1, as_of="2026-11-30")], now)
    page = leadership_page(None, LEADER, today=date(2026, 12, 1))
    assert page.change is not None
    assert (page.change.before, page.change.after) == (100, 80)
    first = leadership_page(date(2026, 10, 31), LEADER, today=date(2026, 12, 1))
    assert first.change is None


def test_an_unchanged_sum_tells_no_change(now: datetime) -> None:
    store_rows([row("1", "A", 100, 10)], now)
    store_rows([row("1", "A", 100, 20, as_of="2026-11-30")], now)
    assert leadership_page(None, LEADER, today=date(2026, 12, 1)).change is None


def test_units_are_sorted_worst_first(now: datetime) -> None:
    rows = [
        row("1", "Sesuai", 100, 95, target="90"),
        row("2", "Jauh", 100, 20, target="90"),
        row("3", "Tanpa pagu", 0, 0, target="90"),
        row("4", "Sedikit", 100, 88, target="90"),
        row("5", "Jauh juga", 10_000, 2_000, target="90"),
    ]
    store_rows(rows, now)
    page = leadership_page(None, LEADER, today=date(2026, 11, 1))
    assert [line.name for line in page.lines] == ["Jauh juga", "Jauh", "Sedikit", "Sesuai", "Tanpa pagu"]
    assert [line.name for line in page.decisions] == ["Jauh juga", "Jauh"]


def test_before_the_first_milestone_units_stand_by_their_percentage(now: datetime) -> None:
    rows = [row("1", "A", 100, 9, as_of="2026-02-28"), row("2", "B", 100, 3, as_of="2026-02-28")]
    store_rows(rows, now)
    page = leadership_page(None, LEADER, today=date(2026, 3, 1))
    assert [line.name for line in page.lines] == ["B", "A"]
    assert not page.decisions
    assert leadership_answer(page).word == "Belum jatuh tempo"


def test_a_part_of_a_part_is_not_counted_twice(now: datetime) -> None:
    store_rows([row("1", "Sekretariat", 100, 50)], now)
    with unit_of_work(ME, now):
        create_unit(code="1.1", name="Biro", kind=UnitKind.UNIT, parent=unit_of(key_of("1")))
    store_rows([row("1", "Sekretariat", 100, 60), row("1.1", "Biro", 40, 10)], now)
    page = leadership_page(None, LEADER, today=date(2026, 11, 1))
    assert [line.name for line in page.lines] == ["Sekretariat"]
    assert page.total is not None
    assert page.total.headline.figure.ceiling == 100


def test_other_governments_are_never_added(now: datetime) -> None:
    store_rows([row("00", "Pemprov", 100, 50), row("1", "A", 100, 50)], now)
    with unit_of_work(ME, now):
        top = unit_of(key_of("00"))
        create_unit(code="6208", name="Kabupaten Lain", kind=UnitKind.GOVERNMENT, parent=top)
    store_rows([row("00", "Pemprov", 100, 50), row("1", "A", 100, 50), row("6208", "Kabupaten Lain", 9_999, 1)], now)
    page = leadership_page(None, LEADER, today=date(2026, 11, 1))
    assert [line.name for line in page.lines] == ["A"]
    assert page.total is not None
    assert page.total.headline.figure.ceiling == 100


def test_only_another_governments_row_gives_no_verdict(now: datetime) -> None:
    with unit_of_work(ME, now):
        top = create_unit(code="00", name="Pemprov", kind=UnitKind.GOVERNMENT, parent=None)
        create_unit(code="6208", name="Kabupaten Lain", kind=UnitKind.GOVERNMENT, parent=top)
    store_rows([row("6208", "Kabupaten Lain", 9_999, 1)], now)
    assert answered(today=date(2026, 11, 1)).word == "Belum ada data"


def test_two_budget_years_may_share_a_date(now: datetime) -> None:
    store_rows([row("1", "A", 100, 97, as_of="2026-01-15", year=2025), row("1", "A", 90, 1, as_of="2026-01-15")], now)
    shared = date(2026, 1, 15)
    closing = leadership_page(shared, LEADER, today=date(2026, 1, 20), year=2025)
    opening = leadership_page(shared, LEADER, today=date(2026, 1, 20), year=2026)
    assert closing.total is not None
    assert opening.total is not None
    assert (closing.total.headline.figure.realised, opening.total.headline.figure.realised) == (97, 1)


def test_a_date_without_figures_is_refused(now: datetime) -> None:
    kalteng(now, JUNE)
    with pytest.raises(NoFigures):
        leadership_page(date(2025, 7, 1), LEADER, today=SOON)
    with pytest.raises(NoFigures):
        unit_page(key_of("62"), LEADER, today=SOON, as_of=date(2025, 7, 1))


def test_a_unit_over_a_changed_ceiling(now: datetime) -> None:
    kalteng(now, JUNE, OCTOBER)
    page = unit_page(key_of("62"), LEADER, today=SOON)
    assert page.rebased is not None
    assert page.rebased.ceiling_changed
    assert [(str(line.point.pct), str(line.point.pct_of_latest)) for line in page.history] == [
        ("21.88", "26.71"),
        ("61.28", "61.28"),
    ]
    found = plain(unit_answer(page))
    assert found.sentence.startswith("Realisasi anggaran Pemerintah Provinsi Kalimantan Tengah belum sesuai target")
    assert "−18,30 %" in found.notices[0]
    june = unit_page(key_of("62"), LEADER, today=SOON, as_of=JUNE)
    assert len(june.history) == 1
    assert unit_answer(june).notices == ["Anda melihat data tanggal lampau. Data terbaru per Jumat, 31 Oktober 2025."]


def test_a_unit_that_missed_the_newest_date_says_so(now: datetime) -> None:
    kalteng(now, JUNE, OCTOBER)
    page = unit_page(key_of("KALTENG-DISDIK"), LEADER, today=SOON)
    found = plain(unit_answer(page))
    assert found.gaps == [
        "Dinas Pendidikan belum melapor per Jumat, 31 Oktober 2025; yang ditampilkan angka terakhirnya."
    ]
    assert found.word == "Data lama"
    assert "45,85 % dari pagu Rp2,29 triliun" in found.sentence


def test_a_unit_that_never_reported(now: datetime) -> None:
    with unit_of_work(ME, now):
        key = create_unit(code="9", name="Badan Baru", kind=UnitKind.AGENCY, parent=None).key
    page = unit_page(key, LEADER, today=SOON)
    assert unit_answer(page).sentence == "Badan Baru belum pernah melaporkan realisasi anggaran."
    with pytest.raises(NoFigures):
        unit_page(key, LEADER, today=SOON, as_of=JUNE)


def test_a_fall_of_what_was_realised_asks_for_a_reason(now: datetime) -> None:
    store_rows([row("1", "A", 100, 50)], now)
    store_rows([row("1", "A", 100, 40, as_of="2026-11-30")], now)
    found = unit_answer(unit_page(key_of("1"), LEADER, today=date(2026, 12, 1)))
    assert found.notices == [
        "Realisasi rupiah per Senin, 30 November 2026 lebih kecil daripada per Sabtu, 31 Oktober 2026. "
        "Mintalah penjelasan."
    ]


def test_notes_belong_to_the_dates_shown(now: datetime) -> None:
    kalteng(now, JUNE, OCTOBER)
    key = key_of("62")
    for as_of in (JUNE, OCTOBER):
        with unit_of_work(ME, now):
            write_budget_note(unit_key=key, year=2025, as_of=as_of, text=f"Sebab {as_of.month}")
    assert len(unit_page(key, LEADER, today=SOON).notes) == 2
    assert [note.text for note in unit_page(key, LEADER, today=SOON, as_of=JUNE).notes] == ["Sebab 6"]


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.SUPERVISOR, Role.HEAD, Role.OPERATOR])
def test_the_government_is_for_those_who_may_see_it(role: Role) -> None:
    with pytest.raises(Forbidden):
        leadership_page(None, person(role), today=SOON)


def test_a_head_sees_the_own_unit_and_no_other(now: datetime) -> None:
    kalteng(now, JUNE)
    own, other = key_of("KALTENG-DISDIK"), key_of("KALTENG-ADPIM")
    head = person(Role.HEAD, own)
    assert unit_page(own, head, today=SOON).unit.name == "Dinas Pendidikan"
    with pytest.raises(OutsideScope):
        unit_page(other, head, today=SOON)
    with pytest.raises(OutsideScope):
        unit_page("tidakadatidakada", LEADER, today=SOON)
    with pytest.raises(OutsideScope):
        leadership_page(None, person(Role.LEADER, own), today=SOON)
    with pytest.raises(Forbidden):
        unit_page(own, person(Role.EMPLOYEE, own), today=SOON)


@pytest.mark.parametrize("n_units", [3, 40])
def test_queries_do_not_grow_with_units(
    now: datetime, n_units: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    province(now, [date(2026, 6, 30), date(2026, 10, 31)], n_units)
    with django_assert_num_queries(7):
        leadership_answer(leadership_page(None, LEADER, today=date(2026, 11, 1)))
    key = key_of("PC-01")
    with django_assert_num_queries(8):
        unit_answer(unit_page(key, LEADER, today=date(2026, 11, 1)))
