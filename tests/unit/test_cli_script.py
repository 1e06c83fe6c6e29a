"""``tudui-gui script`` looks at what lies in a folder, and says why there is no script."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.datasets.samples import write_folder
from tudui_gui import cli
from tudui_gui.core.paths import resource

DIGITS = str(resource("experiments", "digits.toml"))


def script(*settings: str) -> int:
    return cli.main(["script", DIGITS, *(word for setting in settings for word in ("--set", setting))])


def of_folder(root: Path) -> tuple[str, str]:
    return "dataset.source=folder", f"dataset.root={root}"


def test_a_folder_with_gaps_gets_other_lines_than_one_without(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_folder(tmp_path, {"train/a": 2, "train/b": 2, "test/a": 1, "test/b": 1})
    assert script(*of_folder(tmp_path)) == cli.OK
    assert "datasets.ImageFolder" in capsys.readouterr().out
    (tmp_path / "train" / "none").mkdir()
    assert script(*of_folder(tmp_path)) == cli.OK
    printed = capsys.readouterr().out
    assert "ImageFolder" not in printed and "class_folders(" in printed


def test_a_folder_that_is_not_there_yet_gets_the_plain_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script(*of_folder(tmp_path / "later")) == cli.OK
    assert "datasets.ImageFolder" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("folder", "has no folder per class"),
        ("csv", "holds no CSV file"),
        ("photos", "No image of photos has a label"),
        ("named_files", "no pattern for names"),
    ],
)
def test_it_says_why_there_is_no_script(
    source: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = [f"dataset.source={source}"]
    if source != "photos":
        settings.append(f"dataset.root={tmp_path}")
    if source == "named_files":
        settings.append("dataset.pattern=cat")
    assert script(*settings) == cli.FAILED
    printed = capsys.readouterr()
    assert message in printed.err and printed.out == ""
