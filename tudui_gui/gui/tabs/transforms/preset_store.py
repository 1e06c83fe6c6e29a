"""A person's presets, read and written away from the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.gui.workers import Job, Jobs, Progress
from tudui_gui.transforms import user_presets
from tudui_gui.transforms.pipeline import Pipeline
from tudui_gui.transforms.user_presets import UserPreset, UserPresets


class PresetStore(QObject):
    """The presets as they were last read. Main thread only; one file operation after another.

    Signals
    -------
    presets_changed(object)
        The :class:`UserPresets` now.
    preset_saved(str), preset_removed(object)
        The name; the ``UserPreset`` that is gone.
    failed(object)
        A ``Failure``; its ``kind`` is ``"PresetExistsError"`` where a name is taken.
    """

    presets_changed = Signal(object)
    preset_saved = Signal(str)
    preset_removed = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._presets = UserPresets()
        self._waiting: list[_Task] = []
        self._job: Job | None = None
        jobs.job_ended.connect(self._go_on)

    @property
    def presets(self) -> UserPresets:
        """The presets as they were last read."""
        return self._presets

    def reload(self) -> None:
        """Read the files again."""
        self._enqueue(_nothing, self._take_read)

    def save(self, name: str, pipeline: Pipeline, *, overwrite: bool = False) -> None:
        """Write a preset; see :func:`user_presets.save`."""
        self._enqueue(partial(user_presets.save, name, pipeline, overwrite=overwrite), self._take_saved)

    def rename(self, name: str, to: str) -> None:
        """Give a preset another name."""
        self._enqueue(partial(user_presets.rename, name, to), self._take_saved)

    def remove(self, name: str) -> None:
        """Delete a preset."""
        self._enqueue(partial(user_presets.remove, name), self._take_removed)

    def _enqueue(self, change: Callable[[], object], done: Callable[[object], None]) -> None:
        self._waiting.append((change, done))
        self._begin()

    def _begin(self) -> None:
        if self._job is None and self._waiting:
            change, done = self._waiting.pop(0)
            work, title = partial(_work, change), self.tr("Presets")
            self._job = self._jobs.submit(work, done=done, failed=self._fail, title=title)

    @Slot(object)
    def _go_on(self, job: Job) -> None:
        """The next operation, also after one that was cancelled."""
        if job is self._job:
            self._job = None
            self._begin()

    @Slot(object)
    def _take_read(self, found: object) -> None:
        self._take(found)

    @Slot(object)
    def _take_saved(self, found: object) -> None:
        made = self._take(found)
        assert isinstance(made, UserPreset)
        self.preset_saved.emit(made.name)

    @Slot(object)
    def _take_removed(self, found: object) -> None:
        self.preset_removed.emit(self._take(found))

    def _take(self, found: object) -> object:
        assert isinstance(found, tuple)
        made, self._presets = found
        self.presets_changed.emit(self._presets)
        return made

    @Slot(object)
    def _fail(self, failure: object) -> None:
        self.failed.emit(failure)


_Task = tuple[Callable[[], object], Callable[[object], None]]


def _nothing() -> None:
    """No change: the files are read all the same."""


def _work(change: Callable[[], object], token: CancelToken, progress: Progress) -> tuple[object, UserPresets]:
    return change(), user_presets.load()
