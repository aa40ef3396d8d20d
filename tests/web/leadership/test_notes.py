"""A head writes on the own unit's figure; the leader reads it there."""

from datetime import datetime

import pytest

from luwes.apps.accounts.roles import Role
from luwes.apps.results.models import BudgetNote
from tests.apps.reporting.figures import JUNE, OCTOBER, kalteng, key_of
from tests.web.forms import fresh, hidden_fields, send
from tests.world import client_as

pytestmark = pytest.mark.django_db
WORDS = {"cause": "Lelang gagal dua kali.", "measure": "Diulang minggu depan."}


def test_a_head_writes_and_the_leader_reads(present: datetime) -> None:
    kalteng(present, JUNE, OCTOBER)
    key = key_of("KALTENG-DISDIK")
    head = client_as(present, Role.HEAD, key)
    assert f"/pimpinan/pd/{key}/catatan/" in head.get(f"/pimpinan/pd/{key}/").content.decode()
    form = head.get(f"/pimpinan/pd/{key}/catatan/").content.decode().replace("\u00a0", " ")
    assert "Realisasi anggaran Dinas Pendidikan sedikit di bawah target: 45,85 % dari pagu" in form
    done = send(head, f"/pimpinan/pd/{key}/catatan/", **WORDS)
    assert (done.status_code, done.headers["Location"]) == (302, f"/pimpinan/pd/{key}/")
    note = BudgetNote.objects.get()
    assert (note.unit.key, note.as_of, note.signed_by) == (key, JUNE, "Rangga Wirya")
    leader = client_as(present, Role.LEADER)
    page = leader.get(f"/pimpinan/pd/{key}/").content.decode()
    assert "Lelang gagal dua kali." in page
    assert "Rangga Wirya" in page
    assert "catatan/" not in page, "the leader reads, the unit writes"


def test_a_double_submit_writes_one_note(present: datetime) -> None:
    kalteng(present, JUNE)
    path = f"/pimpinan/pd/{key_of('KALTENG-DISDIK')}/catatan/"
    head = client_as(present, Role.HEAD, key_of("KALTENG-DISDIK"))
    form = hidden_fields(head.get(path).content.decode()) | WORDS
    assert [head.post(path, form).status_code for _ in range(2)] == [302, 302]
    assert BudgetNote.objects.count() == 1


def test_another_unit_is_not_there_and_a_missing_word_is_named(present: datetime) -> None:
    kalteng(present, JUNE)
    head = client_as(present, Role.HEAD, key_of("KALTENG-DISDIK"))
    other = f"/pimpinan/pd/{key_of('KALTENG-ADPIM')}/catatan/"
    assert head.get(other).status_code == 404
    assert head.post(other, fresh() | WORDS).status_code == 404
    own = f"/pimpinan/pd/{key_of('KALTENG-DISDIK')}/catatan/"
    answer = head.post(own, fresh() | {"cause": "", "measure": "x", "year": "2025", "as_of": "2025-06-30"})
    assert answer.status_code == 422
    assert not BudgetNote.objects.exists()
