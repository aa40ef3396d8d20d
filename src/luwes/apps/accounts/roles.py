"""The eight roles, what each may do, and the capacity in which an office is held."""

from enum import StrEnum


class Role(StrEnum):
    """Roles as the law and practice name them."""

    EMPLOYEE = "pegawai"
    SUPERVISOR = "atasan"
    HEAD = "kepala_pd"
    ADMIN = "admin_bkd"
    ORGANISATION = "biro_organisasi"
    INSPECTOR = "inspektorat"
    LEADER = "pimpinan"
    OPERATOR = "operator"


class Capacity(StrEnum):
    """Holding an office for good, as acting head (Plt) or as daily stand-in (Plh)."""

    DEFINITIVE = "definitif"
    ACTING = "plt"
    DAILY = "plh"


class Right(StrEnum):
    """What a use case asks for. A new use case adds a right here and names its holders below."""

    SEE_GOVERNMENT = "see_government"
    SEE_UNIT = "see_unit"
    ISSUE_REPORT = "issue_report"
    SEE_SOURCES = "see_sources"
    IMPORT = "import"
    WRITE_BUDGET_NOTE = "write_budget_note"
    ISSUE_JOB_LINK = "issue_job_link"
    MANAGE_ACCOUNTS = "manage_accounts"
    SET_LETTERHEAD = "set_letterhead"
    READ_AUDIT = "read_audit"
    SEE_SYSTEM = "see_system"
    MANAGE_CALENDAR = "manage_calendar"
    SEE_STAFF = "see_staff"
    MANAGE_STAFF = "manage_staff"
    MANAGE_SERVICES = "manage_services"
    MANAGE_ATTENDANCE = "manage_attendance"
    DECLARE_BREAK = "declare_break"
    SET_THRESHOLD = "set_threshold"
    FILL_MONTHLY_FORM = "fill_monthly_form"
    SIGN_REPORT = "sign_report"
    SEE_DISCIPLINE = "see_discipline"
    READ_CITIZENS_WORDS = "read_citizens_words"
    PLAN_SPOT_CHECKS = "plan_spot_checks"
    FILE_SPOT_CHECKS = "file_spot_checks"
    PROPOSE_RULES = "propose_rules"
    ENACT_RULES = "enact_rules"
    JUDGE_OPEN_RULES = "judge_open_rules"
    STATE_NEED = "state_need"
    RESTRICT_UNITS = "restrict_units"
    SEE_DOOR_PHOTO = "see_door_photo"
    PLAN_ROSTER = "plan_roster"
    PLAN_EVALUATION = "plan_evaluation"
    FREEZE_EVALUATION = "freeze_evaluation"
    SIGN_STAGE_REVIEW = "sign_stage_review"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.EMPLOYEE: frozenset(),
    Role.SUPERVISOR: frozenset({Right.SEE_STAFF, Right.SEE_DISCIPLINE}),
    Role.HEAD: frozenset(
        {
            Right.SEE_UNIT,
            Right.SEE_STAFF,
            Right.WRITE_BUDGET_NOTE,
            Right.ISSUE_REPORT,
            Right.MANAGE_SERVICES,
            Right.FILL_MONTHLY_FORM,
            Right.SIGN_REPORT,
            Right.SEE_DISCIPLINE,
            Right.READ_CITIZENS_WORDS,
            Right.JUDGE_OPEN_RULES,
            Right.STATE_NEED,
            Right.SEE_DOOR_PHOTO,
            Right.PLAN_ROSTER,
            Right.SIGN_STAGE_REVIEW,
        }
    ),
    Role.ADMIN: frozenset(
        {
            Right.SEE_GOVERNMENT,
            Right.SEE_UNIT,
            Right.ISSUE_REPORT,
            Right.SEE_SOURCES,
            Right.IMPORT,
            Right.ISSUE_JOB_LINK,
            Right.MANAGE_ACCOUNTS,
            Right.SET_LETTERHEAD,
            Right.SEE_STAFF,
            Right.MANAGE_STAFF,
            Right.MANAGE_SERVICES,
            Right.MANAGE_CALENDAR,
            Right.MANAGE_ATTENDANCE,
            Right.DECLARE_BREAK,
            Right.SET_THRESHOLD,
            Right.FILL_MONTHLY_FORM,
            Right.SEE_DISCIPLINE,
            Right.PLAN_SPOT_CHECKS,
            Right.PROPOSE_RULES,
            Right.ENACT_RULES,
            Right.JUDGE_OPEN_RULES,
            Right.STATE_NEED,
            Right.RESTRICT_UNITS,
            Right.SEE_DOOR_PHOTO,
            Right.PLAN_ROSTER,
            Right.PLAN_EVALUATION,
            Right.FREEZE_EVALUATION,
        }
    ),
    Role.ORGANISATION: frozenset(
        {
            Right.SEE_GOVERNMENT,
            Right.SEE_UNIT,
            Right.ISSUE_REPORT,
            Right.SEE_SOURCES,
            Right.SEE_STAFF,
            Right.MANAGE_STAFF,
            Right.MANAGE_SERVICES,
            Right.DECLARE_BREAK,
            Right.SET_THRESHOLD,
            Right.FILL_MONTHLY_FORM,
            Right.PLAN_SPOT_CHECKS,
            Right.PROPOSE_RULES,
            Right.ENACT_RULES,
            Right.JUDGE_OPEN_RULES,
            Right.RESTRICT_UNITS,
            Right.PLAN_EVALUATION,
            Right.FREEZE_EVALUATION,
        }
    ),
    Role.INSPECTOR: frozenset(
        {
            Right.SEE_GOVERNMENT,
            Right.SEE_UNIT,
            Right.SEE_SOURCES,
            Right.READ_AUDIT,
            Right.SEE_STAFF,
            Right.SEE_DISCIPLINE,
            Right.FILE_SPOT_CHECKS,
            Right.SEE_DOOR_PHOTO,
        }
    ),
    Role.LEADER: frozenset(
        {
            Right.SEE_GOVERNMENT,
            Right.SEE_UNIT,
            Right.ISSUE_REPORT,
            Right.ENACT_RULES,
            Right.FREEZE_EVALUATION,
            Right.SIGN_STAGE_REVIEW,
        }
    ),
    Role.OPERATOR: frozenset({Right.SEE_SYSTEM, Right.SEE_SOURCES}),
}


# Held over the whole government, never over one unit; the head's role is the other way round.
WHOLE_ONLY = frozenset({Role.ADMIN, Role.ORGANISATION, Role.INSPECTOR, Role.LEADER, Role.OPERATOR})
UNIT_ONLY = frozenset({Role.HEAD})


class Job(StrEnum):
    """What one job link lets a person without an account do."""

    BUDGET_NOTE = "catatan_anggaran"
    CONFIRM_SERVICES = "konfirmasi_layanan"
    MONTHLY_FORM = "isian_bulanan"
    SPOT_CHECKS = "uji_petik"


JOB_RIGHTS: dict[Job, frozenset[Right]] = {
    Job.BUDGET_NOTE: frozenset({Right.WRITE_BUDGET_NOTE}),
    Job.CONFIRM_SERVICES: frozenset({Right.MANAGE_SERVICES}),
    Job.MONTHLY_FORM: frozenset({Right.FILL_MONTHLY_FORM, Right.SIGN_REPORT}),
    Job.SPOT_CHECKS: frozenset({Right.FILE_SPOT_CHECKS}),
}
