"""Addresses of databases, and what of them a command line may show."""

import pytest
from psycopg.conninfo import conninfo_to_dict

from luwes.config.backup import servers


@pytest.mark.parametrize(
    "url",
    ["postgresql://luwes:r%40hasia@db:5433/luwes?sslmode=require", "dbname=luwes password='r@hasia'"],
)
def test_a_password_travels_in_the_environment(url: str) -> None:
    address, secret = servers.without_password(url)
    assert "hasia" not in address
    assert secret == {"PGPASSWORD": "r@hasia"}
    assert conninfo_to_dict(address, password="r@hasia") == conninfo_to_dict(url)


def test_an_address_without_a_password_stays_as_it_is() -> None:
    address, secret = servers.without_password("postgresql://luwes@/luwes?host=/run/luwes")
    assert secret == {}
    assert conninfo_to_dict(address) == {"user": "luwes", "dbname": "luwes", "host": "/run/luwes"}


def test_another_database_of_the_same_server_keeps_everything_else() -> None:
    url = "postgresql://luwes:rahasia@db:5433/luwes"
    assert conninfo_to_dict(servers.on_same_server(url, "lain")) == conninfo_to_dict(url, dbname="lain")
    assert servers.database_name(url) == "luwes"
    assert servers.database_name("postgresql://db") == "luwes"
