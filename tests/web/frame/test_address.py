"""The address a request came from: what the client writes about itself is not believed."""

from ipaddress import ip_network

import pytest
from django.test import RequestFactory, override_settings

from luwes.web.frame.address import client_address

PROXY = [ip_network("10.1.0.0/24"), ip_network("fd00::/64")]


def seen(remote: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))


def test_without_a_proxy_the_header_is_ignored() -> None:
    assert seen("203.0.113.9") == "203.0.113.9"
    assert seen("203.0.113.9", "10.0.0.1") == "203.0.113.9"
    assert seen("127.0.0.1", "10.0.0.1, 198.51.100.7") == "127.0.0.1"


@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("10.1.0.2", "198.51.100.7", "198.51.100.7"),
        # Whatever the client wrote stands before what the proxy appended.
        ("10.1.0.2", "192.0.2.1, 198.51.100.7", "198.51.100.7"),
        ("10.1.0.2", "192.0.2.1, 198.51.100.7, 10.1.0.3", "198.51.100.7"),
        ("10.1.0.2", None, "10.1.0.2"),
        ("10.1.0.2", " , ", "10.1.0.2"),
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        ("10.1.0.2", "bukan alamat", ""),
        ("", "198.51.100.7", ""),
    ],
)
@override_settings(TRUSTED_PROXIES=PROXY)
def test_behind_a_proxy_the_last_address_that_is_not_ours_counts(
    remote: str, forwarded: str | None, address: str
) -> None:
    assert seen(remote, forwarded) == address


@override_settings(TRUSTED_PROXIES=PROXY)
def test_one_address_has_one_spelling() -> None:
    assert seen("2001:DB8:0::7") == seen("2001:db8::7")
