"""B6: posts assessed in bulk, with a reason; earlier assessments stay."""

from datetime import datetime

import pytest
from django.test import Client

from luwes.apps.accounts.roles import Role
from luwes.apps.audit.models import AuditEntry
from luwes.apps.people.models import Post, PostAssessment
from luwes.apps.people.staff.actions import QUESTIONS
from tests.apps.staff_files import bring, person
from tests.web.forms import hidden_fields
from tests.world import client_as, plant_units

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(present: datetime) -> Client:
    plant_units(present)
    titles = ("Guru Ahli Pertama", "Guru Ahli Muda", "Petugas Loket")
    bring(present, *(person(f"19900101201501100{n}", f"Orang {n}", jabatan_nama=t) for n, t in enumerate(titles, 1)))
    return client_as(present, Role.ADMIN)


def assess(admin: Client, path: str = "/jabatan/", **fields: object) -> object:
    page = admin.get(path)
    return admin.post(path, hidden_fields(page.content.decode()) | fields)


def ids(*names: str) -> list[str]:
    return list(Post.objects.filter(name__in=names).values_list("public_id", flat=True))


def test_unassessed_posts_are_counted_on_top(admin: Client) -> None:
    page = admin.get("/jabatan/").content.decode()
    assert "3 jabatan belum lengkap dinilai" in page
    every = dict.fromkeys(QUESTIONS, "ya")
    assess(admin, jabatan=ids("Guru Ahli Muda"), reason="Rapat 1", **every)
    assert "2 jabatan belum lengkap dinilai" in admin.get("/jabatan/").content.decode()
    rows = admin.get("/jabatan/?belum=ya").context["items"]
    assert [item["row"].name for item in rows] == ["Guru Ahli Pertama", "Petugas Loket"]


def test_many_are_answered_at_once_and_the_rest_is_left_alone(admin: Client) -> None:
    chosen = ids("Guru Ahli Pertama", "Guru Ahli Muda")
    answer = assess(admin, jabatan=chosen, direct_service="ya", reason="Mengajar di kelas")
    assert "2 jabatan dinilai" in answer.content.decode()  # type: ignore[attr-defined]
    assess(admin, jabatan=chosen, criterion_ict="tidak", reason="Perlu hadir")
    rows = PostAssessment.objects.filter(superseded_at=None)
    assert {(row.direct_service, row.criterion_ict, row.shift, row.reason) for row in rows} == {
        ("ya", "tidak", "belum", "Perlu hadir")
    }
    assert PostAssessment.objects.exclude(superseded_at=None).count() == 2
    assert not PostAssessment.objects.filter(post__name="Petugas Loket").exists()
    assert AuditEntry.objects.filter(action="post.assessed").count() == 2


def test_the_same_answers_again_change_nothing(admin: Client) -> None:
    for _ in range(2):
        assess(admin, jabatan=ids("Petugas Loket"), shift="ya", reason="Loket buka sore")
    assert PostAssessment.objects.count() == 1


def test_all_that_match_the_search_can_be_answered(admin: Client) -> None:
    assess(admin, "/jabatan/?cari=guru", everything="on", direct_service="ya", reason="Mengajar")
    assert set(PostAssessment.objects.values_list("post__name", flat=True)) == {"Guru Ahli Pertama", "Guru Ahli Muda"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"shift": "ya"}, "Alasan masih kosong"),
        ({"reason": "x"}, "Belum ada yang dipilih"),
        ({"shift": "mungkin", "reason": "x"}, "mungkin"),
    ],
)
def test_an_incomplete_assessment_is_refused(admin: Client, fields: dict[str, str], words: str) -> None:
    answer = assess(admin, jabatan=ids("Petugas Loket"), **fields)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert words in answer.content.decode()  # type: ignore[attr-defined]
    assert not PostAssessment.objects.exists()


def test_a_post_nobody_holds_is_not_offered(admin: Client, present: datetime) -> None:
    bring(present, person("199001012015011001", "Orang 1", kedudukan_hukum_id="99"))
    assert "Guru Ahli Pertama" not in admin.get("/jabatan/").content.decode()
