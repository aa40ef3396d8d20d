"""What every template may use: `frame` (who, where to, which agency) and `once` (see `frame.once`)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luwes.apps.accounts import access, queries, wording
from luwes.apps.accounts.queries import RoleRow
from luwes.apps.accounts.roles import Capacity, Right, Role
from luwes.apps.audit.actor import Actor
from luwes.apps.people import queries as people
from luwes.web.frame import once
from luwes.web.frame.requests import PageRequest


@dataclass(frozen=True, slots=True)
class NavItem:
    """One way to go: icon name, word, address, and whether the page shown lies under it."""

    icon: str
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in and as whom: `role` with capacity ("Plt. Kepala …"), `unit` the name of the scope."""

    name: str
    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame around a page; `person` is None for a visitor. `nav` has at most four items."""

    agency_name: str
    version: str
    request_id: str
    home_url: str
    sign_in_url: str
    sign_out_url: str
    person: Person | None
    person_menu: list[NavItem]
    nav: list[NavItem]


def frame(request: HttpRequest) -> dict[str, Frame | Callable[[], SafeString]]:
    """The context processor. An error page may come before the frame's middleware has run."""
    page = cast(PageRequest, request)
    today = getattr(request, "today", None)
    top = people.government(today) if today is not None else None
    someone = getattr(request, "user", None)
    user = queries.signed_in(page.user) if today is not None and someone and someone.is_authenticated else None
    shown = Frame(
        agency_name=top.name if top else settings.AGENCY_NAME,
        version=settings.VERSION,
        request_id=getattr(request, "request_id", ""),
        home_url=reverse("home:index"),
        sign_in_url=reverse("accounts:sign_in"),
        sign_out_url=reverse("accounts:sign_out"),
        person=_person(page, user.name) if user else None,
        person_menu=_person_menu(page) if user else [],
        nav=_nav(page.actor, request.path) if user and not user.must_change_password else [],
    )
    return {"frame": shown, "once": once.hidden_input}


def bare(request: HttpRequest) -> dict[str, Frame | str]:
    """The frame without a single query, for pages shown because the database or the code failed."""
    shown = Frame(
        agency_name=settings.AGENCY_NAME,
        version=settings.VERSION,
        request_id=getattr(request, "request_id", ""),
        home_url=reverse("home:index"),
        sign_in_url=reverse("accounts:sign_in"),
        sign_out_url=reverse("accounts:sign_out"),
        person=None,
        person_menu=[],
        nav=[],
    )
    return {"frame": shown, "request_id": shown.request_id}


def role_label(role: RoleRow) -> str:
    """The role as shown, with its capacity: "Plt. Kepala perangkat daerah"."""
    words = (wording.capacity(Capacity(role.capacity)), wording.role(Role(role.role)))
    return " ".join(word for word in words if word)


def scope_label(scope: str, day: date) -> str:
    """The name of the unit a role is held over, or that it is held over all."""
    if not scope:
        return _("Seluruh pemerintah daerah")
    unit = people.unit_on(scope, day)
    return unit.name if unit else _("Unit yang tidak berlaku lagi")


def _person(page: PageRequest, name: str) -> Person:
    role = page.role
    return Person(
        name=name,
        role=role_label(role) if role else _("Belum memilih peran"),
        unit=scope_label(role.scope, page.today) if role and role.scope else "",
    )


def _person_menu(page: PageRequest) -> list[NavItem]:
    items = [
        ("person", _("Profil & data saya"), reverse("accounts:profile")),
        ("flag", _("Pemberitahuan"), reverse("notices:inbox")),
        ("calendar", _("Kalender"), reverse("calendar:year")),
        ("settings", _("Ganti kata sandi"), reverse("accounts:password")),
    ]
    items[3:3] = [
        *_services(page.actor),
        *_survey(page.actor),
        *_counters(page.actor),
        *_spot_checks(page.actor),
        *_attendance(page.actor),
        *_exposure(page.actor),
        *_monthly(page.actor),
    ]
    if getattr(page.user, "nip", None):
        items.insert(1, ("document", _("Hasil kerja saya"), reverse("work:own")))
    if page.role_count > 1:
        items.insert(1, ("people", _("Ganti peran"), reverse("accounts:roles")))
    return [NavItem(icon, label, url, page.path == url) for icon, label, url in items]


def _nav(actor: Actor, path: str) -> list[NavItem]:
    items: list[tuple[str, str, str]] = []
    rights = access.rights_of(actor)
    if Right.SEE_GOVERNMENT in rights:
        items.append(("chart", _("Ringkasan"), reverse("leadership:overview")))
    elif Right.SEE_UNIT in rights and actor.scope:
        items.append(("building", _("Unit saya"), reverse("leadership:unit", args=[actor.scope])))
    if Right.SEE_SOURCES in rights:
        items.append(("upload", _("Sumber data"), reverse("sources:list")))
    if Right.MANAGE_ACCOUNTS in rights:
        items.append(("people", _("Pengguna"), reverse("accounts:users")))
    if Right.READ_AUDIT in rights:
        items.append(("shield", _("Jejak audit"), reverse("audit:list")))
    if Right.SEE_STAFF in rights:
        staff = reverse("people:unit", args=[actor.scope]) if actor.scope else reverse("people:list")
        items.append(("book", pgettext("banyak orang", "Pegawai"), staff))
    if Right.SEE_SYSTEM in rights:
        items.append(("settings", _("Sistem"), reverse("system:health")))
    items.extend(_services(actor)[: max(0, 3 - len(items))])
    if not items:
        items.append(("home", _("Beranda"), reverse("home:index")))
    if len(items) < 4:
        items.append(("person", _("Profil"), reverse("accounts:profile")))
    root = reverse("home:index")
    return [NavItem(i, label, url, path == url or (url != root and path.startswith(url))) for i, label, url in items]


def _exposure(actor: Actor) -> list[tuple[str, str, str]]:
    """The way to exposure, for who sees the whole government."""
    if not access.allows(actor, Right.SEE_GOVERNMENT):
        return []
    return [("chart", _("Paparan"), reverse("schedule:exposure"))]


def _attendance(actor: Actor) -> list[tuple[str, str, str]]:
    """The way to presence: to the month for who closes it, to the own unit's sums for its head; and to discipline."""
    items = []
    if access.allows(actor, Right.MANAGE_ATTENDANCE):
        items.append(("clock", _("Presensi"), reverse("attendance:month")))
    elif access.allows(actor, Right.SEE_UNIT) and actor.scope:
        items.append(("clock", _("Presensi"), reverse("attendance:unit", args=[actor.scope])))
    if access.allows(actor, Right.SEE_DISCIPLINE):
        at = [actor.scope] if actor.scope else []
        address = reverse("attendance:discipline_unit" if at else "attendance:discipline", args=at)
        items.append(("shield", _("Usulan disiplin"), address))
    return items


def _monthly(actor: Actor) -> list[tuple[str, str, str]]:
    """The way to the monthly report, for who fills it in or sees how far all are."""
    if not any(access.allows(actor, right) for right in (Right.FILL_MONTHLY_FORM, Right.SEE_GOVERNMENT)):
        return []
    return [("document", _("Laporan bulanan"), reverse("monthly:index"))]


def _survey(actor: Actor) -> list[tuple[str, str, str]]:
    """The way to what citizens say, for who may see units."""
    if not access.allows(actor, Right.SEE_UNIT):
        return []
    return [("question", _("Survei layanan"), reverse("survey:list"))]


def _counters(actor: Actor) -> list[tuple[str, str, str]]:
    """The way to the own unit's counters, for its head."""
    if not (access.allows(actor, Right.MANAGE_SERVICES) and actor.scope):
        return []
    return [("building", _("Loket"), reverse("counter:unit", args=[actor.scope]))]


def _spot_checks(actor: Actor) -> list[tuple[str, str, str]]:
    """The way to the day's spot checks for who files them, to what they say for who sees the whole government."""
    if access.allows(actor, Right.FILE_SPOT_CHECKS):
        return [("search", _("Uji petik"), reverse("spotcheck:today"))]
    if access.allows(actor, Right.SEE_GOVERNMENT):
        return [("search", _("Uji petik"), reverse("spotcheck:results"))]
    return []


def _services(actor: Actor) -> list[tuple[str, str, str]]:
    """The way to services, for who may see units: a head's own, else all. The menu has it where the bar is full."""
    if not access.allows(actor, Right.SEE_UNIT):
        return []
    own = reverse("services:unit", args=[actor.scope]) if actor.scope else reverse("services:list")
    return [("flag", _("Layanan"), own)]
