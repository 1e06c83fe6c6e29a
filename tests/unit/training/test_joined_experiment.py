"""Several sources in an experiment: TOML, changing values, roots, training and testing."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.unit.datasets.samples import write_image
from tests.unit.training.builders import epochs, make_experiment
from tudui_gui.core.errors import ExperimentError
from tudui_gui.core.paths import resource
from tudui_gui.training.checkpoint import Checkpoint, checkpoint_path
from tudui_gui.training.evaluation import evaluate_checkpoint
from tudui_gui.training.events import RunFinished
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.recording import run

TOML = """
seed = 3
device = "cpu"

[dataset]
source = "concat"

[[dataset.sources]]
source = "plain_folder"
root = "hymenoptera/ants"
label = "ants"

[[dataset.sources]]
source = "plain_folder"
root = "hymenoptera/bees"
label = "bees"

[[transforms.train]]
name = "Resize"
size = [32, 32]

[[transforms.train]]
name = "ToTensor"

[model]
name = "tudui"

[training]
epochs = 1
batch_size = 4
"""


def problem(table: dict[str, Any]) -> str:
    with pytest.raises(ExperimentError) as caught:
        make_experiment(dataset=table)
    return str(caught.value)


def roots(experiment: Experiment) -> list[str | None]:
    return [source.values.get("root") for source in experiment.dataset.values["sources"]]


@pytest.fixture
def insects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, brightness in (("ants", 0), ("bees", 1)):
        for index in range(10):
            write_image(tmp_path / "hymenoptera" / name / f"{index}.png", (40, 30), 10 * brightness + index)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "hymenoptera"


def test_arrays_of_tables_are_read_and_written() -> None:
    experiment = Experiment.from_toml(TOML)
    sources = experiment.dataset.values["sources"]
    assert [(source.name, source.values["label"]) for source in sources] == [
        ("plain_folder", "ants"),
        ("plain_folder", "bees"),
    ]
    assert Experiment.from_toml(experiment.to_toml()) == experiment
    written = tomllib.loads(experiment.to_toml())["dataset"]["sources"]
    assert [table["root"] for table in written] == ["hymenoptera/ants", "hymenoptera/bees"]


def test_values_within_a_source_can_be_changed() -> None:
    experiment = Experiment.from_toml(TOML)
    changed = experiment.with_value("dataset.sources.0.root", "/elsewhere")
    assert roots(changed) == ["/elsewhere", "hymenoptera/bees"] and roots(experiment)[0] != "/elsewhere"
    changed = experiment.with_overrides(["dataset.sources.1.per_class=3", "dataset.split=random"])
    assert changed.dataset.values["sources"][1].values["per_class"] == 3
    assert changed.dataset.values["split"] == "random"


def test_another_kind_of_source_keeps_what_it_can() -> None:
    changed = Experiment.from_toml(TOML).with_value("dataset.sources.1.source", "folder")
    assert changed.dataset.values["sources"][1].name == "folder"
    assert roots(changed) == ["hymenoptera/ants", "hymenoptera/bees"]
    assert roots(changed.with_value("dataset.sources.1.source", "digits"))[1] is None


def test_all_sources_can_be_given_at_once() -> None:
    given = 'dataset.sources=[{source="digits"}, {source="shapes", per_class=2}]'
    sources = Experiment.from_toml(TOML).with_overrides([given]).dataset.values["sources"]
    assert [source.name for source in sources] == ["digits", "shapes"]


def test_changing_to_concat_keeps_the_source_that_was_there() -> None:
    experiment = make_experiment(dataset={"source": "cifar10", "root": "/data", "per_class": 4})
    changed = experiment.with_value("dataset.source", "concat")
    assert changed.dataset.values["sources"] == (experiment.dataset,)
    assert changed.dataset.values["per_class"] is None
    assert changed.with_value("dataset.source", "digits").dataset.name == "digits"


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({}, ["says nothing about dataset.sources", "[[dataset.sources]]"]),
        ({"sources": []}, ["dataset.sources", "[]"]),
        ({"sources": "digits"}, ["dataset.sources", "digits"]),
        ({"sources": [3]}, ["dataset.sources.0", "3"]),
        ({"sources": [{"root": "x"}]}, ["dataset.sources.0.source"]),
        ({"sources": [{"source": "digits"}, {"source": "digitz"}]}, ["dataset.sources.1.source", "digits"]),
        ({"sources": [{"source": "digits", "per_klass": 3}]}, ["dataset.sources.0.per_klass", "per_class"]),
        ({"sources": [{"source": "digits", "per_class": 0}]}, ["dataset.sources.0.per_class", "at least 1"]),
        (
            {"sources": [{"source": "concat", "sources": [{"source": "folder", "root": 3}]}]},
            ["dataset.sources.0.sources.0.root", "3"],
        ),
    ],
)
def test_a_mistake_is_named_by_its_key(table: dict[str, Any], words: list[str]) -> None:
    message = problem({"source": "concat", **table})
    assert all(word in message for word in words), message


@pytest.mark.parametrize(
    "key", ["dataset.sources.2.root", "dataset.sources.x.root", "dataset.sources.source"]
)
def test_a_source_that_is_not_there_cannot_be_changed(key: str) -> None:
    with pytest.raises(ExperimentError, match=r"unknown key dataset\.sources"):
        Experiment.from_toml(TOML).with_value(key, "digits")


def test_a_bundled_source_within_others_may_have_a_root() -> None:
    experiment = make_experiment(dataset={"source": "concat", "sources": [{"source": "digits", "root": "x"}]})
    assert "root" not in experiment.dataset.values["sources"][0].values


def test_roots_follow_a_data_root() -> None:
    experiment = Experiment.from_toml(TOML)
    assert roots(experiment.with_root("/new")) == ["/new/ants", "/new/bees"]
    here = Path.cwd() / "hymenoptera"
    absolute = experiment.with_absolute_root()
    assert roots(absolute) == [str(here / "ants"), str(here / "bees")]
    assert roots(absolute.with_root("/new")) == ["/new/ants", "/new/bees"]


def test_ants_and_bees_are_trained_and_tested(insects: Path, tmp_path: Path) -> None:
    events = list(run(Experiment.from_toml(TOML), tmp_path / "run"))
    assert isinstance(events[-1], RunFinished), events[-1]
    written = Experiment.load(tmp_path / "run" / "experiment.toml")
    assert roots(written) == [str(insects / "ants"), str(insects / "bees")]
    checkpoint = Checkpoint.load(checkpoint_path(tmp_path / "run"))
    assert checkpoint.classes == ("ants", "bees") and checkpoint.experiment == written
    tested = evaluate_checkpoint(checkpoint_path(tmp_path / "run"), device="cpu")
    assert tested.images == 4
    assert (tested.loss, tested.accuracy) == pytest.approx(epochs(events)[-1][3:5])
    insects.rename(tmp_path / "moved")
    moved = evaluate_checkpoint(checkpoint_path(tmp_path / "run"), data_root=tmp_path / "moved", device="cpu")
    assert moved.loss == tested.loss


def test_the_shipped_join_round_trips() -> None:
    experiment = Experiment.load(resource("experiments", "digits_and_shapes.toml"))
    assert Experiment.from_toml(experiment.to_toml()) == experiment
    assert [source.name for source in experiment.dataset.values["sources"]] == ["digits", "shapes"]


def test_the_shipped_join_trains(tmp_path: Path) -> None:
    experiment = Experiment.load(resource("experiments", "digits_and_shapes.toml"))
    short = experiment.with_overrides(["training.epochs=1", "device=cpu", "dataset.per_class=5"])
    events = list(run(short, tmp_path))
    assert isinstance(events[-1], RunFinished), events[-1]
    assert len(Checkpoint.load(checkpoint_path(tmp_path)).classes) == 14
    assert torch.tensor(epochs(events)[-1][5]).sum() == 14 * 5
