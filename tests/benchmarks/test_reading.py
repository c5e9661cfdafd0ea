"""Reading, measured beside PyYAML's fast loader, in a process of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from quizgen.source import Map, Node, Seq, parse_yaml
from tests.benchmarks.made_up import charters
from tests.benchmarks.measuring import LONG, stages
from tests.benchmarks.table import record
from tests.reading import read


def plain(node: Node) -> object:
    if isinstance(node, Map):
        return {key: plain(value) for key, value in node.items()}
    return [plain(member) for member in node] if isinstance(node, Seq) else node


@pytest.mark.parametrize(
    "facts, rounds, row", [(10_000, 9, "read"), *([(100_000, 3, "read-100k")] if LONG else [])], ids=str
)
def test_reading_and_checking_is_faster_than_loading_alone(facts: int, rounds: int, row: str, tmp_path: Path) -> None:
    data = charters(facts)
    path = tmp_path / "deck.yaml"
    path.write_bytes(data)
    as_texts = yaml.load(data, Loader=yaml.CBaseLoader)  # noqa: S506 - it makes texts only
    assert plain(parse_yaml(data, "d.yaml")[0]) == as_texts, "both read the same"
    del as_texts
    deck, problems = read(path)
    assert deck is not None and problems == () and len(deck.facts) == facts
    del deck
    load, _, whole = stages(f"reading({json.dumps(str(path))}, {rounds})")
    record(row, load.cpu / whole.cpu)
