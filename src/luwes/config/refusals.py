"""The base of every expected refusal of `luwes.config`: a stable code and the values its sentence needs."""


class Refusal(Exception):  # noqa: N818 - a refusal, not an error of the program
    """Something the operator can put right. The sentence is made in `wording.py` from code and values."""

    code = ""

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(f"{self.code} {values}")
