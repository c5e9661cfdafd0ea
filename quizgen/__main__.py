"""The command `quizgen`, and `python -m quizgen`."""

import os
import sys

from quizgen import __version__


def main() -> None:
    """Run the command line; never returns."""
    if sys.argv[1:] == ["--version"]:  # answered before click is imported, which costs more than Python's own start
        print(f"quizgen {__version__}")  # noqa: T201 - the one answer that does not come from cli
        sys.exit(0)
    _stands()
    try:
        from quizgen.cli import main as run  # noqa: PLC0415 - see above

        run()
    except KeyboardInterrupt:  # before or after the commands, which see to it themselves
        sys.exit(130)


def _stands() -> None:
    """Let what we say to a stream that was closed before we began go nowhere, and not into the next file we open."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:  # so Python says it
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, open(number, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - it is no path, and stays open


if __name__ == "__main__":
    main()
