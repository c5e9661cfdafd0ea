"""Places: where what is a user's own is kept (XDG Base Directory, Windows known folders, Apple's guide).

A variable XDG_... holds everywhere, if it is absolute: a relative one must be ignored, says its standard.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def data_folder(environment: Mapping[str, str], platform: str, home: Path) -> Path:
    """The folder of quizgen's data, which nobody else has: what a learner has answered."""
    given = _given(environment, "XDG_DATA_HOME")
    if given:
        return given
    if platform == "win32":
        return _local(environment, home)
    if platform == "darwin":
        return home / "Library" / "Application Support" / "quizgen"
    return home / ".local" / "share" / "quizgen"


def cache_folder(environment: Mapping[str, str], platform: str, home: Path) -> Path:
    """The folder of what quizgen can do without, and makes again when it is gone."""
    given = _given(environment, "XDG_CACHE_HOME")
    if given:
        return given
    if platform == "win32":
        return _local(environment, home) / "cache"
    if platform == "darwin":
        return home / "Library" / "Caches" / "quizgen"
    return home / ".cache" / "quizgen"


def _given(environment: Mapping[str, str], variable: str) -> Path | None:
    folder = Path(environment.get(variable, ""))
    return folder / "quizgen" if folder.is_absolute() else None


def _local(environment: Mapping[str, str], home: Path) -> Path:
    local = environment.get("LOCALAPPDATA")
    return (Path(local) if local else home / "AppData" / "Local") / "quizgen"
