"""The address of the site: free before we start, answering before it is announced."""

import errno
import http.client
import socket

from luwes.config.refusals import Refusal

LAST_PORT = 65535
ANSWER_TIMEOUT = 10.0
FIRST_SERVER_ERROR = 500


class PortTaken(Refusal):
    """Another program listens there."""

    code = "port_taken"


class AddressNotUsable(Refusal):
    """This machine has no such address, or we may not listen there."""

    code = "address_not_usable"


def require_free(host: str, port: int) -> None:
    """Raise `PortTaken` or `AddressNotUsable` unless we could listen on `host`:`port`."""
    if not 0 < port <= LAST_PORT:
        raise AddressNotUsable(host=host, port=port, reason=f"1–{LAST_PORT}")
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host=host, port=port) from error
        raise AddressNotUsable(host=host, port=port, reason=str(error)) from error


def answer(host: str, port: int) -> int | None:
    """The status with which the site answers a request there, or None while nobody answers."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    connection = http.client.HTTPConnection(reachable, port, timeout=ANSWER_TIMEOUT)
    try:
        connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def shown(host: str, port: int) -> str:
    """The address as a person types it."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
