"""The evidence bundle: sums, plan, real draw, redraws and result as one text, from which anyone gets the result again.

It holds no person and no cell of fewer than five answers, so the run on record must rest on such sums too. Figures are
rounded to six digits; a changed digit is found by the digest, and a result that does not follow from the rest by the
run.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from math import isfinite, nan
from typing import Any

import numpy as np

from luwes.core.evaluation.assess import Drawn, Plan, assess
from luwes.core.evaluation.panel import DayPanel, Floats, Ints
from luwes.core.evaluation.threats import Contrast, Signs
from luwes.core.evaluation.verdict import Shown

FORMAT = 2
LEAST = 5
DIGITS = 6
# How far two machines' arithmetic may drift in a figure that is rounded to DIGITS.
TOLERANCE = 2e-6
# Printable, and needing no escape in JSON.
_SIGNS = "".join(chr(code) for code in range(35, 127) if chr(code) != "\\")
_CODES = np.frombuffer(_SIGNS.encode("ascii"), dtype=np.uint8)
_PLACES = np.zeros(256, dtype=np.int64)
_PLACES[_CODES] = np.arange(_CODES.size)


class BundleError(ValueError):
    """A bundle that cannot be made or believed; `code` is stable, `detail` is for the log."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


def publishable(panel: DayPanel) -> DayPanel:
    """The panel without cells of fewer than five answers: what is judged is what may be published."""
    kept = panel.weight >= LEAST
    return replace(panel, total=np.where(kept, panel.total, 0.0), weight=np.where(kept, panel.weight, 0.0))


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """Who was flexible when: the real draw (U × D) and the redraws (R × U × D) of the units that were drawn.

    `chain` (S × U) says which share of a row's exposure comes from which unit; None: rows are units. `span` (D)
    numbers the weeks where the lot lets them differ. `whole`: the days are weeks or months, all that happened in them.
    """

    exposure: Floats
    drawn: Floats
    chain: Floats | None = None
    span: Ints | None = None
    whole: bool = False


def bundle(panel: DayPanel, design: Design, plan: Plan, look: int, signs: Signs) -> str:
    """The bundle of one outcome at one look as canonical JSON: the same input gives the same text.

    The units' exposures hold few different shares (a lot's choices). Raises BundleError small_cell, too_many_shares.
    """
    if ((panel.weight > 0) & (panel.weight < LEAST)).any():
        raise BundleError("small_cell", str(panel.weight[panel.weight > 0].min()))
    content = _content(panel, design, plan, look, signs)
    content["result"] = _result(content)
    return _text(content | {"digest": _digest(content)})


def result(panel: DayPanel, design: Design, plan: Plan, look: int, signs: Signs) -> dict[str, Any]:
    """The same result, of sums too small to be published. Raises BundleError too_many_shares."""
    return _result(_content(panel, design, plan, look, signs))


def _content(panel: DayPanel, design: Design, plan: Plan, look: int, signs: Signs) -> dict[str, Any]:
    exposure, drawn, span, chain = design.exposure, design.drawn, design.span, design.chain
    shares = np.unique(np.concatenate([exposure.ravel(), drawn.ravel()]))
    if shares.size > len(_SIGNS):
        raise BundleError("too_many_shares", str(shares.size))
    return {
        "format": FORMAT,
        "total": np.round(panel.total, DIGITS).tolist(),
        "weight": panel.weight.tolist(),
        "block": panel.block.tolist(),
        "cluster": panel.cluster.tolist(),
        "span": None if span is None else span.tolist(),
        "chain": None if chain is None else np.round(chain, DIGITS).tolist(),
        "whole": design.whole,
        "shares": shares.tolist(),
        "exposure": _written(exposure, shares),
        "redraws": [_written(one, shares) for one in drawn],
        "plan": asdict(plan) | {"fractions": list(plan.fractions)},
        "look": look,
        "signs": _bare(asdict(signs)),
    }


def rerun(text: str) -> dict[str, Any]:
    """The result of a bundle, computed again from its sums. Raises BundleError.

    unreadable, digest (something was changed), result (it does not follow from the sums).
    """
    try:
        content = json.loads(text)
        digest = content.pop("digest")
        stored = content["result"]
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise BundleError("unreadable", str(error)) from error
    if digest != _digest(content):
        raise BundleError("digest", digest)
    found = _result(content)
    if not _agree(found, stored):
        raise BundleError("result", _text(found))
    return found


def package(about: Mapping[str, Any], outcomes: Mapping[str, str]) -> str:
    """All outcomes of one look in one text, with `about` (the plan, the lot, the looks so far): what leaves the house.

    Raises BundleError empty.
    """
    if not outcomes:
        raise BundleError("empty", "")
    content = {
        "format": FORMAT,
        "about": dict(about),
        "outcomes": {name: json.loads(outcomes[name]) for name in outcomes},
    }
    return _text(content | {"digest": _digest(content)})


def rerun_package(text: str) -> dict[str, Any]:
    """The result of every outcome of a package, computed again, by its name. Raises BundleError as `rerun` does."""
    try:
        content = json.loads(text)
        # Who signed is not part of what was signed.
        content.pop("signature", None)
        digest, outcomes = content.pop("digest"), content["outcomes"]
        texts = {name: _text(one) for name, one in outcomes.items()}
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise BundleError("unreadable", str(error)) from error
    if digest != _digest(content):
        raise BundleError("digest", str(digest))
    return {name: rerun(one) for name, one in texts.items()}


def _result(content: Mapping[str, Any]) -> dict[str, Any]:
    total = np.array(content["total"])
    block, cluster = np.array(content["block"], dtype=np.int64), np.array(content["cluster"], dtype=np.int64)
    panel = DayPanel(total, np.array(content["weight"], dtype=np.float64), block, cluster)
    chain = np.eye(len(cluster)) if content["chain"] is None else np.array(content["chain"])
    shares, shape = np.array(content["shares"]), (chain.shape[1], block.size)
    exposure = chain @ _read(content["exposure"], shares, shape)
    drawn = chain @ np.stack([_read(one, shares, shape) for one in content["redraws"]])
    span = None if content["span"] is None else np.array(content["span"], dtype=np.int64)
    under = Drawn.monthly(panel, exposure, drawn) if content["whole"] else Drawn.daily(panel, exposure, drawn, span)
    known = {name: nan if value is None else value for name, value in content["signs"]["contrast"].items()}
    signs = Signs(**(content["signs"] | {"contrast": Contrast(**known)}))
    found = assess(under, Plan(**content["plan"]), content["look"], signs)
    return {
        "verdict": found.judged.verdict.value,
        "causes": [cause.value for cause in found.judged.causes],
        "slight": found.judged.slight,
        "attainable": list(found.attainable),
        "day": _figures(found.day),
        "after": None if found.after is None else _figures(found.after),
        "month": _figures(found.month),
    }


def _figures(shown: Shown) -> dict[str, float | None]:
    return {name: _figure(value) for name, value in asdict(shown).items()}


def _figure(value: float) -> float | None:
    """A figure as JSON can hold it: an open limit is none."""
    return round(value, DIGITS) if np.isfinite(value) else None


def _bare(value: Any) -> Any:
    """What JSON can hold: what is not a number, or has no limit, is none."""
    if isinstance(value, dict):
        return {name: _bare(inner) for name, inner in value.items()}
    return None if isinstance(value, float) and not isfinite(value) else value


def _agree(found: Any, stored: Any) -> bool:
    if isinstance(found, dict):
        same = isinstance(stored, dict) and found.keys() == stored.keys()
        return same and all(_agree(value, stored[key]) for key, value in found.items())
    if isinstance(found, float) and isinstance(stored, float):
        return abs(found - stored) <= TOLERANCE
    return bool(found == stored)


def _written(exposure: Floats, shares: Floats) -> str:
    return bytes(_CODES[np.searchsorted(shares, exposure.ravel())]).decode("ascii")


def _read(written: str, shares: Floats, shape: tuple[int, ...]) -> Floats:
    places = _PLACES[np.frombuffer(written.encode("ascii"), dtype=np.uint8)]
    return np.asarray(shares[places].reshape(shape))


def _text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def _digest(content: Mapping[str, Any]) -> str:
    return sha256(_text(content).encode()).hexdigest()
