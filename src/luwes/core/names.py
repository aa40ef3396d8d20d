"""Keys under which names are found and sorted, whatever marks they carry."""

import unicodedata

APOSTROPHES = "'’‘ʼ`´"


def name_key(name: str) -> str:
    """NFKD, casefolded, without marks or apostrophes, single spaces: "Yosé  D'Arcy" → "yose darcy"."""
    plain = unicodedata.normalize("NFKD", name)
    kept = "".join(c for c in plain if not unicodedata.combining(c) and c not in APOSTROPHES)
    return " ".join(kept.casefold().split())
