"""Long measurements in blocks that outlive an interruption: what is done is kept and not measured again."""

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import luwes

KEPT = Path(__file__).parents[1] / "var" / "bench"
ENGINE = Path(luwes.__file__).parent / "core" / "roster"


def measured(name: str, blocks: Iterable[int], measure: Callable[[int], dict[str, float]]) -> list[dict[str, float]]:
    """The figures of every block, in order; each is written down as soon as it is known.

    Figures of other code count for nothing: the file is named after a hash of the engine and of the benches.
    """
    KEPT.mkdir(parents=True, exist_ok=True)
    file = KEPT / f"{name}-{_code()}.jsonl"
    done: dict[int, dict[str, float]] = {}
    if file.exists():
        for line in file.read_text(encoding="utf-8").splitlines():
            # A line cut off by the interruption itself is measured again.
            if line.endswith("}"):
                found = json.loads(line)
                done[found.pop("block")] = found
    for block in blocks:
        if block not in done:
            done[block] = measure(block)
            with file.open("a", encoding="utf-8") as out:
                out.write(json.dumps({"block": block, **done[block]}) + "\n")
    return [done[block] for block in blocks]


def _code() -> str:
    digest = hashlib.sha256()
    for path in sorted([*ENGINE.glob("*.py"), *Path(__file__).parent.glob("_roster*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
