"""The ledger: identity through time. Which cards a deck has published, and when the content of each last changed.

It stands beside the deck (`<deck>.ledger.json`), is written by `build` and committed with the deck. Keys of cards are
those of their questions, `fact/way/form`. Nothing is ever taken out: a line that nobody asks for any more still says
which identities are spent. A fact that was renamed (`was`) keeps the id under which it was first published in all of
this.
"""

from __future__ import annotations

from quizgen.ledger.content import digest, digest_of
from quizgen.ledger.file import path_beside, read_ledger, to_bytes
from quizgen.ledger.keeping import brought_up, identities, key_of, lost, updated, with_looks, with_slots
from quizgen.ledger.lines import FIRST, Ledger, Line

__all__ = [
    "FIRST",
    "Ledger",
    "Line",
    "brought_up",
    "digest",
    "digest_of",
    "identities",
    "key_of",
    "lost",
    "path_beside",
    "read_ledger",
    "to_bytes",
    "updated",
    "with_looks",
    "with_slots",
]
