"""Logs tell what happened and to which request, never who a person is, and never a key."""

import json
import logging
import sys

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from luwes.config.logs import Discreet, JsonFormatter
from luwes.web.frame.ids import request_id
from tests.world import give_link, plant_units

SECRET = "alamat-rahasia-sekali"


def line(message: str, *arguments: object, failed: bool = False) -> dict[str, str]:
    """What is written for one record, read back."""
    record = logging.LogRecord(
        "luwes", logging.WARNING, "x.py", 1, message, arguments, sys.exc_info() if failed else None
    )
    assert Discreet().filter(record)
    written: dict[str, str] = json.loads(JsonFormatter().format(record))
    return written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("NIP 198001012005011001 masuk", "NIP [NIP] masuk"),
        ("NIP 19800101 200501 1 001 masuk", "NIP [NIP] masuk"),
        ("sidik 1980010120050110012 tetap", "sidik 1980010120050110012 tetap"),
        ("Key (email)=(budi.s+1@mail.contoh.go.id) already exists", "Key (email)=([surel]) already exists"),
        (f"Unprocessable Entity: /tugas/{SECRET}/", "Unprocessable Entity: /tugas/[…]/"),
        (f'GET "/tugas/{SECRET}" 404', 'GET "/tugas/[…]" 404'),
        ("Not Found: /tugas/", "Not Found: /tugas/"),
    ],
)
def test_what_names_a_person_or_opens_a_door_is_left_out(said: str, written: str) -> None:
    assert line(said)["message"] == written
    assert line("%s: %s", "lagi", said)["message"] == f"lagi: {written}"


def test_a_trace_is_discreet_too() -> None:
    try:
        raise ValueError("Key (nip)=(198001012005011001), budi@contoh.go.id")
    except ValueError:
        written = line("gagal", failed=True)
    assert "ValueError: Key (nip)=([NIP]), [surel]" in written["trace"]


def test_a_line_carries_its_request() -> None:
    token = request_id.set("ab12")
    try:
        assert line("halo")["request"] == "ab12"
    finally:
        request_id.reset(token)
    assert line("halo")["request"] == ""


def test_every_handler_is_discreet() -> None:
    for handler in settings.LOGGING["handlers"].values():
        assert "discreet" in handler["filters"]


@pytest.mark.django_db
def test_a_refused_form_does_not_write_its_key_into_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    now = timezone.now()
    give_link(now, plant_units(now).health, SECRET)
    caplog.handler.addFilter(guard := Discreet())
    try:
        assert client.post(f"/tugas/{SECRET}/nihil/").status_code == 404
        assert Client(enforce_csrf_checks=True).post(f"/tugas/{SECRET}/", {}).status_code == 403
    finally:
        caplog.handler.removeFilter(guard)
    assert len(caplog.records) >= 2
    assert SECRET not in caplog.text
