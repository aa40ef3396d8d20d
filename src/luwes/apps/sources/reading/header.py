"""Finding the header: the row, or pair of rows, that names most of the columns we know."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from luwes.apps.sources.reading.contract import Job, UnreadableFile
from luwes.apps.sources.reading.layout import Column
from luwes.apps.sources.reading.names import compact, likeness, nearest, normalise

SEARCHED_ROWS = 40
UNITS = frozenset(
    [
        "angka",
        "dalam rupiah",
        "dd mm yyyy",
        "hari",
        "jam",
        "juta rupiah",
        "menit",
        "orang",
        "pct",
        "persen",
        "ribu rupiah",
        "rp",
        "rp juta",
        "rupiah",
        "unit",
    ]
)
_NUMBERING = re.compile(r"\(?([0-9]{1,2})\)?\.?(?:\s*=.*)?")
_TITLE_LENGTH = 200
_SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12}
_SCALE = re.compile(r"\b(ribu|juta|miliar|milyar|triliun)(?:an)?\b")
_OF_MONEY = re.compile(r"\b(?:rp|rupiah|dalam)\b")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands (0-based rows) and which of our columns is which of theirs (0-based)."""

    first: int
    last: int
    titles: tuple[str, ...]
    columns: Mapping[str, int]
    doubled: Mapping[str, tuple[int, ...]]
    score: tuple[int, int]


class Matcher:
    """Knows which of our columns a header text means, by the job's mapping or by names and aliases."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._strong: set[str] = set()
        self._names: dict[str, str] = {}
        if job.mapping is not None:
            for theirs, ours in job.mapping.items():
                self._names[compact(theirs)] = ours
            return
        for column in job.layout.columns:
            for title in column.titles():
                self._names[title] = column.name
            self._strong.update((compact(column.name), compact(column.label)))

    def ours(self, title: str) -> str | None:
        """Return our column's name for a header text, or None."""
        return self._names.get(compact(title)) if title else None

    def is_strong(self, title: str) -> bool:
        """Say whether a header is our own name or label rather than an alias."""
        return compact(title) in self._strong


def find(rows: Sequence[Sequence[str]], matcher: Matcher) -> Header | None:
    """Return the best header among the first rows, or None when no row names any column of ours.

    A pair of rows wins over single rows only when it names more; of equals the first wins. Counts of cells play no
    part, because titles and values fool them.
    """
    best: Header | None = None
    wanted = len(matcher.job.layout.columns)
    titles = [tuple(_title(cell) for cell in row) for row in rows[: SEARCHED_ROWS + 1]]
    for index, row in enumerate(titles[:SEARCHED_ROWS]):
        best = _better(best, _match(index, index, [(title,) for title in row], row, matcher))
        if best is not None and best.score[1] == wanted:
            return best
    for index, (groups, parts) in enumerate(pairwise(titles)):
        best = _better(best, _pair(index, groups, parts, matcher))
    return best


def _better(best: Header | None, found: Header) -> Header | None:
    least = (0, 0) if best is None else best.score
    return found if found.score > least else best


def _title(cell: str) -> str:
    # Titles are shown and stored as text, where a database takes no NUL and a page no control characters.
    plain = "".join(letter if letter.isprintable() else " " for letter in cell)
    return " ".join(plain.split())[:_TITLE_LENGTH]


def _pair(index: int, groups: tuple[str, ...], below: tuple[str, ...], matcher: Matcher) -> Header:
    """Combine a row of groups with the row of parts below it; a merged group spreads over the parts to its right."""
    names: list[tuple[str, ...]] = []
    titles: list[str] = []
    group = ""
    for position in range(max(len(groups), len(below))):
        own = groups[position] if position < len(groups) else ""
        part = below[position] if position < len(below) else ""
        group = own or (group if part else "")
        if part and group:
            names.append((f"{group} {part}", part))
        else:
            names.append((part or group,))
        titles.append(names[-1][0])
    return _match(index, index + 1, names, tuple(titles), matcher)


def _match(first: int, last: int, names: list[tuple[str, ...]], titles: tuple[str, ...], matcher: Matcher) -> Header:
    places: dict[str, list[tuple[int, bool]]] = {}
    for position, options in enumerate(names):
        for option in options:
            ours = matcher.ours(option)
            if ours is not None:
                places.setdefault(ours, []).append((position, matcher.is_strong(option)))
                break
    columns: dict[str, int] = {}
    doubled: dict[str, tuple[int, ...]] = {}
    for ours, found in places.items():
        strong = [position for position, is_strong in found if is_strong]
        chosen = strong or [position for position, _ in found]
        columns[ours] = chosen[0]
        if len(chosen) > 1:
            doubled[ours] = tuple(chosen)
    required = sum(1 for name in columns if matcher.job.layout.column(name).required)
    return Header(first, last, titles, columns, doubled, (required, len(columns)))


def check(header: Header | None, rows: Sequence[Sequence[str]], job: Job) -> Header:
    """Return the header when every required column is there exactly once; raises UnreadableFile.

    The facts hold what a mapping page needs: the headers seen, what was recognised, what is missing and its nearest.
    """
    if header is None:
        index, titles = _guess(rows)
        facts = {"headers": list(titles), "header_row": index + 1, "mapping": {}}
        raise UnreadableFile("no_header", {**facts, "missing": _missing(frozenset(), titles, job)})
    facts = {
        "headers": [title for title in header.titles if title],
        "header_row": header.last + 1,
        "mapping": {header.titles[place]: name for name, place in header.columns.items()},
    }
    if header.doubled:
        twice = [
            {"column": job.layout.column(name).label, "headers": [header.titles[place] for place in places]}
            for name, places in header.doubled.items()
        ]
        raise UnreadableFile("ambiguous_columns", {**facts, "ambiguous": twice})
    missing = _missing(frozenset(header.columns), header.titles, job)
    if missing:
        raise UnreadableFile("missing_columns", {**facts, "missing": missing})
    return header


def _missing(found: frozenset[str], titles: Sequence[str], job: Job) -> list[dict[str, str | None]]:
    return [
        {"name": column.name, "label": column.label, "nearest": _nearest_title(column, titles)}
        for column in job.layout.columns
        if column.required and column.name not in found and column.name not in job.constants
    ]


def _nearest_title(column: Column, titles: Sequence[str]) -> str | None:
    near: dict[str, float] = {}
    for name in (column.label, column.name, *column.aliases):
        title = nearest(name, filter(None, titles))
        if title is not None:
            near[title] = max(near.get(title, 0.0), likeness(name, title))
    return max(near, key=near.__getitem__) if near else None


def _guess(rows: Sequence[Sequence[str]]) -> tuple[int, tuple[str, ...]]:
    """Return the fullest of the first rows of words: what a person would take for the header."""
    best, count = 0, -1
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        words = {cell.strip() for cell in row if cell.strip() and not cell.strip()[:1].isdigit()}
        if len(words) > count:
            best, count = index, len(words)
    titles = tuple(_title(cell) for cell in rows[best] if cell.strip()) if rows else ()
    return best, titles


def is_annotation(row: Sequence[str]) -> bool:
    """Say whether the row under a header only explains it: units, or columns numbered 1, 2, 3 and so on."""
    filled = [cell.strip() for cell in row if cell.strip()]
    if not filled:
        return False
    if all(normalise(cell) in UNITS or _scale(cell) for cell in filled):
        return True
    numbers = [_NUMBERING.fullmatch(cell) for cell in filled]
    counted = [int(match[1]) for match in numbers if match]
    return len(filled) >= 3 and len(counted) == len(filled) and counted == list(range(1, len(counted) + 1))


def money_unit(rows: Sequence[Sequence[str]], header: Header) -> tuple[int, str] | None:
    """Return the unit of money that titles, header or the rows of units name, with the text that says so.

    None when whole rupiah are meant or nothing is said. Texts with digits speak of sums, not of units.
    """
    units = [row for row in rows[header.last + 1 : header.last + 3] if is_annotation(row)]
    for row in (*rows[: header.last + 1], header.titles, *units):
        for cell in row:
            factor = _scale(cell)
            if factor is not None:
                return factor, _title(cell)[:80]
    return None


def _scale(cell: str) -> int | None:
    plain = normalise(cell[:_TITLE_LENGTH])
    scale = _SCALE.search(plain)
    if scale is None or not _OF_MONEY.search(plain) or any(letter.isdigit() for letter in plain):
        return None
    return _SCALES[scale[1]]
