"""Figures of the survey in words: nothing about fewer than five people."""

from django.utils.translation import gettext as _

from luwes.apps.reporting.wording import language
from luwes.apps.results.intake.queries import Content
from luwes.core.formats import number, percent
from luwes.core.indicators.suppress import SMALLEST_SHOWN, hides
from luwes.core.indicators.survey import BAND_NAMES, SurveyResult, answers_per_delivered, survey_result
from luwes.core.indicators.survey.sums import SurveySums


def share(kept: int, of: int) -> str:
    """A share in percent, or why there is none."""
    if of == 0:
        return _("belum ada jawaban")
    if of < SMALLEST_SHOWN:
        return _("di bawah lima jawaban")
    return percent(100 * kept / of, 1, language())


def content_words(content: Content) -> dict[str, str]:
    """How many are content, with the flagged answers and without; answers below five as a word."""
    rest = share(*content.without) if content.without[1] or not content.of else _("semua jawaban bertanda")
    # Where only a few answers are flagged, their contents would be found by taking one figure from the other.
    telling = hides(content.flagged_of)
    return {
        "answers": _("kurang dari 5") if hides(content.answers) else number(content.answers, 0, language()),
        "by_file": "" if not content.by_file else _by_file(content.by_file),
        "flagged": _("kurang dari 5") if hides(content.flagged) else number(content.flagged, 0, language()),
        "all": share(content.kept, content.of),
        "without": _("di bawah lima jawaban bertanda") if telling else rest,
    }


def _by_file(count: int) -> str:
    if hides(count):
        return _("di antaranya kurang dari 5 dari berkas survei")
    return _("di antaranya %(count)s dari berkas survei") % {"count": number(count, 0, language())}


def per_delivered(answers: int, delivered: int | None) -> str:
    """Answers for a hundred services delivered, or why that is not known."""
    ratio = answers_per_delivered(answers, delivered or 0)
    if delivered is None or ratio is None:
        return _("layanan selesai tidak tercatat")
    if hides(answers):
        return _("di bawah lima jawaban")
    if ratio > 1:
        # Somebody answers twice, or cases are not recorded yet: not a share to be compared.
        return _("lebih dari 100 %")
    return percent(float(100 * ratio), 1, language())


def index(sums: SurveySums) -> str:
    """The official index with its band and number of answers, or why it is not published."""
    found = survey_result(sums)
    if found is None:
        return _("belum ada jawaban lengkap")
    if not isinstance(found, SurveyResult):
        return _("di bawah lima jawaban, indeks tidak diterbitkan")
    return _("%(index)s · mutu %(band)s (%(name)s) · %(count)s jawaban lengkap") % {
        "index": number(found.index, 2, language()),
        "band": found.band.value,
        "name": BAND_NAMES[found.band],
        "count": number(found.n, 0, language()),
    }
