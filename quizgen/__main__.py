"""The command `quizgen`, and `python -m quizgen`."""

import sys

from quizgen import __version__


def main() -> None:
    """Run the command line; never returns."""
    if sys.argv[1:] == ["--version"]:  # answered before click is imported, which costs more than Python's own start
        print(f"quizgen {__version__}")  # noqa: T201 - the one answer that does not come from cli
        sys.exit(0)
    try:
        from quizgen.cli import main as run  # noqa: PLC0415 - see above

        run()
    except KeyboardInterrupt:  # before or after the commands, which see to it themselves
        sys.exit(130)


if __name__ == "__main__":
    main()
