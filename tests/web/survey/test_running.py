"""B11: rounds, posters, figures with and without, and citizens' words for the head alone."""

import io
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from luwes.apps.accounts.roles import Role
from luwes.apps.people.services.facts import Standard
from luwes.apps.results.measures import AnswerSums, CaseSums
from luwes.apps.results.models import RoundKind, ServiceFigure, SurveyPoster, SurveyRound
from luwes.apps.results.services.figures import BY_POSTER
from tests.apps.results.intake.world import World, answer, begin, sum_up
from tests.apps.results.services.world import add_service
from tests.web.forms import fresh, send
from tests.world import client_as


def page_of(client: Client, world: World) -> str:
    answer = client.get(f"/survei/layanan/{world.service_key}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_organiser_begins_and_closes_a_round(world: World, now: datetime) -> None:
    client = client_as(now, Role.ORGANISATION)
    made = send(client, "/survei/putaran/baru/", kind="skm", name="SKM 2026", since=timezone.localdate(now).isoformat())
    assert made.status_code == 302
    again = send(
        client, "/survei/putaran/baru/", kind="skm", name="SKM lagi", since=timezone.localdate(now).isoformat()
    )
    assert (again.status_code, "Putaran sejenis sudah ada" in again.content.decode()) == (422, True)
    found = SurveyRound.objects.get(kind=RoundKind.OFFICIAL)
    assert "SKM 2026" in client.get("/survei/").content.decode()
    assert send(client, f"/survei/putaran/{found.key}/tutup/").status_code == 302
    assert f"/survei/putaran/{found.key}/tutup/" not in client.get("/survei/").content.decode()


def test_a_head_makes_prints_and_takes_down_a_poster(world: World, now: datetime) -> None:
    client = client_as(now, Role.HEAD, world.units.section)
    before = set(SurveyPoster.objects.values_list("code", flat=True))
    assert send(client, f"/survei/titik/{world.point_key}/poster/", place="Pintu keluar").status_code == 302
    code = (set(SurveyPoster.objects.values_list("code", flat=True)) - before).pop()
    assert "Pintu keluar" in page_of(client, world)
    printed = client.get(f"/survei/poster/{code}/a5.pdf")
    assert printed.headers["Content-Type"] == "application/pdf"
    assert f"testserver/s/{code}" in PdfReader(io.BytesIO(printed.content)).pages[0].extract_text()
    assert client.get(f"/survei/poster/{code}/a3.pdf").status_code == 404
    assert client.get("/survei/poster/tidakada/a4.pdf").status_code == 404
    assert send(client, f"/survei/poster/{code}/tarik/").status_code == 302
    assert "sudah ditarik" in page_of(client, world)
    again = client.post(f"/survei/poster/{code}/tarik/", fresh())
    assert (again.status_code, "sudah ditarik" in again.content.decode()) == (422, True)


@pytest.mark.parametrize(("role", "reads"), [(Role.HEAD, True), (Role.ADMIN, False), (Role.ORGANISATION, False)])
def test_only_the_head_reads_what_citizens_wrote(world: World, now: datetime, role: Role, reads: bool) -> None:
    answer(now, world.code, puas="1", pesan="Petugasnya <b>kasar</b>")
    page = page_of(client_as(now, role, world.units.section if role is Role.HEAD else ""), world)
    assert ("Petugasnya &lt;b&gt;kasar&lt;/b&gt;" in page) is reads
    assert ("Hanya kepala layanan ini" in page) is not reads


def test_fewer_than_five_answers_show_no_figure(world: World, now: datetime) -> None:
    client = client_as(now, Role.HEAD, world.units.section)
    for place in range(4):
        answer(now, world.code, puas="1", address=f"198.51.100.{place}")
    sum_up(now)
    page = page_of(client, world)
    assert "kurang dari 5" in page
    assert "0,0" not in page
    answer(now, world.code, puas="4", address="198.51.100.9")
    sum_up(now)
    assert "20,0" in page_of(client, world)
    assert "20,0" in client.get("/survei/").content.decode()


def test_a_burst_is_shown_with_and_without(world: World, now: datetime) -> None:
    for place in range(5):
        answer(now, world.code, puas="1", address=f"198.51.100.{place}", agent=f"curl {place}")
    for _ in range(5):
        answer(now, world.code, puas="4")
    sum_up(now)
    page = page_of(client_as(now, Role.ADMIN), world)
    assert "50,0" in page
    assert "Beruntun dari satu jaringan" in page


def test_the_official_index_needs_five_whole_answers(world: World, now: datetime) -> None:
    begin(now, RoundKind.OFFICIAL)
    client = client_as(now, Role.ADMIN)
    nine = {f"u{place}": "3" for place in range(1, 10)}
    for place in range(5):
        page = page_of(client, world)
        assert "mutu" not in page
        answer(now, world.code, address=f"198.51.100.{place}", **nine)
        sum_up(now)
    assert "75,00 · mutu C (Kurang Baik) · 5 jawaban lengkap" in page_of(client, world)


def test_a_head_sees_the_own_services_alone(world: World, now: datetime) -> None:
    page = client_as(now, Role.HEAD, world.units.works).get("/survei/").content.decode()
    assert "Izin jalan" in page
    assert "Pengujian" not in page


def test_far_more_answers_per_visit_than_elsewhere_are_asked_about(world: World, now: datetime) -> None:
    today = timezone.localdate(now)
    for number in range(6):
        standard = Standard(f"Lain {number}", world.units.works, source="SK")
        pk = add_service(now, standard) if number else world.service
        answers = 60 if number == 0 else 10
        for measure, sums in (
            ("within_time", CaseSums(opened=100).to_json()),
            ("survey", AnswerSums(answers=answers, channels={BY_POSTER: answers}).to_json()),
        ):
            ServiceFigure.objects.create(
                service_id=pk, day=today, measure=measure, kept=0, of=0, sums=sums, computed_at=now
            )
    path = f"/survei/layanan/{world.service_key}/"
    assert "6,0 kali lipat layanan lain" in client_as(now, Role.ORGANISATION).get(path).content.decode()
