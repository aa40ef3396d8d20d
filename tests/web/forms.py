"""Sending forms the way a browser does: with the one-time token of the page."""

import re
from html import unescape
from typing import Any

from django.test import Client

from luwes.web.frame import once

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def hidden_fields(html: str, action: str = "") -> dict[str, str]:
    """The hidden fields of the form posting to `action`, or of the first one that posts to its own page."""
    forms = re.findall(r'<form[^>]*method="post"[^>]*>.*?</form>', html, re.S)
    found = [form for form in forms if f'action="{action}"' in form] if action else []
    found += [form for form in forms if "action=" not in form]
    assert found, f"no form for {action or 'this page'}"
    return {name: unescape(value) for name, value in HIDDEN.findall(found[0])}


def fresh() -> dict[str, str]:
    """A one-time token as a page would carry it."""
    return {once.FIELD: once.new_token()}


def send(client: Client, path: str, **fields: Any) -> Any:
    """Open the page, then post its form with the fields filled in."""
    page = client.get(path)
    assert page.status_code == 200, page.status_code
    return client.post(path, hidden_fields(page.content.decode(), path) | fields)
