"""The address a request came from, as far as it can be trusted."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The nearest address that is not one of our own proxies.

    Anybody can write `X-Forwarded-For`; only the part appended by a proxy named in
    `LUWES_TRUSTED_PROXIES` counts, so the list is read from its end. Without such a proxy the header
    is ignored.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    address = request.META.get("REMOTE_ADDR", "")
    while hops and _is_proxy(address):
        address = hops.pop()
    return _plain(address)


def _is_proxy(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in settings.TRUSTED_PROXIES)


def _plain(address: str) -> str:
    # What is no address (a Unix socket, a proxy's "unknown") is one bucket of its own.
    try:
        return str(ip_address(address))
    except ValueError:
        return ""
