"""Facts of the trail as the inspector reads them."""

import pytest

from luwes.web.audit.facts import in_words


def told(**facts: object) -> dict[object, object]:
    return {one["term"]: one["value"] for one in in_words(facts, {"u1": "Dinas Kesehatan"})}  # type: ignore[arg-type]


def test_codes_days_and_ids_are_said_in_words() -> None:
    assert told(
        as_of="2026-10-31", capacity="plt", format="pdf", kind="budget", role="kepala_pd", scope="u1", year=2026
    ) == {
        "Per tanggal": "Sabtu, 31 Oktober 2026",
        "Kedudukan": "Plt.",
        "Format": "PDF",
        "Jenis": "Realisasi anggaran",
        "Peran": "Kepala perangkat daerah",
        "Unit": "Dinas Kesehatan",
        "Tahun": "2026",
    }


def test_counts_name_what_there_was_and_nothing_else() -> None:
    assert told(counts={"new": 1400, "changed": 0, "rejected": 3}) == {"Hitungan": "baru 1.400 · ditolak 3"}
    assert told(counts={"new": 0}) == {"Hitungan": "tidak ada"}
    assert told(lines=["PEMERINTAH", "DINAS"]) == {"Baris kop": "PEMERINTAH / DINAS"}


@pytest.mark.parametrize("facts", [{"role": "juru_tulis"}, {"as_of": "akhir tahun"}, {"accounts_user": "x"}])
def test_what_no_code_knows_any_more_stands_as_it_was_written(facts: dict[str, str]) -> None:
    assert list(told(**facts).values()) == list(facts.values())


def test_nothing_is_said_of_what_is_empty() -> None:
    assert told(role="", until=None, values={}, lines=[]) == {}
