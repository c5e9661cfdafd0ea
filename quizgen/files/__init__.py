"""Files: the one place that writes to disk. What it writes appears whole or not at all."""

from __future__ import annotations

from quizgen.files.disk import CannotWrite, one_at_a_time
from quizgen.files.listing import MORE, RECORD
from quizgen.files.names import safe_name
from quizgen.files.scratch import nameless, scratch
from quizgen.files.sets import holds, owned, owners, publish
from quizgen.files.single import create_file, forget, write_file, written_ahead

__all__ = [
    "MORE",
    "RECORD",
    "CannotWrite",
    "create_file",
    "forget",
    "holds",
    "nameless",
    "one_at_a_time",
    "owned",
    "owners",
    "publish",
    "safe_name",
    "scratch",
    "write_file",
    "written_ahead",
]
