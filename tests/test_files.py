import contextlib
import errno
import hashlib
import json
import os
import re
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.files import CannotWrite, create_file, owners, publish, safe_name, sets, write_file

OLD = {"one.apkg": b"old one" * 1000, "one-key.pdf": b"old key", "one.html": b"the same"}
NEW = {"one.apkg": b"new one" * 1000, "one-quiz.pdf": b"new quiz", "one.html": b"the same"}
OTHER = {"two.apkg": b"two"}
STAGES = re.compile(r"\.quizgen-stage-")


@pytest.fixture(params=["in one step", "one by one", "among many"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """All ways to put a set in place: that of Linux, that of every other system, and that among very many files."""
    if request.param == "one by one":
        monkeypatch.setattr(sets, "exchange", lambda _one, _other: False)
    if request.param == "among many":
        monkeypatch.setattr(sets, "_MANY", 0)
    return str(request.param)


LISTS = {"build.json", "build-more.jsonl"}


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name not in LISTS}


def stages(folder: Path) -> list[Path]:
    return [path for path in (*folder.parent.iterdir(), *folder.iterdir()) if STAGES.match(path.name)]


def is_as_recorded(folder: Path) -> bool:
    """Whether each file is as the list says, read as it is described; a line that has no end counts for nothing."""
    listed = json.loads((folder / "build.json").read_text())["files"]
    digests = {(file["deck"], name): file["sha256"] for name, file in listed.items()}
    more = folder / "build-more.jsonl"
    for line in more.read_text().split("\n")[:-1] if more.exists() else []:
        entry = json.loads(line)
        digests = {key: digest for key, digest in digests.items() if key[0] != entry["deck"]}
        digests |= {(entry["deck"], name): digest for name, digest in entry["files"].items()}
    there = content_of_files(folder)
    return all(hashlib.sha256(there.get(name, b"")).hexdigest() == digest for (_, name), digest in digests.items())


# ---- sets ------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("way")
def test_what_a_deck_no_longer_gives_disappears_and_other_decks_files_stay(tmp_path: Path) -> None:
    out = tmp_path / "output"
    publish(out, OLD, owner="one")
    publish(out, OTHER, owner="two")
    assert publish(out, NEW, owner="one") == (out / "one.apkg", out / "one-quiz.pdf", out / "one.html")
    assert content(out) == NEW | OTHER
    assert is_as_recorded(out)
    assert owners(out) == {"one", "two"}
    assert publish(out, {}, owner="one") == ()
    assert content(out) == OTHER


def test_the_record_is_one_file_a_line(tmp_path: Path) -> None:
    publish(tmp_path / "out", {"b.pdf": b"b", "a.pdf": b"a"}, owner="one")
    lines = (tmp_path / "out/build.json").read_text().splitlines()
    assert [line[:8] for line in lines] == ['{"format', '"a.pdf":', '"b.pdf":', "}}"]


@pytest.mark.usefixtures("way")
def test_publishing_the_same_again_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "output"
    publish(out, OLD, owner="one")
    before = {path: written(path) for path in (out, *out.iterdir())}
    assert publish(out, OLD, owner="one") == tuple(out / name for name in OLD)
    assert {path: written(path) for path in (out, *out.iterdir())} == before


def written(path: Path) -> tuple[int, ...]:
    """What tells whether a file was written, though not whether it was read."""
    told = path.stat()
    return told.st_ino, told.st_mode, told.st_size, told.st_mtime_ns, told.st_ctime_ns


@pytest.mark.usefixtures("way")
def test_files_that_are_not_ours_stay(tmp_path: Path) -> None:
    out = tmp_path / "output"
    (out / "folder").mkdir(parents=True)
    (out / "folder/notes.txt").write_text("mine")
    (out / "one.txt").write_text("mine")
    publish(out, OLD, owner="one")
    publish(out, NEW, owner="one")
    assert (out / "folder/notes.txt").read_text() == (out / "one.txt").read_text() == "mine"


@pytest.mark.usefixtures("way")
def test_a_placeholder_for_git_stays_in_a_folder_of_ours(tmp_path: Path) -> None:
    out = tmp_path / "output"
    out.mkdir(mode=0o750)
    (out / ".gitkeep").touch()
    publish(out, OLD, owner="one")
    assert content(out) == OLD | {".gitkeep": b""}
    assert stat.S_IMODE(out.stat().st_mode) == 0o750


def test_a_file_of_the_same_name_that_is_not_ours_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "one.apkg").write_text("mine")
    with pytest.raises(CannotWrite, match="there is a file of this name that is not from quizgen") as caught:
        publish(tmp_path, OLD, owner="one")
    assert caught.value.path == tmp_path / "one.apkg"
    assert "build.json is gone" in caught.value.remedy
    assert content(tmp_path) == {"one.apkg": b"mine"}


def test_a_set_whose_record_was_lost_is_taken_up_again(tmp_path: Path) -> None:
    publish(tmp_path / "out", OLD, owner="one")
    (tmp_path / "out/build.json").unlink()
    publish(tmp_path / "out", OLD, owner="one")
    publish(tmp_path / "out", NEW, owner="one")
    assert content(tmp_path / "out") == NEW


RECORDS = [
    "",
    "[]",
    "not json",
    '{"files": {}}',
    "[" * 100_000,
    '{"format": "quizgen-build/1", "files": {"a": 1}}',
    '{"format": "quizgen-build/1", "files": {"../mine": {"deck": "one", "sha256": ""}}}',
]


@pytest.mark.parametrize("record", RECORDS, ids=range(len(RECORDS)))
def test_a_record_that_is_not_ours_stops_us(tmp_path: Path, record: str) -> None:
    out = tmp_path / "output"
    out.mkdir()
    (tmp_path / "mine").write_text("mine")
    (out / "build.json").write_text(record)
    with pytest.raises(CannotWrite, match="this is not the list of files that quizgen keeps"):
        publish(out, OLD, owner="one")
    assert (tmp_path / "mine").exists()
    assert content(out) == {}


def test_two_decks_cannot_have_one_file(tmp_path: Path) -> None:
    publish(tmp_path / "out", {"one.apkg": b"x"}, owner="one")
    with pytest.raises(CannotWrite, match="this is a file of the deck 'one'"):
        publish(tmp_path / "out", {"One.apkg": b"y"}, owner="One")


@pytest.mark.parametrize("name", ["a/b", "../b", ".b", "", "build.json", "Build.JSON", "a\\b", "a:b"])
def test_a_name_that_leads_elsewhere_is_our_bug(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(name)}$"):
        publish(tmp_path, {name: b""}, owner="one")


def test_an_output_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("mine")
    with pytest.raises(CannotWrite, match="this is not a folder"):
        publish(tmp_path / "output", OLD, owner="one")
    with pytest.raises(CannotWrite, match="a file stands where a folder should be"):
        publish(tmp_path / "output/deeper/still", OLD, owner="one")
    assert (tmp_path / "output").read_text() == "mine"


@pytest.mark.usefixtures("way")
def test_a_link_to_the_output_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "output").symlink_to("real")
    publish(tmp_path / "output", OLD, owner="one")
    publish(tmp_path / "output", NEW, owner="one")
    assert (tmp_path / "output").is_symlink()
    assert content(tmp_path / "real") == NEW


def test_a_folder_that_somebody_works_in_stays_the_same_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "output"
    publish(out, OLD, owner="one")
    monkeypatch.chdir(out)
    publish(Path(), NEW, owner="one")
    assert content(Path()) == content(out) == NEW


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges folders, and shows who works in them")
def test_a_folder_that_another_program_works_in_stays_the_same_folder(tmp_path: Path) -> None:
    out = tmp_path / "output"
    publish(out, OLD, owner="one")
    before = out.stat().st_ino
    with subprocess.Popen(["/bin/cat"], cwd=out, stdin=subprocess.PIPE) as shell:
        publish(out, NEW, owner="one")
        shell.communicate()
    assert out.stat().st_ino == before
    assert content(out) == NEW


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges folders")
def test_linux_exchanges_a_folder_that_is_only_ours(tmp_path: Path) -> None:
    out = tmp_path / "output"
    publish(out, OLD, owner="one")
    before = out.stat().st_ino
    publish(out, NEW, owner="one")
    assert out.stat().st_ino != before


def test_a_folder_of_very_many_files_is_not_made_anew_for_each_deck(tmp_path: Path) -> None:
    out = tmp_path / "output"
    many = {f"{number}.json": b"%d" % number for number in range(1_200)}
    publish(out, many, owner="many")
    before = out.stat().st_ino, (out / "7.json").stat()
    publish(out, OLD, owner="one")
    publish(out, NEW, owner="one")
    assert (out.stat().st_ino, (out / "7.json").stat()) == before
    assert content(out) == many | NEW
    assert is_as_recorded(out)


def test_among_very_many_files_the_list_is_added_to_and_written_anew_now_and_then(tmp_path: Path) -> None:
    out = tmp_path / "output"
    publish(out, {f"{number}.json": b"%d" % number for number in range(1_200)}, owner="many")
    made = []
    for number in range(1_250):
        publish(out, {f"one-{number}.json": b"one"}, owner=f"one-{number}")
        more = (out / "build-more.jsonl").read_bytes()
        made.append((more.count(b"\n"), (out / "build.json").stat().st_ino))
    assert len({list_ for _, list_ in made}) == 2
    assert [lines for lines, _ in made] == [*range(1, 1_202), *range(1, 50)]
    assert is_as_recorded(out)
    assert owners(out) == {"many", *(f"one-{number}" for number in range(1_250))}


def test_what_was_added_to_the_list_by_halves_counts_for_nothing_and_what_is_none_is_told(tmp_path: Path) -> None:
    out = tmp_path / "output"
    publish(out, {f"{number}.json": b"%d" % number for number in range(1_200)}, owner="many")
    publish(out, OLD, owner="one")
    more = out / "build-more.jsonl"
    more.write_bytes(more.read_bytes() + b'{"deck": "two", "fi')
    assert owners(out) == {"many", "one"}
    publish(out, OTHER, owner="two")
    assert owners(out) == {"many", "one", "two"}
    assert is_as_recorded(out)
    more.write_bytes(more.read_bytes() + b'{"deck": "two", "files": {"../x": "0"}}\n')
    with pytest.raises(CannotWrite, match="this is not the list of files that quizgen keeps under this name"):
        publish(out, NEW, owner="one")


def test_a_python_without_ctypes_replaces_file_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "output"
    publish(out, OLD, owner="one")
    before = out.stat().st_ino
    monkeypatch.setitem(sys.modules, "ctypes", None)
    publish(out, NEW, owner="one")
    assert content(out) == NEW
    assert out.stat().st_ino == before


def test_files_may_be_read_by_whoever_the_user_lets(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        publish(tmp_path / "output", OLD, owner="one")
        write_file(tmp_path / "ledger", b"")
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    assert modes == {"output": 0o750, "ledger": 0o640} | dict.fromkeys([*OLD, "build.json"], 0o640)


# ---- faults ----------------------------------------------------------------------------------------------------------

TOUCHING = ["mkdir", "open", "write", "fsync", "close", "chmod", "link", "rename", "replace", "unlink", "rmdir"]
TOUCHING += ["scandir", "listdir"]


class Fault:
    """Lets the n-th call that touches the disk fail. A close closes before it fails, as the kernel's does."""

    def __init__(self, nth: int, failure: OSError, *, only: str = "") -> None:
        self.left = nth
        self.only = only
        self.failure = failure
        self.failed_in = ""

    def calls(self) -> Iterator[tuple[object, str, Callable[..., object]]]:
        for name in TOUCHING:
            yield os, name, getattr(os, name)
        yield sets, "exchange", getattr(sets, "exchange")  # noqa: B009 - tests alone may take it from there

    def failing(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            if not self.only or name == self.only:
                self.left -= 1
            if self.left != 0 or self.failed_in:
                return real(*args, **kwargs)
            self.failed_in = name
            if name == "close":
                real(*args, **kwargs)
            raise self.failure

        return call

    def around(self, run: Callable[[], object]) -> None:
        with contextlib.ExitStack() as stack:
            for where, name, real in self.calls():
                stack.enter_context(patch.object(where, name, self.failing(name, real)))
            run()


def every_fault(code: int, run: Callable[[], object]) -> Iterator[Fault]:
    """Runs `run` with a fault at its first call, at its second, and so on until none is left to fail."""
    for nth in range(1, 1000):
        fault = Fault(nth, OSError(code, os.strerror(code)))
        with contextlib.suppress(CannotWrite):
            fault.around(run)
        if not fault.failed_in:
            assert nth > 15, "the faults did not reach the code"
            return
        yield fault
    raise AssertionError("there is no end of calls")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES])
@pytest.mark.parametrize("foreign", [False, True])
@pytest.mark.usefixtures("way")
def test_whichever_call_fails_the_set_is_the_old_or_the_new_one(tmp_path: Path, code: int, *, foreign: bool) -> None:
    base = iter(tmp_path / str(n) / "output" for n in range(1000))
    out = tmp_path

    def prepared() -> Path:
        nonlocal out
        out = next(base)
        publish(out, OTHER, owner="two")
        publish(out, OLD, owner="one")
        if foreign:
            (out / "mine").write_bytes(b"mine")
        return out

    mine = {"mine": b"mine"} if foreign else {}
    prepared()
    for fault in every_fault(code, lambda: publish(out, NEW, owner="one")):
        assert content_of_files(out) in (OLD | OTHER | mine, NEW | OTHER | mine), fault.failed_in
        publish(out, NEW, owner="one")
        assert content(out) == NEW | OTHER | mine
        assert is_as_recorded(out)
        assert stages(out) == []
        prepared()


def content_of_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name not in LISTS}


KILLED = """
import os, sys
from pathlib import Path
from quizgen.files import publish, sets
from tests.test_files import NEW, OLD, OTHER, TOUCHING

base, way = Path(sys.argv[1]), sys.argv[2]
if way == "one by one":
    sets.exchange = lambda one, other: False
if way == "among many":
    sets._MANY = 0
for nth in range(1, 1000):
    out = base / str(nth) / "output"
    publish(out, OTHER, owner="two")
    publish(out, OLD, owner="one")
    child = os.fork()
    if child == 0:
        left = nth
        def dying(real):
            def call(*args, **kwargs):
                global left
                left -= 1
                if left == 0:
                    os._exit(9)
                return real(*args, **kwargs)
            return call
        for name in TOUCHING:
            setattr(os, name, dying(getattr(os, name)))
        sets.exchange = dying(sets.exchange)
        publish(out, NEW, owner="one")
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
print(nth - 1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_whenever_we_are_killed_the_set_is_whole_or_known_not_to_be_and_the_next_run_mends_it(
    tmp_path: Path, way: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), way], check=True, capture_output=True, text=True
    )
    kills = int(done.stdout)
    assert kills > 15
    mixed = 0
    for nth in range(1, kills + 1):
        out = tmp_path / str(nth) / "output"
        if content_of_files(out) not in (OLD | OTHER, NEW | OTHER):
            mixed += 1
            assert not is_as_recorded(out)
        publish(out, NEW, owner="one")
        assert content(out) == NEW | OTHER
        assert is_as_recorded(out)
        assert stages(out) == []
    assert mixed == 0 or way != "in one step"


AT_ONCE = """
import sys
import unicodedata
from pathlib import Path
from quizgen.files import publish, sets
sets._MANY = int(sys.argv[3])
for n in range(20):
    tag = f"{sys.argv[2]} {n}".encode()
    publish(Path(sys.argv[1]), {f"{i}.txt": tag for i in range(5)}, owner="one")
"""


@pytest.mark.parametrize("many", [1_000, 0])
def test_four_builds_at_once_leave_one_whole_set(tmp_path: Path, many: int) -> None:
    out = tmp_path / "output"
    runs = [subprocess.Popen([sys.executable, "-c", AT_ONCE, str(out), str(n), str(many)]) for n in range(4)]
    assert [run.wait() for run in runs] == [0, 0, 0, 0]
    assert len(set(content(out).values())) == 1
    assert len(content(out)) == 5
    assert stages(out) == []


# ---- single files ----------------------------------------------------------------------------------------------------


def test_a_file_is_replaced_whole_with_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "deep/er/ledger.json"
    write_file(path, b"old")
    path.chmod(0o600)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_writing_to_a_link_writes_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_new_file_never_takes_the_place_of_one_that_is_there(tmp_path: Path) -> None:
    create_file(tmp_path / "deck.yaml", b"mine")
    with pytest.raises(CannotWrite, match="there is already a file of this name"):
        create_file(tmp_path / "deck.yaml", b"yours")
    assert content(tmp_path) == {"deck.yaml": b"mine"}


@pytest.mark.parametrize("write", [write_file, create_file])
def test_whichever_call_fails_a_file_is_the_old_or_the_new_one(
    tmp_path: Path, write: Callable[[Path, bytes], None]
) -> None:
    path = tmp_path / "file"
    old = b"old" if write is write_file else None
    for nth in range(1, 100):
        path.unlink(missing_ok=True)
        if old:
            write_file(path, old)
        fault = Fault(nth, OSError(errno.ENOSPC, "full"))
        with contextlib.suppress(CannotWrite):
            fault.around(lambda: write(path, b"new"))
        assert (path.read_bytes() if path.exists() else None) in {old, b"new"}
        if not fault.failed_in:
            assert nth > 5
            break
    write_file(path, b"new")
    assert content(tmp_path) == {"file": b"new"}


@pytest.mark.parametrize(
    "code, says",
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "this disk can only be read"),
        (errno.EACCES, "writing here is not permitted"),
        (errno.EIO, "cannot be written: Input/output error"),
    ],
)
def test_what_the_disk_refuses_is_said_plainly(tmp_path: Path, code: int, says: str) -> None:
    with pytest.raises(CannotWrite, match=says):
        Fault(1, OSError(code, os.strerror(code)), only="fsync").around(lambda: write_file(tmp_path / "file", b""))


# ---- names -----------------------------------------------------------------------------------------------------------

NAMES = {
    "history": "history",
    "World_War_2": "world-war-2",
    "con": "con-1143da",
    "collection": "collection-fa7496",
    "backup-2024": "backup-2024-644032",
    "café": "cafe-850f7d",
    "../x": "x-d6b96a",
    "a" * 61: f"{'a' * 53}-35d5fc",
    "история": "deck-c3e8df",
}


@pytest.mark.parametrize("id_", NAMES)
def test_an_id_that_is_plain_is_a_file_name_and_any_other_gets_one(id_: str) -> None:
    assert safe_name(id_) == NAMES[id_]


@given(st.text())
def test_every_id_gives_a_name_that_every_system_takes(id_: str) -> None:
    name = safe_name(id_)
    assert re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?", name)
    assert not re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d|collection|backup-.*", name) or name != id_


@given(st.text(), st.text())
def test_ids_that_differ_in_more_than_capitals_and_dashes_have_different_names(one: str, other: str) -> None:
    def plain(id_: str) -> str:
        return unicodedata.normalize("NFC", id_.replace("_", "-"))

    if safe_name(one) == safe_name(other):
        assert plain(one).lower() == plain(other).lower()
