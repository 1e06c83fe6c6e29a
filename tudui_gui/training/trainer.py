"""The parts of a run put together, and how far it is: what the loop works on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import DataLoader

from tudui_gui.core.cancellation import CancelToken, heeding
from tudui_gui.core.errors import CheckpointError, TrainingError
from tudui_gui.core.randomness import RANDOM_LOCK
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.catalog import open_dataset
from tudui_gui.datasets.loading import make_loader
from tudui_gui.datasets.sources import Dataset
from tudui_gui.models.files import load_into
from tudui_gui.models.zoo import build_model
from tudui_gui.training.checkpoint import BEST, LAST, Checkpoint, Progress, checkpoint_path, duplicate
from tudui_gui.training.control import Control, Stopwatch
from tudui_gui.training.devices import resolve_device
from tudui_gui.training.evaluation import Evaluation, evaluate
from tudui_gui.training.events import (
    CheckpointSaved,
    EpochEvaluated,
    RunFinished,
    RunStarted,
    RunStopped,
    StepDone,
)
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.failures import not_finite
from tudui_gui.training.fitting import check_images_fit, check_sizes
from tudui_gui.training.randomness import random_state, restore_random_state, seed_everything

Batch = tuple[Tensor, Tensor]

#: Losses are fetched from the device about this often, in seconds.
_REPORT_SECONDS = 0.1


class Trainer:
    """Data, model, loss, optimiser and progress of one run. Used by one thread.

    Raises (when made)
    ------------------
    TuduiError
        When data, model, device or settings do not work together, or ``resume_from`` is of another run.
    """

    def __init__(
        self,
        experiment: Experiment,
        run_dir: Path,
        control: Control,
        dataset: Dataset | None = None,
        resume_from: Checkpoint | None = None,
    ) -> None:
        self.experiment = experiment
        self.run_dir = run_dir
        self.control = control
        self.device = resolve_device(experiment.device)
        self.dataset = dataset or open_dataset(experiment.dataset, cancel=control)
        self.classes = tuple(self.dataset.classes)
        self.settings = experiment.settings
        check_sizes(self.dataset, self.settings)
        self.progress = Progress()
        with RANDOM_LOCK:
            seed_everything(experiment.seed)
            self.model = build_model(experiment.model, len(self.classes))
            self.input = check_images_fit(experiment, self.dataset, self.model)
        self._format = torch.channels_last if self.settings.channels_last else torch.contiguous_format
        self.model.to(self.device, memory_format=self._format)  # type: ignore[call-overload]
        self.loss_function = experiment.loss.build().to(self.device)
        self.optimizer: torch.optim.Optimizer = experiment.optimizer.build(self.model.parameters())
        self._order = torch.Generator().manual_seed(experiment.seed)
        self._order_at_epoch_start = self._order.get_state()
        self._before_test: dict[str, Any] | None = None
        self._diverged: TrainingError | None = None
        if resume_from is not None:
            self._restore(resume_from)
        self._train_loader = self._loader(train=True)
        self._test_loader = self._loader(train=False)
        self.steps_per_epoch = len(self._train_loader)
        self.watch = Stopwatch(control)
        self._losses: list[Tensor] = []
        self._sizes: list[int] = []
        self._correct = torch.zeros((), dtype=torch.int64, device=self.device)

    @property
    def finished(self) -> bool:
        """Whether every epoch was done."""
        return self.progress.epoch > self.settings.epochs

    @property
    def lr(self) -> float:
        """The learning rate of the next step."""
        return float(self.optimizer.param_groups[0]["lr"])

    def started(self) -> RunStarted:
        """The opening event."""
        progress = self.progress
        return RunStarted(
            run_dir=self.run_dir,
            train_images=len(self.dataset.train),
            test_images=len(self.dataset.test),
            parameters=sum(parameter.numel() for parameter in self.model.parameters()),
            device=str(self.device),
            classes=self.classes,
            steps_per_epoch=self.steps_per_epoch,
            epochs=self.settings.epochs,
            first_epoch=progress.epoch,
            first_step=progress.step + 1 - len(progress.unreported),
        )

    def batches(self) -> Iterator[Batch]:
        """What is left of the epoch under way, on the device."""
        self._order_at_epoch_start = self._order.get_state()
        return self._on_device(self._train_loader)

    def count(self, loss: Tensor, logits: Tensor, labels: Tensor) -> None:
        """Note a step that was done; nothing is fetched from the device."""
        self._losses.append(loss.detach())
        self._sizes.append(len(labels))
        self._correct += (logits.detach().argmax(1) == labels).sum()
        self.progress.step += 1
        self.progress.batch += 1

    def report_due(self) -> bool:
        """Whether it is time to fetch the losses: every tenth of a second, and before a pause."""
        return self.watch.seconds() >= _REPORT_SECONDS or self.control.paused or self.control.stopped

    def report(self) -> Iterator[StepDone]:
        """Fetch the losses of the steps since the last report, and give their events.

        Raises
        ------
        TrainingError
            After the events before it, when a loss is not finite.
        """
        self._fetch()
        while self.progress.unreported:
            yield self.progress.unreported.pop(0)
        if self._diverged is not None:
            raise self._diverged

    def _fetch(self) -> None:
        """Move the losses to ``progress.unreported``: the loop's only synchronisation with the device."""
        if not self._losses:
            return
        losses = torch.stack(self._losses).tolist()
        progress, sizes = self.progress, self._sizes
        seconds = self.watch.lap()
        progress.train_seconds += seconds
        progress.correct += int(self._correct.item())
        first = progress.step - len(losses) + 1
        self._losses, self._sizes = [], []
        self._correct.zero_()
        speed = sum(sizes) / seconds if seconds > 0 else 0.0
        for step, (loss, size) in enumerate(zip(losses, sizes, strict=True), start=first):
            if not math.isfinite(loss):
                self._diverged = not_finite(loss, step, self.lr)
                return
            progress.loss_sum += loss * size
            progress.seen += size
            progress.unreported.append(StepDone(progress.epoch, step, loss, self.lr, speed))

    def evaluate(self) -> EpochEvaluated:
        """The test pass that closes the epoch under way. Raises ``Cancelled``, leaving all as before."""
        self._before_test = random_state()
        self.watch.lap()
        result = evaluate(
            self.model,
            self._on_device(self._test_loader),
            self.loss_function,
            self.device,
            classes=len(self.classes),
            cancel=self.control,
        )
        if not math.isfinite(result.loss):
            self._diverged = not_finite(result.loss, self.progress.step, self.lr)
            raise self._diverged
        self._before_test = None
        return self._close_epoch(result, self.watch.lap())

    def checkpoint(self) -> Checkpoint:
        """This moment of the run, between two steps. Raises ``TrainingError`` when it diverged."""
        self._fetch()
        if self._diverged is not None:
            raise self._diverged
        # A test pass that was broken off has drawn from the generators; it will be done again.
        return Checkpoint(
            experiment=self.experiment,
            classes=self.classes,
            image_size=self.input.image_size,
            input_shape=self.input.shape,
            model=self.model.state_dict(),
            optimizer=self.optimizer.state_dict(),
            progress=self.progress,
            random=self._before_test or random_state(),
            order=self._order_at_epoch_start,
        )

    def save(self) -> list[CheckpointSaved]:
        """Write ``last.pt``; right after an epoch also ``epoch_N.pt`` and, if the best, ``best.pt``."""
        progress = self.progress
        last = checkpoint_path(self.run_dir, LAST)
        self.checkpoint().save(last)
        done = progress.epoch if progress.batch else progress.epoch - 1
        copies = []
        if progress.batch == 0 and done > 0:
            copies += [f"epoch_{done}.pt"] if self.settings.keep_epochs else []
            copies += [BEST] if progress.best_epoch == done else []
        for name in copies:
            duplicate(last, checkpoint_path(self.run_dir, name))
        paths = [last, *(checkpoint_path(self.run_dir, name) for name in copies)]
        return [CheckpointSaved(path, done, progress.step) for path in paths]

    def stopped(self) -> RunStopped:
        """The closing event of a run that was stopped and saved."""
        progress = self.progress
        return RunStopped(self.run_dir, checkpoint_path(self.run_dir), progress.epoch, progress.step)

    def done(self) -> RunFinished:
        """The closing event of a run that did every epoch."""
        return RunFinished(self.progress.test_accuracy, self.progress.seconds, self.run_dir)

    def _close_epoch(self, result: Evaluation, test_seconds: float) -> EpochEvaluated:
        progress = self.progress
        event = EpochEvaluated(
            epoch=progress.epoch,
            train_loss=progress.loss_sum / progress.seen,
            test_loss=result.loss,
            test_accuracy=result.accuracy,
            train_seconds=progress.train_seconds,
            seconds=progress.train_seconds + test_seconds,
            train_accuracy=progress.correct / progress.seen,
            confusion=tuple(tuple(row) for row in result.confusion.tolist()),
        )
        if result.accuracy > progress.best_accuracy:
            progress.best_accuracy, progress.best_epoch = result.accuracy, progress.epoch
        self.progress = Progress(
            epoch=progress.epoch + 1,
            step=progress.step,
            seconds=progress.seconds + event.seconds,
            best_accuracy=progress.best_accuracy,
            best_epoch=progress.best_epoch,
            test_accuracy=result.accuracy,
        )
        self._order_at_epoch_start = self._order.get_state()
        return event

    def _on_device(self, loader: Iterable[Batch]) -> Iterator[Batch]:
        for images, labels in _drawn_alone(loader, self.control):
            moved = images.to(self.device, non_blocking=True, memory_format=self._format)
            yield moved, labels.to(self.device, non_blocking=True)

    def _loader(self, *, train: bool) -> DataLoader[Batch]:
        pipeline = self.experiment.train_transforms if train else self.experiment.test_transforms
        return make_loader(
            self.dataset.train if train else self.dataset.test,
            pipeline,
            batch_size=self.settings.batch_size,
            shuffle=train and self.settings.shuffle,
            sampler=self.settings.sampler if train else "none",
            generator=self._order if train else None,
            drop_last=train and self.settings.drop_last,
            num_workers=self.settings.num_workers,
            first_batch=self.progress.batch if train else 0,
        )

    def _restore(self, checkpoint: Checkpoint) -> None:
        if checkpoint.classes != self.classes or checkpoint.experiment.model != self.experiment.model:
            raise CheckpointError(
                QT_TRANSLATE_NOOP("errors", "The checkpoint is of another model or of other classes."),
                remedy=QT_TRANSLATE_NOOP("errors", "Resume it with the experiment it was started with."),
                detail=f"{checkpoint.experiment.model.name}: {len(checkpoint.classes)} classes",
            )
        load_into(self.model, checkpoint.model, checkpoint_path(self.run_dir))
        self.optimizer.load_state_dict(checkpoint.optimizer)
        self.progress = replace(checkpoint.progress)
        self._order.set_state(checkpoint.order)
        self._order_at_epoch_start = checkpoint.order
        restore_random_state(checkpoint.random)


def _drawn_alone(batches: Iterable[Batch], cancel: CancelToken) -> Iterator[Batch]:
    """The batches, each made while no preview borrows the random generator; stopped between two files."""
    with RANDOM_LOCK:
        iterator = iter(batches)
    while True:
        with RANDOM_LOCK, heeding(cancel):
            batch = next(iterator, None)
        if batch is None:
            return
        yield batch
