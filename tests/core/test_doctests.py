import doctest
import importlib
import pkgutil

import luwes.core


def test_examples_in_docstrings_are_true() -> None:
    attempted = 0
    for found in pkgutil.walk_packages(luwes.core.__path__, "luwes.core."):
        result = doctest.testmod(importlib.import_module(found.name))
        assert result.failed == 0, found.name
        attempted += result.attempted
    assert attempted >= 10
