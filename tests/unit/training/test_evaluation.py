"""Evaluation: numbers, modes and checkpoints."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import CheckpointError
from tudui_gui.core.paths import resource
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.training.checkpoint import Checkpoint, checkpoint_path
from tudui_gui.training.evaluation import evaluate, evaluate_checkpoint
from tudui_gui.training.events import EpochEvaluated
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.loop import fit

CPU = torch.device("cpu")


def batches() -> list[tuple[torch.Tensor, torch.Tensor]]:
    generator = torch.Generator().manual_seed(0)
    sizes = (4, 4, 1)
    return [
        (torch.randn(n, 6, generator=generator), torch.randint(0, 3, (n,), generator=generator))
        for n in sizes
    ]


def test_means_are_over_images_not_batches() -> None:
    model = nn.Linear(6, 3)
    result = evaluate(model, batches(), nn.CrossEntropyLoss(), CPU, classes=3)
    images, labels = (torch.cat(parts) for parts in zip(*batches(), strict=True))
    logits = model(images)
    assert result.loss == pytest.approx(nn.functional.cross_entropy(logits, labels).item(), rel=1e-6)
    assert result.accuracy == int((logits.argmax(1) == labels).sum()) / 9
    assert result.images == 9
    for label, guess in zip(labels.tolist(), logits.argmax(1).tolist(), strict=True):
        result.confusion[label, guess] -= 1
    assert not result.confusion.any()


def test_the_mode_is_restored_and_dropout_is_off() -> None:
    model = nn.Sequential(nn.Dropout(0.9), nn.Linear(6, 3))
    first = evaluate(model.train(), batches(), nn.CrossEntropyLoss(), CPU, classes=3)
    assert model.training
    assert evaluate(model.eval(), batches(), nn.CrossEntropyLoss(), CPU, classes=3).loss == first.loss
    assert not model.training


def test_it_can_be_cancelled() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        evaluate(nn.Linear(6, 3), batches(), nn.CrossEntropyLoss(), CPU, classes=3, cancel=token)


@pytest.fixture(scope="module")
def digits_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, EpochEvaluated]:
    run_dir = tmp_path_factory.mktemp("digits")
    experiment = Experiment.load(resource("experiments", "digits.toml")).with_value("training.epochs", 1)
    events = list(fit(experiment.with_value("device", "cpu"), run_dir))
    return run_dir, next(event for event in events if isinstance(event, EpochEvaluated))


def test_a_checkpoint_evaluates_to_what_the_run_said(digits_run: tuple[Path, EpochEvaluated]) -> None:
    run_dir, evaluated = digits_run
    result = evaluate_checkpoint(checkpoint_path(run_dir), device="cpu")
    assert result.accuracy == evaluated.test_accuracy
    assert result.loss == pytest.approx(evaluated.test_loss, rel=1e-5)
    assert result.images == len(open_dataset(DATASETS.step("digits")).test)


def test_other_classes_are_refused(digits_run: tuple[Path, EpochEvaluated], tmp_path: Path) -> None:
    content = torch.load(checkpoint_path(digits_run[0]), weights_only=True)
    content["classes"] = [f"class {index}" for index in range(10)]
    torch.save(content, tmp_path / "other.pt")
    with pytest.raises(CheckpointError, match="classes"):
        evaluate_checkpoint(tmp_path / "other.pt", device="cpu")


def test_weights_of_another_model_are_refused(
    digits_run: tuple[Path, EpochEvaluated], tmp_path: Path
) -> None:
    content = torch.load(checkpoint_path(digits_run[0]), weights_only=True)
    content["experiment"] = content["experiment"].replace('"tudui"', '"lenet"')
    torch.save(content, tmp_path / "other.pt")
    assert Checkpoint.load(tmp_path / "other.pt").experiment.model.name == "lenet"
    with pytest.raises(CheckpointError, match="do not belong"):
        evaluate_checkpoint(tmp_path / "other.pt", device="cpu")
