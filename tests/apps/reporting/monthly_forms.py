"""Answers of a monthly form, and the steps of filling in and signing one."""

from collections.abc import Mapping
from datetime import date, datetime

from luwes.apps.audit.actor import Actor
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people import queries as people
from luwes.apps.people.queries import UnitRow
from luwes.apps.reporting import form_actions, form_queries
from luwes.apps.reporting.form_fields import Value
from luwes.apps.reporting.form_queries import FormState
from tests.world import SETUP

OCTOBER, SEPTEMBER, NOVEMBER = date(2026, 10, 1), date(2026, 9, 1), date(2026, 11, 1)
# Every row that must be answered, and a few that may be left out.
ANSWERS: Mapping[str, Value] = {
    "fleksibel_bertugas": 160,
    "fleksibel_luar": 88,
    "lain_bertugas": 720,
    "lain_luar": 12,
    "e_office": "sudah",
    "tanda_tangan_elektronik": "sudah",
    "presensi_elektronik": "sudah",
    "simpeg": "sudah",
    "spbe": "belum",
    "infrastruktur_digital": "terbatas",
    "skema_pengendalian": "ada",
    "skema_pengawasan": "disusun",
    "rapat_hibrida": "ya",
    "rapat_jumlah": 14,
    "pemanfaatan_tik": "maksimal",
    "perjalanan_ada_pembanding": "ya",
    "perjalanan_dalam_negeri": "52.5",
    "frekuensi_dikurangi": "ya",
    "rombongan_dikurangi": "tidak",
    "kendaraan_dinas": "-4",
    "kendaraan_listrik": "tidak",
    "angkutan_umum": "ya",
    "sepeda": "tidak",
    "perangkat_dimatikan": "dipatuhi",
    "ruang_aman": "aman",
    "pengecualian": "sesuai",
    "penghematan_dialihkan": "tidak",
    "bebas_kendaraan": "ya",
    "bebas_kendaraan_ruas": "Jalan Rawa",
    "bebas_kendaraan_kali": 1,
    "bebas_kendaraan_jam": "06.00–09.00",
    "kendala": ["Jaringan gedung B putus", "Tiga laptop rusak"],
    "tindak_lanjut": ["Usul penggantian laptop"],
}


def unit_row(now: datetime, key: str) -> UnitRow:
    unit = people.unit_on(key, now.date())
    assert unit is not None
    return unit


def state_of(now: datetime, key: str, month: date = OCTOBER) -> FormState:
    return form_queries.form_of(unit_row(now, key), month)


def save(
    now: datetime,
    key: str,
    month: date = OCTOBER,
    values: Mapping[str, Value] = ANSWERS,
    *,
    comment: str = "",
    version: int | None = None,
    actor: Actor = SETUP,
) -> int:
    """Save as from the page that shows the current version, or the one named."""
    base = state_of(now, key, month).form.version if version is None else version
    with unit_of_work(actor, now):
        return form_actions.save_form(unit_key=key, month=month, values=values, comment=comment, version=base)


def sign(
    now: datetime,
    key: str,
    month: date = OCTOBER,
    *,
    gaps: Mapping[str, str] | None = None,
    actor: Actor = SETUP,
) -> str:
    version = state_of(now, key, month).form.version
    with unit_of_work(actor, now):
        return form_actions.sign_month(unit_key=key, month=month, version=version, gaps=gaps or {})


def reopen(
    now: datetime, key: str, month: date = OCTOBER, *, reason: str = "Angka keliru", actor: Actor = SETUP
) -> None:
    with unit_of_work(actor, now):
        form_actions.reopen(unit_key=key, month=month, reason=reason)
