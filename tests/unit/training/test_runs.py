"""Folders of runs: names, lists, and damage."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.training.builders import make_experiment
from tudui_gui.core import paths
from tudui_gui.core.errors import StorageError
from tudui_gui.training.runs import RunStatus, list_runs, new_run_dir, read_metrics, read_run, read_steps


def test_names_are_readable_and_never_used_twice() -> None:
    experiment = make_experiment()
    first, second = new_run_dir(experiment), new_run_dir(experiment)
    assert (first.name, second.name) == ("digits-tudui-1", "digits-tudui-2")
    assert first.parent == paths.runs_root()
    first.rmdir()
    assert new_run_dir(experiment).name == "digits-tudui-3"


@pytest.mark.parametrize(("given", "name"), [("a b/c", "a-b-c-1"), ("猫 狗", "猫-狗-1"), ("../..", "run-1")])
def test_names_are_safe(tmp_path: Path, given: str, name: str) -> None:
    assert new_run_dir(given, tmp_path).name == name
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_root_that_is_a_file_is_explained(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("")
    with pytest.raises(StorageError):
        new_run_dir("x", tmp_path / "runs")


def test_no_runs() -> None:
    assert list_runs() == []


def test_list_is_newest_first_and_survives_damage(tmp_path: Path) -> None:
    for age, name in enumerate(["new", "middle", "old"]):
        (tmp_path / name).mkdir()
        RunStatus("finished", epochs=3, planned_epochs=3, best_accuracy=0.5, seconds=9.0).write(
            tmp_path / name
        )
        os.utime(tmp_path / name / "run.json", (1e9 - age, 1e9 - age))
    for name, text in {"empty": "", "list": "[]", "odd": '{"status": "dancing"}', "more": '{"x": 1}'}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "run.json").write_text(text)
    (tmp_path / "nothing").mkdir()
    (tmp_path / "a-file").write_text("")
    (tmp_path / ".hidden").mkdir()
    runs = list_runs(tmp_path)
    assert [run.name for run in runs if run.status == "finished"] == ["new", "middle", "old"]
    assert {run.name for run in runs if run.status == "unknown"} == {
        "empty",
        "list",
        "odd",
        "more",
        "nothing",
    }
    assert runs[0].status == "unknown"  # touched last


def test_a_run_whose_process_has_gone_is_interrupted(tmp_path: Path) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    RunStatus("running", process=int(gone.stdout)).write(tmp_path)
    assert read_run(tmp_path).status == "interrupted"
    RunStatus("running", process=os.getpid()).write(tmp_path)
    assert read_run(tmp_path).status == "running"


def test_rows_up_to_the_damage_are_read(tmp_path: Path) -> None:
    assert read_metrics(tmp_path) == []
    header = "epoch,step,loss,lr,images_per_second\n"
    (tmp_path / "steps.csv").write_text(header + "1,1,2.5,0.1,100\n1,2,nan,0.1,100\n")
    assert [row.loss for row in read_steps(tmp_path)] == [2.5]
    (tmp_path / "steps.csv").write_text(header + "1,1,2.5,0.1,100\n1,2,2.")
    assert [row.loss for row in read_steps(tmp_path)] == [2.5]
    (tmp_path / "steps.csv").write_bytes(b"\xff\xfe\x00")
    assert read_steps(tmp_path) == []
