"""Words for the codes and tags that clauses are written with; a code nobody gave words keeps its own."""

from django.utils.translation import gettext as _


def label(code: str) -> str:
    """A code such as "opd_head" in words; one that a rulebook made up is shown as it is written."""
    found = (_persons() | _duties() | _effects() | _others()).get(code)
    return found if found is not None else code.replace("_", " ")


def tag(name: str) -> str:
    """A tag such as "service:loket" in words."""
    space, _colon, word = name.partition(":")
    found = _tags().get(name)
    if found is not None:
        return found
    spaces = {
        "unit": _("unit %(word)s"), "opd": _("perangkat daerah %(word)s"), "team": _("tim %(word)s"),
        "service": _("layanan %(word)s"), "post": _("jabatan %(word)s"), "area": _("wilayah %(word)s"),
        "task": _("tugas %(word)s"), "reason": _("dengan alasan %(word)s"), "type": _("pegawai %(word)s"),
        "person": _("pegawai berkode %(word)s"), "allowance": _("penerima %(word)s"),
    }  # fmt: skip
    return spaces.get(space, "%(word)s") % {"word": word.replace("_", " ")}


def _tags() -> dict[str, str]:
    return {
        "type:pns": _("PNS"), "type:cpns": _("CPNS"), "type:pppk": _("PPPK"),
        "type:pppk_paruh_waktu": _("PPPK paruh waktu"), "type:non_asn": _("pegawai bukan ASN"),
        "type:non_pns": _("pegawai bukan PNS"), "type:kontrak": _("pegawai kontrak"),
        "discipline:active": _("yang menjalani hukuman disiplin"),
        "discipline:in_process": _("yang dalam proses hukuman disiplin"),
        "service:langsung": _("layanan langsung"), "service:loket": _("petugas loket"),
        "post:eselon_1": _("pejabat eselon I"), "post:eselon_2": _("pejabat eselon II"),
        "post:eselon_3": _("pejabat eselon III"), "post:eselon_4": _("pejabat eselon IV"),
        "post:jpt_madya": _("JPT madya"), "post:jpt_pratama": _("JPT pratama"),
        "post:administrator": _("administrator"), "post:pengawas": _("pengawas"),
        "task:dapat_di_luar_kantor": _("tugas yang dapat dikerjakan di luar kantor"),
        "task:tanpa_ruang_alat_khusus": _("tugas tanpa ruang atau alat khusus"),
        "task:dapat_dengan_tik": _("tugas yang dapat dikerjakan dengan teknologi informasi"),
        "task:sedikit_tatap_muka": _("tugas dengan sedikit tatap muka"),
        "task:tanpa_pengawasan_terus": _("tugas tanpa pengawasan terus-menerus"),
        "task:sif": _("tugas bersif"), "task:jaga": _("tugas jaga"),
        "discipline:proposed": _("yang hari alpanya setahun sampai pada usulan hukuman"),
        "presence:alpa": _("yang alpa pada bulan sebelumnya"),
        "presence:tanpa_alpa": _("yang hadir tanpa alpa pada bulan sebelumnya"),
        "hours:penuh": _("yang berjam kerja penuh"), "hours:kurang": _("yang berjam kontrak kurang dari penuh"),
        "pattern:lima_hari": _("unit lima hari kerja"), "pattern:enam_hari": _("unit enam hari kerja"),
        "post:pimpinan": _("pimpinan unit"), "post:plt": _("pelaksana tugas (Plt.)"),
        "post:plh": _("pelaksana harian (Plh.)"),
        "allowance:tpp": _("penerima TPP"),
        "signal:lemah": _("tempat kerja bersinyal lemah"), "programme:strategis": _("pelaksana program strategis"),
    }  # fmt: skip


def _persons() -> dict[str, str]:
    return {
        "agency_head": _("pimpinan instansi"), "opd_head": _("kepala perangkat daerah"),
        "unit_head": _("pimpinan unit"), "supervisor": _("atasan langsung"), "sekda": _("Sekretaris Daerah"),
        "bkd": _("Badan Kepegawaian Daerah"), "ppk": _("Pejabat Pembina Kepegawaian"), "employee": _("pegawai"),
        "opd": _("perangkat daerah"), "head": _("pimpinan"), "governor": _("Gubernur"),
        "supervisor_or_opd": _("atasan langsung atau perangkat daerah"), "geolocation": _("geolokasi"),
        "designated_echelon_official": _("pejabat yang ditunjuk"),
    }  # fmt: skip


def _duties() -> dict[str, str]:
    return {
        "shift": _("bertugas bergantian (sif)"), "on_site": _("hadir di kantor"), "picket": _("piket"),
        "come_when_called": _("datang bila dipanggil"), "phone_active": _("telepon aktif"),
        "complaint_channel_open": _("saluran pengaduan tetap terbuka"),
        "essential_services_stay": _("layanan penting tetap berjalan"),
        "friday_gymnastics": _("senam Jumat"), "gymnastics": _("senam"), "roll_calls": _("apel"),
        "friday_devotion": _("Jumat beriman"), "meetings_online_only": _("rapat hanya daring"),
        "neat_dress": _("berpakaian rapi"), "uniform": _("berseragam"),
        "publish_service_schedule": _("mengumumkan jadwal layanan"),
        "serve_vulnerable_groups": _("mendahulukan kelompok rentan"), "shifts_stay": _("sif tetap berjalan"),
        "survey_by_qr": _("survei lewat kode QR"),
        "days": _("hari fleksibel"), "response": _("menjawab panggilan"), "report": _("rencana atau laporan kerja"),
        "presensi": _("presensi"), "hours": _("jam kerja"), "location": _("tempat kerja"), "switch": _("pindah tempat"),
    }  # fmt: skip


def _effects() -> dict[str, str]:
    return {
        "oral_reprimand": _("teguran lisan"), "written_reprimand": _("teguran tertulis"),
        "written_dissatisfaction": _("pernyataan tidak puas secara tertulis"),
        "allowance_cut_up_to_25": _("potongan TPP paling banyak 25 persen"),
        "allowance_cut_25_six_months": _("potongan TPP 25 persen selama enam bulan"),
        "allowance_cut_25_nine_months": _("potongan TPP 25 persen selama sembilan bulan"),
        "allowance_cut_25_twelve_months": _("potongan TPP 25 persen selama dua belas bulan"),
        "demotion": _("penurunan jabatan"), "demotion_twelve_months": _("penurunan jabatan selama dua belas bulan"),
        "released_to_pelaksana_twelve_months": _("dibebaskan menjadi pelaksana selama dua belas bulan"),
        "honourable_dismissal": _("pemberhentian dengan hormat"), "sanction": _("sanksi"), "discipline": _("disiplin"),
        "tpp_cut": _("potongan TPP"), "tpp_of_the_day_unpaid": _("TPP hari itu tidak dibayar"),
        "pppk_appointment_delayed": _("pengangkatan PPPK ditunda"), "violation": _("dicatat sebagai pelanggaran"),
        "oral_reprimand_after_two_calls": _("teguran lisan setelah dua panggilan"),
        "written_reprimand_over_five_minutes": _("teguran tertulis bila lewat lima menit"),
        "performance_review_when_repeated": _("penilaian kinerja bila berulang"),
        "warn": _("peringatan"), "refuse": _("hari fleksibel ditolak"), "quota": _("bagian diturunkan"),
    }  # fmt: skip


def _others() -> dict[str, str]:
    return {
        "absent_days": _("tidak masuk"), "consecutive_absent_days": _("tidak masuk berturut-turut"),
        "left_home": _("meninggalkan rumah"), "no_show": _("tidak hadir"), "target_missed": _("target tidak tercapai"),
        "superior_does_not_act": _("atasan tidak menindak"),
        "monthly": _("setiap bulan"), "weekly": _("setiap minggu"), "yearly": _("setiap tahun"),
        "periodic": _("berkala"), "electricity": _("listrik"), "water": _("air"), "energy": _("energi"),
        "telephone": _("telepon"), "catering": _("makan dan minum"), "operating_cost": _("biaya operasional"),
        "performance": _("kinerja"), "satisfaction_survey": _("survei kepuasan"), "infrastructure": _("prasarana"),
        "contract_support_staff": _("tenaga pendukung bukan ASN"), "foreign_travel": _("perjalanan luar negeri"),
        "domestic_travel": _("perjalanan dalam negeri"), "official_vehicles": _("kendaraan dinas"),
        "mobility_fuel": _("bahan bakar"), "budget_pace": _("laju realisasi anggaran"),
        "percent": _("persen"), "rupiah": _("rupiah"), "month": _("sebulan"), "work_plan": _("rencana kerja"),
        "duration": _("lamanya"), "secretary_memo": _("nota dinas Sekretaris Daerah"),
        "simulation": _("simulasi pelaksanaan"), "governor_consent": _("persetujuan Gubernur"),
        "clear_kpi": _("indikator kinerja yang jelas"), "tiered_supervision": _("pengawasan berjenjang"),
        "allowance_unchanged": _("tunjangan tidak berubah"), "permitted": _("izin"), "sick": _("sakit"),
        "break": _("istirahat"), "signal": _("sinyal lemah"), "weak_signal": _("sinyal lemah"),
        "away": _("cuti atau dinas"), "weekdays": _("harinya"), "months": _("lamanya bulan"),
        "who": _("siapa"), "first": _("hari pertama"), "last": _("hari terakhir"), "health": _("kesehatan"),
        "punches": _("presensi"), "recap": _("rekap kehadiran"), "outputs": _("hasil kerja"),
        "upper_floors": _("lantai atas"), "air_conditioning": _("pendingin ruangan"), "counters": _("loket"),
        "server_rooms": _("ruang server"), "guard_post": _("pos jaga"), "budget": _("realisasi anggaran"),
        "below": _("batasnya"), "queue": _("antrean"), "survey": _("survei"), "openings": _("jam buka loket"),
    }  # fmt: skip
