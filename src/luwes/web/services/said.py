"""A standard in words: as a list of terms, and what is different between two of them."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from luwes.apps.people.services import wording
from luwes.apps.people.services.facts import Standard
from luwes.core import formats


def said(standard: Standard) -> list[dict[str, str]]:
    """What the published standard says, each as a term and its value."""
    unknown = _("Tidak disebut dalam standar")
    people = standard.implementers or 0
    return [
        {"term": _("Waktu penyelesaian"), "value": wording.promise(standard) or unknown},
        {"term": _("Wajib tepat waktu"), "value": _share(standard.required_share)},
        {
            "term": _("Jumlah pelaksana"),
            "value": ngettext("%(count)d orang", "%(count)d orang", people) % {"count": people} if people else unknown,
        },
        {"term": _("Jam buka"), "value": wording.hours(standard.windows) or standard.hours or unknown},
        {"term": _("Sumber"), "value": standard.source or unknown},
        {"term": _("Biaya"), "value": _cost(standard.cost) or unknown},
    ]


def differences(old: Standard, new: Standard, owner: str) -> list[dict[str, str]]:
    """What `new` says otherwise than `old`; `owner` is the new owner's name."""
    before = {item["term"]: item["value"] for item in said(old)}
    changed = [item for item in said(new) if before[item["term"]] != item["value"]]
    if old.name != new.name:
        changed.insert(0, {"term": _("Nama layanan"), "value": new.name})
    if old.owner != new.owner:
        changed.insert(0, {"term": _("Unit pemilik"), "value": owner})
    return changed


def _share(percent: int) -> str:
    told = formats.percent(percent, 0, get_language() or "id")
    return _("paling sedikit %(share)s perkara") % {"share": told}


def _cost(cost: int | None) -> str:
    if cost is None:
        return ""
    return formats.rupiah(cost, get_language() or "id") if cost else _("Gratis")
