"""``tudui-gui download``: a data set fetched on a terminal, its progress written to standard error."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar
from rich.text import Text

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import DatasetError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.catalog import DATASETS, root_of
from tudui_gui.datasets.downloads import Progress, download
from tudui_gui.datasets.recognition import downloadable
from tudui_gui.datasets.remote_files import is_complete
from tudui_gui.datasets.space import bytes_text
from tudui_gui.stopping import stopping_on_signals


def step_of(name: str, settings: Sequence[str] = ()) -> Step:
    """The data set called ``name`` with ``"key=value"`` texts applied.

    Raises
    ------
    TuduiError
        There is no such set to download, or it has no such value.
    """
    if name not in downloadable():
        raise DatasetError(
            QT_TRANSLATE_NOOP("errors", "There is no data set {name} to download."),
            remedy=QT_TRANSLATE_NOOP("errors", "Allowed: {allowed}."),
            name=repr(name),
            allowed=", ".join(name for name in DATASETS.nearest_first(name) if name in downloadable()),
        )
    step = DATASETS.step(name)
    for setting in settings:
        key, _, value = setting.partition("=")
        step = step.with_values(**{key.strip(): value.strip()})
    return step


def fetch_set(
    step: Step, data_root: Path | None = None, mirror: str | None = None, console: Console | None = None
) -> bool:
    """Fetch ``step`` into ``data_root`` unless it is there; whether it was done before Ctrl+C. Main thread.

    Raises
    ------
    DatasetError, StorageError
        As :func:`tudui_gui.datasets.downloads.download`.
    """
    root, token = root_of(step, data_root), CancelToken()
    with _Display(console or Console(stderr=True, highlight=False)) as display:
        if is_complete(step, root):
            display.say(f"{step.name} is in {root} already.")
            return True
        try:
            with stopping_on_signals(token):
                download(step, root, progress=display, cancel=token, mirror=mirror)
        except Cancelled:
            display.say("Stopped. What came is kept: the same command goes on from there.")
            return False
        display.say(f"{step.name} is in {root}.")
        return True


class _Display:
    """A progress line; without a terminal a line for each file that has come."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar = Bar(
            TextColumn("{task.fields[file]}"),
            BarColumn(bar_width=None),
            TextColumn("{task.fields[figures]}"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None, file="", figures="")

    def __enter__(self) -> _Display:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def __call__(self, progress: Progress) -> None:
        """Show how far the download is."""
        self._bar.update(
            self._task,
            completed=progress.bytes_done,
            total=progress.bytes_total,
            file=_file_text(progress),
            figures=_figures(progress),
        )
        if progress.bytes_done == progress.bytes_total:
            done = "unpacked" if progress.unpacking else f"{bytes_text(progress.bytes_done)} fetched"
            self.say(f"{_file_text(progress)}: {done}")

    def say(self, line: str) -> None:
        """Write a whole line."""
        # As Text, so that brackets in a path are not taken for rich's markup.
        self._console.print(Text(line), soft_wrap=True)


def _file_text(progress: Progress) -> str:
    return f"{progress.file} ({progress.number}/{progress.count})" if progress.count > 1 else progress.file


def _figures(progress: Progress) -> str:
    if progress.unpacking:
        return "unpacking"
    total = "" if progress.bytes_total is None else f" of {bytes_text(progress.bytes_total)}"
    figures = f"{bytes_text(progress.bytes_done)}{total}  {bytes_text(round(progress.bytes_per_second))}/s"
    if progress.seconds_left is None:
        return figures
    minutes, seconds = divmod(round(progress.seconds_left), 60)
    return f"{figures}  {minutes}:{seconds:02} left"
