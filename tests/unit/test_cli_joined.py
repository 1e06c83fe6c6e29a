"""The tutorial's ants and bees from a file: trained and tested on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.datasets.samples import write_image
from tudui_gui import cli
from tudui_gui.training.checkpoint import Checkpoint

EXPERIMENT = """
device = "cpu"

[dataset]
source = "concat"

[[dataset.sources]]
source = "plain_folder"
root = "train/ants"
label = "ants"

[[dataset.sources]]
source = "plain_folder"
root = "train/bees"
label = "bees"

[transforms]
train = [{ name = "Resize", size = [32, 32] }, { name = "ToTensor" }]

[model]
name = "tudui"

[training]
epochs = 1
batch_size = 4
sampler = "weighted"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, count in (("ants", 10), ("bees", 5)):
        for index in range(count):
            write_image(tmp_path / "train" / name / f"{index}.jpg", (20, 20), index)
    (tmp_path / "insects.toml").write_text(EXPERIMENT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_ants_and_bees(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "insects.toml", "--run-dir", "run", "--json"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert events[0]["classes"] == ["ants", "bees"]
    assert (events[0]["train_images"], events[0]["test_images"]) == (12, 3)
    assert cli.main(["evaluate", "run/checkpoints/best.pt", "--json"]) == 0
    tested = json.loads(capsys.readouterr().out)
    assert (tested["dataset"], tested["test_images"]) == ("concat", 3)
    assert tested["test_accuracy"] == events[-1]["test_accuracy"]


def test_another_folder_and_another_source(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "train").rename(folder / "moved")
    assert cli.main(["train", "insects.toml", "--run-dir", "one", "--data-root", "moved", "--json"]) == 0
    options = ["--set", "dataset.sources.0.root=moved/ants", "--set", "dataset.sources.1.source=shapes"]
    assert cli.main(["train", "insects.toml", "--run-dir", "two", *options, "--json"]) == 0
    roots = [
        [source.values.get("root") for source in checkpoint.experiment.dataset.values["sources"]]
        for checkpoint in (Checkpoint.load(Path(name) / "checkpoints" / "last.pt") for name in ("one", "two"))
    ]
    assert roots == [
        [str(folder / "moved" / name) for name in ("ants", "bees")],
        [str(folder / "moved" / "ants"), None],
    ]
    capsys.readouterr()


def test_a_mistake_in_a_source_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "insects.toml", "--set", "dataset.sources.1.lable=x"]) == 1
    assert "dataset.sources.1.label" in capsys.readouterr().err
    assert cli.main(["train", "insects.toml", "--set", "dataset.sources.1.root=nowhere"]) == 1
    assert "nowhere cannot be read" in capsys.readouterr().err
