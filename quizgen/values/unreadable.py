"""What is raised where a text is no value of its type."""

from __future__ import annotations


class Unreadable(ValueError):
    """A text that is no value of its type: what is wrong, and how to write one."""

    def __init__(self, says: str, remedy: str = "") -> None:
        super().__init__(says)
        self.says = says
        self.remedy = remedy
