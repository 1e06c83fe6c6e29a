"""A run goes by the corrections that were there when it began."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.unit.training.builders import csv_without_times, epochs, losses, make_dataset, make_experiment
from tudui_gui.core.errors import CheckpointError, DatasetError, StorageError
from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.edits import Edits
from tudui_gui.datasets.selection import with_edits
from tudui_gui.prediction.classifier import Classifier
from tudui_gui.training.checkpoint import Checkpoint, checkpoint_path
from tudui_gui.training.control import Control
from tudui_gui.training.corrections import are_named, found_beside, keep, named_in, taken_over
from tudui_gui.training.evaluation import evaluate_checkpoint
from tudui_gui.training.events import Event, RunFailed, RunFinished, RunStopped, StepDone
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.recording import run
from tudui_gui.training.runs import read_run

FIRST = (
    Edits().with_left_out([str(number) for number in range(0, 1000, 2)], True).with_label(["1", "3"], "cat")
)
LATER = Edits().with_left_out([str(number) for number in range(1, 1000, 2)], True)


@pytest.fixture
def edits_file(tmp_path: Path) -> Path:
    path = tmp_path / "edits" / "digits.json"
    FIRST.save(path)
    return path


def experiment_of(edits: Path | str, **values: Any) -> Experiment:
    dataset = {"source": "digits", "per_class": 5, "edits": str(edits), **values}
    return make_experiment(dataset=dataset, training={"epochs": 2, "batch_size": 8})


def named(step: Step) -> list[str | None]:
    """The files that a step and the sources within it name, the outermost last."""
    return [name for source in step.values.get("sources", ()) for name in named(source)] + [
        step.values["edits"]
    ]


def stopped_after(experiment: Experiment, run_dir: Path, steps: int) -> list[Event]:
    control, events = Control(), []
    for event in run(experiment, run_dir, control=control):
        events.append(event)
        if isinstance(event, StepDone) and event.step >= steps:
            control.stop()
    assert isinstance(events[-1], RunStopped)
    return events


def test_the_run_names_its_own_copy(tmp_path: Path, edits_file: Path) -> None:
    events = list(run(experiment_of(edits_file), tmp_path / "run"))
    assert isinstance(events[-1], RunFinished), events[-1]
    copy = tmp_path / "run" / "corrections.json"
    assert Edits.load(copy) == FIRST
    written = Experiment.load(tmp_path / "run" / "experiment.toml")
    checkpoint = Checkpoint.load(checkpoint_path(tmp_path / "run"))
    assert named(written.dataset) == [str(copy)] and checkpoint.experiment == written
    assert written == experiment_of(copy)
    assert checkpoint.classes[-1] == "cat"


def test_later_corrections_change_neither_test_nor_prediction(tmp_path: Path, edits_file: Path) -> None:
    events = list(run(experiment_of(edits_file), tmp_path / "run"))
    last = checkpoint_path(tmp_path / "run")
    before = evaluate_checkpoint(last, device="cpu")
    assert (before.loss, before.accuracy) == pytest.approx(epochs(events)[-1][3:5])
    for change in (LATER.save, lambda path: path.write_text("{"), Path.unlink):
        change(edits_file)
        assert evaluate_checkpoint(last, device="cpu").loss == before.loss
        assert Classifier.load(last).classes[-1] == "cat"


@pytest.mark.parametrize("gives_experiment", [False, True])
def test_a_resumed_run_goes_by_the_first_corrections(
    tmp_path: Path, edits_file: Path, gives_experiment: bool
) -> None:
    whole = list(run(experiment_of(edits_file), tmp_path / "whole"))
    begun = stopped_after(experiment_of(edits_file), tmp_path / "run", 2)
    LATER.save(edits_file)
    given = experiment_of(edits_file) if gives_experiment else None
    rest = list(run(given, tmp_path / "run", resume=True))
    assert losses(begun) + losses(rest) == losses(whole)
    assert epochs(rest) == epochs(whole)
    assert csv_without_times(tmp_path / "run" / "metrics.csv") == csv_without_times(
        tmp_path / "whole" / "metrics.csv"
    )
    copy = str(tmp_path / "run" / "corrections.json")
    assert named(Experiment.load(tmp_path / "run" / "experiment.toml").dataset) == [copy]
    assert Edits.load(Path(copy)) == FIRST


def test_a_run_resumed_with_an_open_data_set_reads_it_again(tmp_path: Path, edits_file: Path) -> None:
    whole = list(run(experiment_of(edits_file), tmp_path / "whole"))
    experiment = experiment_of(edits_file)
    dataset = open_dataset(experiment.dataset)
    begun = stopped_after(experiment, tmp_path / "run", 2)
    rest = list(run(experiment, tmp_path / "run", resume=True, dataset=with_edits(dataset, LATER)))
    assert losses(begun) + losses(rest) == losses(whole)


def test_a_run_without_corrections_keeps_without(tmp_path: Path, edits_file: Path) -> None:
    plain = make_experiment(
        dataset={"source": "digits", "per_class": 5}, training={"epochs": 2, "batch_size": 8}
    )
    whole = list(run(plain, tmp_path / "whole"))
    begun = stopped_after(plain, tmp_path / "run", 2)
    rest = list(run(experiment_of(edits_file), tmp_path / "run", resume=True))
    assert losses(begun) + losses(rest) == losses(whole)
    assert not list((tmp_path / "run").glob("corrections*"))


def test_a_moved_run_finds_its_copy(tmp_path: Path, edits_file: Path) -> None:
    whole = list(run(experiment_of(edits_file), tmp_path / "whole"))
    stopped_after(experiment_of(edits_file), tmp_path / "run", 2)
    moved = tmp_path / "elsewhere" / "run"
    shutil.move(tmp_path / "run", moved)
    # Somebody else's run took the old place.
    LATER.save(tmp_path / "run" / "corrections.json")
    copy = str(moved / "corrections.json")
    assert named(Experiment.load(moved / "experiment.toml").dataset) == [copy]
    assert named(Checkpoint.load(checkpoint_path(moved)).experiment.dataset) == [copy]
    rest = list(run(None, moved, resume=True))
    assert epochs(rest) == epochs(whole)
    tested = evaluate_checkpoint(checkpoint_path(moved), device="cpu")
    assert tested.loss == pytest.approx(epochs(whole)[-1][3])
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(checkpoint_path(moved), alone)
    shutil.copy(copy, alone)
    assert named(Checkpoint.load(alone / "last.pt").experiment.dataset) == [str(alone / "corrections.json")]


def test_a_copy_that_is_gone_is_named(tmp_path: Path, edits_file: Path) -> None:
    stopped_after(experiment_of(edits_file), tmp_path / "run", 2)
    copy = tmp_path / "run" / "corrections.json"
    copy.unlink()
    with pytest.raises(DatasetError, match="Put the file back") as caught:
        evaluate_checkpoint(checkpoint_path(tmp_path / "run"), device="cpu")
    assert str(copy) in str(caught.value)
    (failed,) = run(None, tmp_path / "run", resume=True)
    assert isinstance(failed, RunFailed) and str(copy) in failed.message
    assert read_run(tmp_path / "run").status == "stopped"
    # An image needs no data set.
    assert Classifier.load(checkpoint_path(tmp_path / "run")).classes[-1] == "cat"


def test_a_file_that_is_not_there_ends_the_run_before_it_begins(tmp_path: Path) -> None:
    run_dir = tmp_path / "run"
    run_dir.mkdir()
    (failed,) = run(experiment_of(tmp_path / "nowhere.json"), run_dir)
    assert isinstance(failed, RunFailed) and "nowhere.json" in failed.message
    assert "Put the file back" in failed.message
    assert read_run(run_dir).status == "failed"


def test_a_start_that_fails_after_the_copy_counts_as_failed(tmp_path: Path, edits_file: Path) -> None:
    run_dir = tmp_path / "run"
    run_dir.mkdir()
    (failed,) = run(experiment_of(edits_file, source="cifar10", root=str(tmp_path)), run_dir)
    assert isinstance(failed, RunFailed)
    assert read_run(run_dir).status == "failed"


def test_a_folder_that_holds_a_run_keeps_its_copy(tmp_path: Path, edits_file: Path) -> None:
    list(run(experiment_of(edits_file), tmp_path / "run"))
    LATER.save(edits_file)
    (failed,) = run(experiment_of(edits_file), tmp_path / "run")
    assert isinstance(failed, RunFailed) and "already holds a run" in failed.message
    assert Edits.load(tmp_path / "run" / "corrections.json") == FIRST


def test_the_copy_of_an_earlier_start_is_not_taken_for_the_runs(tmp_path: Path) -> None:
    LATER.save(tmp_path / "corrections.json")
    list(run(make_experiment(dataset={"source": "digits", "per_class": 5}), tmp_path))
    assert not (tmp_path / "corrections.json").exists()
    assert named(Experiment.load(tmp_path / "experiment.toml").dataset) == [None]


def test_an_open_data_set_brings_its_own_corrections(tmp_path: Path) -> None:
    experiment = make_experiment(dataset={"source": "digits", "per_class": 5})
    dataset = with_edits(open_dataset(experiment.dataset), FIRST)
    events = list(run(experiment, tmp_path, dataset=dataset))
    assert Edits.load(tmp_path / "corrections.json") == FIRST
    tested = evaluate_checkpoint(checkpoint_path(tmp_path), device="cpu")
    assert tested.loss == pytest.approx(epochs(events)[-1][3])


def test_a_run_begun_from_a_runs_experiment_has_a_copy_of_its_own(tmp_path: Path, edits_file: Path) -> None:
    list(run(experiment_of(edits_file), tmp_path / "first"))
    edits_file.unlink()
    again = Experiment.load(tmp_path / "first" / "experiment.toml")
    list(run(again, tmp_path / "second"))
    shutil.rmtree(tmp_path / "first")
    evaluate_checkpoint(checkpoint_path(tmp_path / "second"), device="cpu")
    assert csv_without_times(tmp_path / "second" / "metrics.csv")


def test_a_checkpoint_whose_data_have_other_classes_now_says_so(tmp_path: Path, edits_file: Path) -> None:
    list(run(experiment_of(edits_file), tmp_path / "run"))
    LATER.save(tmp_path / "run" / "corrections.json")
    with pytest.raises(CheckpointError, match="classes"):
        evaluate_checkpoint(checkpoint_path(tmp_path / "run"), device="cpu")


# --- sources within sources


@pytest.fixture
def nested(tmp_path: Path, edits_file: Path) -> Step:
    other = tmp_path / "edits" / "other.json"
    LATER.save(other)
    outer = tmp_path / "edits" / "outer.json"
    Edits().with_label(["0/1"], "dog").save(outer)
    inner = DATASETS.step(
        "concat", sources=[DATASETS.step("digits", edits=str(other)), DATASETS.step("shapes")]
    )
    first = DATASETS.step("digits", edits=str(edits_file))
    return DATASETS.step("concat", sources=[first, inner], edits=str(outer), per_class=3)


def test_every_source_has_its_copy(tmp_path: Path, nested: Step) -> None:
    kept = keep(nested, tmp_path / "run")
    files = ["corrections-0.json", "corrections-1-0.json", None, None, "corrections.json"]
    assert named(kept) == [file and str(tmp_path / "run" / file) for file in files]
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == sorted(filter(None, files))
    assert Edits.load(tmp_path / "run" / "corrections-1-0.json") == LATER
    assert named_in(nested, tmp_path / "run") == kept
    assert keep(kept, tmp_path / "run") == kept
    assert kept.values["per_class"] == 3


def test_nested_copies_move_with_the_run(tmp_path: Path, nested: Step) -> None:
    kept = keep(nested, tmp_path / "run")
    shutil.move(tmp_path / "run", tmp_path / "moved")
    found = found_beside(kept, tmp_path / "moved")
    assert [Path(name).parent for name in named(found) if name] == [tmp_path / "moved"] * 3
    assert found_beside(kept, tmp_path / "nowhere") == kept


def test_a_joined_run_goes_by_its_copies(tmp_path: Path, nested: Step) -> None:
    experiment = make_experiment(
        dataset=nested.to_dict("source"),
        transforms={"train": [{"name": "Resize", "size": [32, 32]}, {"name": "ToTensor"}]},
        training={"epochs": 1, "batch_size": 16},
    )
    events = list(run(experiment, tmp_path / "run"))
    assert isinstance(events[-1], RunFinished), events[-1]
    for path in (tmp_path / "edits").iterdir():
        path.unlink()
    shutil.move(tmp_path / "run", tmp_path / "moved")
    tested = evaluate_checkpoint(checkpoint_path(tmp_path / "moved"), device="cpu")
    assert tested.loss == pytest.approx(epochs(events)[-1][3])


def test_taking_over_follows_the_sources(nested: Step) -> None:
    bare = DATASETS.step("concat", sources=[DATASETS.step("digits"), DATASETS.step("shapes")], split="random")
    taken = taken_over(bare, nested)
    assert taken.values["split"] == "random" and taken.values["edits"] == nested.values["edits"]
    assert named(taken)[0] == named(nested)[0]
    assert named(taken)[1] is None  # shapes there, a join here
    assert taken_over(DATASETS.step("shapes"), nested) == DATASETS.step("shapes")
    assert are_named(nested) and are_named(taken) and not are_named(bare)
    only_inner = DATASETS.step("concat", sources=[nested.values["sources"][0]])
    assert are_named(only_inner)


@pytest.mark.parametrize(
    "name", [r"C:\work\runs\digits-1\corrections.json", "/nowhere/corrections.json", "runs/corrections.json"]
)
def test_a_path_of_another_machine_is_found_by_its_name(tmp_path: Path, name: str) -> None:
    FIRST.save(tmp_path / "corrections.json")
    found = found_beside(DATASETS.step("digits", edits=name), tmp_path)
    assert found.values["edits"] == str(tmp_path / "corrections.json")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, edits_file: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be written"):
        keep(DATASETS.step("digits", edits=str(edits_file)), tmp_path / "file")
    (failed,) = run(experiment_of(edits_file), tmp_path / "file")
    assert isinstance(failed, RunFailed)


def test_a_data_set_given_without_corrections_needs_no_file(tmp_path: Path) -> None:
    events = list(run(make_experiment(), tmp_path, dataset=make_dataset()))
    assert isinstance(events[-1], RunFinished) and not list(tmp_path.glob("corrections*"))
