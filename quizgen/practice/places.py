"""Places: where a user's own data is kept, on each system."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def data_folder(environment: Mapping[str, str], platform: str, home: Path) -> Path:
    """The folder of quizgen's data (XDG Base Directory, Windows known folders, Apple's file system guide).

    XDG_DATA_HOME holds everywhere, if it is absolute: a relative one must be ignored, says its standard.
    """
    given = Path(environment.get("XDG_DATA_HOME", ""))
    if given.is_absolute():
        return given / "quizgen"
    if platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return (Path(local) if local else home / "AppData" / "Local") / "quizgen"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "quizgen"
    return home / ".local" / "share" / "quizgen"
