"""Templates: which file is in force, the user's before the shipped one.

A template is found file by file: in the folder that `--templates` names, then in the project's `./templates`, then
among the shipped ones.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path

from quizgen.problems import Place, Problem, error

_LONGEST = 250  # bytes of a name: disks end at 255, some of them sooner
_PACKAGE = Path(__file__).resolve().parent


def shipped(what: str) -> Path:
    """The folder of shipped `templates` or `decks`: inside an installed package, at the root of a checkout."""
    inside = _PACKAGE / "shipped" / what
    return inside if inside.is_dir() else _PACKAGE.parent / what


class Unusable(Exception):
    """A template that cannot be used; `problem` says why, and where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.says)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Templates:
    """Folders of templates, the first one that has a file winning."""

    folders: tuple[Path, ...]

    @classmethod
    def found(cls, given: Path | None = None, project: Path = Path("templates")) -> Templates:
        """The folders that there are: the given one, the project's, the shipped ones."""
        folders: dict[Path, Path] = {}  # by what a link leads to: a checkout's own project folder is the shipped one
        for folder in (given, project, shipped("templates")):
            if folder is not None and folder.is_dir():
                folders.setdefault(folder.resolve(), folder)
        return cls(tuple(folders.values()))

    def path(self, name: str) -> Path | None:
        """The file in force for a name such as `kinds/event.yaml`; None where there is none.

        A name cannot lead out of the folders. A link that does raises `Unusable`.
        """
        if not _stays_inside(name):
            return None
        for folder in self.folders:
            path = folder / name
            if _is_file(path):
                if _leads_out(path, folder):
                    says = "this link leads out of its templates folder"
                    raise Unusable(error(Place(str(path)), says, "Put a copy of the file in its place."))
                return path
        return None

    def read(self, name: str) -> bytes:
        """The content of the file in force. Raises `Unusable` where there is none, or it cannot be read."""
        path = self.path(name)
        if path is None:
            where = " or ".join(str(folder) for folder in self.folders)
            raise Unusable(error(Place(name), f"there is no such template in {where}"))
        try:
            return path.read_bytes()
        except OSError as failure:
            raise Unusable(error(Place(str(path)), f"cannot be read: {failure.strerror}")) from failure

    def names(self, folder: str, suffix: str = "") -> tuple[str, ...]:
        """Names of all files directly in that folder of templates that end so, sorted, each once."""
        if not _stays_inside(folder):
            return ()
        found = {
            f"{folder}/{path.name}"
            for top in self.folders
            for path in _entries(top / folder)
            if path.name.endswith(suffix) and _is_file(path)
        }
        return tuple(sorted(found))

    def all_names(self) -> tuple[str, ...]:
        """The names of all templates in force, sorted."""
        found = {path.relative_to(top).as_posix() for top in self.folders for path in _files_below(top)}
        return tuple(sorted(found))

    def origin(self, name: str) -> str | None:
        """Where the file in force comes from: `shipped`, or the path of the user's folder; None where there is none."""
        path = self.path(name)
        if path is None:
            return None
        folder = next(top for top in self.folders if path.is_relative_to(top))
        return "shipped" if folder.resolve() == shipped("templates").resolve() else str(folder)

    def digest(self) -> str:
        """A digest of all templates in force: what is cached under it is stale when any of them changes."""
        total = hashlib.sha256()
        for name in self.all_names():
            data = self.read(name)
            total.update(f"{name}\0{len(data)}\0".encode())
            total.update(data)
        return total.hexdigest()


def _leads_out(path: Path, folder: Path) -> bool:
    """Whether a path in a folder ends elsewhere. Only a link can do that, and there is seldom one to be followed."""
    steps = accumulate(path.relative_to(folder).parts, os.path.join, initial=str(folder))
    linked = any(map(os.path.islink, islice(steps, 1, None)))
    return linked and not path.resolve().is_relative_to(folder.resolve())


def _stays_inside(name: str) -> bool:
    """Whether a template's name, taken from a file or a command, is a plain relative path that a disk can have."""
    if len(name.encode("utf-8", "surrogatepass")) > _LONGEST:
        return False
    steps = name.split("/")
    return not any(step in {"", ".", ".."} or "\0" in step or "\\" in step or ":" in step for step in steps)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # where we may not look
        return False


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as failure:
        raise Unusable(error(Place(str(folder)), f"cannot be read: {failure.strerror}")) from failure


def _files_below(folder: Path) -> list[Path]:
    found = []
    for path in _entries(folder):
        if _is_file(path):
            found.append(path)
        elif not path.is_symlink():  # a linked folder may lead anywhere, even up
            found.extend(_files_below(path))
    return found
