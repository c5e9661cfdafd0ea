"""Frozen values made the quick way are those that the slow way makes."""

from __future__ import annotations

import gc
import pickle
import sys
from dataclasses import FrozenInstanceError, dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import cli
from quizgen.collector import collector_resting
from quizgen.frozen import quick_maker
from tests.reading import with_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Bottle:
    name: str
    litres: int = 1
    labels: tuple[str, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)


OPTIONAL = {"litres": st.integers(), "labels": st.tuples(st.text()), "notes": st.dictionaries(st.text(), st.text())}
bottle = quick_maker(Bottle)


@given(st.fixed_dictionaries({"name": st.text()}, optional=OPTIONAL))
def test_the_quick_way_makes_what_the_class_makes(attributes: dict[str, object]) -> None:
    quick, plain = bottle(**attributes), Bottle(**attributes)  # type: ignore[arg-type]
    assert quick == plain and type(quick) is Bottle and repr(quick) == repr(plain)
    assert pickle.loads(pickle.dumps(quick)) == plain  # noqa: S301 - our own


def test_what_it_makes_is_frozen_and_shares_nothing() -> None:
    one, other = bottle(name="one"), bottle(name="other")
    with pytest.raises(FrozenInstanceError):
        one.name = "another"  # type: ignore[misc]
    assert one.notes is not other.notes


@pytest.mark.parametrize("wrong", [{}, {"name": "a", "nmae": "b"}])
def test_a_missing_or_an_unknown_attribute_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(TypeError):
        bottle(**wrong)


def test_the_collector_rests_inside_and_is_afterwards_as_before() -> None:
    assert gc.isenabled()
    with collector_resting():
        assert not gc.isenabled()
        with collector_resting():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), collector_resting():
        _ = 1 / 0
    assert gc.isenabled()


def test_what_was_made_inside_is_not_walked_afterwards() -> None:
    with collector_resting():
        made: list[list[int]] = [[] for _ in range(50_000)]
        walks = gc.get_stats()
    made.append([])
    assert gc.get_stats() == walks


def test_what_somebody_keeps_frozen_stays_frozen() -> None:
    gc.freeze()
    try:
        with collector_resting():
            pass
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()


def test_the_collector_rests_during_a_command_and_not_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    enabled: list[bool] = []
    monkeypatch.setattr(cli.group, "main", lambda **_: enabled.append(gc.isenabled()))
    with pytest.raises(SystemExit):
        cli.main()
    assert enabled == [False] and gc.isenabled()


def test_practice_goes_on_for_long_and_collects(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    enabled: list[bool] = []
    monkeypatch.setattr("quizgen.cli.practice.practise", lambda *_: enabled.append(gc.isenabled()))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    deck = with_facts(tmp_path, "weir: {term: weir, meaning: a low dam across a river}")
    monkeypatch.setattr(sys, "argv", ["quizgen", "practice", str(deck)])
    with pytest.raises(SystemExit):
        cli.main()
    assert enabled == [True]
