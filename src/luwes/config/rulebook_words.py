"""What the command line says of a rulebook: its faults, its content, its open points."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import fields
from difflib import get_close_matches
from enum import IntEnum, StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from luwes.config.language import _
from luwes.core.formats import long_date
from luwes.core.policy.clauses import KINDS, Clause, Quota, Tenure, Weekly
from luwes.core.policy.reading import Fault, hints
from luwes.core.policy.rulebook import CHOICES, Head, Rulebook
from luwes.core.policy.terms import Rounding, ShortWeek, State
from luwes.core.workdays.status import Status

PLACE = re.compile(r"clause\[(?P<number>\d+)(?::(?P<id>[^\]]*))?\](?:\.(?P<key>.+))?")


def fault(error: Fault, text: str) -> str:
    """What is wrong, where it stands, and what can be written there instead."""
    said = _sentences()[error.code] % {"found": error.found.strip("[]")}
    allowed = _allowed(error, text)
    hint = " " + _("Pilihannya: %(words)s.") % {"words": ", ".join(allowed)} if allowed else ""
    return f"{_place(error.where)}: {said}{hint}" if error.where else said + hint


def _sentences() -> dict[str, str]:
    return {
        "not_toml": _("Berkas bukan TOML yang benar (%(found)s). Periksa tanda kutip, kurung, dan tanda sama dengan."),
        "not_a_table": _("di sini harus ada butir dengan kunci-kunci, bukan satu nilai."),
        "not_a_list": _("tulis sebagai daftar dalam kurung siku, misalnya [\"wed\"]."),
        "unknown_key": _("kunci ini tidak dikenal."),
        "missing_key": _("kunci ini wajib diisi."),
        "wrong_type": _("«%(found)s» bukan jenis nilai yang diminta. Tanggal dan angka tanpa tanda kutip."),
        "not_a_time": _("«%(found)s» bukan jam. Tulis seperti \"07:30\"."),
        "not_a_tag": _("«%(found)s» bukan tanda. Tulis seperti \"service:loket\"."),
        "not_one_of": _("«%(found)s» tidak dikenal."),
        "ends_before_start": _("akhirnya mendahului awalnya (%(found)s)."),
        "unknown_kind": _("jenis butir «%(found)s» tidak dikenal."),
        "clause_twice": _("nama butir ini dipakai dua kali."),
        "says_nothing": _("butir ini belum mengatakan apa-apa; isi angkanya atau siapa yang menetapkan."),
        "out_of_range": _("«%(found)s» di luar batas; persen 0 sampai 100, hari 1 sampai 7."),
    }  # fmt: skip


def _place(where: str) -> str:
    found = PLACE.fullmatch(where)
    if where.startswith("clause."):
        return _("Butir %(name)s") % {"name": where.partition(".")[2]}
    if found is None:
        return _("Kepala berkas, %(key)s") % {"key": where.partition(".")[2] or where}
    values = {"number": found["number"], "name": found["id"] or "?", "key": found["key"]}
    if found["key"] is None:
        return _("Butir ke-%(number)s (%(name)s)") % values
    return _("Butir ke-%(number)s (%(name)s), %(key)s") % values


def _allowed(error: Fault, text: str) -> list[str]:
    """The words that would have been understood, as far as they can be listed."""
    if error.code == "unknown_kind":
        return get_close_matches(error.found, KINDS, 3) or sorted(KINDS)
    if error.code not in ("not_one_of", "unknown_key"):
        return []
    place = PLACE.fullmatch(error.where)
    kind: type = Head
    if place is not None:
        kind = KINDS[tomllib.loads(text)["clause"][int(place["number"]) - 1]["kind"]]
    key = (place["key"] or "") if place is not None else error.where.rpartition(".")[2]
    key = re.sub(r"\[\d+\]", "", key)
    names = [one.name for one in fields(kind)]
    if error.code == "unknown_key":
        return (get_close_matches(key, names, 3) or names) if "." not in key else []
    chosen = next((words for (owner, name), words in CHOICES.items() if (owner, name) == (kind, key)), None)
    return list(chosen or _words(hints(kind).get(key)))


def _words(kind: Any) -> list[str]:
    while get_origin(kind) is UnionType or get_origin(kind) is tuple:
        kind = next(one for one in get_args(kind) if one is not NoneType)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return [one.value for one in kind]
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        return [one.name.lower() for one in kind]
    return []


def summary(rulebook: Rulebook, sentence: Callable[[Clause], str]) -> Iterator[str]:
    """What was read: title, who issued it, days, and one sentence per clause, by which a wrong number is seen."""
    head = rulebook.head
    yield _("Terbaca: %(title)s (%(name)s, versi %(version)s)") % {
        "title": head.title, "name": head.id, "version": head.version,
    }  # fmt: skip
    yield _("Berlaku: %(first)s sampai %(last)s") % {
        "first": long_date(head.first, "id") if head.first else _("tidak disebut"),
        "last": long_date(head.last, "id") if head.last else _("tidak disebut"),
    }
    yield _("Oleh: %(issuer)s, %(number)s; keadaan: %(state)s; naskah: %(status)s") % {
        "issuer": head.issuer,
        "number": head.number or _("belum bernomor"),
        "state": _states()[head.state],
        "status": _statuses()[head.status],
    }
    for one in rulebook.clauses:
        yield f"  {one.id} ({one.basis}): {sentence(one)}"


def _states() -> dict[State, str]:
    return {
        State.DRAFT: _("rancangan"),
        State.ANNOUNCED: _("baru diumumkan"),
        State.TRIAL: _("uji coba"),
        State.IN_FORCE: _("ditandatangani"),
    }


def _statuses() -> dict[Status, str]:
    return {
        Status.SEEN: _("dibaca sendiri"),
        Status.REPORTED: _("menurut berita"),
        Status.ASSUMED: _("dugaan"),
    }


def points(rulebook: Rulebook) -> Iterator[str]:
    """What will be answered by a person, because the file leaves it open. Empty for a file that leaves nothing."""
    found = [line for one in rulebook.clauses for line in _open(rulebook, one)]
    if rulebook.head.state in (State.DRAFT, State.ANNOUNCED):
        found.insert(0, _("berkas ini baru rancangan atau pengumuman: hanya untuk dicoba, belum mengikat"))
    if found:
        yield _("Masih terbuka; sampai diisi atau diputuskan orang, jawabannya dapat «perlu diputuskan»:")
        yield from (f"  {line}" for line in found)
    else:
        yield _("Tidak ada yang terbuka.")


def _open(rulebook: Rulebook, clause: Clause) -> Iterator[str]:
    name = {"name": clause.id}
    if (clause.status or rulebook.head.status) is Status.ASSUMED:
        yield _("%(name)s: dugaan, hanya memperingatkan") % name
    for point in clause.undecided:
        yield _("%(name)s: %(point)s dibiarkan terbuka") % {**name, "point": point}
    if isinstance(clause, Quota):
        if clause.delegated_to:
            yield _("%(name)s: persennya ditetapkan %(by)s") % {**name, "by": clause.delegated_to}
        if clause.rounding is Rounding.UNDECIDED:
            yield _("%(name)s: pembulatan orang (rounding) belum ditulis") % name
        if clause.without is None:
            yield (
                _("%(name)s: yang cuti, dinas luar, tugas belajar ikut dihitung atau tidak (without) belum ditulis")
                % name
            )
    if isinstance(clause, Tenure) and clause.months is None and "months" not in clause.undecided:
        yield _("%(name)s: berapa bulan disebut baru (months) belum ditulis") % name
    if isinstance(clause, Weekly) and clause.onsite_min_days and clause.short_week is ShortWeek.UNDECIDED:
        yield _("%(name)s: minggu dengan hari libur (short_week) belum ditulis") % name
