"""A session: question, answer, verdict and why, until time, questions or patience run out.

A line that begins with `:` is a command, `?` shows the answer, `!` after a wrong answer overrules the verdict, and
`:undo` takes the last answer back and asks its question again. An answer is on the disk before its verdict is shown.
What was missed comes back at the end, for the learner's sake alone: a card counts once in a session.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from quizgen.compose.shuffling import shuffled
from quizgen.dice import Dice
from quizgen.grade import Verdict
from quizgen.language import Language
from quizgen.practice.asking import Mark, answer_of, hint, mark, put, takes
from quizgen.practice.cards import Card, Queue, all_of, cards_of, queue_of
from quizgen.practice.screen import Talk
from quizgen.practice.store import Store
from quizgen.practice.verdicts import tell_verdict
from quizgen.questions import Bank, Choice, Option, Question, form_of, one_line

_RETURNS = 3  # how often a missed question comes back
_COLON = (":", "\uff1a")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What to practise, for how long. `clock` gives the time, aware of the learner's zone.

    `cram` asks everything, due or not, and leaves the schedule as it is. `was` are ids that facts had before.
    """

    deck: str
    seed: int
    clock: Callable[[], datetime]
    count: int | None = 20
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    cram: bool = False
    was: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What came of a session."""

    right: int = 0
    close: int = 0
    wrong: int = 0
    skipped: int = 0

    @property
    def answered(self) -> int:
        """How many questions were answered."""
        return self.right + self.close + self.wrong


class _Command(Enum):
    """What a line asks for that is no answer."""

    ANSWER = "answer"
    SKIP = "skip"
    UNDO = "undo"
    QUIT = "quit"


@dataclass(slots=True)
class _Answered:
    """An answer that can be taken back. `number` is that of the store, None when cramming."""

    card: Card
    heading: str
    question: Question
    verdict: Verdict
    number: int | None


class _Stop(Exception):
    """The learner has had enough, or the input ends."""


def practise(bank: Bank, store: Store, talk: Talk, options: Options, language: Language) -> Summary:
    """A session with the learner; what came of it. Raises `CannotKeep` where answers cannot be kept."""
    store.rename(options.deck, options.was)
    cards = cards_of(bank, forms=options.forms, tags=options.tags)
    memories = store.memories(options.deck)
    now = options.clock()
    queue = queue_of(cards, memories, now, options.seed)
    asked = all_of(cards, options.seed) if options.cram else queue.due + queue.new
    asked = asked[: options.count]
    talk.say(_opening(asked, queue, options, language))
    if not asked:
        return Summary()
    talk.say(language.say("practice.commands"), "quiet")
    session = _Session(store, talk, options, language)
    session.whys = {one.about.id: one.options for one in bank.questions if isinstance(one, Choice)}
    session.answers.update({id_: memory.answers for id_, memory in memories.items()})
    session.run(asked)
    return session.close(cards)


def _opening(asked: Sequence[Card], queue: Queue, options: Options, language: Language) -> str:
    """What the session will ask, or why it asks nothing."""
    if asked and options.cram:
        return language.say("practice.begin-cram", count=str(len(asked)))
    if asked:
        due = min(len(queue.due), len(asked))
        return language.say("practice.begin", due=str(due), new=str(len(asked) - due))
    if queue.later is None:
        return language.say("practice.nothing")
    return language.say("practice.nothing-due", date=_day(queue.later, options))


def _day(when: datetime, options: Options) -> str:
    """A day in the learner's zone, as ISO 8601 writes it."""
    return when.astimezone(options.clock().tzinfo).date().isoformat()


class _Session:
    """The questions of one session, and what came of them."""

    def __init__(self, store: Store, talk: Talk, options: Options, language: Language) -> None:
        self.store = store
        self.talk = talk
        self.options = options
        self.language = language
        self.end = None if options.minutes is None else options.clock() + timedelta(minutes=options.minutes)
        self.answers: Counter[str] = Counter()  # by card, when the session began
        self.whys: dict[str, tuple[Option, ...]] = {}  # by question: options of its choice, which tell why
        self.counts: Counter[str] = Counter()
        self.missed: list[Question] = []
        self.last: _Answered | None = None

    def run(self, cards: Sequence[Card]) -> None:
        """Asks all cards, then again what was missed; ends early at the learner's wish, or when time is up."""
        try:
            for number, card in enumerate(cards, start=1):
                if self._time_is_up():
                    return
                if self._answered_elsewhere(card):
                    continue
                self._ask(card, self._of_count(number, len(cards)))
            self._ask_again()
        except (_Stop, KeyboardInterrupt):
            self.talk.say(self.language.say("practice.stopped"), "quiet")

    def close(self, cards: Sequence[Card]) -> Summary:
        """Tells what came of the session, what was missed, and when to come back."""
        counts, say = self.counts, self.language.say
        summary = Summary(
            right=counts["right"], close=counts["close"], wrong=counts["wrong"], skipped=counts["skipped"]
        )
        told = {"answered": summary.answered, "right": summary.right + summary.close, "wrong": summary.wrong}
        self.talk.say("")
        self.talk.say(say("practice.summary", **{name: str(number) for name, number in told.items()}), "strong")
        if self.missed:
            self.talk.say(say("practice.missed"))
        for question in self.missed:
            answer = say("practice.answer", answer=answer_of(question, self.language))
            self.talk.say(f"{one_line(question)} {answer}", label="- ")
        if not self.options.cram:
            memories = self.store.memories(self.options.deck)
            due = min((memories[card.id].due for card in cards if card.id in memories), default=None)
            if due is not None:
                self.talk.say(say("practice.next", date=_day(due, self.options)), "quiet")
        return summary

    def _time_is_up(self) -> bool:
        if self.end is None or self.options.clock() < self.end:
            return False
        self.talk.say(self.language.say("practice.time"), "quiet")
        return True

    def _answered_elsewhere(self, card: Card) -> bool:
        """Whether another session has had this card since ours began."""
        return not self.options.cram and self.store.answers(self.options.deck, card.id) != self.answers[card.id]

    def _of_count(self, number: int, count: int) -> str:
        return self.language.say("practice.number", number=str(number), count=str(count))

    def _ask(self, card: Card, heading: str) -> None:
        answers = self.answers[card.id]
        question = card.question(answers, self.options.seed)
        question = shuffled(question, Dice("practice", self.options.seed, card.id, answers))
        while (line := self._put(question, heading)) is _Command.UNDO:
            self._take_back()
        if line is _Command.SKIP:
            self.counts["skipped"] += 1
            self.talk.say(self.language.say("practice.skipped"), "quiet")
            return
        given = line if isinstance(line, Mark) else None
        verdict = given.verdict if given else Verdict.WRONG
        self.last = _Answered(card, heading, question, verdict, self._record(card, question, verdict))
        tell_verdict(question, given, self.talk, self.language)
        self.counts[verdict.value] += 1
        if verdict is Verdict.WRONG:
            self.missed.append(question)
            if given is not None:
                self._hear(self.last)

    def _hear(self, answered: _Answered) -> None:
        """What the learner says to being told wrong: that it was right after all, or that it is taken back."""
        line = self.talk.ask(self.language.say("practice.overrule") + " ")
        command = None if line is None else _command(line)
        if line is None or command is _Command.QUIT:
            raise _Stop
        if command is _Command.UNDO:
            self._take_back()
        elif line.strip() in ("!", "\uff01"):
            self.talk.say(self.language.say("practice.overruled"), "right")
            self._forget(answered)
            self.counts["right"] += 1
            answered.verdict = Verdict.RIGHT
            if answered.number is not None:
                self.store.amend(answered.number, Verdict.RIGHT)

    def _take_back(self) -> None:
        """Makes the last answer never given, and asks its question again."""
        last, self.last = self.last, None
        if last is None or (last.number is not None and not self.store.take_back(last.number)):
            self.talk.say(self.language.say("practice.nothing-to-undo"), "quiet")
            return
        self._forget(last)
        self.talk.say(self.language.say("practice.undone"), "quiet")
        self._ask(last.card, last.heading)

    def _forget(self, answered: _Answered) -> None:
        """Leaves an answer out of what came of the session."""
        self.counts[answered.verdict.value] -= 1
        self.missed = [question for question in self.missed if question is not answered.question]

    def _ask_again(self) -> None:
        """What was missed, until it is right or has come back three times; this is not counted."""
        waiting = list(self.missed)
        for _ in range(_RETURNS):
            still = []
            for question in waiting:
                if self._time_is_up():
                    return
                while (line := self._put(question, self.language.say("practice.again"))) is _Command.UNDO:
                    self.talk.say(self.language.say("practice.nothing-to-undo"), "quiet")
                if line is _Command.SKIP:
                    continue
                given = line if isinstance(line, Mark) else None
                tell_verdict(question, given, self.talk, self.language)
                if given is None or given.verdict is Verdict.WRONG:
                    still.append(question)
            waiting = still

    def _put(self, question: Question, heading: str) -> Mark | _Command:
        """Shows a question and takes lines until one is an answer or a command. Raises `_Stop`."""
        self.talk.say("")
        self.talk.say(heading, "quiet")
        put(question, self.talk, self.language)
        how = hint(question, self.language)
        if how:
            self.talk.say(how, "quiet")
        for line in self._lines():
            command = None if takes(question, line) else _command(line)
            if command is _Command.QUIT:
                raise _Stop
            if command is not None:
                return command
            if line.strip().startswith(_COLON) and not takes(question, line):
                self.talk.say(self.language.say("practice.commands"), "quiet")  # misspelt, and no answer
                continue
            found = mark(question, line, self.language, self.whys.get(question.about.id, ())) if line.strip() else None
            if found is not None:
                return found
            self.talk.say(how or self.language.say("practice.type-something"), "quiet")
        raise _Stop

    def _lines(self) -> Iterator[str]:
        while (line := self.talk.ask("> ")) is not None:
            yield line

    def _record(self, card: Card, question: Question, verdict: Verdict) -> int | None:
        """Keeps the answer; its number, None when cramming."""
        if self.options.cram:
            return None
        now = self.options.clock()
        return self.store.record(self.options.deck, card.id, form=form_of(question), verdict=verdict, now=now)


def _command(line: str) -> _Command | None:
    """The command that a line is: `?`, or `:` with the first letters of one."""
    word = line.strip().lower()
    if word in ("?", "\uff1f", "\u061f"):
        return _Command.ANSWER
    if len(word) > 1 and word.startswith(_COLON):
        return next((command for command in _Command if command.value.startswith(word[1:])), None)
    return None
