"""Rules on words: what makes a stem or a statement vague, absolute, negative or soon out of date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgen.facts import Deck, Fact, Status
from quizgen.kinds import Kind
from quizgen.language import Language
from quizgen.lint.found import Found, living
from quizgen.lint.words import authored, finder, own_words, quotations, words_of
from quizgen.problems import quoted
from quizgen.questions import Bank, Choice, Recall, Truth
from quizgen.values import Text, fold

_LONG_QUOTE = 25  # words


def absolutes(deck: Deck, _bank: Bank, language: Language) -> Iterator[Found]:
    """Words such as 'always' and 'never' in what authors wrote."""
    return _worded(deck, language, "absolutes", "absolute", "Say what is known, or leave the word out.")


def vague_words(deck: Deck, _bank: Bank, language: Language) -> Iterator[Found]:
    """Words such as 'often' and 'many' in what authors wrote."""
    return _worded(deck, language, "vague", "vague", "Give the number, or say it without the word.")


def _worded(deck: Deck, language: Language, name: str, what: str, remedy: str) -> Iterator[Found]:
    find = finder(deck, language, name)
    for fact in _asked(deck):
        if fact.status is not Status.ESTABLISHED:
            continue  # somebody else's words, and said to be theirs
        found = next((word for text in authored(fact) if (word := find(text))), None)
        if found:
            yield Found(fact, f"{quoted(fact.id)} has the {what} word {quoted(found)}", remedy)


def _asked(deck: Deck) -> Iterator[Fact]:
    """The facts that may be asked: of what is only recorded, no learner reads the words."""
    return (fact for fact in living(deck) if fact.only_ways != frozenset())


def time_bound(deck: Deck, _bank: Bank, language: Language) -> Iterator[Found]:
    """Words such as 'now' and 'recently' in a fact that does not say as of when."""
    find = finder(deck, language, "time-bound")
    remedy = "Say when: write `as-of: 2018`, or the date in the place of the word."
    for fact in living(deck):
        if fact.as_of is None:
            found = next((word for text in authored(fact) if (word := find(text))), None)
            if found:
                yield Found(fact, f"{quoted(fact.id)} says {quoted(found)}, and not as of when", remedy)


def negative_stem(deck: Deck, _bank: Bank, language: Language) -> Iterator[Found]:
    """A small 'not' or 'except' in a question."""
    find = finder(deck, language, "negations")
    remedy = "Ask for what is so; or, where that cannot be, write the word in CAPITALS."
    for fact in _asked(deck):
        for way, text in fact.wording.items():
            found = find(text)
            if found:
                yield Found(fact, f"the question '{way}' of {quoted(fact.id)} turns on a small {quoted(found)}", remedy)
    for kind in deck.kinds.values():
        for asked in kind.ways.values():
            found = find(own_words(asked.prompt))
            if found:
                says = f"the prompt '{asked.name}' of the kind {quoted(kind.name)} turns on a small {quoted(found)}"
                yield Found(asked.place, says, remedy)


def negative_statement(deck: Deck, bank: Bank, language: Language) -> Iterator[Found]:
    """A negation in a statement that is put as true or false."""
    find = finder(deck, language, "negations")
    stated = {question.about.fact for question in bank.questions if isinstance(question, Truth)}
    remedy = "State what is so; or ask it in other ways only: `ask: [...]`."
    for fact in living(deck):
        if fact.id in stated:
            spoken = quotations(fact.kind)
            texts = (v.text for name, v in fact.values.items() if isinstance(v, Text) and name not in spoken)
            found = next((word for text in texts if (word := find(text.lower()))), None)
            if found:
                yield Found(fact, f"{quoted(fact.id)} is put as true or false, and says {quoted(found)}", remedy)


def all_of_the_above(deck: Deck, bank: Bank, language: Language) -> Iterator[Found]:
    """An option or an answer such as 'all of the above'."""
    known = {fold(phrase) for phrase in words_of(deck, language, "above")}
    facts = {fact.id: fact for fact in deck.facts}
    seen: set[str] = set()
    for question in bank.questions:
        options = question.options if isinstance(question, Choice) else ()
        answers = question.answers if isinstance(question, Recall) else ()
        found = next((text for text in (*(one.text for one in options), *answers) if fold(text) in known), None)
        if found and question.about.fact not in seen:
            seen.add(question.about.fact)
            yield Found(
                facts[question.about.fact],
                f"{quoted(question.about.id)} offers {quoted(found)}",
                "Name the things themselves; a list (`list:` with `members:`) asks for several.",
            )


def long_quote(deck: Deck, _bank: Bank, _language: Language) -> Iterator[Found]:
    """A quotation that is too long to be read in a question."""
    for fact in living(deck):
        for name in quotations(fact.kind):
            value = fact.values.get(name)
            words = len(value.text.split()) if isinstance(value, Text) else 0
            if words > _LONG_QUOTE:
                says = f"the quotation in {quoted(fact.id)} has {words} words; {_LONG_QUOTE} are much for a question"
                yield Found(fact, says, "Quote the words that matter.")


def style(deck: Deck, _bank: Bank, language: Language) -> Iterator[Found]:
    """A field that is not written as the kind's templates show it: a sentence, or a phrase within one."""
    articles = language.words.get("articles", ())
    by_kind: dict[str, list[Fact]] = {}
    for fact in living(deck):
        by_kind.setdefault(fact.kind.name, []).append(fact)
    for facts in by_kind.values():
        kind = facts[0].kind
        for name in kind.fields:
            if _is_phrase(kind, name):
                yield from _phrases(facts, name, articles)
            elif _is_sentence(kind, name):
                yield from _sentences(facts, name)


def _is_sentence(kind: Kind, name: str) -> bool:
    """Whether a prompt shows the field as a sentence of its own ('When did this happen? {event}.')."""
    pattern = re.compile(r"[?.!:] \{" + re.escape(name) + r"\}\.")
    return any(pattern.search(way.prompt.written) for way in kind.ways.values())


def _is_phrase(kind: Kind, name: str) -> bool:
    """Whether a prompt makes a sentence begin with the field, which has no capital of its own ('{figure:start}')."""
    return any(f"{{{name}:start}}" in way.prompt.written for way in kind.ways.values())


def _stops(text: str) -> bool:
    """Whether the text ends in a full stop that is no part of an abbreviation ('U.S.', 'Corp.')."""
    return text.endswith(".") and text.rsplit(maxsplit=1)[-1][:-1].islower()


def _sentences(facts: list[Fact], name: str) -> Iterator[Found]:
    for fact in facts:
        value = fact.values.get(name)
        if not isinstance(value, Text):
            continue
        first = value.text.split()[0]
        if _stops(value.text):
            says = f"the {name} {quoted(fact.id)} ends in a full stop"
            yield Found(fact, says, "Leave it out: the questions set their own.")
        elif first.isalpha() and first.islower() and len(first) > 1:
            says = f"the {name} {quoted(fact.id)} begins in small letters"
            yield Found(fact, says, f"Write a whole sentence: {quoted(first.capitalize() + ' ...')}.")


def _phrases(facts: list[Fact], name: str, articles: tuple[str, ...]) -> Iterator[Found]:
    texts = [(fact, v.text) for fact in facts if isinstance(v := fact.values.get(name), Text)]
    with_article = [(fact, text.split()[0]) for fact, text in texts if text.split()[0].lower() in articles]
    few = 0 < len(with_article) * 2 < len(texts)
    for fact, text in texts:
        if _stops(text):
            says = f"the {name} of {quoted(fact.id)} ends in a full stop"
            yield Found(fact, says, "Leave it out: it stands within sentences.")
    for fact, article in with_article:
        if article[0].isupper():
            says = f"the {name} of {quoted(fact.id)} begins with a capital {quoted(article)}"
            yield Found(fact, says, "Begin it as within a sentence, best without the article.")
        elif few:
            says = f"the {name} of {quoted(fact.id)} begins with {quoted(article)}; most others have no article"
            yield Found(fact, says, "Leave the article out, so that it looks like the other options.")
