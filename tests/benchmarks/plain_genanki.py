"""The measure of `test_whole`: a deck becomes an Anki package as a plain script with PyYAML and genanki makes it.

What a good user of genanki would write for this deck of events: four notes a fact, with stable ids, escaped, the source
on the back; wrong options are other events of other years, drawn by a seed. It finds no mistake in the deck, proves
no option wrong but by its year, and keeps no ledger.

    python plain_genanki.py DECK.yaml OUT.apkg
"""

import random
import sys
from html import escape
from pathlib import Path
from typing import Any

import genanki
import yaml

COMMON = ("Status", "Denied", "Note", "Source", "Picture", "Spare5", "Language")
RECALL_FIELDS = ("Id", "Prompt", "Answer", "Also", *COMMON, "Typed", "Spare2", "Spare3", "Spare4")
CHOICE_FIELDS = ("Id", "Prompt", "Options", "Instruction", "Answer", *COMMON, "Spare1", "Spare2", "Spare3", "Spare4")
BACK = "{{FrontSide}}<hr id=answer>{{Answer}}<p>{{Source}}</p>"
RECALL = genanki.Model(
    1_742_190_331,
    "Recall",
    fields=[{"name": name} for name in RECALL_FIELDS],
    templates=[{"name": "Card", "qfmt": "{{Prompt}}", "afmt": BACK}],
)
CHOICE = genanki.Model(
    1_742_190_332,
    "Choice",
    fields=[{"name": name} for name in CHOICE_FIELDS],
    templates=[{"name": "Card", "qfmt": "{{Prompt}}<ul>{{Options}}</ul>", "afmt": BACK}],
)


def guid(deck: str, fact: str, way: str, *more: str) -> str:
    found: str = genanki.guid_for("quizgen", deck, fact, way, *more)
    return found


def recall(  # noqa: PLR0917 - a script
    deck: str, fact: str, way: str, prompt: str, answer: str, source: str, tag: str
) -> genanki.Note:
    head = [f"{deck}/{fact}/{way}", escape(prompt, quote=False), escape(answer, quote=False), "", "", "", ""]
    fields = [*head, escape(source, quote=False), "", "", "en", "", "", "", ""]
    return genanki.Note(RECALL, fields, guid=guid(deck, fact, way), tags=[tag])


def option(event: dict[str, Any], *, right: bool) -> str:
    text = f'<span class="option">{escape(event["event"], quote=False)}</span>'
    mine = '<span class="mine" dir="auto" hidden>Your choice</span>'
    if right:
        return f'<li class="right" dir="auto">{text}<span class="verdict" dir="auto" hidden>Right</span>{mine}</li>'
    why = f'<span class="why" dir="auto" hidden>That happened in {event["when"]}.</span>'
    return f'<li class="wrong" dir="auto">{text}{mine}{why}</li>'


def choice(  # noqa: PLR0917 - a script
    deck: str, fact: str, event: dict[str, Any], others: list[Any], source: str, tag: str
) -> genanki.Note:
    dice = random.Random(fact)  # noqa: S311 - not for secrets
    wrong: list[Any] = []
    while len(wrong) < 3:
        other = dice.choice(others)
        if other["when"] != event["when"] and other not in wrong:
            wrong.append(other)
    options = [option(event, right=True), *(option(other, right=False) for other in wrong)]
    dice.shuffle(options)
    head = [f"{deck}/{fact}/what", f"Which of these happened in {event['when']}?", "".join(options), ""]
    fields = [*head, escape(event["event"], quote=False), "", "", "", escape(source, quote=False)]
    return genanki.Note(
        CHOICE, [*fields, "", "", "en", "", "", "", ""], guid=guid(deck, fact, "what", "choice"), tags=[tag]
    )


def main(file: Path, out: Path) -> None:
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    deck, tag = file.stem, f"quizgen::{file.stem}"
    titles = {id_: source["title"] for id_, source in read["sources"].items()}
    package = genanki.Deck(1_742_190_330, read["deck"])
    others = list(read["facts"].values())
    for fact, event in read["facts"].items():
        id_, locator = event["from"].split(maxsplit=1)
        source = f"{titles[id_]}, {locator}"
        what = event["event"]
        for way, prompt, answer in (
            ("when", f"In which year did this happen? {what}.", str(event["when"])),
            ("where", f"Where did this happen? {what}.", event["where"]),
            ("who", f"Who was behind this? {what}.", " and ".join(event["who"])),
        ):
            package.add_note(recall(deck, fact, way, prompt, answer, source, tag))
            if way == "when":
                package.add_note(choice(deck, fact, event, others, source, tag))
    genanki.Package(package).write_to_file(out)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
