"""Decks: what is read out of them, and how mistakes in them are told."""

from __future__ import annotations

import json
import random
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.deck.ids import deck_id_problem, id_problem, twins
from quizgen.facts import Status
from quizgen.kinds import Kind
from quizgen.problems import Level, Place, report
from quizgen.values import Date, Many, Name, Quantity, Text
from tests.reading import HEAD, TEMPLATES, deck_of, fact_of, read, told, with_facts, write_deck

# ---- facts ----------------------------------------------------------------------------------------------------------


def test_a_fact_has_the_values_of_its_kind_in_the_order_of_the_kind(tmp_path: Path) -> None:
    fact = fact_of(tmp_path, "x: {where: Sel, when: 1994-05, who: [Ada, Bo], event: The bridge opens}")
    assert fact.kind.name == "event"
    assert list(fact.values) == ["event", "when", "where", "who"]
    assert fact.values["event"] == Text("The bridge opens")
    assert isinstance(fact.values["when"], Date)
    assert fact.values["where"] == Name("Sel", place=True)
    assert fact.values["who"] == Many((Name("Ada"), Name("Bo")))


def test_a_fact_knows_where_it_stands(tmp_path: Path) -> None:
    deck = deck_of(tmp_path, "a: {term: a, meaning: b}\nx:\n  term: c\n  meaning: d")
    assert [(fact.place.line, fact.place.column, fact.position) for fact in deck.facts] == [(5, 3, 0), (6, 3, 1)]


def test_the_common_keys_are_read(tmp_path: Path) -> None:
    fact = fact_of(
        tmp_path,
        """
        y: {term: y, meaning: yy}
        x:
          figure: people of Sel
          value: about 900
          from: book 12, 14
          tags: [towns, first-week]
          note: "  A note.  "
          also: [inhabitants of Sel]
          status: estimated
          by: the mayor
          denied-by: [the bank, the miller]
          ask: [value]
          unlike: [y]
          as-of: 2018
          was: people
        """,
    )
    assert isinstance(fact.values["value"], Quantity)
    assert str(fact.source) == "The Book of Ombria, 12, 14"
    assert fact.tags == ("towns", "first-week")
    assert fact.note == "A note."
    assert fact.also == ("inhabitants of Sel",)
    assert fact.status is Status.ESTIMATED
    assert fact.by == (Name("the mayor"),)
    assert fact.denied_by == (Name("the bank"), Name("the miller"))
    assert fact.only_ways == frozenset({"value"})
    assert fact.unlike == ("y",)
    assert fact.as_of is not None
    assert fact.as_of.written == "2018"
    assert fact.was == ("people",)


def test_by_as_a_field_of_a_kind_says_who_says_so_as_well(tmp_path: Path) -> None:
    fact = fact_of(tmp_path, "x: {claim: The mayor took money, by: [a paper, the bank], status: alleged}")
    assert fact.values["by"] == Many((Name("a paper"), Name("the bank")))
    assert fact.by == (Name("a paper"), Name("the bank"))


@pytest.mark.parametrize(
    "written, only, wording",
    [
        ("never", frozenset(), {}),
        ("when", frozenset({"when"}), {}),
        ("[when, cloze, order]", frozenset({"when", "cloze", "order"}), {}),
        ("{when: In which year did it open?}", None, {"when": "In which year did it open?"}),
    ],
)
def test_ask_restricts_the_ways_or_rewords_them(
    tmp_path: Path, written: str, only: frozenset[str] | None, wording: dict[str, str]
) -> None:
    fact = fact_of(tmp_path, f"x: {{event: The bridge opens, when: 1994, ask: {written}}}")
    assert (fact.only_ways, fact.wording) == (only, wording)


def test_one_text_does_where_a_list_may_stand(tmp_path: Path) -> None:
    fact = fact_of(tmp_path, "x: {list: rivers, members: Sel, tags: water, also: streams}")
    assert (fact.values["members"], fact.tags, fact.also) == (Many((Text("Sel"),)), ("water",), ("streams",))


# ---- names ----------------------------------------------------------------------------------------------------------

LIND = "lind: {person: Ada Lind, role: engineer, also: [A. Lind, Ada]}\n"
LIND_HERSELF = Name("Ada Lind", ("A. Lind", "Ada"), "lind", kind="person")


@pytest.mark.parametrize("written", ["lind", "Ada Lind", "ada  lind", "A. Lind", "Ada", "Àda Lind"])
def test_a_name_is_that_of_the_person_who_is_meant(tmp_path: Path, written: str) -> None:
    fact = fact_of(tmp_path, LIND + f"x: {{quote: No river is forever, by: {written}}}")
    assert fact.by == (LIND_HERSELF,)


def test_a_person_has_its_other_names_in_its_own_fact(tmp_path: Path) -> None:
    assert fact_of(tmp_path, LIND, "lind").values["person"] == LIND_HERSELF


def test_a_name_that_no_fact_is_about_stays_plain(tmp_path: Path) -> None:
    fact = fact_of(tmp_path, LIND + "x: {quote: Count twice, by: [Bo Marr, Lind]}")
    assert fact.by == (Name("Bo Marr"), Name("Lind"))


def test_a_name_that_two_facts_are_about_stays_plain_and_is_told(tmp_path: Path) -> None:
    path = with_facts(tmp_path, LIND + "ada: {person: Ada, role: cat}\nx: {quote: Count twice, by: Ada}")
    assert told(path) == [
        (
            7,
            31,
            "warning: 'Ada' may be 'ada' or 'lind', and is read as none of them. Write the id of the one meant.",
        ),
    ]
    deck, _ = read(path)
    assert deck is not None
    assert deck.facts[2].by == (Name("Ada"),)


def test_a_name_as_written_comes_before_one_that_differs_in_marks(tmp_path: Path) -> None:
    groups = "c: {group: C}\ncpp: {group: C++}\n"
    fact = fact_of(tmp_path, groups + "x: {quote: No river is forever, by: [C++, C]}")
    assert [name.id for name in fact.by] == ["cpp", "c"]


def test_two_spellings_of_one_person_in_a_list_are_told(tmp_path: Path) -> None:
    path = with_facts(tmp_path, LIND + "x: {quote: Count twice, by: [Ada Lind, lind]}")
    assert [line for line, _, text in told(path) if "'lind' stands twice" in text] == [6]


# ---- the deck -------------------------------------------------------------------------------------------------------


def test_a_deck_has_its_head_and_its_sources(tmp_path: Path) -> None:
    path = write_deck(
        tmp_path,
        """
        deck: Ombria
        id: towns
        language: EN-gb
        about: Its towns.
        license: CC-BY-4.0
        sources:
          book: {title: A Book, authors: [Ada, Bo], date: 2018-10, publisher: Sel, url: 'https://a.b/c', note: Old.}
          map: {title: A map, authors: Cy}
        facts:
          x: {term: a, meaning: b, from: book}
        """,
    )
    deck, problems = read(path)
    assert problems == ()
    assert deck is not None
    assert (deck.id, deck.title, deck.language, deck.about, deck.license) == (
        "towns",
        "Ombria",
        "en-GB",
        "Its towns.",
        "CC-BY-4.0",
    )
    book = deck.sources["book"]
    assert (book.title, book.authors, book.publisher, book.url, book.note) == (
        "A Book",
        ("Ada", "Bo"),
        "Sel",
        "https://a.b/c",
        "Old.",
    )
    assert book.date is not None
    assert deck.sources["map"].authors == ("Cy",)
    assert str(deck.facts[0].source) == "A Book"


def test_the_id_is_the_files_stem_or_the_folders_name(tmp_path: Path) -> None:
    single, _ = read(with_facts(tmp_path, "x: {term: a, meaning: b}", "my-towns.yaml"))
    folder, _ = read(with_facts(tmp_path, "x: {term: a, meaning: b}", "hills/deck.yaml").parent)
    assert single is not None
    assert folder is not None
    assert (single.id, folder.id) == ("my-towns", "hills")


def test_a_deck_folder_brings_its_own_kinds_and_a_file_does_not(tmp_path: Path) -> None:
    kind = """
        kind: treaty
        fields: {treaty: text, group?: text}
        ask: {parties: {prompt: "Who signed the {treaty}?", answer: group}}
        """
    write_deck(tmp_path, kind, "hills/kinds/treaty.yaml")
    facts = "x: {treaty: Peace of Sel, group: the towns}"
    deck, problems = read(with_facts(tmp_path, facts, "hills/deck.yaml"))
    assert problems == ()
    assert deck is not None
    assert deck.facts[0].kind.name == "treaty", "a field may bear the name of another kind's headline"
    assert read(with_facts(tmp_path, facts, "hills/other.yaml"))[0] is None


def test_a_field_of_a_kind_cannot_bear_the_name_of_a_key_of_every_fact(tmp_path: Path) -> None:
    kind = 'kind: treaty\nfields: {treaty: text, note: text}\nask: {what: {prompt: "What?", answer: note}}\n'
    write_deck(tmp_path, kind, "hills/kinds/treaty.yaml")
    _, problems = read(with_facts(tmp_path, "x: {term: a, meaning: b}", "hills/deck.yaml"))
    assert [(Path(p.place.file).name, "a field 'note'" in p.says) for p in problems] == [("treaty.yaml", True)]


def test_a_way_has_a_picture_or_not_and_nothing_else(tmp_path: Path) -> None:
    ask = 'ask: {what: {prompt: "What?", answer: a, picture: maybe}}'
    write_deck(tmp_path, f"kind: treaty\nfields: {{treaty: text, a: text}}\n{ask}\n", "hills/kinds/treaty.yaml")
    _, problems = read(with_facts(tmp_path, "x: {term: a, meaning: b}", "hills/deck.yaml"))
    assert [(p.place.line, p.says, "`picture: no`" in p.remedy) for p in problems] == [
        (3, "'picture' is yes or no", True)
    ]


def test_what_others_may_be_too_is_a_text_of_the_kind(tmp_path: Path) -> None:
    ask = 'ask: {what: {prompt: "What?", answer: a}}\nshared: [a, signed, b]'
    kind = f"kind: treaty\nfields: {{treaty: text, signed: date, a: text}}\n{ask}\n"
    write_deck(tmp_path, kind, "hills/kinds/treaty.yaml")
    _, problems = read(with_facts(tmp_path, "x: {term: a, meaning: b}", "hills/deck.yaml"))
    assert [(p.place.line, p.place.column, p.says) for p in problems] == [
        (4, 13, "'signed' is not a text field of this kind"),
        (4, 21, "'b' is not a text field of this kind"),
    ]
    write_deck(tmp_path, kind.replace("[a, signed, b]", "a"), "hills/kinds/treaty.yaml")
    _, problems = read(with_facts(tmp_path, "x: {term: a, meaning: b}", "hills/deck.yaml"))
    assert [p.says for p in problems] == ["'shared' is a list of fields"]


def test_a_warning_in_a_kind_does_not_unmake_it(tmp_path: Path) -> None:
    kind = (
        'kind: treaty\nabout: the #1 kind\nfields: {treaty: text, a: text}\nask: {what: {prompt: "What?", answer: a}}\n'
    )
    write_deck(tmp_path, kind, "hills/kinds/treaty.yaml")
    deck, problems = read(with_facts(tmp_path, "x: {treaty: b, a: c}", "hills/deck.yaml"))
    assert [problem.level for problem in problems] == [Level.WARNING]
    assert deck is not None
    assert deck.facts[0].kind.name == "treaty"


def test_a_kind_that_cannot_be_read_is_told_and_not_its_facts(tmp_path: Path) -> None:
    write_deck(tmp_path, "kind: treaty\nfields: {treaty: txt}\n", "hills/kinds/treaty.yaml")
    _, problems = read(with_facts(tmp_path, "x: {treaty: Peace of Sel}", "hills/deck.yaml"))
    assert {Path(problem.place.file).name for problem in problems} == {"treaty.yaml"}


# ---- what is told ---------------------------------------------------------------------------------------------------

MISTAKES = [  # one fact (on line 5) or more, and each message: line, column, pieces
    ("x: {event: The bridge opens, when: 1994, wher: Sel}", [(5, 44, "unknown key 'wher' in an event", "'where'")]),
    ("x: {event: The bridge opens, whne: 1994}", [(5, 32, "unknown key 'whne'", "'when'")]),
    ("x: {evnet: The bridge opens, when: 1994}", [(5, 7, "'evnet'", "'event'")]),
    ("x: {event: The bridge opens}", [(5, 3, "'when' is missing in an event", "a date")]),
    ("x: {captial: Sel}", [(5, 3, "of no kind", "claim, event, figure")]),
    ("x: {event: A, when: 1994, term: b, meaning: c}", [(5, 29, "2 kinds at once: 'event' and 'term'", "two facts")]),
    ("x: just text", [(5, 3, "'x' is a mapping", "meaning: ...")]),
    ("x:", [(5, 3, "'x' is a mapping", "")]),
    ("x: {event: A, when: [1994, 1995]}", [(5, 23, "'when' is one date, not a list", "Write one.")]),
    ("x: {event: A, when: {y: 1994}}", [(5, 23, "'when' is a date, not a mapping", "quotes")]),
    ("x: {event: A, when: }", [(5, 17, "the text of 'when' is empty", "remove")]),
    ("x: {event: A, when: soon}", [(5, 23, "'soon' is not a date", "1979/1989")]),
    ("x: {figure: A, value: many}", [(5, 25, "'many' is not a quantity", "15,000")]),
    ("x: {term: ' \u200b', meaning: b}", [(5, 13, "U+200B", "")]),
    ("x: {list: A, members: []}", [(5, 25, "'members' is an empty list", "")]),
    ("x: {list: A, members: [a, [b]]}", [(5, 29, "'members' is one text, not a list", "")]),
    ("x: {list: A, members: {a: b}}", [(5, 25, "'members' is a list of texts, not a mapping", "[one, another]")]),
    ("x: {list: A, members: [a, a]}", [(5, 29, "warning: 'a' stands twice in 'members'", "")]),
    ("x: {term: a, meaning: b, status: alleged}", [(5, 3, "'alleged' needs `by`", "by: ...")]),
    ("x: {claim: a, status: alleged}", [(5, 3, "'by' is missing in a claim", "[name, name]")]),
    ("x: {term: a, meaning: b, status: aleged, by: c}", [(5, 36, "unknown status 'aleged'", "'alleged'")]),
    ("x: {term: a, meaning: b, by: c}", [(5, 28, "warning: 'by' is not shown", "attributed")]),
    ("x: {term: a, meaning: b, denied-by: c}", [(5, 28, "warning: 'denied-by' is not shown", "alleged")]),
    ("x: {term: a, meaning: b, from: boko 12}", [(5, 34, "unknown source 'boko'", "'book'")]),
    ("x: {term: a, meaning: b, from: [book]}", [(5, 34, "'from' is one text, not a list", "")]),
    ("x: {term: a, meaning: b, ask: menaing}", [(5, 33, "a term is not asked by 'menaing'", "'meaning'")]),
    ("x: {term: a, meaning: b, ask: nevr}", [(5, 33, "not asked by 'nevr'", "'never'")]),
    ("x: {term: a, meaning: b, ask: [term, trem]}", [(5, 40, "not asked by 'trem'", "'term'")]),
    ("x: {term: a, meaning: b, ask: []}", [(5, 33, "empty", "ask: never")]),
    ("x: {term: a, meaning: b, ask: {trem: c}}", [(5, 34, "not asked by 'trem'", "'term'")]),
    ("x: {term: a, meaning: b, ask: {cloze: c}}", [(5, 34, "'cloze' cannot be asked in words of your own", "")]),
    ("x: {term: a, meaning: b, unlike: [y]}\ny1: {term: c, meaning: d}", [(5, 37, "no fact 'y'", "'y1'")]),
    ("x: {term: a, meaning: b, unlike: x}", [(5, 36, "'x' is the fact itself", "")]),
    ("x: {term: a, meaning: b, as-of: soon}", [(5, 35, "'soon' is not a date", "")]),
    ("x: {term: a, meaning: b, tags: 'c d, e'}", [(5, 34, "more than one word", "'c-d-e'")]),
    ("x: {term: a, meaning: b, tags: {c: d}}", [(5, 34, "'tags' is a list", "")]),
    ("x: {term: a, meaning: b, also: [c, C]}", [(5, 34, "warning: 'also' has a name twice", "")]),
    ("x: {term: a, meaning: b, alt: c}", [(5, 28, "warning: 'alt' describes a picture", "media")]),
    ("x: {term: a, meaning: b, was: y}\ny: {term: c, meaning: d}", [(5, 33, "'y' is the id of a fact today", "")]),
    ("x: {term: a, meaning: b, was: y}\nz: {term: c, meaning: d, was: y}", [(6, 33, "was the id of 'x'", "")]),
    ("x: {term: a, meaning: b, was: 'y z'}", [(5, 33, "the id 'y z' has a space", "'y-z'")]),
    ("x: {term: a, meaning: b, retired: }", [(5, 28, "the text of 'retired' is empty", "")]),
    (
        "x: {event: A, when: last year, whree: Sel, status: rumoured}",
        [
            (5, 3, "'rumoured' needs `by`", ""),
            (5, 23, "'last year' is not a date", ""),
            (5, 34, "unknown key 'whree'", "'where'"),
            (5, 54, "unknown status 'rumoured'", "established, attributed"),
        ],
    ),
]


@pytest.mark.parametrize("facts, expected", MISTAKES, ids=[facts for facts, _ in MISTAKES])
def test_mistakes_of_facts_are_told_all_at_once(
    tmp_path: Path, facts: str, expected: list[tuple[int, int, str, str]]
) -> None:
    found = told(with_facts(tmp_path, facts))
    assert [(line, column) for line, column, _ in found] == [(line, column) for line, column, _, _ in expected]
    for (_, _, text), (_, _, says, remedy) in zip(found, expected, strict=True):
        assert says in text
        assert remedy in text


FACTS = "\nfacts: {x: {term: a, meaning: b}}"
HEADS = [  # a deck, and one message: line, column, pieces
    ("facts: {x: {term: a, meaning: b, from: s}}\nsources: {s: {title: t}}", (1, 1), "'deck' is missing", ""),
    ("deck: [a]" + FACTS, (1, 7), "'deck' is one text", ""),
    ("deck: a\nlangauge: en" + FACTS, (2, 1), "unknown key 'langauge'", "'language'"),
    ("deck: a\nlanguage: English" + FACTS, (2, 11), "'English' is not the code", "pt-BR"),
    ("deck: a\nlanguage: tlh" + FACTS, (2, 11), "warning: there are no words", "languages/tlh"),
    ("deck: a\nfacts: [b]", (2, 8), "'facts' is a mapping", "weir"),
    ("deck: a\nfacts:", (2, 1), "the deck has no facts", "tables"),
    ("deck: a", (1, 1), "the deck has no facts", "facts:"),
    ("deck: a\nsources: [b]" + FACTS, (2, 10), "'sources' is a mapping", "atlas"),
    ("deck: a\nsources: {s: b}" + FACTS, (2, 14), "'s' is a mapping", "title"),
    ("deck: a\nsources: {s: {authors: b}}" + FACTS, (2, 11), "no 'title'", ""),
    ("deck: a\nsources: {s: {title: b, date: now}}" + FACTS, (2, 31), "'now' is not a date", ""),
    ("deck: a\nsources: {s: {title: b, url: 'ftp://c.d'}}" + FACTS, (2, 30), "not the address", ""),
    ("deck: a\nsources: {s: {title: b, url: 'javascript:a'}}" + FACTS, (2, 30), "not the address", ""),
    ("deck: a\nsources: {'s t': {title: b}}" + FACTS, (2, 11), "the id 's t'", "'s-t'"),
    ("deck: a\nsources: {s: {title: b}, S: {title: b}}" + FACTS, (2, 26), "look the same", ""),
    ("deck: a\nfrom: b" + FACTS, (2, 7), "unknown source 'b'", "no `sources` yet"),
    ("deck: a\nid: Collection" + FACTS, (2, 5), "reserved", ""),
    ("deck: a" + FACTS, (2, 9), "warning: the fact 'x' has no source", "`from`"),
    ("just the #1 text", (1, 1), "a deck is a mapping", "deck: "),
    ("just a text", (1, 1), "a deck is a mapping", "deck: "),
]


@pytest.mark.parametrize("text, place, says, remedy", HEADS, ids=[head[0] for head in HEADS])
def test_mistakes_of_decks_are_told(tmp_path: Path, text: str, place: tuple[int, int], says: str, remedy: str) -> None:
    found = told(write_deck(tmp_path, text))
    assert [message for *at, message in found if tuple(at) == place and says in message and remedy in message], found


def test_a_wrong_source_of_the_deck_is_told_once_and_not_at_every_fact(tmp_path: Path) -> None:
    path = write_deck(
        tmp_path,
        "deck: a\nsources: {s: {title: t}}\nfrom: z\nfacts: {x: {term: a, meaning: b}, y: {term: c, meaning: d}}",
    )
    assert [(line, column) for line, column, _ in told(path)] == [(3, 7)]


def test_of_many_facts_without_a_source_the_first_are_named_and_the_rest_are_counted(tmp_path: Path) -> None:
    facts = "".join(f"  x{i}: {{term: a{i}, meaning: b}}\n" for i in range(50))
    found = told(write_deck(tmp_path, "deck: a\nfacts:\n" + facts))
    assert len(found) == 21
    assert "30 more facts" in found[-1][2]


def test_what_was_told_of_a_value_as_yaml_is_not_told_again(tmp_path: Path) -> None:
    found = told(with_facts(tmp_path, 'x: {event: "a\\0", when: *y}\n"z\\e": {term: a, meaning: b}'))
    assert [(line, column) for line, column, _ in found] == [(5, 14), (5, 27), (6, 3)]


def test_a_file_whose_name_is_no_id_asks_for_one(tmp_path: Path) -> None:
    path = with_facts(tmp_path, "x: {term: a, meaning: b}", "my towns.yaml")
    ((line, column, text),) = told(path)
    assert (line, column) == (1, 1)
    assert "'my towns' has a space" in text
    assert "`id: ...`" in text
    assert "'my-towns'" in text


def test_a_deck_that_is_not_there_is_told(tmp_path: Path) -> None:
    deck, (problem,) = read(tmp_path / "none.yaml")
    assert deck is None
    assert "there is no deck 'none.yaml'" in problem.says
    assert "no file 'deck.yaml' in this folder" in read(tmp_path)[1][0].says


def test_of_a_deck_that_is_not_there_the_nearest_beside_it_is_told(tmp_path: Path) -> None:
    for name in ("bridges.yaml", "elements/deck.yaml"):
        write_deck(tmp_path, "deck: a\n", name)
    for wrong, right in (("brigdes.yaml", "bridges"), ("elemnets", "elements"), ("xyz", "")):
        _, (problem,) = read(tmp_path / wrong)
        assert problem.remedy.startswith(f"Did you mean '{right}'?" if right else "A deck is a YAML file")


# ---- ids ------------------------------------------------------------------------------------------------------------

NOWHERE = Place("")


@pytest.mark.parametrize("text", ["a", "A-1", "__proto__", "1994", "no", "café", "наука", "हिन्दी", "日本", "x" * 100])
def test_letters_of_all_scripts_make_ids(text: str) -> None:
    assert id_problem(text, NOWHERE) is None


@pytest.mark.parametrize(
    "text", ["", " ", "a b", "a.b", "a/b", "..", "-a", "a\u200bb", "½", "cafe\u0301", "x" * 101, "a\n", "a’"]
)
def test_other_characters_make_none(text: str) -> None:
    problem = id_problem(text, NOWHERE)
    assert problem is not None
    assert len(problem.says) < 200


@pytest.mark.parametrize("one, other", [("France", "france"), ("straße", "STRASSE"), ("ﬁn", "fin"), ("Ａ", "a")])
def test_ids_that_look_the_same_are_twins(one: str, other: str) -> None:
    assert twins(one) == twins(other)


@pytest.mark.parametrize(
    "text", ["collection", "COLLECTION", "backup-2026", "con", "NUL", "com1", "lpt9", "", "../x", "a b"]
)
def test_ids_that_harm_somewhere_cannot_name_a_deck(text: str) -> None:
    assert deck_id_problem(text, NOWHERE) is not None


@given(st.text(max_size=30))
def test_an_accepted_id_is_composed_and_visible_and_stays_one_step_of_a_path(text: str) -> None:
    if id_problem(text, NOWHERE) is None:
        assert text
        assert unicodedata.normalize("NFC", text) == text
        assert text.isprintable()
        assert not set(text) & set(" ./\\:*?\"<>|%#&'")


def test_every_shipped_kind_can_be_told_by_its_headline() -> None:
    from quizgen.kindfiles import read_kinds  # noqa: PLC0415

    kinds, problems = read_kinds(TEMPLATES, "en")
    assert problems == ()
    headlines: dict[str, Kind] = {kind.headline: kind for kind in kinds.values()}
    assert len(headlines) == len(kinds) >= 8
    assert HEAD.count("\n") == 4, "the line numbers above count on it"


# ---- anything at all ------------------------------------------------------------------------------------------------

VALUES: dict[str, list[Any]] = {  # of each key, texts that it may have
    "event": ["A", "The bridge opens"],
    "when": ["1994", "2001-09", "1979/1989", "44 BC"],
    "where": ["Sel", "Kunduz, Afghanistan", "ada"],
    "who": ["Ada", ["Ada", "Bo"], "ada"],
    "term": ["weir", "=", "no"],
    "meaning": ["a low dam", "12:30"],
    "figure": ["people of Sel"],
    "value": ["at least 15,000", "40%", "3.5 km"],
    "list": ["rivers"],
    "members": [["Sel", "Orm"], "Sel"],
    "person": ["Ada Lind", "Bo"],
    "from": ["book", "book 12"],
    "tags": [["a", "b"], "a"],
    "note": ["A note.", "Wow!"],
    "also": [["A. Lind"], "Ada"],
    "unlike": [["x0"]],
    "as-of": ["2018"],
    "was": ["old"],
}
WRONG: list[Any] = [
    None,
    "",
    " \u200b",
    [],
    {},
    ["a", ["b"]],
    {"a": "b"},
    "soon",
    "\u202e",
    "x" * 300,
    "0",
    "never",
    "-1",
    "{a}",
]
KINDS = [("event", "when"), ("term", "meaning"), ("figure", "value"), ("list", "members"), ("person",)]
MORE = ["from", "tags", "note", "also", "unlike", "as-of", "was", "status", "by", "ask", "media", "evnet", "retired"]


def made_up(dice: random.Random) -> dict[str, Any]:
    facts = {}
    for number in range(dice.randint(1, 5)):
        fact = {key: dice.choice(VALUES[key]) for key in dice.choice(KINDS)}
        for key in dice.sample(MORE[:5], dice.randint(0, 3)):
            fact[key] = dice.choice(VALUES[key])
        if dice.random() < 0.2:
            fact[dice.choice([*fact, *MORE])] = dice.choice(WRONG)
        facts[f"x{number}"] = fact
    deck = {"deck": "A", "sources": {"book": {"title": "B"}}, "facts": facts}
    if dice.random() < 0.1:
        deck[dice.choice([*deck, "from", "id", "language", "tables", "license"])] = dice.choice(WRONG)
    return deck


def test_whatever_stands_in_a_deck_it_is_read_or_told(tmp_path: Path) -> None:
    dice = random.Random(7)  # noqa: S311 - not for secrets
    path = tmp_path / "d.yaml"
    read_well = 0
    for _ in range(600):
        path.write_text(json.dumps(made_up(dice), indent=0, ensure_ascii=False), encoding="utf-8")
        deck, problems = read(path)
        assert (deck is None) == any(problem.level is Level.ERROR for problem in problems)
        read_well += deck is not None
        lines = path.read_text(encoding="utf-8").count("\n") + 1
        assert all(1 <= problem.place.line <= lines and problem.place.column for problem in problems)
        assert report(problems).replace("\n", "").isprintable()
    assert 180 < read_well < 550
