"""A form acts once: a double submit gets the first result, a refused one may be sent again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import cast

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import RequestFactory

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.models import FormReceipt
from luwes.apps.accounts.roles import Role
from luwes.apps.audit import retention
from luwes.apps.audit.actions import record
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.models import AuditEntry
from luwes.web.frame import once
from luwes.web.frame.requests import PageRequest

ME = Actor(kind=ActorKind.PERSON, id="aku")
# Files of others are not even read.
IMPORTER = Actor(kind=ActorKind.PERSON, id="aku", role=Role.ADMIN.value)


def posted(
    token: str, now: datetime, *, path: str = "/simpan/", actor: Actor = ME, said: dict[str, object] | None = None
) -> PageRequest:
    sent = ({once.FIELD: token} if token else {}) | (said or {})
    request = cast(PageRequest, RequestFactory().post(path, sent))
    request.now, request.actor, request.request_id = now, actor, "r1"
    return request


class Counter:
    """An action that tells how often it ran."""

    def __init__(self) -> None:
        self.ran = 0

    def __call__(self) -> str:
        self.ran += 1
        record(action="unit.created", subject=f"s{self.ran}")
        return f"/hasil/{self.ran}/"


@pytest.mark.django_db
def test_a_second_submit_returns_the_first_result_without_acting(now: datetime) -> None:
    act, token = Counter(), once.new_token()
    answers = [once.redirect(posted(token, now), act)["Location"] for _ in range(3)]
    assert answers == ["/hasil/1/"] * 3
    assert act.ran == 1
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
def test_another_form_another_person_and_another_address_act_for_themselves(now: datetime) -> None:
    act, token = Counter(), once.new_token()
    once.run(posted(token, now), act)
    once.run(posted(once.new_token(), now), act)
    once.run(posted(token, now, actor=Actor(kind=ActorKind.PERSON, id="lain")), act)
    once.run(posted(token, now, path="/hapus/"), act)
    assert act.ran == 4


@pytest.mark.django_db
def test_a_form_sent_again_with_other_content_is_another_act(now: datetime) -> None:
    act, token = Counter(), once.new_token()

    def send(**said: object) -> str:
        return once.run(posted(token, now, actor=IMPORTER, said=dict(said)), act)

    def file(content: bytes) -> SimpleUploadedFile:
        return SimpleUploadedFile("rekap.csv", content)

    first = send(sebab="lelang", unit=["a", "b"], csrfmiddlewaretoken="satu")
    assert send(unit=["a", "b"], sebab="lelang", csrfmiddlewaretoken="dua") == first
    others = [send(sebab="lelang ulang", unit=["a", "b"]), send(sebab="lelang", unit=["b", "a"]), send(sebab="lelang")]
    files = [send(berkas=file(b"a;b")), send(berkas=file(b"a;c"))]
    assert len({first, *others, *files}) == act.ran == 6
    assert send(berkas=file(b"a;b")) == files[0]


def test_another_content_has_another_secret(now: datetime) -> None:
    token = once.new_token()
    for_one_unit = once.secret_of(posted(token, now, said={"scope": "dinkes"}), "job_link")
    assert once.secret_of(posted(token, now, said={"scope": "disdik"}), "job_link") != for_one_unit


@pytest.mark.django_db
def test_what_was_refused_leaves_nothing_and_may_be_sent_again(now: datetime) -> None:
    token = once.new_token()

    def refuse() -> str:
        record(action="unit.created", subject="x")
        raise Refused

    with pytest.raises(Refused):
        once.run(posted(token, now), refuse)
    assert not FormReceipt.objects.exists()
    assert not AuditEntry.objects.exists()
    assert once.run(posted(token, now), Counter()) == "/hasil/1/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "token",
    ["", "tebakan", "tebakan:1abcde:xyz", signing.TimestampSigner(salt="lain").sign("x"), once.new_token()[:-1]],
    # Names that are the same in every worker: the tokens themselves are random.
    ids=["empty", "guessed", "shaped", "other salt", "cut"],
)
def test_a_token_that_is_not_ours_is_stale(now: datetime, token: str) -> None:
    act = Counter()
    with pytest.raises(once.FormStale):
        once.run(posted(token, now), act)
    assert act.ran == 0


@pytest.mark.django_db
def test_a_token_older_than_a_day_is_stale(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    token = once.new_token()
    monkeypatch.setattr(once, "LIFETIME", once.LIFETIME * 0 - once.LIFETIME / 1000)
    with pytest.raises(once.FormStale):
        once.run(posted(token, now), Counter())


def test_a_receipt_outlives_the_token() -> None:
    kept = retention.of(FormReceipt)
    assert kept is not None
    assert kept.days is not None
    assert kept.days > once.LIFETIME.days


@pytest.mark.django_db
def test_the_receipt_holds_neither_token_nor_person(now: datetime) -> None:
    token = once.new_token()
    once.run(posted(token, now), Counter())
    receipt = FormReceipt.objects.get()
    assert token not in receipt.digest
    assert (receipt.outcome, receipt.at) == ("/hasil/1/", now)


def test_a_form_shows_the_same_secret_again_and_no_other_form_does(now: datetime) -> None:
    token = once.new_token()
    first = once.secret_of(posted(token, now), "token")
    assert once.secret_of(posted(token, now), "token") == first
    assert once.secret_of(posted(token, now), "job_link") != first
    assert once.secret_of(posted(once.new_token(), now), "token") != first
    assert once.password_of(posted(token, now)).count("-") == 3


def test_each_use_in_a_template_is_a_form_of_its_own() -> None:
    assert once.hidden_input() != once.hidden_input()
    assert 'type="hidden" name="once"' in once.hidden_input()


def test_ten_submits_at_once_act_once(fresh_database: str, django_db_blocker: object, now: datetime) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        act, token = Counter(), once.new_token()

        def submit(_: int) -> str:
            try:
                return once.run(posted(token, now), act)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(10) as pool:
            answers = set(pool.map(submit, range(10)))
        assert answers == {"/hasil/1/"}
        assert act.ran == 1
        assert AuditEntry.objects.count() == 1
