"""How files of work name units: the vocabulary their kinds share."""

from luwes.apps.people.unit_book import UnitReader
from luwes.apps.results import units, wording
from luwes.apps.sources.kinds import Vocabulary

__all__ = ["VOCABULARY", "UnitReader"]

VOCABULARY = Vocabulary(
    name="unit",
    label=wording.unit_vocabulary,
    columns=("kode_unit", "unit"),
    options=units.options,
    creatable=units.creatable,
    create=units.create,
)
