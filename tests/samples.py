"""One small bank and sheet by hand, with every form, for tests of writers."""

from __future__ import annotations

from decimal import Decimal

from quizgen.compose import Entry, Layout, Section, Sheet
from quizgen.facts import Status
from quizgen.problems import Place
from quizgen.questions import (
    About,
    Bank,
    Choice,
    Cloze,
    Gap,
    Match,
    Numeric,
    Option,
    Order,
    Question,
    Recall,
    Scale,
    Skipped,
    Truth,
)


def about(fact: str, way: str, kind: str = "event", **more: object) -> About:
    """What a sample question is about."""
    known: dict[str, object] = {
        "facts": (fact,),
        "source": "Moscow wants back in, 46",
        "place": Place("deck.yaml", 20, 3),
    }
    return About(deck="sample", fact=fact, way=way, kind=kind, **(known | more))  # type: ignore[arg-type]  # by hand


RECALL = Recall(
    about=about("taliban-founded", "when", tags=("taliban",), note="In the south, around Kandahar."),
    prompt="In which year did this happen? Mohammad Omar establishes the Taliban movement.",
    answers=("1994",),
    answer_type="date",
    rivals=("1996", "1989"),
)
CHOICE = Choice(
    about=about("kabul-captured", "when"),
    prompt="In which year did this happen? The Taliban capture Kabul.",
    options=(
        Option(
            text="1994", right=False, fact="taliban-founded", why="1994 is when Mohammad Omar establishes the Taliban."
        ),
        Option(text="1996", right=True, fact="kabul-captured"),
        Option(text="2001", right=False, fact="nine-eleven", why="2001 is when al-Qaeda attacks New York."),
    ),
    answers=("1996",),
)
SEVERAL = Choice(
    about=about("piers", "which", "list", note="Oak below the water line."),
    prompt="Which of these belong here? Materials of the bridge at Sel.",
    options=(
        Option(text="stone", right=True, fact="piers"),
        Option(text="glass", right=False, fact="roof", why="Glass belongs to: materials of the roof."),
        Option(text="iron", right=True, fact="piers"),
        Option(text="oak", right=True, fact="piers"),
    ),
    answers=("stone", "iron", "oak"),
    instruction="Pick all that are right.",
)
TRUTH = Truth(
    about=about(
        "arms", "claim", "claim", status=Status.ALLEGED, by="senior U.S. officials", denied_by="the Russian government"
    ),
    prompt="True or false?",
    statement="According to senior U.S. officials, Russia has given the Taliban tanks.",
    verdict=False,
    correction="According to senior U.S. officials, Russia has given the Taliban small arms.",
    why="Nobody speaks of tanks.",
)
CLOZE = Cloze(
    about=about("bridge-opened", "cloze"),
    prompt="Fill in the blank.",
    pieces=(
        "The bridge opens (",
        Gap(slot=2, answers=("May 1994", "1994-05"), answer_type="date", rivals=("May 1995",)),
        ") in ",
        Gap(slot=3, answers=("Sel",), answer_type="place"),
        ".",
    ),
)
NUMERIC = Numeric(
    about=about("wall", "value", "figure"),
    prompt="Length of the wall: how many kilometres?",
    answers=("about 5 km", "5 km", "5"),
    value=Decimal(5),
    low=Decimal("4.5"),
    high=Decimal("5.5"),
    unit="km",
)
MATCH = Match(
    about=about("flood", "match", facts=("flood", "fair", "comet")),
    prompt="Match each event with its date.",
    left=("A flood takes the mill", "The fair opens", "The comet returns"),
    right=("1910", "1979", "1850"),
    pairs=((0, 1), (1, 2), (2, 0)),
)
ORDER = Order(
    about=about("flood", "order", facts=("fair", "comet", "flood")),
    prompt="Put these events in order, earliest first.",
    items=("The fair opens", "The comet returns", "A flood takes the mill"),
    values=("1850", "1910", "1979"),
    shown=(2, 0, 1),
    scale=Scale(
        measure="time",
        spans=((0.0, 0.0067), (0.4, 0.4067), (0.86, 0.8667)),
        ticks=((0.0, "1850"), (0.3333, "1900"), (0.6667, "1950"), (1.0, "2000")),
    ),
)

QUESTIONS: tuple[Question, ...] = (RECALL, CHOICE, SEVERAL, TRUTH, CLOZE, NUMERIC, MATCH, ORDER)

BANK = Bank(
    questions=QUESTIONS,
    skipped=(Skipped(fact="flood", way="where", form="*", why="it has no 'where'"),),
)

SHEET = Sheet(
    deck="sample",
    title="A sample",
    language="en",
    recipe="test",
    version="A",
    seed=1,
    form="SAMPLE-1A",
    intro="",
    sections=(
        Section(
            heading="Choose",
            instruction="Circle the letter of the right answer.",
            entries=(Entry(number=1, question=CHOICE, marks=1), Entry(number=2, question=SEVERAL, marks=2)),
        ),
        Section(
            heading="Write",
            instruction="Answer in a word or a number.",
            entries=(
                Entry(number=3, question=RECALL, marks=1),
                Entry(number=4, question=TRUTH, marks=1),
                Entry(number=5, question=CLOZE.with_one_gap(2), marks=1),
                Entry(number=6, question=NUMERIC, marks=1),
                Entry(number=7, question=MATCH, marks=3),
                Entry(number=8, question=ORDER, marks=3),
            ),
        ),
    ),
    layout=Layout(),
)
