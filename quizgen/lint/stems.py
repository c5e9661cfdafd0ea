"""Rules on stems: what gives the answer away before one knows it, and questions that are put twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from quizgen.facts import Deck
from quizgen.language import Language
from quizgen.lint.found import Found, living
from quizgen.lint.words import own_words, words_of
from quizgen.problems import quoted
from quizgen.questions import Bank, Choice, Numeric, Recall
from quizgen.values import fold
from quizgen.values.text import telling_words
from quizgen.wording import Hole, Maybe, Template

_RARE, _SHARE = 3, 20  # a word is rare in 3 stems, or in one of 20
_SHORT = 3  # letters of a word that tells nothing


def answer_in_stem(deck: Deck, bank: Bank, _language: Language) -> Iterator[Found]:
    """A rare word that the stem shares with the right option alone."""
    facts = {fact.id: fact for fact in deck.facts}
    choices = [question for question in bank.questions if isinstance(question, Choice) and not question.several]
    stems = {question.about.id: _stems_of(question.prompt) for question in choices}
    frequency = Counter(word for words in stems.values() for word in words)
    rare = max(_RARE, len(choices) // _SHARE)
    for question in choices:
        right = next(option.text for option in question.options if option.right)
        shared = stems[question.about.id] & _stems_of(right)
        if not shared:
            continue
        shared -= set().union(*(_stems_of(option.text) for option in question.options if not option.right))
        word = min((word for word in shared if frequency[word] <= rare), default=None)
        if word:
            fact = facts[question.about.fact]
            says = f"the choice {quoted(question.about.id)} and its right option share a telling word, {quoted(word)}"
            yield Found(
                fact, says, "Say one of the two in other words, or name in `unlike` a fact that has the word too."
            )


@lru_cache(maxsize=1 << 14)
def _stems_of(text: str) -> frozenset[str]:
    """The telling words of a text, without the 's' of plurals and possessives."""
    return frozenset(
        word.removesuffix("s") for word in telling_words(text) if len(word) > _SHORT and not word.isdecimal()
    )


def article_cue(deck: Deck, _bank: Bank, language: Language) -> Iterator[Found]:
    """A stem that ends in 'a' or 'an', or a blank that follows one."""
    words = words_of(deck, language, "article-cues")
    if not words:
        return
    ends = re.compile(rf"(?<![\w'’])(?:{'|'.join(map(re.escape, words))})[\s…_:.?]*$", re.IGNORECASE)
    remedy = "Move the article to the answer, or write 'a(n)'."
    for fact in living(deck):
        for way, text in fact.wording.items():
            if ends.search(text):
                says = f"the question '{way}' of {quoted(fact.id)} ends in {quoted(text.split()[-1])}"
                yield Found(fact, says, remedy)
    for kind in deck.kinds.values():
        for asked in kind.ways.values():
            found = ends.search(own_words(asked.prompt).rstrip("… "))
            if found and not asked.prompt.written.endswith("}"):
                says = f"the prompt '{asked.name}' of the kind {quoted(kind.name)} ends in {quoted(found[0])}"
                yield Found(asked.place, says, remedy)
        blanked = {way.answer for way in kind.ways.values() if "cloze" in way.forms}
        for before, name in _before_blanks(kind.statement):
            if name in blanked and ends.search(before):
                says = f"the statement of the kind {quoted(kind.name)} has {quoted(before.split()[-1])} before '{name}'"
                yield Found(kind.place, says, remedy)


def _before_blanks(template: Template | None) -> Iterator[tuple[str, str]]:
    """The text before each field of a statement."""
    before = ""
    for outer in template.pieces if template else ():
        for piece in outer.pieces if isinstance(outer, Maybe) else (outer,):
            if isinstance(piece, Hole):
                yield before, piece.field
                before = ""
            elif isinstance(piece, str):
                before = piece


def number_cue(deck: Deck, bank: Bank, language: Language) -> Iterator[Found]:
    """A verb in an author's stem that agrees with the right option alone."""
    verbs = dict.fromkeys(words_of(deck, language, "singular-verbs"), False)
    verbs |= dict.fromkeys(words_of(deck, language, "plural-verbs"), True)
    askers = words_of(deck, language, "asking-for-things")
    if not verbs or not askers:
        return
    stem = re.compile(rf"(?:{_any_of(askers)})(?: \w+)?? ({_any_of(verbs)}) ")
    plural = _plural(deck, language)
    facts = {fact.id: fact for fact in deck.facts}
    for question in bank.questions:
        fact = facts.get(question.about.fact)
        if not isinstance(question, Choice) or question.several or not fact or question.about.way not in fact.wording:
            continue
        found = stem.match(fold(question.prompt))
        right = {option.right for option in question.options if found and plural(option.text) == verbs[found[1]]}
        if found and right == {True}:
            asked = f"the question '{question.about.way}' of {quoted(fact.id)}"
            says = f"{quoted(found[1])} in {asked} fits the right option alone"
            yield Found(fact, says, "Word it so that one and many fit.")


def _any_of(words: Iterable[str]) -> str:
    """An expression for any of these words, whatever signs are in them."""
    return "|".join(map(re.escape, words))


def _plural(deck: Deck, language: Language) -> Callable[[str], bool]:
    """What tells, by the end of the noun that others hang on, whether a text speaks of several."""
    after = _any_of(words_of(deck, language, "after-the-noun"))
    plural, singular = (words_of(deck, language, f"{number}-endings") for number in ("plural", "singular"))
    rest = re.compile(rf"[,;(]|\b(?:{after})\b")

    def is_plural(text: str) -> bool:
        noun = rest.split(text, maxsplit=1)[0].split()[-1:]
        return any(word.endswith(plural) and not word.endswith(singular) for word in noun)

    return is_plural


def same_stem(deck: Deck, bank: Bank, _language: Language) -> Iterator[Found]:
    """Two facts that ask in the same words for different answers."""
    for first, second, same_key in _repeated(bank):
        if not same_key:
            says = f"{quoted(second.about.id)} and {quoted(first.about.id)} ask the same, and want different answers"
            yield _of(
                deck, second, says, "Tell the two apart in the question: in `ask: {...}`, or in a field that it shows."
            )


def asked_twice(deck: Deck, bank: Bank, _language: Language) -> Iterator[Found]:
    """Two facts that ask in the same words for the same answer."""
    for first, second, same_key in _repeated(bank):
        if same_key:
            says = f"{quoted(second.about.id)} and {quoted(first.about.id)} ask the same, and want the same answer"
            yield _of(deck, second, says, "Keep one of them: `ask:` says which ways a fact is asked.")


def _of(deck: Deck, question: Recall | Numeric, says: str, remedy: str) -> Found:
    return Found(deck.facts[question.about.position], says, remedy)


def _repeated(bank: Bank) -> Iterator[tuple[Recall | Numeric, Recall | Numeric, bool]]:
    """Questions with one and the same stem and picture, each beside the first; and whether an answer is the same.

    Of choices, the options tell two apart ('Which of these happened in 1979?'); so only those count that have none.
    """
    by_stem: dict[tuple[str, str], dict[str, Recall | Numeric]] = defaultdict(dict)
    for question in bank.questions:
        if isinstance(question, Recall | Numeric):
            picture = str(question.about.picture.path) if question.about.picture else ""
            by_stem[fold(question.prompt), picture].setdefault(question.about.id, question)
    for found in by_stem.values():
        first, *others = found.values()
        for other in others:
            answers = {fold(answer) for answer in first.answers}
            yield first, other, any(fold(answer) in answers for answer in other.answers)
