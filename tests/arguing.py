"""Arguments as a clumsy or hostile user gives them: calls of every command with any option, and what came of each.

The commands themselves say what options there are and what they take, so that a new one is tried from its first day.
`python -m tests.arguing SEED FIRST COUNT` prints what is wrong with these calls.
"""

from __future__ import annotations

import io
import json
import os
import re
import resource
import shlex
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import click
from PIL import Image

from quizgen import cli
from quizgen.cli.shared import DeckPath, Names

SECONDS = 60  # of processor time for one call
_EPOCH = "1800000000"
_SEED = "4711"

DECK = """\
deck: The bridge
sources: {atlas: {title: An atlas}}
from: atlas
facts:
  ferry: {event: A ferry begins to cross the river, when: 1802, tags: [river]}
  mill: {event: The mill burns down, when: 1850}
  bridge: {event: The bridge opens, when: 1894, tags: [town]}
  tram: {event: Trams cross the bridge, when: 1923}
  lamps: {event: The streets get electric lamps, when: 1903}
  weir: {term: weir, meaning: a low dam across a river}
  pier: {term: pier, meaning: a post that carries a bridge}
"""
BROKEN = "deck: Broken\nfacts: {x: {event: A ferry sinks, whn: 1802}}\n"
_NFC, _NFD = "Br\u00fccke", "Bru\u0308cke"

PLACES = [  # of files, folders and what is neither; most exist
    *("decks/bridge.yaml", "decks/ferry", "decks/ferry/deck.yaml", "decks/twin.yaml", "decks/BRIDGE.yaml"),
    *("broken.yaml", f"decks/{_NFC}.yaml", f"decks/{_NFD}.yaml", "decks", "decks/", ".", "..", "/"),
    *("", " ", "~", "bridge.apkg"),
    *("7b.csv", "7b.txt", "logo.png", "logo.svg", "torn.png", "latin1.csv", "templates", "here/templates"),
    *("fifo", "dangling", "loop", "loop/x", "link", "unreadable", "closed", "closed/x", "/dev/null", "/dev/zero"),
    *("/dev/full", "/dev/fd/99", "/proc/self/mem", "/proc/self/environ", "nowhere", "nowhere/far/away", "7b.csv/x"),
    *("a" * 300, "a/" * 3000, "\udcff", "\udcff.yaml", "a\nb", "\x1b[31mred", "\u202eevil", "con"),
    *("nul.csv", "-", "%s", "../outside", "decks/*.yaml", "$(x)"),
    *( "file:///etc/passwd", "https://example.org/x.yaml", "C:\\x", "out", "out/", "./out/../out"),
]  # fmt: skip
WORDS = [
    *("", " ", ",", ",,,", "=", "=x", "a=b=c", "-1", "--", "--help", "0", "01", "999999999999999999999"),
    *("1e3", "\u0663", "1_000", " 5 ", "+5", "None", "nan", "\udcff", "\x1b[31mred", "a\nb", "a\tb", "\u202eevil"),
    *("\ufeffx", "\x7f", "\ufffe", "x" * 5000, "'", '"', "<b>&amp;</b>", "{{ 7*7 }}", "{0}", "%s"),
    *("\\", "../../etc/passwd"),
    *("/etc/passwd", "con", "\U0001f600", "e\u0301" * 50),
    *("\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628\u0627", "\u6f22\u5b57", "\u0378"),
]  # fmt: skip
RIGHT: dict[str, list[str]] = {  # what an option may be, beyond what its type says
    "recipe": ["test", "warm-up", "worksheet", "timeline", "dates", "flashcards", "matching", "mine"],
    "look": ["plain", "playful"],
    "tags": ["river", "river,town"],
    "only": ["when", "cloze,choice"],
    "without": ["choice", "when"],
    "together": ["all", "My decks", "Zo\u00eb"],
    "form": [],  # of the quiz that is in the world
    "school": ["The school at Sel", "\u05e9\u05dc\u05d5\u05dd", "a & b < c"],
    "fields": ["date", "class=7b", "Room=12", "name=Ann", "Name", "marks=3"],
    "class_list": ["7b.csv", "7b.txt"],
    "logo": ["logo.png", "logo.svg"],
    "given": ["templates", "here/templates"],
    "out": ["out", "decks", "new/out", "output"],
    "name": ["kings", "queens"],
    "fact": ["bridge", "mill"],
    "language": ["en"],
    "old": ["bridge.apkg", "bridge"],
    "new": ["bridge.apkg", "decks/ferry"],
}
_DECKS = ["bridge", "ferry", "decks/bridge.yaml", "decks/ferry/", "./decks/ferry"]
_SLOW = {"seeds": ["1", "3"], "jobs": ["1", "2"], "versions": ["1", "2", "7"], "count": ["1", "3", "1000"]}


# ---- a call ----------------------------------------------------------------------------------------------------------


def call(seed: int, number: int, form: str) -> tuple[str, ...]:
    """The arguments of that call: mostly right ones, with some that are wrong; `form` is a form id that there is."""
    dice = Random(f"{seed} {number}")  # noqa: S311 - tests
    name = dice.choices(list(cli.COMMANDS), weights=[9 if name in {"build", "quiz"} else 2 for name in cli.COMMANDS])[0]
    command = cli.group.get_command(click.Context(cli.group), name)
    assert command is not None
    wild = dice.choice([0, 0.1, 0.3])
    args: list[str] = []
    for option in command.params:
        if isinstance(option, click.Option) and dice.random() < min(0.5, 3 / len(command.params)):
            args += _option(dice, option, form, wild=wild)
    for argument in command.params:
        if isinstance(argument, click.Argument) and (argument.required or dice.random() < 0.8):
            for _ in range(dice.choice([1, 1, 2, 3]) if argument.nargs < 0 else 1):
                args.insert(dice.randint(0, len(args)), _value(dice, argument, form, wild=wild))
    if dice.random() < wild / 4:
        args.insert(dice.randint(0, len(args)), dice.choice(["--nonsense", "--", "-x", *WORDS]))
    start = [name] if dice.random() > wild / 10 else [dice.choice([name.upper(), name[:-1], *WORDS])]
    return (*start, *args)


def _option(dice: Random, option: click.Option, form: str, *, wild: float) -> list[str]:
    name = dice.choice(option.opts)
    if option.is_flag:
        return [name]
    value = _value(dice, option, form, wild=wild)
    return [f"{name}={value}"] if dice.random() < 0.3 else [name, value]


def _value(dice: Random, param: click.Parameter, form: str, *, wild: float) -> str:
    name = param.name or ""
    if dice.random() < wild:
        return dice.choice([*PLACES, *WORDS] if dice.random() < 0.3 else PLACES if _is_path(param) else WORDS)
    if name == "form":
        return dice.choice([form, form, form.lower(), form[:-1] + "D", form.replace("-", " "), form[::-1]])
    if name in _SLOW:
        return dice.choice(_SLOW[name])
    match param.type:
        case click.Choice() as choice:
            return str(dice.choice(list(choice.choices)))
        case Names() as names:
            known = list(names._known())
            return ",".join(dice.sample(known, dice.randint(1, min(3, len(known)))))
        case click.IntRange() as number:
            return str(dice.choice([number.min, dice.randint(number.min or 0, 100)]))
        case DeckPath():
            return dice.choice(RIGHT.get(name, _DECKS))
        case _:
            return dice.choice(RIGHT.get(name) or WORDS)


def _is_path(param: click.Parameter) -> bool:
    return isinstance(param.type, click.Path) or param.name in {"old", "new"}


def shown(args: tuple[str, ...]) -> str:
    """A call as one would type it."""
    return " ".join(repr(arg)[1:-1] if not arg.isprintable() else shlex.quote(arg[:80]) for arg in args)


# ---- the world -------------------------------------------------------------------------------------------------------


def lay_out(folder: Path) -> None:
    """A project in `folder`, with what a user has, and what nobody should name; beside it what is not its own."""
    project = folder / "project"
    for place in ("decks/ferry", "templates/quizzes", "here/templates/kinds", "closed", "output"):
        (project / place).mkdir(parents=True)
    texts = {
        "decks/bridge.yaml": DECK,
        "decks/ferry/deck.yaml": DECK.replace("The bridge\n", "The ferry\n"),
        "decks/twin.yaml": "id: bridge\n" + DECK,
        "decks/BRIDGE.yaml": DECK,
        f"decks/{_NFC}.yaml": DECK,
        f"decks/{_NFD}.yaml": DECK,
        "broken.yaml": BROKEN,
        "7b.csv": 'name,born\nAnn Lee,2013\n"Ek, Bo",2012\n',
        "7b.txt": "Ann Lee\nBo Ek\n",
        "logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>',
        "templates/quizzes/mine.yaml": "title: Mine\nsections:\n  - {forms: [choice], count: 2}\n",
        "output/mine.txt": "not quizgen's\n",
        "../outside": "outside\n",
    }
    for name, text in texts.items():
        (project / name).write_text(text, encoding="utf-8")
    (project / "latin1.csv").write_bytes("name\nZo\xeb\n".encode("latin-1"))
    Image.new("RGB", (9, 9), "red").save(project / "logo.png")
    (project / "torn.png").write_bytes((project / "logo.png").read_bytes()[:40])
    os.mkfifo(project / "fifo")
    for link, target in {"dangling": "nowhere", "loop": "loop", "link": "../outside"}.items():
        (project / link).symlink_to(target)
    (project / "unreadable").write_text("secret")
    (project / "unreadable").chmod(0)
    (project / "closed").chmod(0o555)


def there(world: Path) -> dict[str, object]:
    """What there is in the project, and the file beside it: of each file its content, of all else what it is."""
    project = world / "project"
    found: dict[str, object] = {"../outside": (world / "outside").read_text()}
    for at, folders, files in os.walk(project):
        for name in [*folders, *files]:
            path = Path(at, name)
            key = str(path.relative_to(project))
            if path.is_symlink():
                found[key] = path.readlink()
            elif path.is_file():
                found[key] = path.read_bytes() if os.access(path, os.R_OK) else path.stat().st_mtime_ns
            else:
                found[key] = path.stat().st_mode
    return found


# ---- what came of it -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """The exit code of a call (below 0: the signal that ended it), what it printed, and what changed in the world."""

    code: int
    out: bytes
    err: str
    changed: frozenset[str]


def outcome(args: tuple[str, ...], folder: Path, before: dict[str, object]) -> Outcome:
    """What comes of a call in the project, in a process of its own that is already warm."""
    out, err = folder / "stdout", folder / "stderr"
    child = os.fork()
    if not child:
        _called(args, folder, out, err)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    after = there(folder)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    return Outcome(code, out.read_bytes(), err.read_bytes().decode("utf-8", "surrogateescape"), frozenset(changed))


def _called(args: tuple[str, ...], folder: Path, out: Path, err: Path) -> None:
    """Be quizgen, called with these arguments; never returns."""
    os.environ.update({name: str(folder / name) for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")})
    os.environ.update({"SOURCE_DATE_EPOCH": _EPOCH, "COLUMNS": "100"})
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))  # what has no end is killed
    for number, path in ((0, Path(os.devnull)), (1, out), (2, err)):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT | (number and os.O_TRUNC)), number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - it is no path, and stays open
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), encoding="utf-8", errors="strict")
    sys.stderr = io.TextIOWrapper(
        io.FileIO(2, "w", closefd=False), encoding="utf-8", errors="surrogateescape"
    )  # to be seen
    os.chdir(folder / "project")
    sys.argv = ["quizgen", *args]
    code = 70  # what comes out of `main` otherwise is a fault of ours
    try:
        cli.main()
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else 71
    except BaseException:  # noqa: BLE001 - whatever it is, it is what we look for
        sys.stderr.write(traceback.format_exc())
    sys.stderr.flush()
    os._exit(code)


_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\udc80-\udcff]")
_WRITING = {"build", "quiz", "new"}  # the commands that write into the project


def faults(args: tuple[str, ...], came: Outcome) -> list[str]:
    """What is wrong with us."""
    found = []
    if came.code not in (0, 1, 2) or "Traceback" in came.err:
        found.append(f"exit {came.code}")
    if came.code and not came.err.strip():
        found.append("not a word")
    if unseen := _UNSEEN.search(came.err):
        found.append(f"a message holds {unseen[0]!r}")
    usage = len(re.findall(r"^Error: ", came.err, re.MULTILINE))
    if usage != (came.code == 2):
        found.append(f"{usage} errors of usage")
    lines = came.err.splitlines()
    if len(lines) > 400 or max(map(len, lines), default=0) > 1_500:
        found.append("endless messages")
    if came.code == 2 and came.changed:
        found.append(f"wrong usage, and yet there is {sorted(came.changed)}")
    return [*found, *(f"{name!r} was written" for name in sorted(came.changed - _told(args, came)))]


def _told(args: tuple[str, ...], came: Outcome) -> set[str]:
    """What may have changed: files whose paths were printed, their folders, the list of them, and ledgers."""
    if args[0] not in _WRITING:
        return set()
    named = {os.path.normpath(line) for line in came.out.decode("utf-8", "surrogateescape").splitlines()}
    folders = {str(folder) for path in named for folder in Path(path).parents}
    beside = {str(Path(folder, "build.json")) for folder in folders}
    ledgers = {name for name in came.changed if name.endswith(".ledger.json") and args[0] == "build" and named}
    return named | folders | {os.path.normpath(path) for path in beside} | ledgers


# ---- many calls ------------------------------------------------------------------------------------------------------


@dataclass
class Figures:
    """What came of many calls: exit codes, how often each option was given, and what is wrong with us."""

    codes: Counter[int] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        codes = ", ".join(f"exit {code}: {number:,}" for code, number in sorted(self.codes.items()))
        return f"{self.codes.total():,} calls with {len(self.given)} options, {len(self.faults)} faults; {codes}"


def tried(seed: int, first: int, count: int, folder: Path) -> Figures:
    """The figures of calls that are made below a folder; each finds the world as it was laid out."""
    figures = Figures()
    form = _form(folder / "first")
    world = folder / "world"
    before: dict[str, object] = {}
    for number in range(first, first + count):
        if not world.exists():
            lay_out(world)
            before = there(world)
        args = call(seed, number, form)
        came = outcome(args, world, before)
        figures.codes[came.code] += 1
        figures.given.update(f"{args[0]} {one.partition('=')[0]}" for one in args if one.startswith("--"))
        figures.faults += [
            f"{number}: quizgen {shown(args)}: {fault}\n{came.err[-2000:]}" for fault in faults(args, came)
        ]
        if came.changed:
            shutil.rmtree(world)
    return figures


def _form(folder: Path) -> str:
    """The form id of a quiz of the world's first deck; all that later calls need is loaded in making it."""
    lay_out(folder)
    came = outcome(("quiz", "bridge", "--seed", _SEED), folder, there(folder))
    record = folder / f"project/output/bridge-test-{_SEED}-forms.json"
    assert record.exists(), came
    return str(json.loads(record.read_text())["forms"][0]["form"])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        seed_, first_, count_ = map(int, sys.argv[1:4])
        done = tried(seed_, first_, count_, Path(place))
        sys.stdout.write("\n\n".join([*done.faults, str(done)]) + "\n")
