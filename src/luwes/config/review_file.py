"""A stage of articles 35-36 as a TOML file: what a head or the PPK writes."""

import tomllib
from datetime import date
from typing import TYPE_CHECKING

from luwes.config.language import _
from luwes.config.refusals import Explained

if TYPE_CHECKING:
    from luwes.apps.evaluation.reviews import ReviewWanted


def read_review(text: str) -> "ReviewWanted":
    """The stage of a file; `sampai` is its last day. Raises Explained."""
    from luwes.apps.evaluation.reviews import Means, Panel, ReviewWanted
    from luwes.apps.people.queries import units_on
    from luwes.core.workdays.periods import DAY

    try:
        data = tomllib.loads(text)
        until = _date(data["sampai"]) + DAY
        keys = {row.code: row.key for row in units_on(until - DAY)}
        code = str(data["unit"])
        if code not in keys:
            raise Explained(_("Tidak ada unit dengan kode %(code)s.") % {"code": code})
        return ReviewWanted(
            unit_key=keys[code],
            since=_date(data["sejak"]),
            until=until,
            stage=str(data["tahap"]),
            panels={
                name: Panel(str(one.get("isi", "")), str(one.get("ditiadakan", "")))
                for name, one in data["panel"].items()
            },
            means=[
                Means(str(one["apa"]), str(one.get("jumlah", "")), _date(one["sejak"]) if "sejak" in one else None)
                for one in data.get("sarana", [])
            ],
            conclusion=str(data["kesimpulan"]),
        )
    except tomllib.TOMLDecodeError as error:
        raise Explained(_("Berkas bukan TOML yang benar: %(reason)s.") % {"reason": error}) from error
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise Explained(_("Isian kurang atau salah bentuk: %(entry)s.") % {"entry": error}) from error


def _date(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
