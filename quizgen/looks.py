"""Looks: the Jinja templates that writers draw their outputs with.

A look is drawn in a sandbox that knows neither files nor arithmetic beyond counting, cannot switch escaping off, and
says a mistake with its line. It takes so many steps and makes so much text, and no more: loops within loops, a macro
that calls itself twice, a text that doubles itself end in a problem. That guards against slips, not against malice: a
look may hold scripts, so looks are code in trust. They come from `Templates` alone, never from beside a deck.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
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

MOST_STEPS = (
    100_000  # rounds of loops, calls and inclusions in the drawing of one look; the shipped ones take some hundred
)
MOST_TEXT = 20_000_000  # characters that it may put out in all, counting what a text within it puts out again


@dataclass(frozen=True, slots=True, kw_only=True)
class Brackets:
    """What encloses the parts of a look: an expression, a statement, a comment."""

    expression: tuple[str, str]
    statement: tuple[str, str]
    comment: tuple[str, str]


CURLY = Brackets(expression=("{{", "}}"), statement=("{%", "%}"), comment=("{#", "#}"))
SQUARE = Brackets(expression=("[[", "]]"), statement=("[%", "%]"), comment=("[#", "#]"))  # {{ }} are Anki's own


# What an expression may raise: a slice by steps of 0, a number beyond all bounds, a comparison of unlike things.
_SLIPS = (ArithmeticError, AttributeError, LookupError, NameError, RecursionError, TypeError, ValueError)


def draw(
    templates: Templates,
    name: str,
    values: Mapping[str, object],
    *,
    escape: Escape = Markup.escape,
    brackets: Brackets = CURLY,
    most_text: int = MOST_TEXT,
) -> str:
    """The look `name` with these values, each text among them escaped once (as HTML, or by `escape`).

    Raises `Unusable`, with the line, for a look that is not there, has a mistake in it, asks for a value that there is
    none of, or puts out more than `most_text` characters.
    """
    look = environment(templates, escape=escape, brackets=brackets)
    look.most_text = most_text
    try:
        return look.get_template(name).render(values)
    except jinja2.TemplateSyntaxError as mistake:
        place = Place(mistake.filename or mistake.name or name, mistake.lineno)
        raise Unusable(error(place, _plain(mistake), _shipped_one(name))) from mistake
    except (jinja2.TemplateError, *_SLIPS) as mistake:
        raise Unusable(_in_look(mistake, name)) from mistake


def environment(templates: Templates, *, escape: Escape = Markup.escape, brackets: Brackets = CURLY) -> _Sandbox:
    """A Jinja environment that finds looks by `templates` alone, and escapes whatever is put out."""

    @jinja2.pass_context  # keeps Jinja from escaping constants by itself beforehand, as HTML
    def finalize(_: object, value: object) -> Markup:
        text = _escaped(value, escape)
        sandbox.puts_out(len(text))
        return text

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
        "join": lambda texts, between="": _joined(texts, between, escape, sandbox.puts_out),
        _COUNTED: sandbox.counted,
    }
    return sandbox


# None of these makes text that is ready for a format (as `safe`, `escape` or `tojson` do), or a lot from a little.
_FILTERS = (
    *("abs", "capitalize", "count", "default", "first", "last", "length", "list", "lower", "max", "min"),
    *("reverse", "sort", "trim", "unique", "upper"),
)


_COUNTED = "counted steps"  # the name of a filter that no look can write: it has a space


_MOST_COMPILED = 256
_compiled: dict[tuple[Any, ...], Any] = {}  # code of looks, by all that it hangs on: what encloses, the text, the names


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox without methods of values, bounded in steps and text. It is made anew for each drawing."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})
    most_text = MOST_TEXT
    steps = 0
    text = 0

    def takes_a_step(self) -> None:
        """Count one round of a loop, one call or one inclusion."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise jinja2.TemplateRuntimeError(f"this look takes more than {MOST_STEPS:,} steps")

    def puts_out(self, characters: int) -> None:
        """Count text that is put out."""
        self.text += characters
        if self.text > self.most_text:
            raise jinja2.TemplateRuntimeError(f"this look puts out more than {self.most_text:,} characters")

    def counted(self, values: Iterable[Any]) -> Iterator[Any]:
        """The values that a loop goes through, each counted."""
        for value in values:
            self.takes_a_step()
            yield value

    def call(self, context: Any, called: Any, /, *given: Any, **named: Any) -> Any:  # noqa: ANN401 - as Jinja declares it
        """What a macro or a block says; counted."""
        self.takes_a_step()
        return super().call(context, called, *given, **named)

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> jinja2.Template:  # noqa: A002, ANN401 - the same
        """A look, or one that it includes; counted."""
        self.takes_a_step()
        return super().get_template(name, parent, globals)

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

    def compile(self, source: Any, name: str | None = None, filename: str | None = None, *rest: Any) -> Any:  # noqa: ANN401 - with what Jinja gives
        """The code of a look; a mistake where Python itself cannot take it.

        A build of many decks draws the same looks for each: what was compiled, byte for byte, is not compiled again.
        """
        mark = (self.variable_start_string, source, name, filename, *rest)
        if mark in _compiled:
            return _compiled[mark]
        code = self._code(source, name, filename, *rest)
        if len(_compiled) < _MOST_COMPILED:
            _compiled[mark] = code
        return code

    def _code(self, *look: Any) -> Any:  # noqa: ANN401 - as above
        _, name, filename, *_ = look
        try:
            return super().compile(*look)
        except RecursionError as deep:
            raise jinja2.TemplateSyntaxError("this look is nested too deeply", 1, name, filename) from deep
        except (SyntaxError, ValueError) as odd:  # an argument that comes twice, a number of thousands of digits
            raise jinja2.TemplateSyntaxError(f"this cannot be read as a look: {odd}", 1, name, filename) from odd

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for joined in tree.find_all(nodes.Concat):  # would escape as HTML, whatever the format
            says = "~ has no use in a look: write one value after the other"
            raise jinja2.TemplateSyntaxError(says, joined.lineno, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, _COUNTED, [], [], None, None, lineno=loop.lineno)
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


def _joined(texts: Iterable[object], between: object, escape: Escape, puts_out: Callable[[int], None]) -> Markup:
    parts = [_escaped(text, escape) for text in texts]
    by = _escaped(between, escape)
    puts_out(sum(map(len, parts)) + len(by) * len(parts))  # before there is so much
    return Markup(str(by)).join(parts)  # noqa: S704 - the same


_PASSED_ON = {way.__code__ for way in (_Sandbox.counted, _Sandbox.call, _Sandbox.get_template)}  # ours, for Jinja


def _in_look(mistake: Exception, name: str) -> Problem:
    """A mistake made while a look was drawn, at its line in the look; raised again where it is our own bug."""
    place, inside = None, False
    step = mistake.__traceback__
    while step is not None:
        names = step.tb_frame.f_globals
        inside = "__jinja_exception__" in names  # a frame that Jinja put in place of its generated code
        if inside:
            place = Place(step.tb_frame.f_code.co_filename, step.tb_lineno)
        inside = inside or str(names.get("__name__")).startswith("jinja2.") or step.tb_frame.f_code in _PASSED_ON
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
