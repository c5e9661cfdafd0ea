from pathlib import Path

import pytest

from quizgen.templates import Templates, Unusable, shipped


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / "kinds" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def templates(tmp_path: Path) -> Templates:
    mine = written(tmp_path / "mine", event="my event", treaty="my treaty")
    theirs = written(tmp_path / "theirs", event="event", term="term")
    return Templates((mine, theirs))


def test_the_users_template_comes_before_the_shipped_one_file_by_file(templates: Templates) -> None:
    assert templates.read("kinds/event.yaml") == b"my event"
    assert templates.read("kinds/term.yaml") == b"term"


def test_names_are_those_of_all_folders_each_once(templates: Templates) -> None:
    names = ("kinds/event.yaml", "kinds/term.yaml", "kinds/treaty.yaml")
    assert templates.names("kinds", ".yaml") == names
    assert templates.all_names() == names
    assert templates.names("kinds", ".css") == templates.names("absent") == templates.names("..") == ()


def test_the_origin_tells_whose_a_template_is(templates: Templates) -> None:
    assert templates.origin("kinds/term.yaml") == str(templates.folders[1])
    assert templates.origin("kinds/absent.yaml") is None


def test_shipped_templates_are_called_so(tmp_path: Path) -> None:
    templates = Templates.found(written(tmp_path, event="mine"), project=tmp_path / "absent")
    assert templates.folders == (tmp_path, shipped("templates"))
    assert templates.origin("kinds/event.yaml") == str(tmp_path)
    assert {templates.origin(name) for name in templates.all_names()} <= {"shipped", str(tmp_path)}


def test_a_project_folder_that_is_the_shipped_one_counts_once() -> None:
    assert Templates.found(project=shipped("templates")).folders == (shipped("templates"),)


@pytest.mark.parametrize(
    "name",
    [
        "../secret",
        "/etc/passwd",
        "kinds/../../secret",
        "kinds//event.yaml",
        "kinds\\event.yaml",
        "C:x",
        "",
        ".",
        "a\0b",
    ],
)
def test_a_name_cannot_leave_the_folder(templates: Templates, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("secret")
    assert templates.path(name) is None


def test_a_link_that_leads_out_is_refused_not_followed(templates: Templates, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "mine/kinds/event.yaml").unlink()
    (tmp_path / "mine/kinds/event.yaml").symlink_to(tmp_path / "secret")
    with pytest.raises(Unusable, match="this link leads out of its templates folder"):
        templates.path("kinds/event.yaml")


def test_a_link_within_the_folder_is_followed(templates: Templates, tmp_path: Path) -> None:
    (tmp_path / "mine/kinds/pact.yaml").symlink_to("treaty.yaml")
    assert templates.read("kinds/pact.yaml") == b"my treaty"


def test_a_linked_folder_that_leads_up_does_not_go_on_for_ever(templates: Templates, tmp_path: Path) -> None:
    (tmp_path / "mine/kinds/loop").symlink_to(tmp_path / "mine", target_is_directory=True)
    assert len(templates.all_names()) == 3


def test_the_digest_changes_with_any_template_in_force_and_with_nothing_else(
    templates: Templates, tmp_path: Path
) -> None:
    before = templates.digest()
    written(tmp_path / "theirs", event="hidden behind mine")
    assert templates.digest() == before
    written(tmp_path / "theirs", term="changed")
    assert templates.digest() != before


def test_reading_what_is_not_there_is_a_problem(templates: Templates) -> None:
    with pytest.raises(Unusable, match="there is no such template in "):
        templates.read("kinds/absent.yaml")


def test_hidden_files_are_no_templates(templates: Templates, tmp_path: Path) -> None:
    (tmp_path / "mine/kinds/.event.yaml.swp").write_text("")
    assert len(templates.names("kinds")) == 3
