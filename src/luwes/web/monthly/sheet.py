"""What the page of an account and the page of a job link share: the form of one unit and month, saved and signed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.actions import job_links
from luwes.apps.people.queries import UnitRow
from luwes.apps.reporting import form_queries, form_wording
from luwes.apps.reporting.form_actions import StaleForm, save_form
from luwes.apps.reporting.form_figures import figures
from luwes.apps.reporting.form_queries import FormState, State
from luwes.apps.reporting.wording import language
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.monthly.board import TONES, listed
from luwes.web.monthly.form import MonthlyFormForm, Section, read_only
from luwes.web.monthly.signing import SignForm

Run = Callable[[Callable[[], str]], str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form of one unit and month as a page shows it; `form` is None where it may only be read."""

    state: FormState
    form: MonthlyFormForm | None
    figures: Mapping[str, str | None]

    @property
    def sections(self) -> Sequence[Section]:
        """The fourteen sections, with controls or with answers."""
        if self.form is None:
            return read_only(self.state, self.figures, language())
        return self.form.sections(self.figures)

    @property
    def word(self) -> str:
        """The state in a word or two."""
        return form_wording.state(self.state.state)

    @property
    def tone(self) -> str:
        """How the state looks."""
        return TONES[self.state.state]

    @property
    def month_name(self) -> str:
        """The month as it is said."""
        return form_wording.month(self.state.month)

    @property
    def told_missing(self) -> str:
        """How many rows are empty, in a sentence."""
        if self.state.state is State.NOT_STARTED:
            return _("Belum ada yang tersimpan.")
        return told_missing(len(self.state.missing))

    @property
    def offered(self) -> bool:
        """Whether answers of last month are offered and nothing of this one is stored."""
        return bool(self.state.carried) and not self.state.form.version

    @property
    def no_figures(self) -> Sequence[str]:
        """The rows files should fill and do not."""
        empty = [code for code, figure in self.figures.items() if figure is None]
        return form_wording.labels(empty)


def told_missing(count: int) -> str:
    """How many rows are empty."""
    if not count:
        return _("Semua butir wajib terisi.")
    return ngettext("%(count)d butir wajib masih kosong.", "%(count)d butir wajib masih kosong.", count) % {
        "count": count
    }


def sheet(visit: PageRequest, unit: UnitRow, month: date, *, writable: bool, sent: bool) -> Sheet:
    """Read everything a page shows of the unit's month; `sent` takes the answers from the form that came in."""
    state = form_queries.form_of(unit, month)
    signed = state.state is State.SIGNED
    form = MonthlyFormForm(visit.POST if sent else None, state=state) if writable and (sent or not signed) else None
    return Sheet(state, form, figures(unit, month, visit.today))


def save(found: Sheet, run: Run) -> bool:
    """Store what came in; False where it was refused, which the form then tells beside its rows."""
    form = found.form
    if form is None or not form.is_valid():
        return False

    def act() -> str:
        saved = save_form(
            unit_key=found.state.unit.key,
            month=found.state.month,
            values=form.answers(),
            comment=form.cleaned_data["comment"],
            version=form.cleaned_data["version"] or 0,
        )
        return str(saved)

    try:
        run(act)
    except job_links.LinkClosed:
        raise  # closed while the form was open: the page says so, not the form
    except Refused as refused:
        _tell(found.state, form, refused)
        return False
    return True


def _tell(state: FormState, form: MonthlyFormForm, refused: Refused) -> None:
    told = sentence(refused, form_wording.refusal)
    if isinstance(refused, StaleForm):
        fresh = form_queries.form_of(state.unit, state.month)
        base = form.cleaned_data["version"] or 0
        changed = form_wording.labels(form_queries.changed_since(state.unit.pk, state.month, base))
        if changed:
            told = f"{told} {_('Yang berubah: %(rows)s.') % {'rows': listed(changed)}}"
        form.renew(fresh.form.version)
    form.add_error(None, told)


def sign(form: SignForm, run: Run) -> bool:
    """Sign by what came in; False where it was refused, which the form then tells."""
    if not form.is_valid():
        return False
    try:
        run(form.sign)
    except job_links.LinkClosed:
        raise
    except Refused as refused:
        form.add_error(None, sentence(refused, form_wording.refusal))
        return False
    return True
