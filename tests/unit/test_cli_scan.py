"""``tudui-gui scan``: what it says, in words and in JSON, and what it returns."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tudui_gui import cli, scanning
from tudui_gui.core.paths import resource, sample_data
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.training.experiment import Experiment

from .datasets.samples import write_folder, write_image

DIGITS = str(resource("experiments", "digits.toml"))


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    """The bundled drawn set with a broken file, a leak and a copy under another label."""
    root = tmp_path / "shapes"
    shutil.copytree(sample_data("shapes"), root)
    circles = sorted((root / "train" / "circle").iterdir())
    circles[0].write_bytes(circles[0].read_bytes()[:60])
    tests = next(path for path in root.iterdir() if path.is_dir() and path.name != "train")
    shutil.copy(circles[1], tests / "circle" / f"leak{circles[1].suffix}")
    shutil.copy(circles[2], root / "train" / "star" / f"wrong{circles[2].suffix}")
    return root


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(["scan", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_clean_folder_gives_0(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, str(sample_data("shapes")))
    assert code == 0 and err == ""
    assert "shapes (folder): classes: 4; " in out and out.strip().endswith("Nothing wrong was found.")


def test_findings_are_grouped_and_give_1(spoiled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, str(spoiled))
    assert code == 1
    lines = out.splitlines()
    at = lines.index("Images that cannot be read: 1")
    assert lines[at + 1].startswith("  error: ") and "damaged or cut off" in lines[at + 1]
    assert "Same picture in training and test: 1" in lines
    assert any("leak" in line and "error" in line for line in lines)
    at = lines.index("Same picture, different labels: 1")
    assert "circle, star" in lines[at + 1] and "wrong" in lines[at + 1]
    assert lines[-1] == "Found: 3 errors."


def test_json_says_the_same(spoiled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, str(spoiled), "--json")
    table = json.loads(out)
    assert code == 1
    assert table["counts"] == {"unreadable": 1, "leak": 1, "label_conflict": 1}
    assert table["dataset"]["source"] == "folder" and len(table["dataset"]["classes"]) == 4
    assert table["images"] == sum(table["dataset"]["parts"].values())
    leak = next(finding for finding in table["findings"] if finding["kind"] == "leak")
    assert [image["part"] for image in leak["images"]] == ["train", "test"]
    dataset = open_dataset(DATASETS.step("folder", root=str(spoiled)))
    for image in leak["images"]:
        assert dataset.parts[image["part"]].key(image["index"]) == image["key"]


def test_an_experiment_and_its_data_root(
    capsys: pytest.CaptureFixture[str], spoiled: Path, tmp_path: Path
) -> None:
    code, out, _ = run(capsys, "--experiment", DIGITS)
    assert code == 0 and out.startswith("digits (digits): classes: 10; 1,438 for training, 359 for test")
    experiment = Experiment.load(Path(DIGITS)).with_value("dataset.source", "folder")
    file = tmp_path / "own.toml"
    file.write_text(experiment.with_value("dataset.root", "nowhere").to_toml(), encoding="utf-8")
    assert run(capsys, "--experiment", str(file), "--data-root", str(spoiled))[0] == 1


def test_the_layout_is_recognised_or_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(8):
        pixels = np.random.RandomState(number).randint(0, 256, (20, 20, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(tmp_path / f"{'cat' if number % 2 else 'dog'}_{number}.png")
    code, out, _ = run(capsys, str(tmp_path), "--json")
    assert json.loads(out)["dataset"]["source"] == "named_files"
    assert set(json.loads(out)["dataset"]["classes"]) == {"cat", "dog"}
    code, out, _ = run(capsys, str(tmp_path), "--layout", "plain_folder", "--json")
    assert json.loads(out)["dataset"]["source"] == "plain_folder" and json.loads(out)["images"] == 8
    code, _, err = run(capsys, str(tmp_path), "--layout", "nonsense")
    assert code == 1 and "nonsense" in err and "plain_folder" in err


def test_what_cannot_be_opened_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, str(tmp_path / "nowhere"))
    assert code == 1 and out == "" and "nowhere" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "one of the two"),
        (["x", "--experiment", DIGITS], "one of the two"),
        (["--experiment", DIGITS, "--layout", "folder"], "--layout"),
        (["x", "--data-root", "y"], "--data-root"),
    ],
)
def test_wrong_usage_gives_2(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["scan", *arguments])
    assert caught.value.code == cli.USAGE and said in capsys.readouterr().err


def test_help_says_what_the_exit_code_means(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["scan", "--help"])
    out = capsys.readouterr().out
    assert "Exit codes: 0 nothing wrong" in out and "--layout" in out


def test_long_lists_are_cut_with_the_number_of_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(scanning.LISTED + 5):
        for part in ("train", "test"):
            (tmp_path / part / "a").mkdir(parents=True, exist_ok=True)
            (tmp_path / part / "a" / f"{number}.png").write_bytes(b"")
    _, out, _ = run(capsys, str(tmp_path))
    assert f"Empty files: {2 * scanning.LISTED + 10}" in out
    assert f"and {scanning.LISTED + 10} more: --json lists them all" in out


def test_files_that_are_counted_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        for number in range(3):
            write_image(tmp_path / f"{name}{number}.png", seed=7 * number + ord(name))
    there = [f"{name}{number}.png,{name}" for name in ("a", "b") for number in range(3)]
    gone = [f"gone{number}.png,a" for number in range(194)]
    (tmp_path / "list.csv").write_text("\n".join(["path,label", *there, *gone, *([there[0]] * 3)]))
    code, out, _ = run(capsys, str(tmp_path), "--layout", "csv")
    assert code == 1 and "Missing files: 194" in out.splitlines()
    assert f"  and {194 - scanning.LISTED} more: --json lists 30 of them and counts the others" in out
    assert "Images that are listed twice: 3" in out and "Found: 197 warnings" in out
    table = json.loads(run(capsys, str(tmp_path), "--layout", "csv", "--json")[1])
    assert table["counts"] == {"missing_file": 194, "listed_twice": 3, "other": 1}
    assert [finding["count"] for finding in table["findings"]] == [*[1] * 50, 144, 1, 1, 1, 1]


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
def test_ctrl_c_ends_it_at_once(tmp_path: Path) -> None:
    write_folder(tmp_path, {"train/a": 3, "test/a": 3}, (60, 50))
    # The first picture that is looked at sends what Ctrl+C sends, then takes as long as it takes.
    code = (
        "import os, signal, sys, time; from tudui_gui import cli\n"
        "from tudui_gui.datasets import scan_worker\n"
        "def slow(path):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    time.sleep(60)\n"
        "scan_worker.read_image = slow\n"
        "sys.exit(cli.main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, "scan", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, timeout=50, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (cli.INTERRUPTED, b"", b"")
