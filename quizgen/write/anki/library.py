"""genanki, as far as we need it; what it loads and has no use for stays out.

Of the package `cached_property` it takes what Python itself has by now, in `functools`. That package loads asyncio, and
ssl with it: 3 MB, and a fifth of the time in which the writer is loaded.
"""

from __future__ import annotations

import functools
import sys

_lent = "cached_property" not in sys.modules and sys.modules.setdefault("cached_property", functools)

from genanki import Deck, Model  # noqa: E402 - see above
from genanki.apkg_col import APKG_COL  # noqa: E402
from genanki.apkg_schema import APKG_SCHEMA  # noqa: E402

if _lent:
    del sys.modules["cached_property"]  # whoever else wants it finds the real one

__all__ = ["APKG_COL", "APKG_SCHEMA", "Deck", "Model"]
