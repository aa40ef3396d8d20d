"""A month as it was paid on, beside the same month as reckoned from punches: what differs, and what may explain it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from luwes.core.worktime.day import CAME, Status

# The words of recaps for an absence, by what they say of the duty to be there; anything else stands as it is.
UNEXCUSED = frozenset({"tanpa_keterangan", "tk", "alpa", "alpha", "mangkir"})
ORDERED = frozenset({"dinas_luar", "tugas_kedinasan", "dinas", "dl", "perjalanan_dinas", "diklat", "pelatihan"})
# The machine or the application did not work: the person may have been there.
TECHNICAL = frozenset({"alasan_teknis", "at", "kendala_teknis", "gangguan"})


class Why(StrEnum):
    """What may explain a difference."""

    OUTAGE = "outage_not_considered"
    LEAVE = "leave_not_in_recap"
    TECHNICAL = "technical_reason_accepted"
    BAND = "other_band"
    MISSING = "missing_punch"
    RULE = "rule_version"
    NO_DATA = "no_punches_on_file"
    NOT_PAID = "not_in_recap"
    NOT_RECKONED = "not_reckoned"
    UNKNOWN = "unexplained"


@dataclass(frozen=True, slots=True)
class Paid:
    """A recap's row: days by what it says; None where the file does not say."""

    present: int | None = None
    flexible: int | None = None
    late: Mapping[str, int] = field(default_factory=dict)
    early: Mapping[str, int] = field(default_factory=dict)
    absent: Mapping[str, int] = field(default_factory=dict)

    def _absent(self, codes: frozenset[str], *, among: bool) -> int:
        return sum(days for code, days in self.absent.items() if (code_key(code) in codes) == among)

    @property
    def unexcused(self) -> int:
        """Days absent without a reason."""
        return self._absent(UNEXCUSED, among=True)

    @property
    def ordered(self) -> int:
        """Days on duty or in training elsewhere."""
        return self._absent(ORDERED, among=True)

    @property
    def granted(self) -> int:
        """Days of leave of every kind."""
        return self._absent(UNEXCUSED | ORDERED | TECHNICAL, among=False)

    @property
    def technical(self) -> int:
        """Days on which presence could not be recorded, which says neither that somebody came nor that they did not."""
        return self._absent(TECHNICAL, among=True)


@dataclass(slots=True)
class Reckoned:
    """The same month from punches; filled by `add`, so that a unit's is the sum of its people's."""

    present: int = 0
    elsewhere: int = 0
    missing: int = 0
    unexcused: int = 0
    ordered: int = 0
    granted: int = 0
    no_data: int = 0
    spared: int = 0
    late: dict[str, int] = field(default_factory=dict)
    early: dict[str, int] = field(default_factory=dict)

    def add(self, status: Status, *, days: int, elsewhere: bool, late_band: str, early_band: str, spared: bool) -> None:
        """Count days that are alike. `spared`: an outage excused something of them."""
        came = status in CAME
        self.present += days * came
        self.elsewhere += days * (came and elsewhere)
        self.missing += days * (came and status is not Status.PRESENT)
        self.unexcused += days * (status is Status.ABSENT)
        self.ordered += days * (status in (Status.TRIP, Status.TRAINING))
        self.granted += days * (status in (Status.LEAVE, Status.AWAY))
        self.no_data += days * (status is Status.NO_DATA)
        self.spared += days * spared
        for bands, code in ((self.late, late_band), (self.early, early_band)):
            if code:
                bands[code] = bands.get(code, 0) + days


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that is not the same. `what` is "present", "flexible", "unexcused", "ordered", "granted" or a band."""

    what: str
    paid: int
    reckoned: int


def code_key(code: str) -> str:
    """The code of an absence without the ways files spell it."""
    return "_".join(code.casefold().replace("-", " ").replace("_", " ").split())


def differences(paid: Paid, reckoned: Reckoned) -> tuple[Difference, ...]:
    """Every figure both sides state and that differs. What the recap leaves out is not compared.

    Days of a technical reason count as present in some recaps and beside them in others: either agrees.
    """
    pairs: list[tuple[str, int | None, int]] = [
        ("present", paid.present, reckoned.present),
        ("flexible", paid.flexible, reckoned.elsewhere),
    ]
    if paid.absent:
        pairs += [
            ("unexcused", paid.unexcused, reckoned.unexcused),
            ("ordered", paid.ordered, reckoned.ordered),
            ("granted", paid.granted, reckoned.granted),
        ]
    for said, found in ((paid.late, reckoned.late), (paid.early, reckoned.early)):
        # A recap without any band counts none; one that has some leaves nothing out.
        pairs += [(code, said.get(code, 0), found.get(code, 0)) for code in sorted({*said, *found}) if said]
    told = (Difference(what, there, here) for what, there, here in pairs if there is not None and there != here)
    return tuple(one for one in told if one.what != "present" or not 0 < one.reckoned - one.paid <= paid.technical)


def explain(
    found: Iterable[Difference], paid: Paid, reckoned: Reckoned, *, bands: frozenset[str], rules: int
) -> tuple[Why, ...]:
    """What may explain the differences, the likeliest first; UNKNOWN alone where nothing does.

    `bands` are those of the schedules that held, `rules` how many schedules held in the month.
    """
    what = {one.what: one for one in found}
    if not what:
        return ()
    told: list[Why] = []
    harder = [one for one in what.values() if one.what not in SOFT and one.paid > one.reckoned]
    if reckoned.spared and harder:
        told.append(Why.OUTAGE)
    if reckoned.granted + reckoned.ordered > paid.granted + paid.ordered and {"unexcused", "present"} & what.keys():
        told.append(Why.LEAVE)
    if paid.technical and {"unexcused", "present"} & what.keys() and reckoned.unexcused > paid.unexcused:
        told.append(Why.TECHNICAL)
    banded = [one for one in what.values() if one.what not in SOFT and one.what != "unexcused"]
    for said, here in ((paid.late, reckoned.late), (paid.early, reckoned.early)):
        own = any(one.what in {*said, *here} for one in banded)
        if own and sum(said.values()) == sum(here.values()):
            told.append(Why.BAND)
    if banded and (rules > 1 or not {*paid.late, *paid.early} <= bands):
        told.append(Why.RULE)
    if reckoned.missing and ({"present", "unexcused"} & what.keys() or banded):
        told.append(Why.MISSING)
    if reckoned.no_data and "present" in what and reckoned.present < what["present"].paid:
        told.append(Why.NO_DATA)
    return tuple(dict.fromkeys(told)) or (Why.UNKNOWN,)


# Figures of which more is no burden on the person.
SOFT = frozenset({"present", "flexible", "ordered", "granted"})
