"""The base of every expected refusal of `luwes.config`: a stable code and the values its sentence needs."""


class Refusal(Exception):
    """Something the operator can put right. The sentence is made in `wording.py` from code and values."""

    code = ""

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(f"{self.code} {values}")


class Explained(Refusal):
    """A refusal whose sentence was made elsewhere: for commands that word the refusals of an app."""

    code = "explained"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence=sentence)
