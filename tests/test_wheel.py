"""The package as users get it: built, installed, and run in an empty folder."""

import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from quizgen import __version__

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.slow


def tracked(*folders: str) -> set[str]:
    """What git keeps, or would keep, in these folders of the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *folders]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    if not listed:
        pytest.skip("this is not a git checkout")
    return {name for name in listed.split("\0") if name and (ROOT / name).exists()}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel built from it."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT], check=True)
    return out


@pytest.fixture(scope="module")
def quizgen(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed from the wheel into an environment of its own, with this one's libraries."""
    (wheel,) = dist.glob("*.whl")
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, symlinks=True)
    bin_ = home / ("Scripts" if sys.platform == "win32" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", str(bin_ / "python")]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True)
    (site,) = home.rglob("site-packages")
    libraries = sysconfig.get_path("purelib")
    (site / "libraries.pth").write_text(libraries)  # a folder named in a .pth brings no .pth files: ours stays out
    tell = [str(bin_ / "python"), "-c", "import quizgen; print(quizgen.__file__)"]
    where = subprocess.run(tell, check=True, capture_output=True, text=True, cwd=home)
    assert Path(where.stdout.strip()).is_relative_to(home.resolve())
    return bin_ / "quizgen"


def test_the_wheel_holds_the_package_and_all_that_is_shipped(dist: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names == tracked("quizgen") | {f"quizgen/shipped/{name}" for name in tracked("templates", "decks")}
    assert len(names) > 100


def test_the_sdist_holds_all_that_is_needed_to_build_and_test(dist: Path) -> None:
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert tracked(".") <= names


def test_an_installed_quizgen_tells_its_version(quizgen: Path, tmp_path: Path) -> None:
    run = subprocess.run([quizgen, "--version"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout == f"quizgen {__version__}\n"


def test_an_installed_quizgen_builds_its_starter_deck_in_an_empty_folder(quizgen: Path, tmp_path: Path) -> None:
    def run(*args: str) -> list[str]:
        done = subprocess.run([str(quizgen), *args], cwd=tmp_path, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()

    assert run("new", "history") == ["decks/history.yaml"]
    made = run("build", "--to", "anki,pdf,page,json")
    assert len(made) == 5
    assert all((tmp_path / path).stat().st_size > 1000 for path in made)
    assert {line.split("\t")[1] for line in run("templates")} == {"shipped"}


def test_an_installed_quizgen_has_the_decks_that_are_shipped(quizgen: Path, tmp_path: Path) -> None:
    look = "from quizgen.templates import shipped; print(*sorted(path.name for path in shipped('decks').iterdir()))"
    python = str(quizgen.with_name("python"))
    run = subprocess.run([python, "-c", look], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert {"elements", "moon-race", "russia-afghanistan.yaml"} <= set(run.stdout.split())
