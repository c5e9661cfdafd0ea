"""An author with a deck of their own in a folder: changes it, builds it, and keeps what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from quizgen.apkg import Package, unpacked
from quizgen.build import Built, Packing, Printing, build_deck, composer, read
from quizgen.cli.outcome import written
from quizgen.ledger import FIRST
from quizgen.problems import Place, has_errors
from quizgen.templates import Templates

DECK = """\
deck: The bridge at Sel
language: en
sources:
  chronicle: {title: The chronicle of the bridge, authors: [Ada Lind], date: 1998}
  atlas: {title: A school atlas}
from: chronicle
facts:
  ferry: {event: A ferry begins to cross the river, when: 1802, tags: [river]}
  mill: {event: The mill burns down, when: 1850, where: Sel}
  bridge: {event: The bridge opens, when: 1894, where: Sel, note: In the rain., tags: [bridge, town]}
  tram: {event: Trams cross the bridge, when: 1923, where: Vell}
  lamps: {event: The streets get electric lamps, when: 1903, where: Orm}
  hall: {event: The market hall is built, when: 1887}
  length: {figure: length of the bridge, value: 312 m}
  arches: {figure: arches of the bridge, value: "14"}
  cost: {figure: cost of the bridge, value: "at least 15,000 crowns"}
  motto: {quote: No river is forever, by: lind}
  second-motto: {quote: A town needs two banks, by: marr}
  third-motto: {quote: Count the arches twice, by: Cy Tole}
  bribe: {claim: The contractor paid the council, by: two newspapers, status: alleged, denied-by: the council}
  lind: {person: Ada Lind, role: engineer of the bridge}
  marr: {person: Bo Marr, role: mayor of Sel, media: marr.png, alt: A man with a hat}
  weir: {term: weir, meaning: a low dam across a river}
  pier: {term: pier, meaning: a post that carries a bridge}
  treaty: {treaty: The treaty of friendship, signed: 1815, place: Sel}
  pact: {treaty: The long pact, signed: 1847, place: Vell}
  accord: {treaty: The accord on tolls, signed: 1871, place: Orm}
  peace: {treaty: The peace of mills, signed: 1901}
"""

KIND = """\
kind: treaty
fields: {treaty: text, signed: date, place?: place}
statement: "{treaty} was signed {signed:in}[ at {place}]."
ask:
  signed: {prompt: "{signed:asks} was {treaty} signed?", answer: signed, forms: [recall, choice, truth, cloze]}
  place: {prompt: "Where was {treaty} signed?", answer: place}
order: {prompt: "Put these treaties in order, earliest first.", by: signed}
cards: {signed: choice, cloze: cloze, order: order}
"""

START = FIRST + 1_000_000


@dataclass
class Author:
    """Somebody whose deck stands in `folder`, with `templates/` and `output/` beside it."""

    folder: Path
    clock: int = START

    def __post_init__(self) -> None:
        if self.deck.exists():
            return
        self.write("decks/bridge/deck.yaml", DECK)
        self.write("decks/bridge/kinds/treaty.yaml", KIND)
        self.paints("marr.png", "red")

    @property
    def deck(self) -> Path:
        return self.folder / "decks/bridge/deck.yaml"

    @property
    def ledger(self) -> Path:
        return self.folder / "decks/bridge/deck.ledger.json"

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def edits(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def paints(self, name: str, colour: str) -> None:
        """A picture beside the deck."""
        Image.new("RGB", (4, 4), colour).save(self.deck.parent / name)

    def builds(self, *to: str, packing: Packing | None = None) -> Built:
        """What a build makes, a day after the last one; it is put on the disk."""
        built = self.makes(*to, packing=packing)
        assert written(built, self.folder / "output")
        return built

    def makes(self, *to: str, packing: Packing | None = None) -> Built:
        """What a build makes, a day after the last one, before anything of it is written."""
        self.clock += 86_400
        templates = Templates.found(project=self.folder / "templates")
        asked, problems = read(self.deck.parent, templates)
        assert asked is not None, problems
        built = build_deck(
            asked,
            templates,
            to=to or ("anki",),
            sheets_of=composer("test", seed=1),
            printing=Printing(),
            now=self.clock,
            packing=packing,
            out=self.folder / "output",
        )
        assert not has_errors(built.problems), built.problems
        assert built.ledger is not None
        return built

    def packs(self) -> bytes:
        """The package of a build."""
        return self.builds().files["bridge.apkg"]


def opened(data: bytes) -> Package:
    """What is in a package."""
    package = unpacked(data, Place("x.apkg"))
    assert isinstance(package, Package), package
    return package
