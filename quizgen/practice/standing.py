"""Standing: a learner's figures said in a terminal, in words and in pictures of plain characters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from quizgen.language import Language
from quizgen.practice.cards import Card
from quizgen.practice.figures import Figures
from quizgen.practice.screen import Talk
from quizgen.questions import one_line

WEEKS = 16  # of the picture of days
_DAYS = 7
_SHADES = "·░▒▓█"  # of a day: none, some, more, many, most
_LONGEST = 24  # columns of a bar


def tell_decks(found: Mapping[str, Figures], talk: Talk, language: Language) -> None:
    """Says how the learner stands with each of these decks, by their ids, in a line each."""
    if not found:
        talk.say(language.say("stats.no-decks"))
    for deck, figures in found.items():
        talk.say(language.say("stats.deck", deck=deck, due=str(figures.due), answers=str(figures.answers)))


def tell_standing(
    figures: Figures, cards: Sequence[Card], today: date, talk: Talk, language: Language, *, plain: bool
) -> None:
    """Says how the learner stands with a deck of these cards; `plain` says in words what else is drawn."""
    _sums(figures, len(cards), talk, language)
    if not figures.answers:
        return
    _days(figures, today, talk, language, plain=plain)
    _ahead(figures, today, talk, language, plain=plain)
    _weakest(figures, {card.id: card for card in cards}, talk, language)


def _sums(figures: Figures, every: int, talk: Talk, language: Language) -> None:
    say = language.say
    new = max(every - figures.known, 0)
    talk.say(say("stats.due", due=str(figures.due), new=str(new), cards=str(every)), "strong")
    if not figures.answers:
        talk.say(say("stats.nothing"))
        return
    talk.say(say("stats.answers", answers=str(figures.answers), today=str(figures.today)))
    if figures.retention is not None:
        talk.say(say("stats.retention", share=str(figures.retention), tested=str(figures.tested)))
    talk.say(say("stats.streak", days=str(figures.streak)))


# ---- the days behind -------------------------------------------------------------------------------------------------


def _days(figures: Figures, today: date, talk: Talk, language: Language, *, plain: bool) -> None:
    monday = today - timedelta(days=today.weekday())
    weeks = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    first = next((week for week in weeks if _of_week(figures.by_day, week)), monday)
    weeks = weeks[weeks.index(first) :] if plain else weeks
    talk.say("")
    if plain:
        talk.say(language.say("stats.weeks"))
        for week in weeks:
            talk.say(f"{week.isoformat()}: {_of_week(figures.by_day, week)}", indent="  ")
        return
    most = max((figures.by_day.get(week + timedelta(days=day), 0) for week in weeks for day in range(_DAYS)), default=0)
    talk.say(language.say("stats.days", weeks=str(WEEKS), since=weeks[0].isoformat()))
    for day, name in enumerate(language.words["stats.weekdays"]):
        row = (week + timedelta(days=day) for week in weeks)
        cells = (_shade(figures.by_day.get(one, 0), most) if one <= today else " " for one in row)
        talk.drawn(f"  {name:<4}{' '.join(cells)}".rstrip())
    talk.say(language.say("stats.shades", shades=" ".join(_SHADES[1:]), none=_SHADES[0], most=str(most)), "quiet")


def _of_week(by_day: Mapping[date, int], monday: date) -> int:
    return sum(by_day.get(monday + timedelta(days=day), 0) for day in range(_DAYS))


def _shade(answers: int, most: int) -> str:
    """A character for a day: the more, the darker; any answer at all can be seen."""
    steps = len(_SHADES) - 1
    return _SHADES[min(steps, -(-answers * steps // most))] if answers else _SHADES[0]


# ---- the days ahead --------------------------------------------------------------------------------------------------


def _ahead(figures: Figures, today: date, talk: Talk, language: Language, *, plain: bool) -> None:
    talk.say("")
    talk.say(language.say("stats.ahead"))
    most = max(figures.ahead)
    for number, due in enumerate(figures.ahead):
        day = (today + timedelta(days=number)).isoformat()
        bar = "" if plain or not due else " " + "█" * max(1, due * _LONGEST // most)
        talk.drawn(f"  {day}{due:>6}{bar}")


# ---- what is weak ----------------------------------------------------------------------------------------------------


def _weakest(figures: Figures, cards: Mapping[str, Card], talk: Talk, language: Language) -> None:
    told = list(_weak_lines(figures, cards, language))
    if not told:
        return
    talk.say("")
    talk.say(language.say("stats.weakest"))
    for line in told:
        talk.say(line, label="- ")


def _weak_lines(figures: Figures, cards: Mapping[str, Card], language: Language) -> Iterator[str]:
    for weak in figures.weakest:
        card = cards.get(weak.id)
        if card is not None:  # the deck asks it no more
            counts = language.say("stats.missed", wrong=str(weak.wrong), answers=str(weak.answers))
            yield f"{one_line(card.questions[0])} {counts}"
