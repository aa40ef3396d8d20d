"""A batch as the page shows it: words and formatted values, no decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luwes.apps.accounts import queries as accounts
from luwes.apps.sources import wording
from luwes.apps.sources.kinds import SKIP, ImportKind
from luwes.apps.sources.queries import BatchRow, SourceRow
from luwes.core import formats

TONES = {"staged": "info", "confirmed": "success", "discarded": "neutral", "lapsed": "warning"}
# Text may wrap; figures line up; dates and codes stay in one piece.
LOOKS = {"text": "", "rupiah": "figure", "percent": "figure", "decimal": "figure", "integer": "figure"}
FORMATS = {"csv": "CSV", "xlsx": "Excel (XLSX)"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One count: big, calm, with what it means."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Told:
    """One thing to look at, with the first rows it concerns."""

    text: str
    rows: str


@dataclass(frozen=True, slots=True)
class Table:
    """A preview: (label, look) per column, and rows of (number, cells); a cell is its label, text and look."""

    labels: Sequence[tuple[str, str]]
    rows: Sequence[tuple[int, Sequence[tuple[str, str, str]]]]


def language() -> str:
    """The language numbers and dates are written in."""
    return "en" if (get_language() or "id").startswith("en") else "id"


def who(actor_id: str) -> str:
    """A person by name; the console and the software by what they are."""
    user = accounts.user_by_id(actor_id)
    if user is not None:
        return user.name
    return _("konsol server") if actor_id == "console" else _("perangkat lunak ini")


def counted(value: int) -> str:
    """A count with grouped thousands."""
    return formats.number(value, 0, language())


def figures(batch: BatchRow) -> Sequence[Figure]:
    """The four counts every batch has."""
    return _figures(
        batch,
        ("new", _("Baru"), _("belum pernah tersimpan")),
        ("changed", _("Berubah"), _("menggantikan angka lama, yang tetap tercatat")),
        ("unchanged", _("Tetap"), _("sama dengan yang tersimpan")),
        ("rejected", _("Ditolak"), _("tidak ikut disimpan")),
    )


def questions(batch: BatchRow) -> Sequence[Figure]:
    """Counts that ask something of the reader; those at zero are left out."""
    shown = _figures(
        batch,
        ("unmapped", _("Belum dikenal"), _("perlu Anda pilih artinya")),
        ("skipped", _("Dilewati"), _("menurut pilihan yang diingat")),
        ("gone", _("Tidak disebut lagi"), _("tersimpan, tetapi tidak ada di berkas ini")),
        ("withdrawn", _("Ditarik"), _("dari yang tidak disebut lagi")),
    )
    return [figure for figure in shown if figure.value != "0"]


def _figures(batch: BatchRow, *shown: tuple[str, str, str]) -> Sequence[Figure]:
    return [Figure(label, counted(batch.counts.get(name, 0)), note) for name, label, note in shown]


def findings(batch: BatchRow, kind: ImportKind) -> Sequence[Told]:
    """What the kind's cross checks, the reader and the comparison with the last file told."""
    summary = batch.summary
    told = [Told(kind.say(each["code"], each["facts"]), row_list(each["rows"])) for each in summary.get("findings", [])]
    told += [Told(wording.drift(each), "") for each in summary.get("drift", [])]
    told += [
        Told(wording.warning(each["code"], each["column"], each["count"]), "") for each in summary.get("warnings", [])
    ]
    return told


def row_list(rows: Sequence[int]) -> str:
    """Row numbers as the spreadsheet counts them."""
    return ", ".join(str(row) for row in rows)


def fraction_columns(batch: BatchRow, kind: ImportKind) -> str:
    """Percent columns whose values all lie between 0 and 1: perhaps written as fractions."""
    names = set(batch.summary.get("fraction_like", []))
    labels = {column.name: column.label for column in kind.layout.columns}
    return ", ".join(labels.get(name, name) for name in sorted(names))


def how_read(batch: BatchRow, kind: ImportKind) -> Sequence[Mapping[str, str]]:
    """How the file was read, for who wants to know."""
    summary = batch.summary
    labels = {column.name: column.label for column in kind.layout.columns}
    mapped = "; ".join(f"{theirs} → {labels.get(ours, ours)}" for theirs, ours in summary["mapping"].items())
    skipped = "; ".join(
        f"{counted(count)} {wording.skipped(reason)}" for reason, count in summary["skipped"].items() if count
    )
    items = [
        (_("Bentuk berkas"), FORMATS.get(summary["format"], summary["format"])),
        (_("Lembar"), summary["sheet"]),
        (_("Huruf dan pemisah"), " · ".join(filter(None, (summary["encoding"], summary["delimiter"])))),
        (_("Baris judul kolom"), str(summary["header_row"])),
        (_("Kolom dibaca"), mapped),
        (_("Kolom tidak dipakai"), "; ".join(summary["dropped"])),
        (_("Baris dilewati"), skipped),
        (_("Diisi dari formulir"), "; ".join(f"{labels[k]}: {v}" for k, v in summary["constants"].items())),
    ]
    return [{"term": term, "value": value} for term, value in items if value]


def receipt(batch: BatchRow) -> Sequence[Mapping[str, str]]:
    """Whence and by whom: what makes every stored row traceable."""
    return [
        {"term": _("Sumber"), "value": batch.source_name},
        {"term": _("Nama berkas"), "value": batch.file_name or _("tanpa nama")},
        {"term": _("Ukuran"), "value": _("%(size)s byte") % {"size": counted(batch.file_size)}},
        {"term": _("Sidik berkas (SHA-256)"), "value": batch.file_sha256},
        {"term": _("Diunggah oleh"), "value": who(batch.staged_by)},
    ]


def preview(kind: ImportKind, rows: Sequence[tuple[int, Sequence[Any]]]) -> Table:
    """The first staged rows with values as people write them."""
    columns = kind.layout.columns
    return Table(
        labels=[(column.label, LOOKS.get(column.kind, "nowrap")) for column in columns],
        rows=[
            (
                number,
                [
                    (column.label, _cell(column.kind, value), LOOKS.get(column.kind, "nowrap"))
                    for column, value in zip(columns, values, strict=True)
                ],
            )
            for number, values in rows
        ],
    )


def _cell(kind: str, value: Any) -> str:
    if value is None:
        return "–"
    if kind == "rupiah":
        return formats.rupiah(value, language())
    if kind == "percent":
        return formats.percent(value, 2, language())
    if kind == "decimal":
        return formats.number(value, 0 if float(value).is_integer() else 2, language())
    if kind == "month":
        return formats.month_name(date.fromisoformat(value), language())
    if kind == "date":
        return formats.short_date(date.fromisoformat(value), language())
    return str(value)


def source_item(row: SourceRow, kind: ImportKind, url: str) -> Mapping[str, str]:
    """A source as one line of the list: last arrival, its age, and what to do about it."""
    if row.last is None or row.age_days is None:
        note, tag, tone = _("%(kind)s · belum ada yang tersimpan"), _("Belum ada data"), "neutral"
    else:
        note = _("%(kind)s · data per %(newest)s · masuk %(age)s · %(rows)s baris, %(rejected)s ditolak")
        tag, tone = (_("Data lama"), "warning") if row.stale else (_("Terkini"), "success")
    if row.waiting:
        tag, tone = _("Menunggu keputusan"), "info"
    counts = row.last.counts if row.last else {}
    words = {
        "kind": kind.label(),
        "newest": formats.short_date(row.newest, language()) if row.newest else "–",
        "age": age(row.age_days or 0),
        "rows": counted(counts.get("rows", 0)),
        "rejected": counted(counts.get("rejected", 0)),
    }
    return {"title": row.name, "note": note % words, "tag": tag, "tone": tone, "url": url}


def meaning(choice: str, names: Mapping[str, str]) -> str:
    """What a remembered choice stands for."""
    return wording.skip_choice() if choice == SKIP else names.get(choice, _("unit yang tidak berlaku lagi"))


def age(days: int) -> str:
    """How long ago, in days."""
    if days == 0:
        return _("hari ini")
    return _("kemarin") if days == 1 else _("%(days)s hari lalu") % {"days": counted(days)}
