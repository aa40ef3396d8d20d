"""The pages shown when nothing works still work themselves."""

import threading
from typing import Any

import psycopg
import pytest
from django.db import close_old_connections, connection, connections
from django.test import Client


@pytest.mark.django_db
def test_a_foreign_host_name_is_answered_calmly() -> None:
    answer = Client(raise_request_exception=False).get("/masuk/", headers={"host": "jahat.invalid"})
    assert answer.status_code == 400
    assert "Luwes" in answer.content.decode()


def test_a_stopped_database_is_answered_with_a_calm_503(fresh_database: str) -> None:
    """The address of the database leads nowhere, as after a crash of its server."""
    settings = connections.settings["default"]
    kept = settings["NAME"]
    answers: list[Any] = []

    def ask() -> None:
        for path in ("/masuk/", "/ui/"):
            answers.append(Client(raise_request_exception=False).get(path))

    settings["NAME"] = "tidak_ada_basis_data_ini"
    try:
        thread = threading.Thread(target=ask)  # a thread has connections of its own
        thread.start()
        thread.join(20)
    finally:
        settings["NAME"] = kept
    assert [answer.status_code for answer in answers] == [503, 503]
    for answer in answers:
        text = answer.content.decode()
        assert "Traceback" not in text
        assert answer.headers["X-Request-ID"] in text


def test_a_lost_connection_is_replaced_at_the_next_request(fresh_database: str) -> None:
    client = Client(raise_request_exception=False)
    assert client.get("/masuk/").status_code == 200
    mine = connection.connection
    assert isinstance(mine, psycopg.Connection)
    with connections.create_connection("default")._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [mine.info.backend_pid])
    close_old_connections()  # what the start of a real request does; the test client leaves it out
    assert client.get("/masuk/").status_code == 200
