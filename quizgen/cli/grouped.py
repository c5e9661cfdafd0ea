"""Help in groups: a command with many options tells them by what they are for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click


class Grouped(click.Command):
    """A command whose help has its options under headings; `groups` names the options of each."""

    def __init__(self, *args: Any, groups: Mapping[str, tuple[str, ...]], **more: Any) -> None:  # noqa: ANN401 - click's
        super().__init__(*args, **more)
        self._groups = groups

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, a group at a time; those of no group come last."""
        options = [option for option in self.get_params(ctx) if isinstance(option, click.Option)]
        rows = {option.name: row for option in options if (row := option.get_help_record(ctx))}
        for heading, names in self._groups.items():
            with formatter.section(heading):
                formatter.write_dl([rows.pop(name) for name in names])
        with formatter.section("Other options"):
            formatter.write_dl(list(rows.values()))
