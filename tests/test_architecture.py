"""How the modules of quizgen may know one another, and the world."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Each imports only from those before it. A new module gets its place here: after all that it builds on.
ORDER = [
    *("quizgen", "problems", "dice", "collector", "frozen", "abreast"),
    *("places", "templates", "looks", "files", "unchanged"),  # the disk: where templates are, where outputs go
    *("source", "language", "wording", "kinds", "values"),  # YAML as located text; words; what there can be in a fact
    *("facts", "kindfiles", "deck", "schema"),  # what a deck is made of; reading one
    *("questions", "cards", "grade", "ask", "lint"),  # asking it, and when an answer is right; rules of item writing
    *("ledger", "compose", "retrace", "classlist"),  # identity through time; sheets, and for whom
    *("columns", "stress", "apkg", "diff"),  # fair or not; what learners have, and what becomes of it
    *("show", "practice", "write", "formats", "build"),  # outputs
    *("cli", "__main__"),
]

OWNERS = {  # the one module, or package, that names an outside library
    "click": "quizgen.cli",
    "fsrs": "quizgen.practice",
    "genanki": "quizgen.write.anki",
    "jinja2": "quizgen.looks",
    "markupsafe": "quizgen.looks",
    "rapidfuzz": "quizgen.problems",
    "reportlab": "quizgen.write.pdf",
    "uharfbuzz": "quizgen.write.pdf",
    "yaml": "quizgen.source",
}
PYPI = {"yaml": "pyyaml", "markupsafe": None}  # where the package has another name, or comes with one that we name

BROUGHT = {"random", "secrets", "time", "datetime", "os", "locale", "uuid", "tempfile", "getpass", "socket"}


@cache
def modules() -> dict[str, ast.Module]:
    found = {}
    for path in sorted((ROOT / "quizgen").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


@cache
def imports() -> list[tuple[str, str]]:
    """Every import in quizgen, wherever it stands: who imports, and what module."""
    return [(name, target) for name, tree in modules().items() for target in _imported(tree)]


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), names=names):
                inner = [f"{module}.{alias.name}" for alias in names]
                found = [name for name in inner if name in modules()]
                yield from found
                if len(found) < len(names):
                    yield module
            case _:
                pass


def own_imports() -> list[tuple[str, str]]:
    return [(name, target) for name, target in imports() if target.split(".")[0] == "quizgen"]


def unit(module: str) -> str:
    """The module or package directly below `quizgen` to which this one belongs."""
    return module.split(".")[1] if "." in module else module


def test_every_module_has_its_place_in_the_order() -> None:
    assert sorted(ORDER) == sorted({unit(name) for name in modules()})


def test_modules_import_only_from_those_before_them() -> None:
    edges = {(unit(name), unit(target)) for name, target in own_imports()} - {(one, one) for one in ORDER}
    assert len(edges) > 50
    assert [(one, other) for one, other in sorted(edges) if ORDER.index(one) < ORDER.index(other)] == []


def test_no_module_is_in_a_ring() -> None:
    graph: dict[str, set[str]] = {}
    for name, target in own_imports():
        graph.setdefault(name, set()).add(target)
    TopologicalSorter(graph).prepare()


def test_no_writer_knows_another() -> None:
    def writer(module: str) -> str:
        return ".".join(module.split(".")[:3])

    edges = {(writer(name), writer(target)) for name, target in own_imports() if name.startswith("quizgen.write.")}
    between = {(one, other) for one, other in edges if other.startswith("quizgen.write.") and one != other}
    assert between == {
        ("quizgen.write.page", "quizgen.write.bank_json"),  # the page draws what the JSON says
        ("quizgen.write.anki_text", "quizgen.write.anki"),  # the same notes, in another file
    }


def test_each_outside_library_is_named_by_its_owner_alone() -> None:
    outside = {
        (target.split(".")[0], name)
        for name, target in imports()
        if target.split(".")[0] not in sys.stdlib_module_names | {"quizgen"}
    }
    strangers = [
        f"{name} imports {library}"
        for library, name in sorted(outside)
        if library not in OWNERS or not (name + ".").startswith(OWNERS[library] + ".")
    ]
    assert strangers == []
    assert {library for library, _ in outside} == OWNERS.keys()


def test_the_libraries_we_ask_for_are_those_we_use() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.split(r"[^\w-]", line)[0] for line in project["dependencies"]}
    assert asked == {PYPI.get(library, library) for library in OWNERS} - {None}


def test_writers_have_no_clock_chance_or_environment() -> None:
    writers = [(name, target) for name, target in imports() if name.startswith("quizgen.write")]
    assert writers
    assert [(name, target) for name, target in writers if target.split(".")[0] in BROUGHT] == []


def test_only_files_writes_to_disk() -> None:
    writing = {"write_text", "write_bytes", "mkdir", "rmdir", "unlink", "touch", "makedirs", "rmtree", "fdopen"}
    found = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in writing
    }
    assert {name for name in found if name.startswith("quizgen.files.")}
    others = {name for name in found if not name.startswith("quizgen.files.")}
    assert others == {"quizgen.practice.store"}  # a database, in a folder that may have to be made


def test_nothing_swallows_every_exception() -> None:
    handlers = [
        (name, node)
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
    ]
    assert handlers
    every = [
        (name, node.lineno)
        for name, node in handlers
        if (node.type is None or re.search(r"\b(Base)?Exception\b", ast.unparse(node.type)))
        and ast.unparse(node.body[-1]) != "raise"
    ]
    assert every == []


@pytest.mark.parametrize("switch", [r"\|\s*safe\b", r"autoescape\s+false", r"\|\s*(tojson|escape|e)\b"])
def test_no_shipped_look_escapes_by_itself(switch: str) -> None:
    looks = list(chain.from_iterable((ROOT / "templates").rglob(f"*.{kind}") for kind in ("html", "css")))
    assert looks
    assert [path.name for path in looks if re.search(switch, path.read_text(encoding="utf-8"))] == []


def test_nothing_outside_the_tests_is_under_the_agpl() -> None:
    runtime = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert re.search(r"^genanki==", runtime, re.MULTILINE)
    assert not re.search(r"^anki==", runtime, re.MULTILINE)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_is_hashed_and_names_no_address(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    pins = [line for line in lock.splitlines() if line and not line.startswith(" ")]
    assert len(pins) > 20
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; .+)? \\", pin) for pin in pins)
    assert lock.count("--hash=sha256:") > len(pins)
    assert "://" not in lock
    assert "--index" not in lock
