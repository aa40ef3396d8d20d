"""Every clause that is shipped, and every kind there is, has a sentence in words."""

import re
from importlib.resources import files

import pytest

from luwes.apps.policy.annex import CHAPTERS, Mark, articles
from luwes.apps.policy.clause_wording import label, listed, people, sentence, tag
from luwes.core.policy.clauses import KINDS, Who
from luwes.core.policy.rulebook import read_rulebook
from tests.core.policy.books import book

SHIPPED = [
    read_rulebook(path.read_text("utf-8"))
    for folder in ("circulars", "regulations", "examples")
    for path in sorted((files("luwes.rulebooks") / folder).iterdir(), key=str)
    if path.name.endswith(".toml")
]


@pytest.mark.parametrize("rulebook", SHIPPED, ids=lambda one: one.head.id)
def test_every_shipped_clause_is_a_sentence_without_codes(rulebook: object) -> None:
    for clause in rulebook.clauses:  # type: ignore[attr-defined] # a rulebook
        said = sentence(clause)
        assert said[0].isupper(), said
        assert said.rstrip().endswith("."), said
        assert "%(" not in said
        assert not re.search(r"\b[a-z]+_[a-z_]+\b", said), said


def test_every_kind_has_a_chapter_and_every_chapter_its_kinds() -> None:
    listed_kinds = [kind for _, kinds in CHAPTERS for kind in kinds]
    assert sorted(kind.__name__ for kind in listed_kinds) == sorted(kind.__name__ for kind in KINDS.values())


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ('kind = "days"\nmode = "wfh"\nbinding = "mandated"\ndates = [2026-12-04]',
         "Kerja dari rumah (WFH) diwajibkan: Jumat, 4 Desember 2026."),
        ('kind = "days"\nmode = "time"\nper_week = 2\nneeds_grant = true\napprover = "bkd"',
         "Jam kerja fleksibel boleh: setiap hari kerja. Paling banyak 2 hari seminggu. "
         "Unit mengajukan dan menunggu persetujuan Badan Kepegawaian Daerah."),
        ('kind = "forbid"\nweekdays = ["mon", "fri"]', "Tidak ada kerja fleksibel pada Senin dan Jumat."),
        ('kind = "quota"\nper = "opd"\nonsite_min = 25\nrounding = "up"\nwithout = ["leave", "trip"]',
         "Pada hari yang sama, dalam setiap perangkat daerah: paling sedikit 25 % di kantor. "
         "Pecahan orang dibulatkan ke atas. Yang cuti dan dinas luar tidak dihitung."),
        ('kind = "weekly"\nmax_days = 2\ncount_mandated = true',
         "Setiap orang paling banyak 2 hari fleksibel seminggu. Hari yang diwajibkan ikut dihitung."),
        ('kind = "tenure"\nsince = "entry"', "Pegawai baru menunggu sejak mulai bekerja; lamanya belum ditetapkan."),
        ('kind = "deadline"\ndays_before = 3', "Pengajuan paling lambat 3 hari sebelumnya."),
        ('kind = "guard"\nmetric = "budget_pace"\nbelow = -10\neffect = "quota"\nflex_max = 20',
         "Bila laju realisasi anggaran di bawah −10: paling banyak 20 % fleksibel dalam setiap bidang, bagian, "
         "atau UPT."),
        ('kind = "data"\nfacts = ["punches"]',
         "Tanpa data tidak ada hari fleksibel. Data yang disyaratkan: presensi."),
        ('kind = "building"\ncloses = ["lantai 3"]\nkeeps = ["loket"]',
         "Ditutup atau dimatikan pada hari itu: lantai 3. Tetap menyala dan terbuka: loket."),
        ('kind = "response"\nattempts = 2\nwithin_minutes = 5\nexcused = ["break", "signal"]',
         "Panggilan dijawab dalam 5 menit; paling sedikit 2 kali dihubungi. Tidak dihitung: istirahat, sinyal lemah."),
        ('kind = "exclude"\nduties = ["shift"]\nwho = { any = ["post:eselon_2", "unit:rsud"], none = ["type:pppk"] }',
         "Tetap bekerja di kantor. Kewajibannya: bertugas bergantian (sif). "
         "Berlaku bagi salah satu dari: pejabat eselon II, unit rsud; bukan PPPK."),
        ('kind = "hours"\nweekly_net = 1950\ncalendar = "ramadan"\nfirst = 2026-02-18\nlast = 2026-03-19',
         "Jam kerja seminggu 32 jam 30 menit tanpa istirahat. "
         "Berlaku Rabu, 18 Februari 2026 sampai Kamis, 19 Maret 2026. Hanya selama Ramadan."),
    ],
)  # fmt: skip
def test_a_clause_says_everything_it_decides(clause: str, words: str) -> None:
    assert sentence(book(clause).clauses[0]) == words


def test_codes_nobody_gave_words_are_shown_as_written() -> None:
    assert label("kode_buatan") == "kode buatan"
    assert tag("ruang:kata_baru") == "kata baru"
    assert tag("service:loket_pajak") == "layanan loket pajak"
    assert listed([]) == ""
    assert listed(["a", "b", "c"]) == "a, b, dan c"
    assert people(Who(all=("type:pns", "task:sif"))) == "sekaligus PNS dan tugas bersif"


def test_what_was_changed_added_or_removed_is_marked() -> None:
    old = book('id = "a"\nkind = "need"', 'id = "b"\nkind = "days"\nmode = "wfa"', 'id = "c"\nkind = "need"')
    new = book(
        'id = "a"\nkind = "need"', 'id = "b"\nkind = "days"\nmode = "wfh"', 'id = "d"\nkind = "need"', version=2
    )  # fmt: skip
    found = articles(new, old)
    assert [(one.mark, one.before) for one in found["when"]] == [
        (Mark.CHANGED, "Kerja dari mana saja (WFA) boleh: setiap hari kerja.")
    ]
    assert [one.mark for one in found["many"]] == [Mark.SAME, Mark.ADDED, Mark.REMOVED]
    assert {one.mark for told in articles(new, None).values() for one in told} == {Mark.SAME}
    hidden = book('id = "a"\nkind = "roster"\nrule = "proportional"', version=2)
    (one,) = articles(hidden, book('id = "a"\nkind = "roster"'))["leave"]
    assert (one.mark, one.before) == (Mark.CHANGED, "angka 1")
