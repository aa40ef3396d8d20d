"""What the words and codes of a SIASN file mean to us; None where they mean nothing we know."""

from decimal import Decimal, InvalidOperation

from luwes.apps.people.models import Employment, PostKind, Standing
from luwes.apps.sources.reading.names import normalise

# BKN's codes of kedudukan hukum, without the leading zero that spreadsheets lose.
_STANDING_CODES = {
    "1": Standing.ACTIVE,
    "2": Standing.UNPAID_LEAVE,
    "3": Standing.STUDY,
    "4": Standing.SUSPENDED,
    "7": Standing.STATE_OFFICIAL,
    "15": Standing.DISCIPLINE,
    "20": Standing.RETIRING,
    "51": Standing.AWAITING_DECREE,
    "52": Standing.INACTIVE,
    "66": Standing.DISMISSED,
    "99": Standing.RETIRED,
}
# The order matters: "diberhentikan sementara" is not "diberhentikan", "persiapan pensiun" not "pensiun".
_STANDING_WORDS = (
    ("tidak aktif", Standing.INACTIVE),
    ("sementara", Standing.SUSPENDED),
    ("persiapan pensiun", Standing.RETIRING),
    ("pensiun", Standing.RETIRED),
    ("berhenti", Standing.DISMISSED),
    ("cltn", Standing.UNPAID_LEAVE),
    ("luar tanggungan", Standing.UNPAID_LEAVE),
    ("tugas belajar", Standing.STUDY),
    ("pejabat negara", Standing.STATE_OFFICIAL),
    ("hukuman disiplin", Standing.DISCIPLINE),
    ("belum", Standing.AWAITING_DECREE),
    ("aktif", Standing.ACTIVE),
)
_KIND_WORDS = (
    ("rangkap", PostKind.DOUBLE),
    ("fungsional umum", PostKind.GENERAL),
    ("pelaksana", PostKind.GENERAL),
    ("fungsional", PostKind.FUNCTIONAL),
    ("struktural", PostKind.STRUCTURAL),
    ("manajerial", PostKind.STRUCTURAL),
    ("pimpinan tinggi", PostKind.STRUCTURAL),
    ("administrator", PostKind.STRUCTURAL),
    ("pengawas", PostKind.STRUCTURAL),
)
MINUTES_PER_HOUR = 60
LONGEST_WEEK = 40 * MINUTES_PER_HOUR


def employment(kind: str, status: str, *, pppk_number: bool) -> Employment | None:
    """How somebody serves, from the kind and status columns; the number decides only where both are silent."""
    words = f" {normalise(kind)} {normalise(status)} "
    if "paruh waktu" in words:
        return Employment.PART_TIME
    if "pppk" in words or "perjanjian kerja" in words:
        return Employment.PPPK
    state = normalise(status)
    if state in ("c", "cpns") or " cpns " in words.replace(" cpns pns ", " "):
        return Employment.CPNS
    if state in ("p", "pns") or " pns " in words:
        return Employment.PNS
    if not words.strip() and pppk_number:
        return Employment.PPPK
    return None


def standing(code: str, name: str) -> Standing:
    """The legal position by BKN's code, else by its words; OTHER where neither is known, ACTIVE if both are empty."""
    known = _STANDING_CODES.get(code.lstrip("0"))
    if known is not None:
        return known
    if not name:
        return Standing.OTHER if code else Standing.ACTIVE
    words = normalise(name)
    return next((found for part, found in _STANDING_WORDS if part in words), Standing.OTHER)


def post_kind(name: str) -> PostKind:
    """The kind of a post by the words of jenis jabatan."""
    words = normalise(name)
    return next((found for part, found in _KIND_WORDS if part in words), PostKind.UNKNOWN)


def weekly_minutes(hours: str) -> int | None:
    """Contract hours a week ("18,75") in whole minutes. Raises ValueError for what is no week of work."""
    if not hours:
        return None
    try:
        minutes = Decimal(hours.replace(",", ".")) * MINUTES_PER_HOUR
    except InvalidOperation:
        raise ValueError(hours) from None
    if not minutes.is_finite() or not 0 < minutes <= LONGEST_WEEK:
        raise ValueError(hours)
    return int(minutes.to_integral_value())
