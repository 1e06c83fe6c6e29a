"""The line at the bottom: device, running job, memory."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Slot
from PySide6.QtWidgets import QProgressBar, QStatusBar, QWidget

from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named

if TYPE_CHECKING:
    from tudui_gui.gui.session import Notice, Session
    from tudui_gui.gui.workers import Job, Jobs
    from tudui_gui.training.events import RunStarted, StepDone

_SHOW_AFTER_MS = 300
_TIME_LEFT_AFTER = 1.0
_NOTICE_MS = 6000


class StatusBar(QStatusBar):
    """Left: device and torch's version. Right: the running job, its cancel button, the memory."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_bar")
        self.setSizeGripEnabled(False)
        self._device = Label(object_name="status_device")
        self._title = Label(object_name="job_title")
        self._bar = named(QProgressBar(textVisible=False), "job_progress")
        self._bar.setFixedWidth(140)
        self._cancel = IconButton("close-circle-outline", "job_cancel")
        self._memory = Label(object_name="status_memory")
        self._jobs: dict[int, tuple[Job, float, str]] = {}
        self._training: Session | None = None
        self._run: RunStarted | None = None
        self._is_loading = True
        self._step = 0
        self._run_began = 0.0
        self._place_widgets()
        self._look = QTimer(self)
        self._look.setInterval(_SHOW_AFTER_MS)
        self._look.timeout.connect(self._show_work)
        self._measure = QTimer(self)
        self._measure.setInterval(2000)
        self._measure.timeout.connect(self._show_memory)
        self.retranslate_ui()

    def _place_widgets(self) -> None:
        self._device.setContentsMargins(8, 0, 0, 0)
        self._memory.setContentsMargins(8, 0, 8, 0)
        self.addWidget(self._device, 1)
        for widget in (self._title, self._bar, self._cancel, self._memory):
            self.addPermanentWidget(widget)
        self._cancel.clicked.connect(self._cancel_work)

    def attach(self, session: Session, jobs: Jobs, device: str, memory: Callable[[], int]) -> None:
        """Torch is there: show ``device`` and the bytes that ``memory`` tells, follow jobs and training."""
        self._is_loading = False
        self._resident_bytes = memory
        self._training = session
        self._device.setText(device)
        self._device.setAccessibleName(device)
        jobs.job_started.connect(self._add_job)
        jobs.job_progressed.connect(self._update_job)
        jobs.job_ended.connect(self._remove_job)
        training = session.training
        training.run_started.connect(self._begin_run)
        training.steps_done.connect(self._count_steps)
        training.state_changed.connect(self._training_changed)
        session.notice.connect(self._show_notice)
        self._measure.start()
        self._show_memory()
        self._show_work()

    def stop_loading(self) -> None:
        """Torch will not come."""
        self._is_loading = False
        self._show_work()

    def stop(self) -> None:
        """Stop the timers; for closing."""
        self._look.stop()
        self._measure.stop()

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._cancel.set_texts(self.tr("Cancel"), self.tr("Cancel the running job"))
        self._bar.setAccessibleName(self.tr("Progress of the running job"))
        self._device.setToolTip(self.tr("Device and version of PyTorch"))
        self._memory.setToolTip(self.tr("Memory of this process (resident set)"))
        self._show_work()

    @Slot(object)
    def _add_job(self, job: Job) -> None:
        if job.title:
            self._jobs[job.number] = (job, -1.0, "")
            self._look.start()

    @Slot(object, float, str)
    def _update_job(self, job: Job, fraction: float, text: str) -> None:
        if job.number in self._jobs:
            self._jobs[job.number] = (job, fraction, text)

    @Slot(object)
    def _remove_job(self, job: Job) -> None:
        if self._jobs.pop(job.number, None) is not None:
            self._show_work()

    @Slot(object)
    def _begin_run(self, event: RunStarted) -> None:
        self._run, self._step, self._run_began = event, event.first_step - 1, time.monotonic()
        self._look.start()

    @Slot(object)
    def _count_steps(self, steps: list[StepDone]) -> None:
        self._step = steps[-1].step

    @Slot(str)
    def _training_changed(self, state: str) -> None:
        if state == "idle":
            self._run = None
        else:
            self._look.start()
        self._show_work()

    @Slot()
    def _show_work(self) -> None:
        now = time.monotonic()
        ready = [entry for entry in self._jobs.values() if now - entry[0].started >= _SHOW_AFTER_MS / 1000]
        if self._is_loading:
            self._show(self.tr("Loading PyTorch"), -1.0, "", can_cancel=False)
        elif ready:
            job, fraction, text = ready[-1]
            self._show(job.title, fraction, text or self._time_left(now - job.started, fraction))
        elif self._run is not None:
            self._show_run(self._run, now)
        else:
            self._hide_work()

    def _show_run(self, run: RunStarted, now: float) -> None:
        done, total = self._step - run.first_step + 1, run.steps_per_epoch * run.epochs - run.first_step + 1
        left = self._time_left(now - self._run_began, done / total if total else 1.0)
        title = self.tr("Training {name}").format(name=run.run_dir.name)
        self._show(title, self._step / max(1, run.steps_per_epoch * run.epochs), left)

    def _show(self, title: str, fraction: float, text: str, *, can_cancel: bool = True) -> None:
        line = f"{title}  {text}" if text else title
        self._title.setText(line if len(line) < 80 else line[:79] + "…")
        self._bar.setRange(0, 0 if fraction < 0 else 1000)
        self._bar.setValue(round(fraction * 1000))
        self._title.show()
        self._bar.show()
        self._cancel.setVisible(can_cancel)

    def _hide_work(self) -> None:
        for widget in (self._title, self._bar, self._cancel):
            widget.hide()
        if not self._jobs:
            self._look.stop()

    def _time_left(self, elapsed: float, fraction: float) -> str:
        if elapsed < _TIME_LEFT_AFTER or fraction <= 0.01:
            return ""
        seconds = round(elapsed * (1 - fraction) / fraction)
        return self.tr("{minutes}:{seconds:02d} left").format(minutes=seconds // 60, seconds=seconds % 60)

    @Slot()
    def _cancel_work(self) -> None:
        if self._jobs:
            next(reversed(self._jobs.values()))[0].cancel()
        elif self._training is not None:
            self._training.training.stop()

    @Slot()
    def _show_memory(self) -> None:
        self._memory.setText(f"{self._resident_bytes() / 2**20:,.0f} MB")

    @Slot(object)
    def _show_notice(self, notice: Notice) -> None:
        self.showMessage(notice.text, _NOTICE_MS)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
