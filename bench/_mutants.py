"""Mutants of the roster checker, and how many of them its own tests notice."""

import ast
import inspect
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import islice
from types import ModuleType
from typing import Any

from luwes.core.roster import verify

_OTHER: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip
_SWAP: dict[type[ast.operator], type[ast.operator]] = {ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Add: ast.Sub}


def mutants() -> Iterator[tuple[str, str]]:
    """Yield every mutant: what was changed where, and the source."""
    source = inspect.getsource(verify)
    kinds = (ast.Compare, ast.BinOp, ast.UnaryOp, ast.Constant, ast.If)
    places = [at for at, node in enumerate(ast.walk(ast.parse(source))) if isinstance(node, kinds)]
    for at in places:
        for variant in range(2):
            tree = ast.parse(source)
            node = next(islice(ast.walk(tree), at, None))
            done = _mutated(node, variant)
            if done:
                yield f"line {getattr(node, 'lineno', 0)}: {done}", ast.unparse(tree)


def _mutated(node: ast.AST, variant: int) -> str:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _OTHER:
        node.ops[0] = _OTHER[type(node.ops[0])]() if not variant else ast.Is()
        return "comparison" if not variant else "comparison never true"
    if isinstance(node, ast.BinOp) and type(node.op) in _SWAP and not variant:
        node.op = _SWAP[type(node.op)]()
        return "operator"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert) and not variant:
        node.operand = ast.UnaryOp(ast.Invert(), node.operand)
        return "inversion dropped"
    if isinstance(node, ast.Constant) and type(node.value) is int:
        node.value += 1 if not variant else -1
        return f"constant {variant}"
    if isinstance(node, ast.If) and not variant:
        node.test = ast.UnaryOp(ast.Not(), node.test)
        return "condition turned"
    return ""


def killed() -> tuple[int, list[str]]:
    """How many mutants there are, and those that no test noticed."""
    checks: Any = import_module("tests.core.roster.test_verify")
    tests: list[Callable[[], None]] = [
        value for name, value in vars(checks).items() if name.startswith("test_") and callable(value)
    ]
    total, alive = 0, []
    for name, source in mutants():
        total += 1
        module = ModuleType("mutant")
        module.__dict__["__name__"] = verify.__name__
        if not _noticed(source, module, checks, tests):
            alive.append(name)
    return total, alive


def _noticed(source: str, module: ModuleType, checks: Any, tests: list[Callable[[], None]]) -> bool:
    kept = checks.verify, checks.shortfalls
    with warnings.catch_warnings():
        # A comparison that can never hold is what is meant here.
        warnings.simplefilter("ignore", SyntaxWarning)
        exec(compile(source, "<mutant>", "exec"), module.__dict__)
    try:
        checks.verify, checks.shortfalls = module.verify, module.shortfalls
        # The mutant's own classes would never equal those of the tests.
        module.__dict__.update(Violation=verify.Violation, Shortfall=verify.Shortfall)
        for test in tests:
            test()
    except Exception:  # noqa: BLE001 - whatever a mutant raises, it was noticed
        return True
    finally:
        checks.verify, checks.shortfalls = kept
    return False
