"""An evaluation plan as a TOML file: what a person writes, with the codes of units as they know them."""

import secrets
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from luwes.config.language import _
from luwes.config.refusals import Explained

if TYPE_CHECKING:
    from luwes.apps.evaluation.actions import Wanted
    from luwes.apps.evaluation.plans import LotSpec, Observed

ENTRIES = (
    "nama",
    "kebijakan",
    "dasar",
    "mulai",
    "minggu",
    "pengamatan",
    "unit",
    "pembanding",
    "undian",
    "tetap",
    "ukuran",
)
EVERYBODY = "semua"


def read_plan(text: str) -> "Wanted":
    """The plan of a file. Every perangkat daerah takes part where `unit` is "semua". Raises Explained."""
    from luwes.apps.evaluation.actions import Wanted
    from luwes.apps.evaluation.plans import Asked, Role

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Explained(_("Berkas bukan TOML yang benar: %(reason)s.") % {"reason": error}) from error
    unknown = sorted(set(data) - set(ENTRIES))
    if unknown:
        raise Explained(_("Isian tidak dikenal: %(names)s.") % {"names": ", ".join(unknown)})
    try:
        start, weeks = _date(data["mulai"]), int(data["minggu"])
        compared = _keys(data.get("pembanding", []), start)
        units = [key for key in _keys(data.get("unit", EVERYBODY), start) if key not in compared]
        return Wanted(
            name=str(data["nama"]),
            policy=str(data["kebijakan"]),
            basis=str(data.get("dasar", "")),
            start=start,
            weeks=weeks,
            looks=[int(one) for one in data.get("pengamatan", [weeks])],
            units=units,
            compared=compared,
            outcomes=[
                Asked(
                    str(one["ukuran"]),
                    Role(one.get("kedudukan", Role.PRIMARY.value)),
                    float(one["batas_hari"]),
                    float(one["batas_bulan"]),
                    error=float(one.get("galat", 0)),
                )
                for one in data["ukuran"]
            ],
            lot=_lot(data["undian"]) if "undian" in data else None,
            observed=_observed(data["tetap"], start) if "tetap" in data else None,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise Explained(_("Isian kurang atau salah bentuk: %(entry)s.") % {"entry": error}) from error


def _lot(data: Mapping[str, Any]) -> "LotSpec":
    from luwes.apps.evaluation.plans import REDRAWS, LotKind, LotSpec

    return LotSpec(
        kind=LotKind(data["jenis"]),
        # Drawn here once, then part of the frozen plan: nobody chose it, and anybody can draw again.
        seed=int(data.get("benih", secrets.randbelow(2**31))),
        every=int(data.get("setiap_minggu", 4)),
        weekdays=tuple(int(one) for one in data.get("hari", (1, 2, 3, 4, 5))),
        shares=tuple(float(one) for one in data.get("bagian", ())),
        starts=tuple(int(one) for one in data.get("minggu_mulai", ())),
        redraws=int(data.get("ulangan", REDRAWS)),
    )


def _observed(data: Mapping[str, Any], start: date) -> "Observed":
    from luwes.apps.evaluation.plans import Observed

    starts = {
        _keys([code], start)[0]: None if one == "" else _date(one) for code, one in dict(data.get("mulai", {})).items()
    }
    weekday = data.get("hari")
    return Observed(None if weekday is None else int(weekday), starts, float(data.get("lengkung", 0)))


def _keys(codes: str | Sequence[str], day: date) -> list[str]:
    from luwes.apps.people.models import UnitKind
    from luwes.apps.people.queries import units_on

    if codes == EVERYBODY:
        return [row.key for row in units_on(day, kinds=[UnitKind.AGENCY])]
    known = {row.code: row.key for row in units_on(day)}
    missing = [code for code in codes if code not in known]
    if missing:
        raise Explained(_("Tidak ada unit dengan kode %(code)s.") % {"code": ", ".join(missing)})
    return [known[code] for code in codes]


def _date(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
