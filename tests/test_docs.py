"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

import quizgen

MODULES = [
    name
    for _, name, _ in pkgutil.walk_packages(quizgen.__path__, "quizgen.")
    if not name.startswith(("quizgen.write.", "quizgen.__main__"))
]


def examples(name: str) -> list[doctest.DocTest]:
    return [test for test in doctest.DocTestFinder().find(import_module(name)) if test.examples]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    for test in examples(name):
        result = doctest.DocTestRunner().run(test)
        assert result.failed == 0, test.name


def test_there_are_examples() -> None:
    assert sum(len(examples(name)) for name in MODULES) >= 5
