"""The citizen survey (SKM) and its index (IKM): nine elements, answers 1 to 4.

`SurveySums` add over days and units, `survey_result` gives index, band and interval, `recommended_sample` how many
answers to gather. Source: PermenPANRB 14/2017.
"""

from luwes.core.indicators.survey.index import (
    BAND_NAMES,
    Band,
    ElementResult,
    MeanInterval,
    SurveyResult,
    band_of_index,
    survey_result,
)
from luwes.core.indicators.survey.sample import answers_per_delivered, recommended_sample
from luwes.core.indicators.survey.sums import ELEMENTS, SurveyError, SurveySums, sum_answers

__all__ = [
    "BAND_NAMES",
    "ELEMENTS",
    "Band",
    "ElementResult",
    "MeanInterval",
    "SurveyError",
    "SurveyResult",
    "SurveySums",
    "answers_per_delivered",
    "band_of_index",
    "recommended_sample",
    "sum_answers",
    "survey_result",
]
