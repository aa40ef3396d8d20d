"""`luwes policy suspend|withdraw|lift|judge|revoke|need` as people use it at the console."""

import re
from datetime import date

import pytest
from django.utils import timezone

from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import Role
from luwes.apps.people.models import Employee
from luwes.apps.policy import lists
from luwes.apps.policy.models import Judgement, NeedStatement, Suspension
from tests.apps.policy.stored import OPEN, body, bring
from tests.config.test_stored_rules import DRAFTER, LEADER, Console
from tests.config.test_stored_rules import console as console
from tests.config.test_stored_rules import people as people
from tests.world import Units, add_person, give_role, plant_units, staff_of

pytestmark = pytest.mark.django_db
TENURE = 'kind = "tenure"\nsince = "post"'
SHARE = 'kind = "quota"\nper = "unit"\ndelegated_to = "opd_head"'
ABOVE = 'kind = "delegate"\nto = "governor"'
HEAD = "kepala@contoh.go.id"
WHY = ("--reason", "Nota dinas 5/2027")
WHO = ("--decided-by", "Kepala BKD")
SINCE = date(2027, 3, 1)


@pytest.fixture
def units(console: Console) -> Units:
    """Rules in force over a small government; the head of the health office may decide for it."""
    now = timezone.now()
    made = plant_units(now)
    bring(body(OPEN, TENURE, SHARE, ABOVE))
    give_role(now, add_person(now, HEAD, name="Ratna Lestari"), Role.HEAD, made.health)
    return made


def code_in(told: str) -> str:
    found = re.search(r"Kode: ([a-z0-9]{16})", told)
    assert found is not None, told
    return found[1]


def holds(day: date) -> list[str]:
    return [one.standing.value for one in lists.versions(day, timezone.now())]


def test_a_rule_rests_and_holds_again(console: Console, units: Units) -> None:
    days = ("--from", "2027-03-01", "--to", "2027-03-31")
    status, told = console("suspend", "edaran", *days, *WHY, login=LEADER)
    assert status == 0
    assert "Ditangguhkan: edaran, Senin, 1 Maret 2027 sampai Rabu, 31 Maret 2027, untuk semua." in told
    code = code_in(told)
    assert [holds(date(2027, 3, day)) for day in (1, 31)] == [["suspended"]] * 2
    assert holds(date(2027, 4, 1)) == ["in_force"]
    listed = console("list", "--date", "2027-03-05")[1]
    assert f"{code}  edaran ditangguhkan untuk semua" in listed
    assert code not in console("list", "--date", "2027-04-01")[1]
    status, told = console("lift", code, "--from", "2027-03-10", *WHY, login=LEADER)
    assert (status, "berlaku lagi mulai Rabu, 10 Maret 2027" in told) == (0, True)
    assert (holds(date(2027, 3, 9)), holds(date(2027, 3, 10))) == (["suspended"], ["in_force"])
    assert "sudah dicabut, atau sudah berakhir" in console("lift", code, "--from", "2027-03-10", *WHY, login=LEADER)[1]


def test_a_unit_is_named_by_its_code_and_nothing_else_rests(console: Console, units: Units) -> None:
    ask = ("suspend", "edaran", "--from", "2027-03-01", *WHY)
    assert "Tidak ada unit dengan kode 9.99" in console(*ask, "--unit", "9.99", login=LEADER)[1]
    assert "ditulis sebagai tanda" in console(*ask, "--for", "Puskesmas", login=LEADER)[1]
    status, told = console(*ask, "--unit", "1.02.1", login=LEADER)
    assert (status, "untuk unit 1.02.1 dan semua di bawahnya" in told) == (0, True)
    assert Suspension.objects.get().area == f"unit:{units.section}"
    listed = console("list", "--date", "2027-03-05")[1]
    assert "edaran ditangguhkan untuk unit 1.02.1 dan semua di bawahnya, mulai Senin, 1 Maret 2027" in listed


def test_a_rule_is_taken_back_from_a_day_on(console: Console, units: Units) -> None:
    status, told = console("withdraw", "edaran", "--from", "2027-03-01", *WHY, login=LEADER)
    assert (status, "Dicabut: edaran, mulai Senin, 1 Maret 2027." in told) == (0, True)
    assert (holds(date(2027, 2, 28)), holds(SINCE)) == (["in_force"], ["withdrawn"])
    assert "belum pernah ditetapkan" in console("withdraw", "tidak-ada", "--from", "2027-03-01", *WHY, login=LEADER)[1]


def test_what_a_rule_leaves_open_is_decided_for_whom_it_says(console: Console, units: Units) -> None:
    days = ("--from", "2027-03-01", "--to", "2027-03-31")
    ask = ("judge", "edaran/c2", *days, *WHO, *WHY)
    status, told = console(*ask, "--everybody", "--allow", login=DRAFTER)
    assert status == 0
    assert "Tercatat: edaran/c2, boleh, Senin, 1 Maret 2027 sampai Rabu, 31 Maret 2027, untuk semua." in told
    made = Judgement.objects.get()
    assert (made.subject, made.allow, made.decided_by) == ("", True, "Kepala BKD")
    code = code_in(told)
    assert made.public_id == code
    status, told = console("revoke", code, "--from", "2027-03-10", *WHY, login=DRAFTER)
    assert (status, "tidak berlaku mulai Rabu, 10 Maret 2027" in told) == (0, True)
    left = Judgement.objects.get(superseded_at=None)
    assert (left.period.lower, left.period.upper) == (SINCE, date(2027, 3, 10))
    unknown = ("judge", "edaran/x", *ask[2:], "--everybody", "--allow")
    assert "Butir ini tidak berlaku" in console(*unknown, login=DRAFTER)[1]


def test_a_head_decides_for_the_own_unit_and_no_further(console: Console, units: Units) -> None:
    now = timezone.now()
    staff_of(now, units)
    ask = ("judge", "edaran/c3", "--from", "2027-03-01", *WHO, *WHY)
    status, told = console(*ask, "--unit", "1.02", "--allow", "--share", "30", login=HEAD)
    assert (status, "edaran/c3, boleh, 30 %, mulai" in told) == (0, True)
    assert "persentase" in console(*ask, "--unit", "1.02", "--allow", "--share", "130", login=HEAD)[1].casefold()
    assert "di luar lingkup peran Anda" in console(*ask, "--unit", "1.03", "--refuse", login=HEAD)[1]
    assert "di luar lingkup peran Anda" in console(*ask, "--everybody", "--refuse", login=HEAD)[1]
    up = ("judge", "edaran/c4", *ask[2:], "--unit", "1.02", "--allow")
    assert "pejabat di atas unit" in console(*up, login=HEAD)[1]
    mine = Employee.objects.filter(postings__unit__key=units.section).values_list("public_id", flat=True)[0]
    status, told = console(*ask, "--employee", mine, "--refuse", login=HEAD)
    assert (status, "tidak boleh" in told, mine in told) == (0, True, True)
    assert sorted(Judgement.objects.values_list("subject", "value")) == sorted(
        [(f"unit:{units.health}", 30), (f"person:{mine}", None)]
    )


def test_a_head_of_two_units_acts_in_the_role_that_fits(console: Console, units: Units) -> None:
    give_role(timezone.now(), User.objects.get(email=HEAD), Role.HEAD, units.works)
    ask = ("need", "1.03", "--answer", "perlu", "--from", "2027-03-01", *WHO, *WHY)
    status, told = console(*ask, login=HEAD)
    assert (status, "Pernyataan kebutuhan unit 1.03 dan semua di bawahnya: perlu, mulai" in told) == (0, True)


def test_a_need_with_conditions_names_them(console: Console, units: Units) -> None:
    ask = ("need", "1.02", "--from", "2027-03-01", *WHO, *WHY)
    assert "Sebutkan syaratnya" in console(*ask, "--answer", "bersyarat", login=HEAD)[1]
    assert console(*ask, "--answer", "bersyarat", "--conditions", "loket terisi", login=HEAD)[0] == 0
    assert "di luar lingkup" in console("need", "1.03", *ask[2:], "--answer", "tidak", login=HEAD)[1]
    made = NeedStatement.objects.get()
    assert (made.unit.key, made.answer, made.conditions) == (units.health, "conditional", "loket terisi")


def test_nobody_steers_without_the_right_or_with_days_that_run_backwards(console: Console, units: Units) -> None:
    assert (
        "tidak dapat menetapkan, menangguhkan"
        in console("suspend", "edaran", "--from", "2027-03-01", *WHY, login=HEAD)[1]
    )
    assert (
        "tidak dapat mencatat keputusan"
        in console("judge", "edaran/c2", "--everybody", "--allow", "--from", "2027-03-01", *WHO, *WHY, login=LEADER)[1]
    )
    backwards = ("suspend", "edaran", "--from", "2027-03-02", "--to", "2027-03-01", *WHY)
    assert "mendahului hari pertama" in console(*backwards, login=LEADER)[1]
    assert "Tanggal harus berbentuk" in console("lift", "x", "--from", "besok", *WHY, login=LEADER)[1]
    assert "tidak cocok" in console(*backwards[:2], "--from", "2027-03-02", *WHY, login=LEADER, password="salah")[1]
    assert not Suspension.objects.exists()
    assert not Judgement.objects.exists()
