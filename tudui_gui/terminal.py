"""The events of a run as a progress display on a terminal, written to standard error."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

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


class TerminalProgress:
    """A context manager that is called with every event. Without a terminal it writes whole lines only."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True, highlight=False)
        self._progress = Progress(
            TextColumn("epoch {task.fields[epoch]}/{task.fields[epochs]}"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("loss {task.fields[loss]:.4f}  {task.fields[speed]:,.0f} images/s"),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._progress.add_task("", total=None, epoch=0, epochs=0, loss=0.0, speed=0.0)
        self._epochs = 0

    def __enter__(self) -> TerminalProgress:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def __call__(self, event: Event) -> None:
        """Show one event."""
        match event:
            case RunStarted():
                self._begin(event)
            case StepDone():
                self._progress.update(
                    self._task,
                    completed=event.step,
                    epoch=event.epoch,
                    loss=event.loss,
                    speed=event.images_per_second,
                )
            case EpochEvaluated():
                self._say(_epoch_line(event, self._epochs))
            case RunFinished():
                self._say(f"Finished in {event.seconds:.1f} s: test accuracy {event.test_accuracy:.2%}")
                self._say(str(event.run_dir))
            case RunStopped():
                self._say(_stopped_line(event))
            case RunFailed():
                self._say(f"Failed: {event.message}")
                if event.error is not None and "command" in event.error.fields:
                    self._say(f"On the command line: {event.error.fields['command']}")
            case CheckpointSaved():
                pass

    def _begin(self, event: RunStarted) -> None:
        self._epochs = event.epochs
        self._progress.update(
            self._task,
            total=event.epochs * event.steps_per_epoch,
            completed=event.first_step - 1,
            epoch=event.first_epoch,
            epochs=event.epochs,
        )
        self._say(
            f"{event.train_images:,} training and {event.test_images:,} test images, "
            f"{event.parameters:,} parameters, on {event.device}\n{event.run_dir}"
        )

    def _say(self, line: str) -> None:
        # As Text, so that brackets in a path are not taken for rich's markup.
        self._console.print(Text(line), soft_wrap=True)


def _stopped_line(event: RunStopped) -> str:
    if event.checkpoint is None:
        return "Stopped before the first step."
    return f"Stopped after step {event.step}. Go on with: tudui-gui train --resume {event.run_dir}"


def _epoch_line(event: EpochEvaluated, epochs: int) -> str:
    return (
        f"epoch {event.epoch}/{epochs}  train loss {event.train_loss:.4f}  test loss {event.test_loss:.4f}  "
        f"test accuracy {event.test_accuracy:.2%}  {event.seconds:.1f} s"
    )
