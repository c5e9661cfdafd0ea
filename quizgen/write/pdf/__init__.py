"""Printed quizzes as PDF: the sheet of every version, and the key."""

from __future__ import annotations

from quizgen.write import Job, Written


def write(job: Job) -> Written:
    """`<name>-quiz.pdf` with all versions, and `<name>-key.pdf` unless the key is appended or not wanted."""
    from quizgen.write.pdf.document import write as write_document  # noqa: PLC0415 - reportlab loads slowly

    return write_document(job)
