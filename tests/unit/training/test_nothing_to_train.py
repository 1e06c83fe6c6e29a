"""Data that cannot be trained on or tested with: said in words, with what to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.unit.datasets.samples import write_folder, write_image
from tests.unit.training.builders import CLASSES, losses, make_dataset, make_experiment, make_set
from tudui_gui.core.errors import CheckpointError, DatasetError
from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.edits import Edits
from tudui_gui.datasets.sources import NO_LABEL, Dataset
from tudui_gui.training.checkpoint import checkpoint_path
from tudui_gui.training.evaluation import evaluate_checkpoint
from tudui_gui.training.events import RunFailed, RunFinished
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.fitting import check_has_tests, check_sizes
from tudui_gui.training.recording import run

RESIZED = {"train": [{"name": "Resize", "size": [32, 32]}, {"name": "ToTensor"}]}


def failure(experiment: Experiment, run_dir: Path, dataset: Dataset | None = None) -> str:
    (failed,) = run(experiment, run_dir, dataset=dataset)
    assert isinstance(failed, RunFailed) and isinstance(failed.error, DatasetError)
    assert "Traceback" not in failed.message
    return failed.message


def of(step: Step) -> Experiment:
    return make_experiment(dataset=step.to_dict("source"), transforms=RESIZED)


def test_a_folder_without_labels(tmp_path: Path) -> None:
    write_image(tmp_path / "plain" / "a.png")
    message = failure(of(DATASETS.step("plain_folder", root=str(tmp_path / "plain"))), tmp_path / "run")
    assert "plain have no labels" in message and "Datasets tab" in message


def test_a_folder_with_too_few_images_to_test(tmp_path: Path) -> None:
    write_folder(tmp_path / "few", {"ant": 2, "bee": 2})
    message = failure(of(DATASETS.step("folder", root=str(tmp_path / "few"))), tmp_path / "run")
    assert "few has 4 training and 0 test images" in message and "at least 3 images" in message


@pytest.mark.parametrize(
    ("train", "test", "message"),
    [
        (0, 0, "no labels"),
        (0, 5, "0 training and 5 test"),
        (5, 0, "5 training and 0 test"),
    ],
)
def test_empty_parts(tmp_path: Path, train: int, test: int, message: str) -> None:
    dataset = Dataset("noise", DATASETS.step("digits"), CLASSES, make_set(train), make_set(test))
    assert message in failure(make_experiment(), tmp_path, dataset)


def test_all_images_left_out(tmp_path: Path) -> None:
    root = write_folder(tmp_path / "photos", {"ant": 5, "bee": 5})
    step = DATASETS.step("folder", root=str(root))
    assert isinstance(list(run(of(step), tmp_path / "first"))[-1], RunFinished)
    whole = open_dataset(step)
    keys = [part.key(index) for part in (whole.train, whole.test) for index in range(len(part))]
    kept = tmp_path / "kept.json"
    Edits().with_left_out(keys, True).save(kept)
    message = failure(of(step.with_values(edits=str(kept))), tmp_path / "run")
    assert "All images of photos" in message and "left out" in message and "Take some back" in message
    assert "layout" not in message and "Split it" not in message
    dataset = open_dataset(step.with_values(edits=str(kept)))
    with pytest.raises(DatasetError, match="Take some back on the Datasets tab"):
        check_has_tests(dataset)
    write_image(root / "loose.png")
    assert "Take some back" in failure(of(step.with_values(edits=str(kept))), tmp_path / "loose")


@pytest.mark.parametrize("part", ["train", "test"])
def test_a_missing_label_never_reaches_the_loss(tmp_path: Path, part: str) -> None:
    dataset = make_dataset()
    labels = getattr(dataset, part).labels.copy()
    labels[3] = NO_LABEL
    broken = replace(dataset, **{part: getattr(dataset, part).relabelled(CLASSES, labels)})
    assert "no labels" in failure(make_experiment(), tmp_path, broken)


def test_enough_is_enough() -> None:
    check_sizes(make_dataset(1, 1), make_experiment().settings)
    check_has_tests(make_dataset(1, 1))
    with pytest.raises(DatasetError, match="no test images"):
        check_has_tests(make_dataset(1, 0))


def test_a_checkpoint_on_data_that_lost_its_tests(tmp_path: Path) -> None:
    root = write_folder(tmp_path / "photos", {"ant": 5, "bee": 5})
    events = list(run(of(DATASETS.step("folder", root=str(root))), tmp_path / "run"))
    assert isinstance(events[-1], RunFinished), events[-1]
    for path in [*root.glob("*/002.png"), *root.glob("*/003.png"), *root.glob("*/004.png")]:
        path.unlink()
    with pytest.raises(DatasetError, match="no test images") as caught:
        evaluate_checkpoint(checkpoint_path(tmp_path / "run"), device="cpu")
    assert "Split it anew" in str(caught.value)
    (root / "bee").rename(root / "wasp")
    with pytest.raises(CheckpointError, match="classes"):
        evaluate_checkpoint(checkpoint_path(tmp_path / "run"), device="cpu")


def test_weighted_training_is_a_plain_scripts(tmp_path: Path) -> None:
    dataset = make_dataset(60)
    labels = np.where(np.arange(60) < 50, 0, dataset.train.labels)
    dataset = replace(dataset, train=dataset.train.relabelled(CLASSES, labels))
    settings = {"epochs": 2, "batch_size": 16, "sampler": "weighted", "channels_last": False}
    events = list(run(make_experiment(training=settings), tmp_path, dataset=dataset))
    assert isinstance(events[-1], RunFinished), events[-1]
    assert [loss for _, _, loss, _ in losses(events)] == pytest.approx(plain_losses(dataset), rel=1e-5)


def plain_losses(dataset: Dataset) -> list[float]:
    from torch.utils.data import DataLoader, TensorDataset, WeightedRandomSampler

    from tudui_gui.models.zoo import build_model

    images = torch.from_numpy(dataset.train.uniform_array().transpose(0, 3, 1, 2).copy()).float() / 255
    labels = torch.tensor(dataset.train.labels)
    experiment = make_experiment()
    torch.manual_seed(experiment.seed)
    model = build_model(experiment.model, 3)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    order = torch.Generator().manual_seed(experiment.seed)
    weights = (1.0 / torch.bincount(labels).double())[labels]
    sampler = WeightedRandomSampler(weights, len(labels), generator=order)
    loader = DataLoader(TensorDataset(images, labels), 16, sampler=sampler, generator=order)
    found = []
    for _ in range(2):
        for batch, target in loader:
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(model(batch), target)
            loss.backward()
            optimizer.step()
            found.append(loss.item())
    return found


@pytest.mark.parametrize("steps", [2, 5])
def test_a_weighted_run_resumes_at_its_step(tmp_path: Path, steps: int) -> None:
    from tudui_gui.training.control import Control
    from tudui_gui.training.events import StepDone

    experiment = make_experiment(training={"epochs": 2, "batch_size": 16, "sampler": "weighted"})
    whole = list(run(experiment, tmp_path / "whole", dataset=make_dataset()))
    control, begun = Control(), []
    for event in run(experiment, tmp_path / "run", dataset=make_dataset(), control=control):
        begun.append(event)
        if isinstance(event, StepDone) and event.step >= steps:
            control.stop()
    rest = list(run(None, tmp_path / "run", resume=True, dataset=make_dataset()))
    assert losses(begun) + losses(rest) == losses(whole)


def test_the_sampler_is_part_of_the_experiment() -> None:
    experiment = make_experiment(training={"sampler": "weighted"})
    assert experiment.settings.sampler == "weighted" and make_experiment().settings.sampler == "none"
    assert Experiment.from_toml(experiment.to_toml()) == experiment
