"""quizgen completion: what makes a shell complete quizgen's commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = {
    "bash": "quizgen completion bash > ~/.local/share/bash-completion/completions/quizgen",
    "zsh": "quizgen completion zsh > ~/.zfunc/_quizgen    (with fpath+=~/.zfunc before compinit in ~/.zshrc)",
    "fish": "quizgen completion fish > ~/.config/fish/completions/quizgen.fish",
}


@click.command("completion")
@click.argument("shell", type=click.Choice(list(SHELLS)))
def command(shell: str) -> None:
    """Print the completion script for a shell: commands, options, decks, recipes and templates.

    \b
      quizgen completion bash > ~/.local/share/bash-completion/completions/quizgen
      quizgen completion zsh > ~/.zfunc/_quizgen
      quizgen completion fish > ~/.config/fish/completions/quizgen.fish

    A new shell then completes `quizgen bu<Tab>`. For zsh, `fpath+=~/.zfunc` stands before `compinit` in ~/.zshrc.
    """
    made = get_completion_class(shell)
    assert made is not None  # noqa: S101 - for the type checker: click knows all of ours
    from quizgen.cli import group  # noqa: PLC0415 - it loads this module

    click.echo(made(group, {}, "quizgen", "_QUIZGEN_COMPLETE").source())
