"""Reading, measured beside PyYAML's fast loader: in turns, in one process, by CPU time; medians, and their ratio."""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml

from quizgen.source import Map, Node, Seq, parse_yaml
from tests.reading import read

FACTS = 10_000
ROUNDS = 5


def made_up(facts: int, seed: int = 1) -> bytes:
    """A deck of facts with six keys each."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    rows = ["deck: Made up\nsources: {book: {title: A book}}\nfacts:\n"]
    for number in range(facts):
        who = f"[Person {dice.randrange(50)}, 'Person: {dice.randrange(50, 99)}']"
        rows.append(
            f"  fact-{number}:\n    event: The council of region {dice.randrange(97)} adopts charter number {number}\n"
            f"    when: {dice.randrange(1000, 2000)}\n    where: Town {dice.randrange(300)}\n"
            f"    who: {who}\n    from: book {dice.randrange(700)}\n"
        )
    return "".join(rows).encode()


def medians(ways: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Seconds of each way, the garbage collector being as a user finds it."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            gc.collect()
            start = time.process_time()
            way()
            spent[name].append(time.process_time() - start)
    return {name: statistics.median(times) for name, times in spent.items()}


def loaded(data: bytes) -> object:
    return yaml.load(data, Loader=yaml.CSafeLoader)


def plain(node: Node) -> object:
    if isinstance(node, Map):
        return {key: plain(value) for key, value in node.items()}
    return [plain(member) for member in node] if isinstance(node, Seq) else node


def test_reading_with_every_place_is_faster_than_loading(tmp_path: Path) -> None:
    data = made_up(FACTS)
    path = tmp_path / "deck.yaml"
    path.write_bytes(data)
    as_texts = yaml.load(data, Loader=yaml.CBaseLoader)  # noqa: S506 - it makes texts only
    assert plain(parse_yaml(data, "d.yaml")[0]) == as_texts, "both read the same"
    deck, problems = read(path)
    assert problems == ()
    assert deck is not None
    assert len(deck.facts) == FACTS
    spent = medians(
        {"load": lambda: loaded(data), "parse": lambda: parse_yaml(data, "d.yaml"), "deck": lambda: read(path)}
    )
    print(f"\n{FACTS:,} facts, CSafeLoader = 1: located text {spent['load'] / spent['parse']:.1f} times as fast,")
    print(f"a whole deck, every value checked, {spent['load'] / spent['deck']:.1f} times")
    assert spent["load"] / spent["parse"] > 3
    assert spent["load"] / spent["deck"] > 2


@pytest.mark.parametrize("stage", ["parse", "deck"])
def test_ten_times_the_facts_take_about_ten_times_the_time(stage: str, tmp_path: Path) -> None:
    paths = {}
    for facts in (1_000, 10_000):
        paths[facts] = tmp_path / f"d{facts}.yaml"
        paths[facts].write_bytes(made_up(facts))
    way: Callable[[Path], object] = read if stage == "deck" else lambda path: parse_yaml(path.read_bytes(), "d.yaml")
    spent = medians({"small": lambda: way(paths[1_000]), "large": lambda: way(paths[10_000])})
    print(f"\n{stage}: 10,000 facts take {spent['large'] / spent['small']:.1f} times as long as 1,000")
    assert spent["large"] / spent["small"] < 16
