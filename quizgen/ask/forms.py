"""Forms: an item becomes questions, in each form that is sound for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from quizgen.ask.about import about_item, asks
from quizgen.ask.agree import Agreeing, singles
from quizgen.ask.cloze import cloze
from quizgen.ask.items import MOST_RIGHT, Asker, Item, Unsound, answers_of, distinct, is_list, shown_fields
from quizgen.ask.plainly import PlainCards
from quizgen.ask.proof import Wrong
from quizgen.ask.wrong import FEWEST
from quizgen.cards import card_forms
from quizgen.facts import Fact
from quizgen.frozen import quick_maker
from quizgen.kinds import Way
from quizgen.questions import Choice, Numeric, Option, Question, Recall, Skipped, Truth
from quizgen.values import Many, Quantity, Single, Value, same
from quizgen.values.quantities import span_in_own_unit
from quizgen.values.show import capitalised
from quizgen.wording import plain

_recalled = quick_maker(Recall)
_chosen = quick_maker(Choice)
_stated = quick_maker(Truth)
_offered = quick_maker(Option)


@dataclass(slots=True)
class Asked:
    """The questions of a fact, and what of it could not be asked."""

    questions: list[Question] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def ask_fact(asker: Asker, fact: Fact, plain: PlainCards | None = None) -> Asked:
    """Every question on one fact alone, in the order of its kind's ways; `plain` makes cards of what is plain."""
    out = Asked()
    items: dict[str, Item] = {}
    for way in fact.kind.ways.values():
        if not asks(fact, way.name):
            continue
        card = plain.card(fact, way) if plain else None
        if card is not None:
            out.questions.append(card)
            continue
        forms = _forms(asker, fact, way)
        item = _item(asker, fact, way, out) if forms or not asker.only_cards else None
        if item is None:
            continue
        items[way.name] = item
        for form in forms:
            if _try(out, fact, way.name, form, partial(_MAKERS[form], asker, item)) and asker.only_cards:
                break
    wanted = not asker.only_cards or "cloze" in card_forms(fact.kind, "cloze")
    if wanted and fact.kind.statement and asks(fact, "cloze"):
        _try(out, fact, "cloze", "cloze", partial(cloze, asker, fact, items))
    return out


def _forms(asker: Asker, fact: Fact, way: Way) -> tuple[str, ...]:
    """The forms to try, in their order: all of the way's, or those of which the first that can be made is its card."""
    known = asker.forms.get((fact.kind.name, way.name))
    if known is None:
        forms = card_forms(fact.kind, way.name) if asker.only_cards else tuple(_MAKERS)
        known = tuple(form for form in forms if form in way.forms and form in _MAKERS)
        asker.forms[fact.kind.name, way.name] = known
    return known


def _item(asker: Asker, fact: Fact, way: Way, out: Asked) -> Item | None:
    try:
        return asker.item(fact, way)
    except Unsound as unsound:
        out.skipped.append(Skipped(fact=fact.id, way=way.name, form="*", why=str(unsound)))
        return None


def _try(out: Asked, fact: Fact, way: str, form: str, make: Callable[[], Question | None]) -> bool:
    """Adds the question that `make` makes, or why there is none; says whether there is one."""
    try:
        question = make()
    except Unsound as unsound:
        out.skipped.append(Skipped(fact=fact.id, way=way, form=form, why=str(unsound)))
        return False
    if question is not None:
        out.questions.append(question)
    return question is not None


def _recall(asker: Asker, item: Item) -> Recall:
    reverse = item.way.answer == item.fact.kind.headline
    fits = distinct(item.fact, _fitting(item), item.way.answer) if reverse else item.key
    if len(fits) > len(item.key):
        also = asker.speaker.show(fits[-1])
        raise Unsound(f"what the question shows may fit '{also}' as well")
    several = len(item.key) > 1
    prompt = f"{item.prompt} {asker.language.say('question.one-is-enough')}" if several else item.prompt
    answer = item.fact.kind.fields[item.way.answer]
    answers = answers_of(item, asker.speaker)
    return _recalled(
        about=about_item(item),
        prompt=prompt,
        answers=answers,
        answer_type="list" if is_list(item.own) else answer.type,
        rivals=asker.rivals(item, answers),
        several=several,
    )


def _fitting(item: Item) -> Agreeing:
    """The facts that agree, and those that may and have all that the question shows ('former official': which?)."""
    if not item.agreeing.perhaps:
        return item.agreeing
    shown = item.way.prompt.fields & set(item.fact.values)
    return Agreeing((*item.agreeing.sure, *[fact for fact in item.agreeing.perhaps if shown <= set(fact.values)]), ())


def _choice(asker: Asker, item: Item) -> Choice:
    key = _right_options(item)
    wrong = asker.wrong_options(item)
    if not wrong:
        raise Unsound(_too_few(item))
    speaker = asker.speaker
    right = [_offered(speaker.show(value), True, item.fact.id) for value in key]  # noqa: FBT003 - that it is right
    others = [_wrong_option(asker, item, one) for one in wrong]
    options = asker.dice(item.fact, item.way.name, "options").shuffled([*right, *others])
    if speaker.look_alike([option.text for option in options]):
        raise Unsound("two options would look the same")
    several = len(right) > 1
    return _chosen(
        about=about_item(item),
        prompt=item.prompt,
        options=options,
        answers=answers_of(item, speaker, [option.text for option in right]),
        instruction=asker.language.say("question.pick-all") if several else None,
    )


def _right_options(item: Item) -> tuple[Single, ...]:
    """The right options: the members of a list; every value of the key where several are right.

    A way that is only ever a choice ('Which of these happened in 1979?') offers one of its right values alone.
    """
    values = item.key if "recall" in item.way.forms else item.key[:1]
    if len(values) == 1 and not isinstance(values[0], Many):
        return (values[0],)
    found: list[Single] = []
    for single in (single for value in values for single in singles(value)):
        if not any(same(single, known) for known in found):
            found.append(single)
    return tuple(found[:MOST_RIGHT])


def _too_few(item: Item) -> str:
    if len(item.candidates) >= FEWEST:
        return "too few options are proved wrong and as long as the right one"
    return "the deck has too few other values that are proved wrong"


def _wrong_option(asker: Asker, item: Item, wrong: Wrong) -> Option:
    """A wrong option with its reason, which is the same wherever the fact that it comes from lends its value."""
    if wrong.fact:
        told: Hashable = item.way.name, wrong.fact.position, id(wrong.value)  # which the fact holds
    else:
        told = item.way.name, item.fact.kind.name, item.own, wrong.value
    known = asker.options.get(told)
    if known is None:
        known = asker.options[told] = _offered(
            text=asker.speaker.show(wrong.value),
            right=False,
            fact=wrong.fact.id if wrong.fact else None,
            why=_why(asker, item, wrong),
        )
    return known


def _why(asker: Asker, item: Item, wrong: Wrong) -> str:
    """Why a wrong option is wrong: what the fact that it comes from says of it."""
    answer = asker.speaker.show(wrong.value)
    if wrong.fact is None:
        phrase = "question.made-up" if isinstance(wrong.value, Quantity) else "question.made-up-date"
        language = asker.language
        return capitalised(language.say(phrase, answer=answer, right=asker.speaker.show(item.own)), language)
    return _belongs(asker, item.way, wrong.fact, answer)


def _belongs(asker: Asker, way: Way, fact: Fact, answer: str) -> str:
    speaker = asker.speaker
    if way.why is not None:
        said = speaker.why(way.why, fact, answer)
        if said is not None:
            return said if way.answer == "by" else speaker.attributed_aside(way.why, said, fact)
    headline = asker.speaker.show(fact.values[fact.kind.headline])
    return asker.language.say("question.belongs-to", answer=answer, headline=headline)


def _truth(asker: Asker, item: Item) -> Truth | None:
    """A statement, true or false as the dice fall. Only of a single value, told after the headline."""
    fact, way = item.fact, item.way
    statement = way.statement or fact.kind.statement
    if statement is None or not statement.shows(way.answer) or way.answer == fact.kind.headline or is_list(item.own):
        return None
    if len(item.key) > 1:
        raise Unsound("more than one answer is right")
    own = singles(item.own)[0]
    if isinstance(own, Quantity) and own.open:
        raise Unsound(f"'{own.written}' leaves one side open: another figure is not proved false")
    true = asker.speaker.text(statement, fact, details=item.details)
    if true is None:
        return None
    correction = plain(asker.speaker.attributed_text(statement, true, fact))
    dice = asker.dice(fact, way.name, "truth")
    verdict = dice.chance()
    agreeing = asker.agreeing_in(fact, shown_fields(statement, true, fact, way.answer))
    wrong = asker.one_wrong(item, agreeing, dice)
    if wrong is None:
        raise Unsound("no other value is proved wrong, and a statement that is always true asks nothing")
    known = {"prompt": asker.language.say("question.true-or-false"), "verdict": verdict, "correction": correction}
    if verdict:
        return _stated(about=about_item(item), statement=correction, **known)
    value: Value = Many((wrong.value,)) if isinstance(item.own, Many) else wrong.value
    false = asker.speaker.text(statement, fact, details=item.details, instead={way.answer: value}) or true
    said = plain(asker.speaker.attributed_text(statement, false, fact))
    return _stated(about=about_item(item), statement=said, why=_why(asker, item, wrong), **known)


def _numeric(asker: Asker, item: Item) -> Numeric | None:
    own = item.own
    if not isinstance(own, Quantity) or own.upper is not None:
        return None
    if len(item.key) > 1:
        raise Unsound("more than one answer is right")
    low, high = span_in_own_unit(own)
    return Numeric(
        about=about_item(item),
        prompt=item.prompt,
        answers=answers_of(item, asker.speaker),
        value=Decimal(own.number),
        low=low,
        high=high,
        unit=own.unit or None,
    )


_MAKERS: dict[str, Callable[[Asker, Item], Question | None]] = {
    "recall": _recall,
    "choice": _choice,
    "truth": _truth,
    "numeric": _numeric,
}
