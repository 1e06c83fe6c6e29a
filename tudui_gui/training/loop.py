"""The training loop: a generator of events. It knows no plot, no logger and no window."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

from tudui_gui.core.cancellation import Cancelled
from tudui_gui.core.errors import CheckpointError, TrainingError, TuduiError
from tudui_gui.core.randomness import RANDOM_LOCK
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.sources import Dataset
from tudui_gui.training.checkpoint import FOLDER, Checkpoint, checkpoint_path
from tudui_gui.training.control import Control
from tudui_gui.training.corrections import are_named, keep, taken_over
from tudui_gui.training.events import Event, RunFailed, RunStopped
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.failures import explain
from tudui_gui.training.trainer import Trainer

logger = logging.getLogger(__name__)


def fit(
    experiment: Experiment | None,
    run_dir: Path,
    *,
    control: Control | None = None,
    resume: bool = False,
    data_root: Path | None = None,
    dataset: Dataset | None = None,
) -> Generator[Event, None, None]:
    """Train, as a generator of events that ends with exactly one closing event.

    =========================== =============== ========================
    the run ends because        last event      ``checkpoints/last.pt``
    =========================== =============== ========================
    every epoch was done        ``RunFinished`` of the last epoch
    ``control.stop()``          ``RunStopped``  of the last step
    the consumer closes it      none            of the last step
    something failed            ``RunFailed``   of the last good step
    the loss is NaN or infinite ``RunFailed``   of the last epoch
    =========================== =============== ========================

    The numbers are those of the plain script that :func:`tudui_gui.scripts.training_script` writes: one seed
    before the weights, ``torch.Generator().manual_seed(seed)`` for the order of the images.

    Parameters
    ----------
    experiment : Experiment or None
        None, with ``resume``: the one in the checkpoint. With ``resume`` it may differ, in ``epochs`` say.
    run_dir : Path
        Gets ``checkpoints/`` and a copy of the corrections that the data set names, which the run goes by
        from then on; must not hold a run unless ``resume``.
    control : Control, optional
        To pause, go on and stop from another thread, or between two events.
    resume : bool
        Go on from ``checkpoints/last.pt``. On the CPU, with ``num_workers = 0``, the numbers are bit for
        bit those of a run that was never stopped.
    data_root : Path, optional
        Replaces the root of the data set.
    dataset : Dataset, optional
        Use it instead of opening ``experiment.dataset``.

    Yields
    ------
    Event
        ``StepDone`` in bunches, about ten times a second.
    """
    control = control or Control()
    trainer: Trainer | None = None
    try:
        trainer = _prepare(experiment, run_dir, control, resume, data_root, dataset)
        yield trainer.started()
        yield from _train(trainer)
    except Cancelled:
        yield from _stop(trainer, run_dir)
    except (GeneratorExit, KeyboardInterrupt):
        _keep(trainer)
        raise
    except Exception as error:
        yield from _last_events(trainer, error)
        yield _failed(error)


def _train(trainer: Trainer) -> Iterator[Event]:
    trainer.model.train()
    while not trainer.finished:
        yield from _train_epoch(trainer)
        yield trainer.evaluate()
        yield from trainer.save()
    yield trainer.done()


def _train_epoch(trainer: Trainer) -> Iterator[Event]:
    model, loss_function, optimizer = trainer.model, trainer.loss_function, trainer.optimizer
    for images, labels in trainer.batches():
        optimizer.zero_grad(set_to_none=True)
        with RANDOM_LOCK:  # dropout draws from the generator that previews borrow
            logits = model(images)
        loss = loss_function(logits, labels)
        loss.backward()
        optimizer.step()
        trainer.count(loss, logits, labels)
        if trainer.report_due():
            yield from trainer.report()  # waits for the device
        trainer.control.raise_if_cancelled()  # waits while paused
    yield from trainer.report()  # waits for the device


def _prepare(
    experiment: Experiment | None,
    run_dir: Path,
    control: Control,
    resume: bool,
    data_root: Path | None,
    dataset: Dataset | None,
) -> Trainer:
    checkpoint = _resume_point(run_dir) if resume else None
    if experiment is None and checkpoint is not None:
        experiment = checkpoint.experiment
    if experiment is None:
        raise ValueError("an experiment is needed, unless a run is resumed")
    if checkpoint is None:
        _refuse_to_overwrite(run_dir)
    rooted = (experiment.with_root(data_root) if data_root else experiment).with_absolute_root()
    if checkpoint is None:
        kept = keep(rooted.dataset, run_dir, dataset.edits if dataset else None)
    else:
        kept = keep(taken_over(rooted.dataset, checkpoint.experiment.dataset), run_dir)
        if dataset is not None and (dataset.edits or are_named(kept)):
            dataset = None  # it may have been corrected since the run began: read it again
    return Trainer(replace(rooted, dataset=kept), run_dir, control, dataset, checkpoint)


def _resume_point(run_dir: Path) -> Checkpoint:
    last = checkpoint_path(run_dir)
    if not last.is_file():
        raise CheckpointError(
            QT_TRANSLATE_NOOP("errors", "The run {path} has no checkpoint to resume from."),
            remedy=QT_TRANSLATE_NOOP("errors", "Start it anew."),
            path=str(run_dir),
        )
    return Checkpoint.load(last)


def _refuse_to_overwrite(run_dir: Path) -> None:
    if any((run_dir / FOLDER).glob("*.pt")):
        raise TrainingError(
            QT_TRANSLATE_NOOP("errors", "{path} already holds a run."),
            remedy=QT_TRANSLATE_NOOP("errors", "Resume it, or choose another folder."),
            path=str(run_dir),
        )


def _stop(trainer: Trainer | None, run_dir: Path) -> Iterator[Event]:
    if trainer is None:  # stopped while the data set was being opened
        yield RunStopped(run_dir, None, 1, 0)
        return
    try:
        yield from trainer.report()
        yield from trainer.save()
    except TuduiError as error:
        yield _failed(error)
    else:
        yield trainer.stopped()


def _keep(trainer: Trainer | None) -> None:
    """Save what was done, if that is possible; nobody takes events any more."""
    if trainer is None:
        return
    try:
        trainer.save()
    except Exception as error:
        _note_unsaved(error)


def _last_events(trainer: Trainer | None, error: Exception) -> Iterator[Event]:
    """Report and save what was done before ``error``, as far as that is possible."""
    if trainer is None:
        return
    try:
        yield from trainer.report()
        yield from trainer.save()
    except Exception as second:
        if second is not error:  # the first one is the one to show
            _note_unsaved(second)


def _note_unsaved(error: Exception) -> None:
    frames = None if isinstance(error, TuduiError) else error
    logger.warning("No checkpoint could be written at the end of the run: %s", error, exc_info=frames)


def _failed(error: Exception) -> RunFailed:
    explained = explain(error)
    message = str(explained)
    # The frames of a traceback keep tensors alive as long as someone shows the error.
    explained.__traceback__ = explained.__cause__ = explained.__context__ = None
    return RunFailed(message, explained)
