"""The rules of item writing: what each finds, and where; what it lets pass; and how a curator sets one aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from textwrap import dedent, indent
from time import process_time
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.ask import ask
from quizgen.build import Asked, read
from quizgen.language import read_language
from quizgen.lint import RULES, lint
from quizgen.lint.words import unquoted
from quizgen.problems import Level, Problem, has_errors, report
from quizgen.questions import Bank, Choice, Cloze, Gap, Option, Question, Truth
from quizgen.templates import Templates, shipped
from tests.messy import messy_deck

TEMPLATES = Templates.found(project=Path("no-such-folder"))
BOOK = "sources: {book: {title: The Book of Ombria}}\nfrom: book"
HEAD = f"deck: Invented\nid: invented\n{BOOK}\nfacts:\n"  # the first fact stands on line 6


def asked(folder: Path, facts: str, head: str = HEAD, kind: str = "") -> Asked:
    """A deck with these facts, which has no errors; `kind` is a kind file of its own."""
    body = head + indent(dedent(facts).strip("\n"), "  ") + "\n"
    (folder / "kinds").mkdir()
    (folder / "deck.yaml").write_text(body)
    if kind:
        (folder / "kinds/own.yaml").write_text(dedent(kind))
    result, problems = read(folder, TEMPLATES)
    assert result is not None and not has_errors(problems), report(problems)
    return result


def linted(result: Asked) -> tuple[Problem, ...]:
    return lint(result.deck, result.bank, result.language)


def lines(problems: tuple[Problem, ...], rule: str) -> list[int]:
    """Where, below the head of the deck, the rule found something; 0 stands for the deck as a whole."""
    return [max(problem.place.line - 5, 0) for problem in problems if problem.rule == rule]


# ---- what a deck can do wrong ----------------------------------------------------------------------------------------


class Case(NamedTuple):
    """Facts that break a rule, on which lines of them it is told (from 1), and facts that do not break it."""

    rule: str
    bad: str
    told: list[int]
    good: str


PEOPLE = """\
    ada: {person: Ada Lind, role: engineer of the bridge}
    bo: {person: Bo Marr, role: mayor of Sel}
    cy: {person: Cy Tole, role: teacher at the school}
    dee: {person: Dee Hart, role: doctor of the hospital}
"""
EVERYWHERE = "omar: {group: the Guild, what: masons of the town}\n" + "".join(
    f"e{n}: {{event: The Guild builds house number {n}, when: {1800 + n}}}\n" for n in range(12)
)
TWENTY = "".join(f"e{n}: {{event: House number {n} is built, when: {1800 + n}}}\n" for n in range(20))

CASES = [
    Case(
        "answer-in-stem",
        PEOPLE
        + "    mill: {group: Millers of Sel, what: millers who grind}\n    s: {group: Sowers, what: people who sow}\n"
        "    f: {group: Fishers, what: people who fish}\n",
        [5, 5],
        PEOPLE,
    ),
    Case(
        "article-cue",
        'a: {term: otter, meaning: a beast, ask: {term: "A beast that swims is an"}}',
        [1],
        'a: {term: otter, meaning: a beast, ask: {term: "Which beast swims?"}}',
    ),
    Case(
        "number-cue",
        """
        a: {group: Weavers, what: makers of cloth, ask: {what: Who were the Weavers?}}
        b: {group: Guild, what: company of masons}
        c: {group: Council, what: body of the town}
        d: {group: Watch, what: guard of the gate}
        """,
        [1],
        """
        a: {group: Weavers, what: makers of cloth, ask: {what: Who were the Weavers?}}
        b: {group: Guild, what: builders of houses}
        c: {group: Council, what: elders of the town}
        d: {group: Watch, what: guards of the gate}
        """,
    ),
    Case(
        "negative-stem",
        "a: {event: The mill burns, when: 1900, ask: {when: In which year did the mill not stand?}}",
        [1],
        "a: {event: The mill burns, when: 1900, ask: {when: In which year did the mill NOT stand?}}",
    ),
    Case(
        "same-stem",
        """
        a: {event: The mill burns, when: 1900, ask: {when: When was the fire?}}
        b: {event: The barn burns, when: 1950, ask: {when: When was the fire?}}
        """,
        [2],
        """
        a: {event: The mill burns, when: 1900, ask: {when: When was the fire in the mill?}}
        b: {event: The barn burns, when: 1950, ask: {when: When was the fire in the barn?}}
        """,
    ),
    Case(
        "asked-twice",
        """
        a: {event: The mill burns, when: 1900, ask: {when: When was the fire?}}
        b: {event: The barn burns, when: 1900, ask: {when: When was the fire?}}
        """,
        [2],
        """
        a: {event: The mill burns, when: 1900}
        b: {event: The barn burns, when: 1900}
        """,
    ),
    Case(
        "absolutes",
        """
        a: {event: All mills burn, when: 1900}
        b: {event: The mill burns, when: 1901, ask: {when: When did the mill burn completely?}}
        """,
        [1, 2],
        """
        a: {event: "The mill of All Saints burns, \\"never to rise\\"", when: 1900}
        b: {claim: All mills burn, by: the miller, status: alleged}
        c: {quote: Never look back, by: Ada Lind}
        """,
    ),
    Case(
        "vague-words",
        "a: {event: Many mills burn, when: 1900}",
        [1],
        'a: {figure: mills that burn, value: 12, ask: {value: "How many mills burn?"}}',
    ),
    Case(
        "time-bound",
        "a: {person: Ada Lind, role: current mayor of Sel}",
        [1],
        """
        a: {person: Ada Lind, role: current mayor of Sel, as-of: 2020}
        b: {quote: We must act now, by: Ada Lind}
        """,
    ),
    Case(
        "negative-statement",
        "a: {event: The mill does not burn, when: 1900}\nb: {event: The barn burns, when: 1850}",
        [1],
        "a: {event: The mill does not burn, when: 1900, ask: [what]}\nb: {event: The barn burns, when: 1850}",
    ),
    Case(
        "all-of-the-above",
        "a: {term: tides, meaning: All of the above}",
        [1],
        "a: {term: tides, meaning: all that the sea does above the sand}",
    ),
    Case(
        "long-quote",
        f"a: {{quote: {'word ' * 26}, by: Ada Lind}}",
        [1],
        f"a: {{quote: {'word ' * 25}, by: Ada Lind}}",
    ),
    Case(
        "style",
        """
        a: {event: The mill burns., when: 1900}
        b: {event: the barn burns, when: 1901}
        c: {figure: The length of the wall, value: 5 km}
        d: {figure: length of the road., value: 9 km}
        e: {person: Ada Lind, role: an engineer}
        f: {person: Bo Marr, role: mayor}
        g: {person: Cy Tole, role: teacher}
        """,
        [1, 2, 3, 4, 5],
        """
        a: {event: The mill burns in the U.S., when: 1900}
        b: {event: mRNA is found, when: 1901}
        c: {figure: length of the wall, value: 5 km}
        e: {person: Ada Lind, role: the engineer}
        f: {person: Bo Marr, role: the mayor}
        g: {term: weir, meaning: a dam}
        """,
    ),
    Case(
        "place-in-place",
        """
        a: {event: The mill burns, when: 1900, where: Vell, unlike: [b, c, d]}
        b: {event: The barn burns, when: 1901, where: Ombria}
        c: {event: The tower falls, when: 1902, where: Orm}
        d: {event: The bridge opens, when: 1903, where: Sul}
        e: {event: The school opens, when: 1904, where: "Vell, Ombria"}
        """,
        [1, 2],
        """
        a: {event: The mill burns, when: 1900, where: "Vell, Ombria", unlike: [b, c, d]}
        b: {event: The barn burns, when: 1901, where: Ombria}
        c: {event: The tower falls, when: 1902, where: Orm}
        d: {event: The bridge opens, when: 1903, where: Sul}
        """,
    ),
    Case(
        "small-blank",
        "a: {term: the Norse word for at, meaning: of}",
        [1],
        "a: {term: the symbol of arsenic, meaning: As}",
    ),
    Case(
        "one-source",
        TWENTY,
        [0],
        TWENTY.replace("\ne9:", "\nx: {event: A barn is built, when: 1700, from: other 2}\ne9:"),
    ),
    Case(
        "duplicate-fact",
        """
        a: {event: The mill of Sel burns, when: 1900}
        b: {event: "Mill of Sel burns!", when: 1900}
        c: {figure: soldiers of the northern army dead, value: 9}
        d: {figure: soldiers of the northern army dead altogether, value: 9}
        """,
        [2, 4],
        """
        a: {event: The mill of Sel burns, when: 1900}
        b: {event: The mill of Sel burns, when: 1910, where: Vell}
        c: {figure: soldiers of the northern army dead, value: 9}
        d: {figure: soldiers of the northern army dead altogether, value: 4}
        e: {person: Ada Lind}
        """,
    ),
    Case(
        "conflict",
        """
        a: {event: The mill burns, when: 1900}
        b: {event: The mill burns, when: 1950}
        """,
        [1, 2],
        """
        a: {event: The mill burns, when: 1900}
        b: {event: The mill burns, when: 1950, status: disputed, by: the miller}
        c: {event: The town floods, when: 1850, where: Sel}
        d: {event: The town floods, when: 1910, where: Vell}
        e: {figure: people of Sel, value: 900, as-of: 1900}
        f: {figure: people of Sel, value: 1200, as-of: 1910}
        g: {quote: Never give up, by: Ada Lind}
        h: {quote: Never give up, by: Bo Marr}
        """,
    ),
    Case(
        "absurd-value",
        """
        a: {figure: share of the houses that stand, value: 120%}
        b: {figure: dead of the flood, value: -5 people}
        """,
        [1, 2],
        """
        a: {figure: share of the houses that stand, value: 100%}
        b: {figure: cold of the winter, value: -5 °C}
        """,
    ),
    Case(
        "after-its-source",
        "a: {event: The mill burns, when: 1990, from: old}\nb: {figure: people, value: 9, as-of: 1990, from: old}",
        [1, 2],
        "a: {event: The mill burns, when: 1900, from: old}\nb: {event: The barn burns, when: 1950-12-31, from: old}",
    ),
    Case(
        "not-asked",
        """
        a: {person: Ada Lind}
        b: {term: Paris of the north, meaning: Paris, ask: [meaning]}
        """,
        [1, 2],
        """
        a: {person: Ada Lind}
        b: {quote: Count twice, by: a}
        c: {event: The mill burns, when: 1900, ask: never}
        d: {person: Bo Marr, retired: he never lived}
        """,
    ),
    Case(
        "unlike-in-vain",
        """
        a: {event: The mill burns, when: 1900, unlike: [b]}
        b: {figure: length of the wall, value: 5 km}
        c: {event: The barn burns, when: 1901, unlike: [d]}
        d: {event: The hut burns, when: 1902, retired: it stands}
        """,
        [1, 3],
        """
        a: {event: The mill burns, when: 1900, unlike: [b]}
        b: {event: The barn burns, when: 1901}
        """,
    ),
    Case("answer-everywhere", EVERYWHERE, [1], EVERYWHERE.replace("The Guild builds", "Somebody builds")),
    Case(
        "silence",
        """
        a: {event: The mill burns, when: 1900, silence: {absolutes: it burnt to the ground}}
        b: {event: The barn burns, when: 1901, silence: {absolute: no such rule}}
        """,
        [1],
        "a: {event: All mills burn, when: 1900, silence: {absolutes: the chronicle says all}}",
    ),
    Case(
        "picture-tells",
        """
        a: {term: weir, meaning: a low dam, media: dam.svg, alt: A weir in a river.}
        b: {term: lock, meaning: a chamber between two levels, media: dam.svg, alt: A gate., credit: Lock Trust}
        """,
        [1, 2],
        "a: {term: weir, meaning: a low dam, media: dam.svg, alt: A wall in a river.}",
    ),
]
SOURCES = HEAD.replace("Ombria}}", "Ombria}, other: {title: A second}, old: {title: An old one, date: 1950}}")


def prepared(folder: Path, facts: str) -> Asked:
    """A deck with a picture beside it, and sources of which one is old."""
    (folder / "dam.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    return asked(folder, facts, SOURCES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_rule_tells_of_what_breaks_it_where_it_stands(case: Case, tmp_path: Path) -> None:
    result = prepared(tmp_path, case.bad)
    assert lines(linted(result), case.rule) == case.told, report(linted(result))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_rule_lets_pass_what_keeps_it(case: Case, tmp_path: Path) -> None:
    problems = linted(prepared(tmp_path, case.good))
    assert lines(problems, case.rule) == [], report(problems)


# ---- what asking never does, but a rule would find -------------------------------------------------------------------

YEARS = "".join(f"e{n}: {{event: House number {n} is built, when: {1800 + n}}}\n" for n in range(24))
FOUR = """
a: {term: weir, meaning: a low dam across a river}
b: {term: ford, meaning: a place where one wades}
c: {term: pier, meaning: a pillar under a bridge}
d: {term: quay, meaning: a wall where boats lie}
"""


def each(form: type[Question], change: Callable[..., Question]) -> Callable[[Bank], Bank]:
    """A bank in which every question of that form is changed."""
    return lambda bank: replace(
        bank, questions=tuple(change(one) if isinstance(one, form) else one for one in bank.questions)
    )


def with_options(right: str, *wrong: str) -> Callable[[Choice], Choice]:
    options = (Option(text=right, right=True, fact="a"), *(Option(text=text, right=False) for text in wrong))
    return lambda choice: replace(choice, options=options) if choice.about.fact == "a" else choice


def blanked(*pieces: str | Gap) -> Callable[[Cloze], Cloze]:
    return lambda cloze: replace(cloze, pieces=pieces) if cloze.about.fact == "a" else cloze


def gap(answer: str) -> Gap:
    return Gap(slot=1, answers=(answer,), answer_type="text")


def longest(choice: Choice) -> Choice:
    return replace(
        choice, options=tuple(replace(o, text=f"The {'old ' * 2 if o.right else ''}house") for o in choice.options)
    )


class Made(NamedTuple):
    """A deck, what is done to its bank, and on which line a rule tells of it (0: of the deck as a whole)."""

    rule: str
    facts: str
    change: Callable[[Bank], Bank]
    told: list[int]


MADE = [
    Made("longest-is-right", FOUR, each(Choice, with_options("a low dam across", "a dam", "a wall")), [1]),
    Made("longest-often-right", YEARS, each(Choice, longest), [0]),
    Made("mixed-options", FOUR, each(Choice, with_options("The dam", "the wall", "a pier")), [1]),
    Made(
        "mixed-options",
        "a: {figure: length, value: 5 km}\nb: {figure: width, value: 7 km}",
        each(Choice, with_options("5 km", "7 m", "9 m")),
        [1],
    ),
    Made(
        "mixed-options",
        "a: {event: The mill burns, when: 1900}\nb: {event: It rains, when: 1910}",
        each(Choice, with_options("May 1900", "1901", "1902")),
        [1],
    ),
    Made(
        "absurd-option",
        "a: {figure: share, value: 60%}\nb: {figure: part, value: 50%}",
        each(Choice, with_options("60%", "120%", "40%")),
        [1],
    ),
    Made(
        "absurd-option",
        "a: {event: The mill burns, when: 1900}\nb: {event: It rains, when: 1910}",
        each(Choice, with_options("1900", "1910", "2250")),
        [1],
    ),
    Made("true-false-balance", YEARS, each(Truth, lambda truth: replace(truth, verdict=True)), [0]),
    Made("long-blank", FOUR, each(Cloze, blanked("weir: ", gap("one two three four five six seven eight nine"))), [1]),
    Made("blank-tells", FOUR, each(Cloze, blanked("A low dam is ", gap("a low dam"))), [1]),
]


@pytest.mark.parametrize("made", MADE, ids=lambda made: made.rule)
def test_a_rule_finds_what_asking_never_does(made: Made, tmp_path: Path) -> None:
    result = asked(tmp_path, made.facts)
    changed = replace(result, every=made.change(result.bank))
    assert lines(linted(changed), made.rule)[:1] == made.told


@pytest.mark.parametrize("made", MADE, ids=lambda made: made.rule)
def test_and_lets_pass_what_asking_does(made: Made, tmp_path: Path) -> None:
    assert lines(linted(asked(tmp_path, made.facts)), made.rule) == []


# ---- templates of kinds ----------------------------------------------------------------------------------------------

OWN = """
kind: river
fields: {river: text, mouth: place}
statement: "STATEMENT"
ask:
  mouth: {prompt: "PROMPT", answer: mouth}
"""
RIVER = "a: {river: the Orm, mouth: Sel}\nb: {river: the Sul, mouth: Vell}"


@pytest.mark.parametrize(
    "rule, prompt, statement, line",
    [
        ("prompt-end", "The mouth of {river}", "{river} ends at {mouth}.", 6),
        ("article-cue", "{river} ends at a:", "{river} ends at {mouth}.", 6),
        ("article-cue", "Where does {river} end?", "{river} ends at a {mouth}.", 2),
        ("negative-stem", "Where does {river} not end?", "{river} ends at {mouth}.", 6),
    ],
)
def test_a_template_is_told_of_at_its_own_place(
    rule: str, prompt: str, statement: str, line: int, tmp_path: Path
) -> None:
    kind = OWN.replace("PROMPT", prompt).replace("STATEMENT", statement)
    problems = [problem for problem in linted(asked(tmp_path, RIVER, kind=kind)) if problem.rule == rule]
    assert [(Path(problem.place.file).name, problem.place.line) for problem in problems] == [("own.yaml", line)]


@pytest.mark.parametrize("prompt", ["Where does {river} end?", "The mouth of {river}:", "Name the mouth of “{river}.”"])
def test_a_template_in_order_is_let_pass(prompt: str, tmp_path: Path) -> None:
    kind = OWN.replace("PROMPT", prompt).replace("STATEMENT", "{river} ends at {mouth}.")
    assert linted(asked(tmp_path, RIVER, kind=kind)) == ()


# ---- setting a rule aside --------------------------------------------------------------------------------------------

MILLS = "a: {event: All mills burn, when: 1900}\nb: {event: The barn always burns, when: 1901}"


def test_a_silence_of_a_fact_holds_for_that_fact_and_that_rule(tmp_path: Path) -> None:
    facts = MILLS.replace("1900}", "1900, silence: {absolutes: the chronicle says all}}")
    assert lines(linted(asked(tmp_path, facts)), "absolutes") == [2]


def test_a_silence_of_the_deck_holds_for_all_facts(tmp_path: Path) -> None:
    head = HEAD.replace("from: book", "from: book\nsilence: {absolutes: all of them are in the chronicle}")
    assert linted(asked(tmp_path, MILLS, head)) == ()


def test_a_silence_of_a_rule_that_there_is_not_is_an_error_with_the_nearest(tmp_path: Path) -> None:
    facts = MILLS.replace("1900}", "1900, silence: {absolute: the chronicle says all}}")
    wrong = [problem for problem in linted(asked(tmp_path, facts)) if problem.level is Level.ERROR]
    assert [(problem.says, problem.remedy) for problem in wrong] == [
        ("there is no rule 'absolute'", "Did you mean 'absolutes'?")
    ]
    assert wrong[0].place.column == facts.index("absolute:") + 3


def test_a_fact_without_a_source_may_be_silenced_too(tmp_path: Path) -> None:
    facts = "a: {event: It rains, when: 1900, silence: {source: I saw it}}\nb: {event: It snows, when: 1901}"
    result, problems = read(_written(tmp_path, "deck: Rain\nfacts:\n" + indent(facts, "  ")), TEMPLATES)
    assert result is not None
    assert [(problem.place.line, problem.rule) for problem in problems] == [(4, "source")]
    assert linted(result) == ()


@pytest.mark.parametrize("silence", ["absolutes", "{}", "[absolutes]", "{absolutes: ''}", "{absolutes: [a]}"])
def test_a_silence_without_a_reason_is_an_error(silence: str, tmp_path: Path) -> None:
    deck = f"{HEAD}  a: {{event: All mills burn, when: 1900, silence: {silence}}}\n"
    result, problems = read(_written(tmp_path, deck), TEMPLATES)
    assert result is None
    assert has_errors(problems)


def _written(folder: Path, deck: str) -> Path:
    path = folder / "rain.yaml"
    path.write_text(deck)
    return path


# ---- the catalogue ---------------------------------------------------------------------------------------------------


def test_every_rule_has_a_case_that_breaks_it_and_one_that_keeps_it() -> None:
    tried = {case.rule for case in CASES} | {made.rule for made in MADE} | {"prompt-end", "source"}
    assert sorted(tried) == sorted(rule.name for rule in RULES)


def test_every_rule_gives_its_reason_and_its_reference() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES) > 30
    for rule in RULES:
        assert rule.reason.endswith(".") and len(rule.reason.split()) >= 6, rule.name
        assert any(word in rule.reference for word in ("20", "README", "WCAG")), rule.name
        assert rule.name == rule.name.lower() and " " not in rule.name
        assert (rule.check.__doc__ or "").strip(), rule.name


def test_the_words_of_a_language_are_not_looked_for_in_another(tmp_path: Path) -> None:
    head = HEAD.replace("deck: Invented", "deck: Invented\nlanguage: xx")
    result, _ = read(_written(tmp_path, head + "  a: {event: All mills burn now, when: 1900}\n"), TEMPLATES)
    assert result is not None
    assert linted(result) == ()


def test_what_stands_in_quotation_marks_is_not_the_authors() -> None:
    assert unquoted('the “mother of all bombs” and “always”, "never"') == "the … and …, …"


# ---- real and hostile decks ------------------------------------------------------------------------------------------

DECKS = [*(shipped("decks") / name for name in ("elements", "moon-race", "russia-afghanistan.yaml"))]


@pytest.mark.parametrize("path", [*DECKS, shipped("templates") / "starter/deck.yaml"], ids=lambda path: path.stem)
def test_the_decks_that_come_with_quizgen_have_nothing_wrong(path: Path) -> None:
    result, problems = read(path, TEMPLATES)
    assert result is not None
    assert report((*problems, *linted(result))) == ""


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10_000), facts=st.integers(1, 80))
def test_no_deck_of_facts_is_too_messy(seed: int, facts: int) -> None:
    deck = messy_deck(seed, facts)
    language, _ = read_language(TEMPLATES, "en")
    bank = ask(deck, language)
    problems = lint(deck, bank, language)
    assert lint(deck, bank, language) == problems
    assert {problem.rule for problem in problems} <= {rule.name for rule in RULES}
    assert all(problem.says and problem.remedy and not problem.says.endswith(".") for problem in problems)


@pytest.mark.slow
def test_four_times_the_facts_take_about_four_times_as_long(tmp_path: Path) -> None:
    took = []
    for size in (500, 2_000):
        facts = "".join(f"e{n}: {{event: House {n} of street {n % 97} burns, when: {1000 + n}}}\n" for n in range(size))
        (tmp_path / str(size)).mkdir()
        result = asked(tmp_path / str(size), facts)
        start = process_time()
        linted(result)
        took.append(process_time() - start)
    assert took[1] < 8 * took[0] + 0.5, took


def test_the_words_of_a_language_may_have_any_sign(tmp_path: Path) -> None:
    result = asked(tmp_path, TWENTY)
    odd = {name: ("+1", "(", *words) for name, words in result.language.words.items() if name.startswith("lint.")}
    language = replace(result.language, words={**result.language.words, **odd})

    assert {*lint(result.deck, result.bank, result.language)} <= {*lint(result.deck, result.bank, language)}
