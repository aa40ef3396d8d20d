"""One row of a staff file as what it says about a person."""

from dataclasses import dataclass
from datetime import date

from luwes.apps.people.models import Employment, PostKind, Standing
from luwes.apps.people.staff import codes
from luwes.apps.people.staff.units import Unor
from luwes.apps.sources.kinds import Staged
from luwes.core.names import name_key
from luwes.core.nip import Nip, NotANip, parse_nip


class RowRefused(ValueError):
    """A cell that makes the row unusable: our column, a code, the value as found."""

    def __init__(self, column: str, code: str, value: str) -> None:
        super().__init__(code)
        self.column, self.code, self.value = column, code, value


@dataclass(frozen=True, slots=True)
class PostSaid:
    """A post as the file names it."""

    name: str
    key: str
    siasn_id: str
    kind: PostKind
    job_class: int | None
    level: str


@dataclass(frozen=True, slots=True)
class StaffRow:
    """What a file says about one person. `since` is the TMT of the post, `as_of` the date the file speaks of."""

    number: int
    nip: Nip
    siasn_id: str
    name: str
    employment: Employment
    standing: Standing
    grade: str
    weekly_minutes: int | None
    domicile: bool | None
    post: PostSaid | None
    since: date | None
    as_of: date
    unor: Unor

    @property
    def said(self) -> tuple[object, ...]:
        """All that is said, without the row's number: two rows that agree are one."""
        return (
            *(self.siasn_id, self.name, self.employment, self.standing, self.grade, self.weekly_minutes),
            *(self.domicile, self.post, self.since, self.as_of, self.unor),
        )

    @property
    def service(self) -> tuple[str, str, str, int | None, bool | None]:
        """What a version of the employee holds."""
        return (self.employment.value, self.standing.value, self.grade, self.weekly_minutes, self.domicile)


def read_row(row: Staged, today: date) -> StaffRow:
    """Read one staged row. Raises RowRefused."""
    values = {name: "" if value is None else str(value) for name, value in row.values.items()}
    try:
        nip = parse_nip(values["nip_baru"])
    except NotANip:
        raise RowRefused("nip_baru", "not_a_nip", values["nip_baru"]) from None
    kind, status = values["jenis_pegawai_nama"], values["status_cpns_pns"]
    employment = codes.employment(kind, status, pppk_number=nip.pppk)
    if employment is None:
        raise RowRefused("jenis_pegawai_nama", "employment_unknown", f"{kind} {status}".strip())
    try:
        minutes = codes.weekly_minutes(values["jam_kontrak"]) if employment is Employment.PART_TIME else None
    except ValueError:
        raise RowRefused("jam_kontrak", "hours_invalid", values["jam_kontrak"]) from None
    return StaffRow(
        number=row.number,
        nip=nip,
        siasn_id=values["pns_id"],
        name=_full_name(values),
        employment=employment,
        standing=codes.standing(values["kedudukan_hukum_id"], values["kedudukan_hukum_nama"]),
        grade=values["gol_akhir_nama"],
        weekly_minutes=minutes,
        domicile=values["alamat"] == "ya" if values["alamat"] else None,
        post=_post(values),
        since=_day(values["tmt_jabatan"]),
        as_of=_day(values["per_tanggal"]) or today,
        unor=Unor(values["unor_id"], values["unor_nama"], values["satuan_kerja_kerja_nama"]),
    )


def _full_name(values: dict[str, str]) -> str:
    before = f"{values['gelar_depan']} {values['nama']}".strip()
    return ", ".join(filter(None, (before, values["gelar_belakang"])))


def _post(values: dict[str, str]) -> PostSaid | None:
    name = values["jabatan_nama"]
    if not name:
        return None
    return PostSaid(
        name=name,
        key=name_key(name),
        siasn_id=values["jabatan_id"],
        kind=codes.post_kind(values["jenis_jabatan_nama"]),
        job_class=int(values["kelas_jabatan"]) if values["kelas_jabatan"] else None,
        level=values["eselon"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
