"""What a clause can say. Each kind is one frozen dataclass; a rulebook file names the kind and fills the fields."""

from dataclasses import dataclass
from datetime import date

from luwes.core.policy.terms import (
    Away,
    Binding,
    Form,
    Minute,
    Mode,
    Per,
    Place,
    Rounding,
    ShortWeek,
    Weekday,
)
from luwes.core.workdays.status import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """People by tags such as "unit:rsud": one of `any`, every one of `all`, none of `none`. Empty: everybody."""

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


EVERYBODY = Who()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What every clause has. `first` and `last` are both inside; `calendar` narrows it to the days of a season."""

    id: str
    basis: str
    status: Status | None = None
    source: str = ""
    summary: str = ""
    who: Who = EVERYBODY
    first: date | None = None
    last: date | None = None
    calendar: str = ""
    undecided: tuple[str, ...] = ()
    stricter_local: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Days(Clause):
    """Opens days for flexible work. Neither weekdays nor dates: every working day of the period."""

    mode: Mode
    weekdays: tuple[Weekday, ...] = ()
    dates: tuple[date, ...] = ()
    per_week: int | None = None
    binding: Binding = Binding.PERMITTED
    needs_grant: bool = False
    applicant: str = ""
    approver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbid(Clause):
    """Closes days: a local no, a blackout. `overrides` names the rulebooks it declines."""

    weekdays: tuple[Weekday, ...] = ()
    dates: tuple[date, ...] = ()
    overrides: tuple[str, ...] = ()
    enforcement: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclude(Clause):
    """Those of `who` stay in the office, with the duties named; `service_at` is where the service moves to."""

    duties: tuple[str, ...] = ()
    service_at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Require(Clause):
    """Those of `who` qualify only if they are also of `needs`."""

    needs: Who


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure(Clause):
    """Newcomers of `who` wait. `months` left out means nobody has set it: never a pass."""

    since: str  # "post" or "entry"
    months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """The share of one group of units in a tiered quota."""

    who: Who
    flex_max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota(Clause):
    """Shares of people in percent. `without` says who leaves the denominator; left out, it is undecided."""

    per: Per
    flex_max: int | None = None
    flex_min: int | None = None
    exact: int | None = None
    onsite_min: int | None = None
    rounding: Rounding = Rounding.UNDECIDED
    without: tuple[Away, ...] | None = None
    tiers: tuple[Tier, ...] = ()
    delegated_to: str = ""
    rotation: str = ""
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly(Clause):
    """Days in one ISO week of one person. `count_mandated` left out: whether ordered days count is undecided."""

    max_days: int | None = None
    onsite_min_days: int | None = None
    count_mandated: bool | None = None
    short_week: ShortWeek = ShortWeek.UNDECIDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval(Clause):
    """Who has to agree, in order, and with which letter."""

    steps: tuple[str, ...]
    applicant: str = "employee"
    letter: str = ""
    signer: str = ""
    content: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(Clause):
    """The last day to ask: a date, or so many days before the day asked for."""

    on: date | None = None
    days_before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Location(Clause):
    """From where. `area` names a city or province; `registered`: the home in the personnel record."""

    allowed: tuple[Place, ...] = ()
    forbidden: tuple[str, ...] = ()
    area: str = ""
    registered: bool = False
    declared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When presensi is taken. No times: the circular names the window without hours."""

    name: str
    weekdays: tuple[Weekday, ...] = ()
    start: Minute | None = None
    end: Minute | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presensi(Clause):
    """How presence is recorded."""

    windows: tuple[Window, ...] = ()
    per_day: int | None = None
    app: str = ""
    app_from: date | None = None
    modes: tuple[str, ...] = ()
    area: str = ""
    verified_by: str = ""
    mechanism: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSpan:
    """Hours of some weekdays."""

    weekdays: tuple[Weekday, ...]
    start: Minute
    end: Minute
    break_start: Minute | None = None
    break_end: Minute | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours(Clause):
    """Working hours; `weekly_net` and `daily_net` in minutes without breaks; `before`/`after` is a flexible band."""

    pattern: str = ""  # "five" or "six"; "" for both
    spans: tuple[WorkSpan, ...] = ()
    weekly_net: int | None = None
    daily_net: int | None = None
    daily_min: int | None = None
    before: int = 0
    after: int = 0
    proportional_end: bool = False
    delegated_to: str = ""
    weekly_binds: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch(Clause):
    """A change of mode in the middle of a day."""

    already_in_office: str
    clock_out_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Clause):
    """Answering calls: how many, within how many minutes, when silence is excused, what silence leads to."""

    attempts: int
    within_minutes: int
    by: str = ""
    excused: tuple[str, ...] = ()
    consequences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Clause):
    """A plan or a report: `due_days` after the day (-1 the day before), until `due`, and the verifier's own time."""

    what: str  # "plan" or "report"
    due_days: int = 0
    due: Minute | None = None
    app: str = ""
    to: str = ""
    verifier: str = ""
    verify_days: int | None = None
    verify_due: Minute | None = None
    evidence: bool = False
    otherwise: str = ""
    observed: bool = False  # practice, not an order


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster(Clause):
    """A list of who works where. `blocks`: without it nobody works flexibly."""

    prepared_by: str = ""
    to: str = ""
    cadence: str = ""
    before_start: bool = False
    blocks: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Clause):
    """What those working flexibly, or the unit, owe."""

    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a ladder: from `first` to `last` days; no last is open."""

    first: int
    effect: str
    last: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction(Clause):
    """Consequences, as proposals to a person who decides."""

    trigger: str
    liable: tuple[str, ...] = ("employee",)
    joint: bool = False
    effect: str = ""
    ladder: tuple[Step, ...] = ()
    excuses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation(Clause):
    """When the arrangement itself is judged, by whom, on what, with which ways out."""

    after_months: int | None = None
    on: date | None = None
    cadence: str = ""
    by: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    feeds_approval: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Clause):
    """A figure somebody stated, with its form, unit and period."""

    metric: str
    form: Form
    value: float | None = None
    unit: str = ""
    per: str = ""
    caveat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Building(Clause):
    """What happens to buildings while people are away."""

    closes: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegate(Clause):
    """For those of `who`, somebody else decides; until then nobody knows."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(Clause):
    """A unit works flexibly only with a stored statement of need (tags need:yes, need:conditional, need:no)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Data(Clause):
    """No data, no flexibility: the facts named must have arrived (tags arrived:<fact>)."""

    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard(Clause):
    """A measure of the unit below `below`: "warn", "refuse", or "quota" with a lower `flex_max` per unit."""

    metric: str
    below: float
    effect: str
    flex_max: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(Clause):
    """Activities that rest, such as gymnastics and roll calls."""

    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracking(Clause):
    """Following where people are; `continuous` all day, or only at an event."""

    continuous: bool
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimise(Clause):
    """No more personal data of this kind than the purpose needs."""

    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Precondition(Clause):
    """What has to lie on the table before the instrument may be enacted."""

    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision(Clause):
    """A provision the engine does not decide by; `topic` says what it is about."""

    topic: str


KINDS: dict[str, type[Clause]] = {
    kind.__name__.lower(): kind
    for kind in (
        Days, Forbid, Exclude, Require, Tenure, Quota, Weekly, Approval, Deadline, Location, Presensi, Hours, Switch,
        Response, Report, Roster, Duty, Sanction, Evaluation, Claim, Building, Delegate, Need, Data, Guard, Pause,
        Tracking, Minimise, Precondition, Provision,
    )
}  # fmt: skip
