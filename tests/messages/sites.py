"""Sites: every place in quizgen's code that makes a message, found in the syntax of the code itself.

A message is made by a call that hands over what is said: `Problem(place, says)`, `error(place, says)`, an exception
that becomes a problem (`Unreadable(says)`), an error of click. A function that only hands its own `says` on
(`texts.wrong`) is such a maker itself, and the calls of it are the sites. A site whose text is chosen (`a if x else
b`, or a name that is given one of several texts) has several wordings, each a message of its own.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
CODE = ROOT / "quizgen"

Key = tuple[str, int, int]
"""A call in the code: its file, and the line and column where it ends. No two calls end at one place."""

OTHERS = {"UsageError": 0, "BadParameter": 0, "fail": 0, "SecurityError": 0, "TemplateSyntaxError": 0}
OTHERS |= {"TemplateRuntimeError": 0}  # of click and of jinja2, which we raise with words of our own
_SAID = ("says", "reason")  # what makers call the text that they are given
NO_MESSAGES = frozenset({"Unsound", "_Enough", "_Stop", "_Refused", "Rule", "Silence"})
"""Classes that carry a text which is not told as a problem. `Unsound` says why something is not asked, which is no
fault of anybody's: `check --skipped` lists it."""


@dataclass(frozen=True, slots=True)
class Site:
    """A call that makes a message; `wordings` are all texts that it may say, with `{}` for what varies."""

    key: Key
    line: int
    wordings: tuple[str, ...] = field(compare=False)

    def __str__(self) -> str:
        return f"{self.key[0]}:{self.line}"


def is_said_by(wording: str, text: str) -> bool:
    """Whether the text is of that wording, or has it within a sentence around it."""
    return re.search(".*".join(map(re.escape, wording.split(HOLE))), text, re.DOTALL) is not None


HOLE = "{}"


@cache
def trees() -> dict[str, ast.Module]:
    """The syntax of every module, by its path from the root."""
    found = {path.relative_to(ROOT).as_posix(): path for path in sorted(CODE.rglob("*.py"))}
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in found.items()}


@cache
def all_sites() -> tuple[Site, ...]:
    """All sites of quizgen, in their order."""
    return sites_in(trees())


def sites_in(modules: Mapping[str, ast.Module]) -> tuple[Site, ...]:
    """The sites of these modules, in their order."""
    makers = {**classes_in(modules), **OTHERS}
    grown = True
    while grown:  # a function that hands on what it is given is a maker; and so is one that hands on to that
        handing = {name: number for tree in modules.values() for name, number in _handing_on(tree, makers)}
        grown = not handing.keys() <= makers.keys()
        makers = {**handing, **makers}
    found = [site for name, tree in modules.items() for site in _sites_of(name, tree, makers)]
    return tuple(sorted(found, key=lambda site: site.key))


def classes_in(modules: Mapping[str, ast.Module]) -> dict[str, int]:
    """Classes that carry what is said, and where among their arguments it stands."""
    classes = [node for tree in modules.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    found = {node.name: _number_of_text(node) for node in classes if node.name not in NO_MESSAGES}
    return {name: number for name, number in found.items() if number is not None}


def _number_of_text(node: ast.ClassDef) -> int | None:
    """Where a class takes a text that is said: as a field, as an argument of `__init__`, or as exceptions do."""
    names = [
        part.target.id for part in node.body if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
    ]
    for part in node.body:
        if isinstance(part, ast.FunctionDef) and part.name == "__init__":
            names = [argument.arg for argument in part.args.args[1:]]
    said = [number for number, name in enumerate(names) if name in _SAID]
    raised = any(isinstance(base, ast.Name) and base.id in ("ValueError", "Exception") for base in node.bases)
    return said[0] if said else 0 if raised and not names else None


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _handing_on(tree: ast.Module, makers: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Functions that hand on a text that they are given, and where among their arguments it stands."""
    for function in _functions(tree):
        handed = {name for _, said in _calls(function, makers) for name in _handed(said)}
        names = [argument.arg for argument in function.args.args if argument.arg != "self"]
        if not function.name.startswith("__"):
            yield from ((function.name, number) for number, name in enumerate(names) if name in handed)


def _calls(inside: ast.AST, makers: Mapping[str, int]) -> Iterator[tuple[ast.Call, ast.expr]]:
    """The calls of makers, each with what is said."""
    for node in ast.walk(inside):
        number = makers.get(_name(node.func)) if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Call) and number is not None and len(node.args) > number:
            yield node, node.args[number]


def _handed(said: ast.expr) -> Iterator[str]:
    """The name that is handed on as it is, or within a sentence (`f"this ledger {says}"`)."""
    if isinstance(said, ast.JoinedStr):
        inside = (_name(part.value) for part in said.values if isinstance(part, ast.FormattedValue))
        yield from (name for name in inside if name in _SAID)
    else:
        yield _name(said)


def _name(node: ast.expr) -> str:
    """The last name of `a`, `a.b` or `a.b.c`."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _sites_of(file: str, tree: ast.Module, makers: Mapping[str, int]) -> Iterator[Site]:
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for call, said in _calls(tree, makers):
        around: ast.AST = call
        while around in above and not isinstance(around, ast.FunctionDef):
            around = above[around]
        makes = isinstance(around, ast.FunctionDef) and around.name in makers
        if makes and _name(said) in _SAID and not any(_given(_name(said), call, above)):
            continue  # it hands on
        key = (file, call.end_lineno or 0, call.end_col_offset or 0)
        yield Site(key, call.lineno, tuple(dict.fromkeys(_texts(said, call, above))))


def _texts(said: ast.expr, at: ast.AST, above: Mapping[ast.AST, ast.AST]) -> Iterator[str]:
    """All texts that an expression may be at that place."""
    match said:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else HOLE for part in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from _texts(one, at, above)
            yield from _texts(other, at, above)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from (one + more for one in _texts(left, at, above) for more in _texts(right, at, above))
        case ast.Name(id=name):
            given = list(_given(name, at, above))
            for value, where in given:
                yield from _texts(value, where, above)
            if not given:
                yield HOLE
        case _:
            yield HOLE


def _given(name: str, at: ast.AST, above: Mapping[ast.AST, ast.AST]) -> Iterator[tuple[ast.expr, ast.AST]]:
    """The values that a name may have been given before, and where: by the nearest statements above that give one."""
    while at in above and not isinstance(at, ast.FunctionDef):
        parent = above[at]
        for _, block in ast.iter_fields(parent):
            if isinstance(block, list) and at in block:
                for statement in reversed(block[: block.index(at)]):
                    found = [pair for node in ast.walk(statement) for pair in _assigned(name, node)]
                    yield from found
                    if found and (isinstance(statement, ast.Assign) or bool(getattr(statement, "orelse", None))):
                        return
        at = parent


def _assigned(name: str, node: ast.AST) -> Iterator[tuple[ast.expr, ast.AST]]:
    if not isinstance(node, ast.Assign):
        return
    for target in node.targets:
        if isinstance(target, ast.Name) and target.id == name:
            yield node.value, node
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            for part, value in zip(target.elts, node.value.elts, strict=True):
                if isinstance(part, ast.Name) and part.id == name:
                    yield value, node
