"""Looks: the Jinja templates that writers draw their outputs with.

A look is drawn in a sandbox that knows neither files nor arithmetic beyond counting, cannot switch escaping off, and
says a mistake with its line. It guards against slips, not against malice: nothing bounds the time of a loop, and a
look may hold scripts, so looks are code in trust. They come from `Templates` alone, never from beside a deck.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.runtime import BlockReference, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from quizgen.problems import Place, Problem, error, quoted
from quizgen.templates import Templates, Unusable

Ready = Markup
"""Text that is ready for its format: it is not escaped again."""

Escape = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brackets:
    """What encloses the parts of a look: an expression, a statement, a comment."""

    expression: tuple[str, str]
    statement: tuple[str, str]
    comment: tuple[str, str]


CURLY = Brackets(expression=("{{", "}}"), statement=("{%", "%}"), comment=("{#", "#}"))
SQUARE = Brackets(expression=("[[", "]]"), statement=("[%", "%]"), comment=("[#", "#]"))  # {{ }} are Anki's own


def draw(
    templates: Templates,
    name: str,
    values: Mapping[str, object],
    *,
    escape: Escape = Markup.escape,
    brackets: Brackets = CURLY,
) -> str:
    """The look `name` with these values, each text among them escaped once (as HTML, or by `escape`).

    Raises `Unusable`, with the line, for a look that is not there, has a mistake in it, or asks for a value that
    there is none of.
    """
    look = environment(templates, escape=escape, brackets=brackets)
    try:
        return look.get_template(name).render(values)
    except jinja2.TemplateSyntaxError as mistake:
        place = Place(mistake.filename or mistake.name or name, mistake.lineno)
        raise Unusable(error(place, _plain(mistake), _shipped_one(name))) from mistake
    except (jinja2.TemplateError, TypeError, RecursionError) as mistake:
        raise Unusable(_in_look(mistake, name)) from mistake


def environment(templates: Templates, *, escape: Escape = Markup.escape, brackets: Brackets = CURLY) -> _Sandbox:
    """A Jinja environment that finds looks by `templates` alone, and escapes whatever is put out."""

    @jinja2.pass_context  # keeps Jinja from escaping constants by itself beforehand, as HTML
    def finalize(_: object, value: object) -> Markup:
        return _escaped(value, escape)

    sandbox = _Sandbox(
        loader=jinja2.FunctionLoader(lambda name: _load(templates, name)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=finalize,
        variable_start_string=brackets.expression[0],
        variable_end_string=brackets.expression[1],
        block_start_string=brackets.statement[0],
        block_end_string=brackets.statement[1],
        comment_start_string=brackets.comment[0],
        comment_end_string=brackets.comment[1],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    sandbox.globals.clear()
    sandbox.filters = {name: sandbox.filters[name] for name in _FILTERS} | {
        "join": lambda texts, between="": _joined(texts, between, escape)
    }
    return sandbox


# None of these makes text that is ready for a format (as `safe`, `escape` or `tojson` do), or a lot from a little.
_FILTERS = (
    *("abs", "capitalize", "count", "default", "first", "last", "length", "list", "lower", "max", "min"),
    *("reverse", "sort", "sum", "trim", "unique", "upper"),
)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox without methods of values, and without means to make a lot of text from a little."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - as Jinja declares it
        """Whether a look may use this attribute: data, macros and blocks, and the listing of a mapping."""
        listing = isinstance(obj, Mapping) and attr in {"items", "keys", "values"}
        harmless = listing or not callable(value) or isinstance(value, Macro | BlockReference)
        return harmless and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: object) -> None:
        """Nothing: a look cannot call `format` (Jinja would let it, under its own watch)."""

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - the same
        """Sums, differences and products of whole numbers of a sane size."""
        sane = all(isinstance(side, int) and abs(side) < 1 << 32 for side in (left, right))
        if not sane or operator not in {"+", "-", "*"}:
            raise jinja2.exceptions.SecurityError(
                f"a look cannot reckon with {operator}, except + - * of whole numbers"
            )
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for joined in tree.find_all(nodes.Concat):  # would escape as HTML, whatever the format
            says = "~ has no use in a look: write one value after the other"
            raise jinja2.TemplateSyntaxError(says, joined.lineno, name, filename)
        return tree


def _load(templates: Templates, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    path = templates.path(name)
    if path is None:
        return None
    data = templates.read(name)
    try:
        return data.decode("utf-8-sig"), str(path), lambda: True
    except UnicodeDecodeError as failure:
        line = data.count(b"\n", 0, failure.start) + 1
        place = Place(str(path), line)
        raise Unusable(error(place, "this is not UTF-8 text", "Save the file as UTF-8.")) from failure


def _escaped(value: object, escape: Escape) -> Markup:
    match value:
        case Markup():
            return value
        case jinja2.Undefined():
            return Markup(str(value))  # raises, and says which name  # noqa: S704
        case str() | int() | Decimal() if not isinstance(value, bool):
            return Markup(escape(str(value)))  # noqa: S704 - just escaped
        case _:
            raise jinja2.TemplateRuntimeError("what is to be shown here is neither a text nor a number")


def _joined(texts: Iterable[object], between: object, escape: Escape) -> Markup:
    return Markup(str(_escaped(between, escape)).join(_escaped(text, escape) for text in texts))  # noqa: S704 - the same


def _in_look(mistake: Exception, name: str) -> Problem:
    """A mistake made while a look was drawn, at its line in the look; raised again where it is our own bug."""
    place, inside = None, False
    step = mistake.__traceback__
    while step is not None:
        names = step.tb_frame.f_globals
        inside = "__jinja_exception__" in names  # a frame that Jinja put in place of its generated code
        if inside:
            place = Place(step.tb_frame.f_code.co_filename, step.tb_lineno)
        inside = inside or str(names.get("__name__")).startswith("jinja2.")
        step = step.tb_next
    match mistake:
        case jinja2.TemplateNotFound():
            says = f"there is no look {quoted(str(mistake.name or name))}"
            return error(place or Place(name), says, "Add it, or take out what asks for it.")
        case _ if place and (inside or isinstance(mistake, jinja2.TemplateError)):
            return error(place, _plain(mistake), _shipped_one(name))
    raise mistake


def _shipped_one(name: str) -> str:
    """The remedy for a mistake in a look."""
    return f"Compare it with the shipped one, which `quizgen templates {name}` prints in another folder."


def _plain(mistake: Exception) -> str:
    """What Jinja says, as one sentence without a full stop."""
    return str(mistake).partition("\n")[0].rstrip(".")
