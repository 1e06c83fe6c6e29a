"""How one's own folder or table is read, and what another reading of it would yield."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from tudui_gui.core.operations import Step
from tudui_gui.datasets.selection import SELECTION_NAMES
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.datasets.layout_work import candidates_work
from tudui_gui.gui.tabs.datasets.name_preview import NamePreviewBox
from tudui_gui.gui.tabs.datasets.source_entries import is_same
from tudui_gui.gui.tabs.datasets.texts import brief
from tudui_gui.gui.translations import catalog_text
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.parameter_form import ParameterForm
from tudui_gui.gui.workers import Jobs

#: A person who types has this long for the next key (ms).
_PAUSE = 350
_NARROW = 60


class _OwnNames:
    """The parameters that say how a source is read: not where it is, nor how it is split."""

    def __contains__(self, name: object) -> bool:
        return name not in SELECTION_NAMES and name not in ("root", "sources")


class LayoutBox(QWidget):
    """The choice among the readings of a folder, and the chosen one's parameters.

    Signals
    -------
    step_changed(object, str)
        The ``Step`` that reads it otherwise, and the name of the parameter that was changed; empty: another
        reading was chosen.
    """

    step_changed = Signal(object, str)

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layout_box")
        self._jobs = jobs
        self._step: Step | None = None
        self._path: Path | None = None
        self._candidates: tuple[Step, ...] = ()
        self._failure: Failure | None = None
        self._title = Label(role="muted")
        self._combo = named(QComboBox(), "layout_choice")
        self._combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._combo.setMinimumContentsLength(6)
        self._combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._form = ParameterForm("layout", names=_OwnNames())
        self._problem = Label(role="error", object_name="layout_problem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._preview = NamePreviewBox(jobs)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._lay_out()
        self._combo.activated.connect(self._choose)
        self._form.step_changed.connect(self._wait)
        self._timer.timeout.connect(self._send)
        self.retranslate_ui()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        for widget in (self._title, self._combo, self._form, self._problem, self._preview):
            column.addWidget(widget)
        self._title.setBuddy(self._combo)

    @property
    def step(self) -> Step | None:
        """The reading that is shown; it is not the open one when that could not be opened."""
        return self._step

    def show_step(self, step: Step, is_own: bool) -> None:
        """Show how ``step``, which is open now, is read; what is just being typed is left alone.

        ``is_own``: it is a person's, of which there may be other readings.
        """
        if self._timer.isActive() and self._step is not None and step.name == self._step.name:
            return
        self._show_failure(None)
        self._set_step(step)
        root = step.values.get("root") if is_own else None
        path = Path(root) if root else None
        if path != self._path:
            self._path, self._candidates = path, ()
            self._look()
        self._title.setVisible(path is not None)
        self._combo.setVisible(path is not None)
        self.setVisible(path is not None or bool(self._form.fields))
        self._fill()

    def _look(self) -> None:
        if self._path is not None:
            work = partial(candidates_work, self._path)
            self._jobs.submit(work, done=self._offer, failed=self._show_failure, key="datasets.layouts")

    def forget(self) -> None:
        """The files may be others now: look again what there is."""
        self._path = None
        self._preview.forget()

    def show_failure(self, failure: Failure) -> None:
        """Say below the choice why the folder cannot be read so."""
        self._show_failure(failure)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._title.setText(self.tr("Read as"))
        self._combo.setAccessibleName(self.tr("Read as"))
        self._combo.setToolTip(self.tr("How the folder or the table says which class an image has"))
        self._show_failure(self._failure)
        self._fill()

    @Slot(object)
    def _offer(self, candidates: tuple[Step, ...]) -> None:
        self._candidates = candidates
        self._fill()

    def _fill(self) -> None:
        step = self._step
        if step is None:
            return
        keys = [_key(each) for each in self._candidates]
        choices = self._candidates if _key(step) in keys else (step, *self._candidates)
        with QSignalBlocker(self._combo):
            self._combo.clear()
            for row, choice in enumerate(choices):
                self._combo.addItem(layout_text(choice), choice)
                tip = catalog_text(choice.operation.help)
                self._combo.setItemData(row, tip, Qt.ItemDataRole.ToolTipRole)
            self._combo.setCurrentIndex(list(map(_key, choices)).index(_key(step)))
        self._combo.setEnabled(len(choices) > 1)

    def _set_step(self, step: Step) -> None:
        self._step = step
        self._form.set_step(step)
        for field in self._form.fields.values():
            field.editor.setMinimumWidth(_NARROW)
        self._form.setVisible(bool(self._form.fields))
        self._preview.show_step(step)

    @Slot(int)
    def _choose(self, row: int) -> None:
        choice: Step = self._combo.itemData(row)
        if self._step is None or _key(choice) == _key(self._step):
            return
        kept = {name: self._step.values[name] for name in SELECTION_NAMES - {"edits"}}
        self._show_failure(None)
        self._set_step(choice.with_values(**kept))
        self.step_changed.emit(self._step, "")

    @Slot()
    def _wait(self) -> None:
        self._timer.start()

    @Slot()
    def _send(self) -> None:
        step = self._form.step
        if step is None or self._step is None or is_same(step, self._step):
            return
        changed = [name for name in self._form.fields if step.values[name] != self._step.values[name]]
        self._step = step.with_values(edits=None)  # they are of the images as they were read before
        self._show_failure(None)
        self._preview.show_step(self._step)
        self.step_changed.emit(self._step, changed[0])

    @Slot(object)
    def _show_failure(self, failure: Failure | None) -> None:
        self._failure = failure
        self._problem.setText("" if failure is None else brief(failure))
        self._problem.setVisible(failure is not None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _key(step: Step) -> tuple[str, object]:
    """What makes a reading another one: not its parameters, but for the table that is read."""
    return step.name, step.values.get("file")


def layout_text(step: Step) -> str:
    """How a source is read, in a few words."""
    texts = {
        "folder": QCoreApplication.translate("LayoutBox", "a folder per class"),
        "paired_folders": QCoreApplication.translate("LayoutBox", "image and label folders"),
        "named_files": QCoreApplication.translate("LayoutBox", "label in the file name"),
        "plain_folder": QCoreApplication.translate("LayoutBox", "without labels"),
        "csv": QCoreApplication.translate("LayoutBox", "CSV {file}").format(
            file=step.values.get("file") or ""
        ),
    }
    if step.name in texts:
        return texts[step.name].strip()
    target = step.operation.target
    return target.__name__ if isinstance(target, type) else step.name
