"""The worker that opens pages without signal."""

from django.test import Client

from luwes.web.frame.offline import SCRIPT


def test_the_worker_stands_at_the_top_and_is_asked_for_anew(client: Client) -> None:
    answer = client.get("/luring.js")
    assert answer.content == SCRIPT.read_bytes()
    assert answer.headers["Content-Type"] == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert client.post("/luring.js").status_code == 405
