"""The numbers of a run are those of a plain script, and it ends as it should."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader

from tests.unit.training.builders import CLASSES, epochs, losses, make_dataset, make_experiment, make_set
from tudui_gui.core.cancellation import Cancelled
from tudui_gui.core.errors import StorageError, TrainingError
from tudui_gui.datasets.loading import TransformedDataset
from tudui_gui.datasets.sources import ArrayImageSet
from tudui_gui.models.zoo import Tudui
from tudui_gui.training import checkpoint as checkpoint_module
from tudui_gui.training.checkpoint import Checkpoint, checkpoint_path
from tudui_gui.training.control import Control
from tudui_gui.training.events import (
    CheckpointSaved,
    EpochEvaluated,
    Event,
    RunFailed,
    RunFinished,
    RunStarted,
    RunStopped,
    StepDone,
)
from tudui_gui.training.loop import fit

DATASET = make_dataset()


def failure(events: list[Event]) -> RunFailed:
    closing_event = events[-1]
    assert isinstance(closing_event, RunFailed)
    assert sum(isinstance(event, RunFailed | RunFinished | RunStopped) for event in events) == 1
    return closing_event


def test_the_numbers_of_a_plain_script(tmp_path: Path) -> None:
    experiment = make_experiment(training={"epochs": 2, "batch_size": 16, "channels_last": False})
    events = list(fit(experiment, tmp_path, dataset=DATASET))

    torch.manual_seed(3)
    model = Tudui(len(CLASSES))
    train = TransformedDataset(DATASET.train, experiment.train_transforms)
    test = TransformedDataset(DATASET.test, experiment.test_transforms)
    train_loader = DataLoader(train, 16, shuffle=True, generator=torch.Generator().manual_seed(3))
    test_loader = DataLoader(test, 16)
    loss_function = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    step_losses, accuracies, test_losses = [], [], []
    for _ in range(2):
        model.train()
        for images, labels in train_loader:
            loss = loss_function(model(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step_losses.append(loss.item())
        model.eval()
        correct, total = 0, 0.0
        with torch.no_grad():
            for images, labels in test_loader:
                logits = model(images)
                total += loss_function(logits, labels).item() * len(labels)
                correct += int((logits.argmax(1) == labels).sum())
        accuracies.append(correct / len(test))
        test_losses.append(total / len(test))

    assert [event.loss for event in events if isinstance(event, StepDone)] == step_losses
    evaluated = [event for event in events if isinstance(event, EpochEvaluated)]
    assert [event.test_accuracy for event in evaluated] == accuracies
    assert [event.test_loss for event in evaluated] == pytest.approx(test_losses, rel=1e-12)


def test_channels_last_changes_only_rounding(tmp_path: Path) -> None:
    plain = make_experiment(training={"epochs": 1, "batch_size": 16, "channels_last": False})
    one = list(fit(plain, tmp_path / "a", dataset=DATASET))
    two = list(fit(plain.with_value("training.channels_last", True), tmp_path / "b", dataset=DATASET))
    for (_, _, first, _), (_, _, second, _) in zip(losses(one), losses(two), strict=True):
        assert first == pytest.approx(second, rel=1e-3)


def test_the_order_of_events_and_the_files(tmp_path: Path) -> None:
    events = list(fit(make_experiment(), tmp_path, dataset=DATASET))
    kinds = [type(event) for event in events if not isinstance(event, CheckpointSaved)]
    epoch = [StepDone] * 4 + [EpochEvaluated]
    assert kinds == [RunStarted, *epoch, *epoch, RunFinished]
    started = events[0]
    assert isinstance(started, RunStarted)
    assert (started.train_images, started.test_images, started.steps_per_epoch) == (60, 20, 4)
    assert started.classes == CLASSES
    steps = [(event.epoch, event.step) for event in events if isinstance(event, StepDone)]
    assert steps == [(1, 1), (1, 2), (1, 3), (1, 4), (2, 5), (2, 6), (2, 7), (2, 8)]
    saved = {event.path.name for event in events if isinstance(event, CheckpointSaved)}
    assert saved >= {"last.pt", "epoch_1.pt", "epoch_2.pt", "best.pt"}
    assert {path.name for path in (tmp_path / "checkpoints").iterdir()} == saved
    finished = events[-1]
    assert isinstance(finished, RunFinished)
    assert finished.test_accuracy == epochs(events)[-1][4]


def test_confusion_counts_every_test_image(tmp_path: Path) -> None:
    events = list(fit(make_experiment(), tmp_path, dataset=DATASET))
    evaluated = next(event for event in events if isinstance(event, EpochEvaluated))
    labels = DATASET.test.labels.tolist()
    assert [sum(row) for row in evaluated.confusion] == [labels.count(label) for label in range(3)]
    assert sum(evaluated.confusion[i][i] for i in range(3)) / 20 == evaluated.test_accuracy


def test_best_is_the_first_of_the_highest(tmp_path: Path) -> None:
    experiment = make_experiment(training={"epochs": 4, "batch_size": 16, "keep_epochs": False})
    events = list(fit(experiment, tmp_path, dataset=DATASET))
    accuracies = [row[4] for row in epochs(events)]
    best = Checkpoint.load(checkpoint_path(tmp_path, "best.pt"))
    assert best.progress.best_epoch == accuracies.index(max(accuracies)) + 1
    assert best.progress.best_accuracy == max(accuracies)
    assert not list((tmp_path / "checkpoints").glob("epoch_*"))


def test_pause_holds_the_run_until_unpaused(tmp_path: Path) -> None:
    control = Control()
    events = fit(
        make_experiment(training={"epochs": 1, "batch_size": 4}), tmp_path, dataset=DATASET, control=control
    )
    assert isinstance(next(events), RunStarted)
    control.pause()
    assert isinstance(next(events), StepDone)  # shown before the run waits
    rest: list[Event] = []
    thread = threading.Thread(target=lambda: rest.extend(events))
    thread.start()
    thread.join(0.3)
    assert thread.is_alive() and not rest
    control.unpause()
    thread.join(30)
    assert isinstance(rest[-1], RunFinished)
    assert control.paused_seconds >= 0.2
    evaluated = next(event for event in rest if isinstance(event, EpochEvaluated))
    assert evaluated.train_seconds < control.paused_seconds + 30


def test_stop_ends_a_pause(tmp_path: Path) -> None:
    control = Control()
    control.pause()
    events: list[Event] = []
    stream = fit(make_experiment(), tmp_path, dataset=DATASET, control=control)
    thread = threading.Thread(target=lambda: events.extend(stream))
    thread.start()
    control.stop()
    thread.join(30)
    assert isinstance(events[-1], RunStopped)
    assert events[-1].checkpoint == checkpoint_path(tmp_path)


def test_stop_before_the_data_set_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cancelled(*args: object, **kwargs: object) -> None:
        raise Cancelled

    monkeypatch.setattr("tudui_gui.training.trainer.open_dataset", cancelled)
    events = list(fit(make_experiment(), tmp_path))
    assert events == [RunStopped(tmp_path, None, 1, 0)]


def test_interrupt_in_the_consumer_leaves_a_checkpoint(tmp_path: Path) -> None:
    with (
        pytest.raises(KeyboardInterrupt),
        closing(fit(make_experiment(), tmp_path, dataset=DATASET)) as events,
    ):
        for event in events:
            if isinstance(event, StepDone):
                raise KeyboardInterrupt
    assert Checkpoint.load(checkpoint_path(tmp_path)).progress.step >= 1


def test_a_loss_that_is_not_finite_fails_with_advice_and_keeps_the_checkpoint(tmp_path: Path) -> None:
    calm = make_experiment()
    with closing(fit(calm, tmp_path, dataset=DATASET)) as events:
        next(event for event in events if isinstance(event, EpochEvaluated))
    wild = calm.with_value("optimizer.lr", 1e12).with_value("training.epochs", 9)
    checkpoint = Checkpoint.load(checkpoint_path(tmp_path))
    checkpoint.optimizer["param_groups"][0]["lr"] = 1e12
    checkpoint.save(checkpoint_path(tmp_path))
    resumed = list(fit(wild, tmp_path, dataset=DATASET, resume=True))
    message = failure(resumed).message
    assert "lr" in message and ("NaN" in message or "infinite" in message)
    assert all(
        torch.isfinite(value).all() for value in Checkpoint.load(checkpoint_path(tmp_path)).model.values()
    )


class BrokenSet(ArrayImageSet):
    """One image cannot be read."""

    def uniform_array(self) -> None:  # type: ignore[override]
        return None

    def image(self, index: int):  # type: ignore[no-untyped-def]
        if index == 37 and len(self) > 1:
            raise OSError(5, "Input/output error", "37.png")
        return super().image(index)


def test_a_broken_image_fails_the_run_and_keeps_what_was_done(tmp_path: Path) -> None:
    good = make_set(60, 1)
    broken = BrokenSet(CLASSES, good.labels, good.uniform_array())
    experiment = make_experiment(training={"epochs": 2, "batch_size": 16, "shuffle": False})
    events = list(fit(experiment, tmp_path, dataset=replace(DATASET, train=broken)))
    assert failure(events).message
    assert len(losses(events)) == 2
    assert Checkpoint.load(checkpoint_path(tmp_path)).progress.step == 2
    resumed = list(fit(experiment, tmp_path, dataset=DATASET, resume=True))
    assert isinstance(resumed[-1], RunFinished)
    assert losses(events) + losses(resumed) == losses(list(fit(experiment, tmp_path / "b", dataset=DATASET)))


def test_a_model_that_does_not_fit_fails_before_the_first_step(tmp_path: Path) -> None:
    events = list(fit(make_experiment(), tmp_path, dataset=make_dataset(size=28)))
    assert len(events) == 1
    assert "[3, 28, 28]" in failure(events).message and "[3, 32, 32]" in failure(events).message
    assert not (tmp_path / "checkpoints").exists()


def test_out_of_memory_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def out_of_memory(self: object, *args: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory.")

    monkeypatch.setattr(torch.Tensor, "backward", out_of_memory)
    assert "batch_size" in failure(list(fit(make_experiment(), tmp_path, dataset=DATASET))).message


def test_a_full_disk_fails_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(content: object, stream: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checkpoint_module.torch, "save", full)
    events = list(fit(make_experiment(), tmp_path, dataset=DATASET))
    assert isinstance(failure(events).error, StorageError)
    assert len(epochs(events)) == 1


def test_batchnorm_with_one_image_is_explained(tmp_path: Path) -> None:
    experiment = make_experiment(
        model={"name": "mobilenet_v2"}, training={"epochs": 1, "batch_size": 2, "shuffle": False}
    )
    events = list(fit(experiment, tmp_path, dataset=make_dataset(3, 2, size=32)))
    assert "drop_last" in failure(events).message


def test_the_error_of_a_failure_keeps_no_frames(tmp_path: Path) -> None:
    error = failure(list(fit(make_experiment(), tmp_path, dataset=make_dataset(size=28)))).error
    assert error is not None
    assert error.__traceback__ is None and error.__cause__ is None and error.__context__ is None


def test_a_folder_that_holds_a_run_is_not_overwritten(tmp_path: Path) -> None:
    list(fit(make_experiment(), tmp_path, dataset=DATASET))
    before = checkpoint_path(tmp_path).read_bytes()
    assert isinstance(failure(list(fit(make_experiment(), tmp_path, dataset=DATASET))).error, TrainingError)
    assert checkpoint_path(tmp_path).read_bytes() == before


def test_resuming_without_a_checkpoint_fails(tmp_path: Path) -> None:
    assert "no checkpoint" in failure(list(fit(None, tmp_path, resume=True))).message


def test_resuming_with_another_model_fails(tmp_path: Path) -> None:
    list(fit(make_experiment(), tmp_path, dataset=DATASET))
    other = make_experiment(model={"name": "lenet"})
    message = failure(list(fit(other, tmp_path, dataset=DATASET, resume=True))).message
    assert "of another model" in message


def test_no_full_batch_is_explained(tmp_path: Path) -> None:
    experiment = make_experiment(training={"epochs": 1, "batch_size": 100, "drop_last": True})
    assert "drop_last" in failure(list(fit(experiment, tmp_path, dataset=DATASET))).message


@pytest.mark.skipif(torch.cuda.is_available(), reason="a CUDA device is there")
def test_a_device_that_is_not_there_is_named(tmp_path: Path) -> None:
    events = list(fit(make_experiment(device="cuda:1"), tmp_path, dataset=DATASET))
    assert "cuda:1" in failure(events).message and "cpu" in failure(events).message
