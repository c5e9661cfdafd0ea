"""File names that every system and every reader takes: `[a-z0-9-]`, at most 60 characters."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST = 60

# Devices of Windows; names by which Anki's import takes a package for a whole collection; our own `build.json`.
_RESERVED = re.compile(r"(con|prn|aux|nul|(com|lpt)\d|collection|backup-.*|build)")


def safe_name(id_: str) -> str:
    """A file's stem for an id: the same for the same id, always, and an id that is plain already keeps its look.

    Ids that differ in capitals alone, or in `_` for `-`, have one name; `publish` refuses to put two such decks into
    one folder. Whatever else is lost (accents, other scripts, length) is made up for by six digits of a hash.
    """
    plain = id_.lower().replace("_", "-")
    letters = unicodedata.normalize("NFKD", plain)
    bare = re.sub(r"[^a-z0-9]+", "-", "".join(char for char in letters if not unicodedata.combining(char))).strip("-")
    if bare == plain and 0 < len(bare) <= LONGEST and not _RESERVED.fullmatch(bare):
        return bare
    digest = hashlib.sha256(unicodedata.normalize("NFC", id_).encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{bare[: LONGEST - 7].rstrip('-') or 'deck'}-{digest}"
