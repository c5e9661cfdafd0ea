"""The store: what a learner has answered, in one SQLite file that survives two sessions at once and a killed one.

Each answer is one transaction: the card's memory is read, changed and written under a lock, and the review is kept
beside it with the memory from before, so that a verdict can be amended.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from quizgen.grade import Verdict
from quizgen.practice.schedule import after, due_of
from quizgen.problems import Place, Problem, error

PATIENCE = 10.0  # seconds to wait for another session
_OURS = 0x717A6731  # application_id: 'qzg1'
_ANEW = "Move it away, and practice begins anew."
_LOOK = "See whether you may write there, and whether there is room on the disk."
MIGRATIONS: tuple[tuple[str, ...], ...] = (  # from each version to the next
    (
        """CREATE TABLE card (
            deck TEXT NOT NULL, id TEXT NOT NULL, memory TEXT NOT NULL, answers INTEGER NOT NULL, PRIMARY KEY (deck, id)
        ) WITHOUT ROWID""",
        """CREATE TABLE review (
            number INTEGER PRIMARY KEY, deck TEXT NOT NULL, id TEXT NOT NULL, form TEXT NOT NULL,
            at TEXT NOT NULL, verdict TEXT NOT NULL, before TEXT
        )""",
        "CREATE INDEX review_of_card ON review (deck, id)",
        f"PRAGMA application_id = {_OURS}",
    ),
)


class CannotKeep(Exception):
    """The store cannot be used; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.says)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of a card: when it is due, and how often it was answered."""

    due: datetime
    answers: int


@dataclass(frozen=True, slots=True)
class Review:
    """An answer: of which card, when, and what it was worth. `again` says that the card had been asked before."""

    id: str
    at: datetime
    verdict: Verdict
    again: bool


class Store:
    """The learner's answers. Raises `CannotKeep` where the file cannot be read or written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._telling():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            with self._telling():
                self._prepare()
        except CannotKeep:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def memories(self, deck: str) -> dict[str, Memory]:
        """What is known of that deck's cards, by their ids."""
        with self._telling():
            rows = self._connection.execute("SELECT id, memory, answers FROM card WHERE deck = ?", (deck,)).fetchall()
            return {id_: Memory(due_of(memory), answers) for id_, memory, answers in rows}

    def answers(self, deck: str, id_: str) -> int:
        """How often a card was answered up to now, by any session."""
        with self._telling():
            sql = "SELECT answers FROM card WHERE deck = ? AND id = ?"
            row = self._connection.execute(sql, (deck, id_)).fetchone()
            return row[0] if row else 0

    def reviews(self, deck: str) -> tuple[Review, ...]:
        """All answers to that deck's cards, in the order in which they were given."""
        with self._telling():
            sql = "SELECT id, at, verdict, before IS NOT NULL FROM review WHERE deck = ? ORDER BY number"
            rows = self._connection.execute(sql, (deck,)).fetchall()
            return tuple(
                Review(id_, datetime.fromisoformat(at), Verdict(verdict), bool(again))
                for id_, at, verdict, again in rows
            )

    def decks(self) -> tuple[str, ...]:
        """The ids of all decks of which there are answers."""
        with self._telling():
            return tuple(id_ for (id_,) in self._connection.execute("SELECT DISTINCT deck FROM card ORDER BY deck"))

    def record(self, deck: str, id_: str, *, form: str, verdict: Verdict, now: datetime) -> int:
        """Keeps an answer; its number, by which it can be amended. It is on the disk when this returns."""
        with self._writing() as connection:
            row = connection.execute("SELECT memory FROM card WHERE deck = ? AND id = ?", (deck, id_)).fetchone()
            before = row[0] if row else None
            memory, _ = after(before, verdict, now)
            connection.execute(
                "INSERT INTO card VALUES (?, ?, ?, 1) ON CONFLICT (deck, id)"
                " DO UPDATE SET memory = excluded.memory, answers = answers + 1",
                (deck, id_, memory),
            )
            sql = "INSERT INTO review (deck, id, form, at, verdict, before) VALUES (?, ?, ?, ?, ?, ?)"
            at = now.astimezone(UTC).isoformat()
            number = connection.execute(sql, (deck, id_, form, at, verdict.value, before)).lastrowid
            return number or 0

    def amend(self, number: int, verdict: Verdict) -> None:
        """Makes that answer count with another verdict, unless the card was answered again since."""
        with self._writing() as connection:
            found = self._newest(number)
            if found is None:
                return
            deck, id_, at, before = found
            memory, _ = after(before, verdict, datetime.fromisoformat(at))
            connection.execute("UPDATE card SET memory = ? WHERE deck = ? AND id = ?", (memory, deck, id_))
            connection.execute("UPDATE review SET verdict = ? WHERE number = ?", (verdict.value, number))

    def take_back(self, number: int) -> bool:
        """Makes that answer never given; whether that could be, for the card may have been answered again since."""
        with self._writing() as connection:
            found = self._newest(number)
            if found is None:
                return False
            deck, id_, _, before = found
            if before is None:
                connection.execute("DELETE FROM card WHERE deck = ? AND id = ?", (deck, id_))
            else:
                sql = "UPDATE card SET memory = ?, answers = answers - 1 WHERE deck = ? AND id = ?"
                connection.execute(sql, (before, deck, id_))
            connection.execute("DELETE FROM review WHERE number = ?", (number,))
            return True

    def _newest(self, number: int) -> tuple[str, str, str, str | None] | None:
        """Deck, card, time and former memory of that answer, if it is the last one to its card."""
        sql = (
            "SELECT deck, id, at, before FROM review AS one WHERE number = ? AND NOT EXISTS"
            " (SELECT 1 FROM review WHERE deck = one.deck AND id = one.id AND number > one.number)"
        )
        row: tuple[str, str, str, str | None] | None = self._connection.execute(sql, (number,)).fetchone()
        return row

    def rename(self, deck: str, was: Mapping[str, str]) -> None:
        """Moves cards of facts that have new ids (old id -> new one) with all their answers. Known cards stay."""
        if not was:
            return
        with self._writing() as connection:
            for table in ("card", "review"):
                ids = connection.execute(f"SELECT DISTINCT id FROM {table} WHERE deck = ?", (deck,)).fetchall()  # noqa: S608 - our own name
                for (id_,) in ids:
                    fact, slash, rest = id_.partition("/")
                    if fact in was:
                        sql = f"UPDATE OR IGNORE {table} SET id = ? WHERE deck = ? AND id = ?"  # noqa: S608 - as above
                        connection.execute(sql, (was[fact] + slash + rest, deck, id_))

    def _prepare(self) -> None:
        connection = self._connection
        if self._version() < len(MIGRATIONS):
            self._migrate()
        if self._version() > len(MIGRATIONS):
            raise CannotKeep(self._problem("was written by a newer quizgen", "Update quizgen."))
        if connection.execute("PRAGMA application_id").fetchone()[0] != _OURS:
            raise CannotKeep(self._stranger())
        connection.execute("PRAGMA journal_mode = WAL")  # readers and one writer at once
        connection.execute("PRAGMA synchronous = FULL")  # an answer outlives a power cut

    def _migrate(self) -> None:
        with self._writing() as connection:
            version = self._version()  # again, now that nobody else migrates
            if version == 0 and connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise CannotKeep(self._stranger())
            for statements in MIGRATIONS[version:]:
                for statement in statements:
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {max(version, len(MIGRATIONS))}")

    def _stranger(self) -> Problem:
        return self._problem("is a database of another program", _ANEW)

    def _version(self) -> int:
        version: int = self._connection.execute("PRAGMA user_version").fetchone()[0]
        return version

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that no other session writes beside: all of it is kept, or nothing."""
        with self._telling():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """What the disk or the file refuses, as a problem."""
        try:
            yield
        except sqlite3.ProgrammingError:
            raise  # ours
        except sqlite3.OperationalError as failure:
            remedy = "Close the other session." if "locked" in str(failure) else _LOOK
            raise CannotKeep(self._problem(f"cannot be used: {failure}", remedy)) from failure
        except sqlite3.DatabaseError as failure:
            raise CannotKeep(self._problem(f"is damaged, or no store of answers: {failure}", _ANEW)) from failure
        except OSError as failure:
            raise CannotKeep(self._problem(f"cannot be used: {failure.strerror}", _LOOK)) from failure

    def _problem(self, says: str, remedy: str) -> Problem:
        return error(Place(str(self.path)), f"the record of your answers {says}", remedy)
