"""Rules on facts: values that cannot be, facts without a source or a question, links that lead nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from quizgen.facts import Deck, Fact
from quizgen.language import Language
from quizgen.lint.found import Found, living, whole
from quizgen.problems import quoted
from quizgen.questions import Bank, accepted_answers
from quizgen.values import Date, Many, Name, Quantity, Single, Value, contains_words
from quizgen.values.units import unit_of

_HUNDRED = 100
_NEVER_NEGATIVE = frozenset({"length", "mass", "time", "area", "volume", "speed", "frequency", "density"})
_MANY = 20  # facts from which on one source is few
_TOLD = 3  # reasons that are named


def members(value: Value) -> tuple[Single, ...]:
    """The members of a list, or the value alone."""
    return value.members if isinstance(value, Many) else (value,)


def absurd_value(deck: Deck, _bank: Bank, _language: Language) -> Iterator[Found]:
    """A number that cannot be: more than all of something, or fewer than none."""
    for fact in living(deck):
        numbers = [one for value in fact.values.values() for one in members(value) if isinstance(one, Quantity)]
        for number in numbers:
            wrong = impossible(number)
            if wrong:
                says = f"{quoted(fact.id)} says {quoted(number.written)}: {wrong}"
                yield Found(fact, says, "Look it up again; is it a change, and not a share?")


def impossible(value: Quantity) -> str | None:
    """Why there can be no such quantity of what is counted, measured or shared out."""
    highest = value.number if value.upper is None else value.upper
    if value.unit == "%" and highest > _HUNDRED:
        return "more than all of it"
    if value.number < 0 and value.unit:
        known = unit_of(value.unit)
        if (known is None and not value.money) or (known is not None and known.dimension in _NEVER_NEGATIVE):
            return "fewer than none"
    return None


def after_its_source(deck: Deck, _bank: Bank, _language: Language) -> Iterator[Found]:
    """A fact that happened after its source appeared."""
    for fact in living(deck):
        published = fact.source.source.date if fact.source else None
        if published is None or published.last is None:
            continue
        dates = [single for value in fact.values.values() for single in members(value) if isinstance(single, Date)]
        dates += [fact.as_of] if fact.as_of else []
        late = next((date for date in dates if date.first is not None and date.first > published.last), None)
        if late and fact.source:
            says = f"{quoted(fact.id)} says {quoted(late.written)}; its source appeared in {published.written}"
            yield Found(fact, says, f"Is the date right, and is it {quoted(fact.source.source.id)} that says so?")


def source(deck: Deck, _bank: Bank, _language: Language) -> Iterator[Found]:
    """A fact that cannot be traced."""
    for fact in living(deck):
        if fact.source is None:
            says = f"the fact {quoted(fact.id)} has no source"
            yield Found(fact, says, "Name one in `from`, for this fact or for the whole deck.")


def one_source(deck: Deck, _bank: Bank, _language: Language) -> Iterator[Found]:
    """A deck of many facts that all come from one source."""
    facts = list(living(deck))
    cited = {fact.source.source.id for fact in facts if fact.source}
    if len(facts) >= _MANY and len(cited) == 1:
        says = f"all {len(facts)} facts come from one source, {quoted(cited.pop())}"
        yield Found(whole(deck), says, "Look up what matters in a second one.")


def not_asked(deck: Deck, bank: Bank, _language: Language) -> Iterator[Found]:
    """A fact that no question asks, though its author lets it be asked."""
    asked = {id_ for question in bank.questions for id_ in (question.about.fact, *question.about.facts)}
    named = {
        single.id
        for fact in living(deck)
        for value in fact.values.values()
        for single in members(value)
        if isinstance(single, Name) and single.id != fact.id
    } | {name.id for fact in living(deck) for name in (*fact.by, *fact.denied_by)}
    reasons: dict[str, dict[str, None]] = defaultdict(dict)
    for skipped in bank.skipped:
        reasons[skipped.fact].setdefault(f"{skipped.way}: {skipped.why}")
    for fact in living(deck):
        if fact.id in asked or fact.only_ways == frozenset():
            continue
        why = list(reasons.get(fact.id, ()))
        if not why and fact.id in named:
            continue  # a person who is there to be named by others
        more = f"; and {len(why) - _TOLD} more" if len(why) > _TOLD else ""
        told = "; ".join(why[:_TOLD]) + more if why else "it lacks the fields that its kind asks for"
        remedy = "Add what tells it apart or a field to ask for, or write `ask: never`."
        yield Found(fact, f"no question asks {quoted(fact.id)} ({told})", remedy)


def unlike_in_vain(deck: Deck, _bank: Bank, _language: Language) -> Iterator[Found]:
    """An `unlike` that can never serve as a wrong option."""
    facts = {fact.id: fact for fact in deck.facts}
    for fact in living(deck):
        for id_ in fact.unlike:
            why = _useless(fact, facts[id_]) if id_ in facts else None
            if why:
                says = f"{quoted(fact.id)} is unlike {quoted(id_)}, which {why}"
                yield Found(fact, says, f"Name a fact of the kind '{fact.kind.name}', or remove it.")


def _useless(fact: Fact, other: Fact) -> str | None:
    if other.kind.name != fact.kind.name:
        return f"is of another kind, '{other.kind.name}', and never an option"
    return "is withdrawn, and no option any more" if other.retired is not None else None


def picture_tells(deck: Deck, bank: Bank, _language: Language) -> Iterator[Found]:
    """Words beside a picture that give the answer to whoever has them read aloud."""
    facts = {fact.id: fact for fact in deck.facts}
    told: set[str] = set()
    for question in bank.questions:
        fact = facts.get(question.about.fact)
        if fact is None or fact.picture is None or fact.id in told:
            continue
        for key, text, remedy in (
            ("alt", fact.picture.alt, "Say what can be seen, and not what it is."),
            ("credit", fact.picture.credit, "If the licence allows, word it another way; or do not ask that."),
        ):
            answer = next((answer for answer in accepted_answers(question) if contains_words(text, answer)), None)
            if answer and fact.id not in told:
                told.add(fact.id)
                says = f"`{key}` of {quoted(fact.id)} says {quoted(answer)}, the answer of '{question.about.way}'"
                yield Found(fact, says, remedy)
