"""The script of an experiment prints the losses and accuracies of ``fit``, digit for digit."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import pytest
import torch

from tests.unit.scripts.running import run_script
from tudui_gui.core.errors import DatasetError
from tudui_gui.core.paths import resource, sample_data
from tudui_gui.datasets.catalog import DATASETS
from tudui_gui.datasets.edits import Edits
from tudui_gui.scripts import training_script
from tudui_gui.training.events import EpochEvaluated, RunFinished
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.loop import fit
from tudui_gui.training.runs import read_metrics


def line(epoch):
    return (
        f"epoch {epoch.epoch}: train_loss={epoch.train_loss:.6f} test_loss={epoch.test_loss:.6f} "
        f"test_accuracy={epoch.test_accuracy:.4f}"
    )


def digits(**values) -> Experiment:
    experiment = Experiment.load(resource("experiments", "digits.toml")).with_value("device", "cpu")
    for key, value in {"training.epochs": 1, **values}.items():
        experiment = experiment.with_value(key, value)
    return experiment


def trained(experiment: Experiment, run_dir: Path) -> list[str]:
    events = list(fit(experiment, run_dir))
    assert isinstance(events[-1], RunFinished), events[-1]
    return [line(event) for event in events if isinstance(event, EpochEvaluated)]


def test_digits_give_the_numbers_of_the_run(trained_run, tmp_path):
    experiment = Experiment.load(trained_run / "experiment.toml")
    printed = run_script(training_script(experiment), tmp_path).splitlines()
    assert printed == [line(epoch) for epoch in read_metrics(trained_run)]
    saved = torch.load(tmp_path / "model.pth", weights_only=True)
    kept = torch.load(trained_run / "checkpoints" / "last.pt", weights_only=True)["model"]
    assert list(saved) == list(kept)
    for name in saved:
        torch.testing.assert_close(saved[name], kept[name], rtol=0, atol=1e-7)


RANDOM_STEPS = [
    {"name": "RandomCrop", "size": 32, "padding": 4},
    {"name": "RandomHorizontalFlip", "p": 0.5},
    {"name": "ToTensor"},
    {"name": "Normalize", "mean": [0.5, 0.5, 0.5], "std": [0.25, 0.25, 0.25]},
]

SMALL_STEPS = [{"name": "Resize", "size": [32, 32]}, {"name": "RandomHorizontalFlip"}, {"name": "ToTensor"}]

SMALL = """
device = "cpu"
seed = 5
[dataset]
{dataset}
[transforms]
train = [{{name = "Resize", size = [32, 32]}}, {{name = "RandomHorizontalFlip"}}, {{name = "ToTensor"}}]
[model]
name = "{model}"
[loss]
name = "CrossEntropyLoss"
label_smoothing = 0.1
[optimizer]
name = "Adam"
lr = 0.002
[training]
epochs = 2
batch_size = 24
shuffle = true
drop_last = true
channels_last = false
"""


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["train_val", "train_test", "one_part"])
def test_folders_of_every_layout_give_the_same_numbers(layout, tmp_path):
    root = tmp_path / "data"
    if layout == "one_part":
        shutil.copytree(sample_data("shapes") / "train", root)
    else:
        shutil.copytree(sample_data("shapes"), root)
        (root / "val").rename(root / layout.removeprefix("train_"))
    dataset = f"source = 'folder'\nroot = '{root}'"
    experiment = Experiment.from_toml(SMALL.format(dataset=dataset, model="lenet"))
    expected = trained(experiment, tmp_path / "run")
    assert run_script(training_script(experiment), tmp_path).splitlines() == expected


@pytest.mark.slow
def test_random_transforms_draw_the_same(tmp_path):
    tables = digits().to_dict()
    tables["transforms"] = {"train": RANDOM_STEPS}
    experiment = Experiment.from_dict(tables).with_value("training.batch_size", 256)
    expected = trained(experiment, tmp_path / "run")
    assert run_script(training_script(experiment), tmp_path).splitlines() == expected


@pytest.mark.slow
@pytest.mark.shared_data
def test_cifar_opens_with_the_same_root(shared_data, tmp_path):
    experiment = Experiment.load(resource("experiments", "cifar10.toml")).with_root(shared_data)
    text = training_script(experiment)
    opened = re.sub(r"(?s)    torch\.manual_seed.*?\n\n\n", "    print(len(train_data), classes)\n\n\n", text)
    printed = run_script(opened, tmp_path)
    assert printed.startswith("50000 ['airplane'")


@pytest.mark.parametrize("source", DATASETS)
def test_every_data_set_has_a_script_that_python_can_read(source, tmp_path):
    experiment = digits().with_value("dataset.source", source)
    if source == "concat":
        experiment = experiment.with_value("dataset.sources", [{"source": "digits"}, {"source": "shapes"}])
    if source == "csv":
        (tmp_path / "list.csv").write_text("a.png,ant\nb.png,bee\n")
    if source == "plain_folder":
        experiment = experiment.with_value("dataset.label", "ants")
    if source == "photos":
        experiment = experiment.with_value("dataset.edits", "photos.json")
    for sampler in ("none", "weighted"):
        chosen = experiment.with_root(tmp_path).with_value("training.sampler", sampler)
        tree = ast.parse(training_script(chosen))
        named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert {"train_data", "test_data", "classes"} <= named
        assert ("WeightedRandomSampler" in named) == (sampler == "weighted")


@pytest.mark.parametrize(
    "values", [{"dataset.source": "photos"}, {"dataset.source": "plain_folder", "dataset.root": "ants"}]
)
def test_without_labels_there_is_no_script_that_trains(values):
    with pytest.raises(DatasetError, match=r"No image of .* has a label"):
        training_script(digits(**values))


def test_a_table_that_is_not_there_is_named(tmp_path):
    experiment = digits(**{"dataset.source": "csv", "dataset.root": str(tmp_path)})
    with pytest.raises(DatasetError, match="holds no CSV"):
        training_script(experiment)


def test_plain_sets_are_opened_in_the_lines_of_torchvision(tmp_path):
    for source in ("cifar10", "mnist", "svhn"):
        experiment = digits(**{"dataset.source": source, "training.sampler": "weighted"})
        text = training_script(experiment.with_root(tmp_path))
        kind = experiment.dataset.operation.qualname
        assert text.count(f"_data = {kind}(") == 2 and "train_data." in text
        assert "class Images" not in text and "def read" not in text and "def split" not in text


def few_and_weighted(root: Path, edits: Path) -> Experiment:
    """Digits of unlike classes and drawn shapes, corrected, cut and drawn by weight."""
    Edits({"train/square/square_03.png": "circle", "0/17": "nine"}, left_out={"0/3"}).save(edits)
    folder = {"source": "folder", "root": str(root), "split": "stratified", "split_seed": 3}
    return digits(
        **{
            "dataset.source": "concat",
            "dataset.sources": [{"source": "digits", "per_class": 15, "edits": str(edits)}, folder],
            "dataset.edits": str(edits),
            "dataset.per_class": 12,
            "transforms.train": SMALL_STEPS,
            "training.batch_size": 16,
            "training.sampler": "weighted",
            "training.drop_last": True,
            "training.epochs": 2,
        }
    )


@pytest.mark.slow
def test_selected_and_weighted_it_trains_the_same(tmp_path):
    shutil.copytree(sample_data("shapes"), tmp_path / "data")
    shutil.rmtree(tmp_path / "data" / "val" / "star")
    shutil.rmtree(tmp_path / "data" / "train" / "star")
    (tmp_path / "data" / "train" / "star").mkdir()
    experiment = few_and_weighted(tmp_path / "data", tmp_path / "edits.json")
    expected = trained(experiment, tmp_path / "run")
    assert run_script(training_script(experiment), tmp_path).splitlines() == expected
    plain = experiment.with_value("dataset", {"source": "shapes"})
    assert "class Images" not in training_script(plain)
    expected = trained(plain, tmp_path / "plain")
    assert run_script(training_script(plain), tmp_path).splitlines() == expected


def test_the_settings_reach_the_script(tmp_path):
    text = training_script(
        digits(**{"training.num_workers": 2, "training.drop_last": True, "device": "cuda:1", "seed": 9})
    )
    assert 'torch.device("cuda:1")' in text.replace("'", '"')
    assert "num_workers=2, persistent_workers=True" in text
    assert "drop_last=True" in text
    assert "torch.manual_seed(9)" in text
    assert "momentum=0.9" in text
