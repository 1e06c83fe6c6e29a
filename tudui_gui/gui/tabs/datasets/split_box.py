"""How the open source is split and cut, and what comes of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tudui_gui.datasets.selection import SELECTION_NAMES
from tudui_gui.datasets.sources import Dataset
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.datasets.texts import brief
from tudui_gui.gui.widgets.foldable import FoldableGroup
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.parameter_form import ParameterForm

#: Without the corrections, which the browser makes.
SPLIT_NAMES = SELECTION_NAMES - {"edits"}
#: A person who types has this long for the next key (ms).
_PAUSE = 250
#: Of a field (px), so that the form fits the column.
_NARROW = 60


class SplitBox(QWidget):
    """The selection's parameters as a form; beside its heading the images of training and test.

    Signals
    -------
    step_changed(object, str)
        The ``Step`` with another selection, and the name of the parameter that was changed.
    """

    step_changed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("split_box")
        self._dataset: Dataset | None = None
        self._failure: Failure | None = None
        self._group = FoldableGroup("split_group")
        self._form = ParameterForm("selection", names=SPLIT_NAMES)
        self._counts = Label(role="mono", object_name="split_counts")
        self._problem = Label(role="error", object_name="split_problem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        for widget in (self._form, self._problem, self._counts):
            self._group.body.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._group)
        self._form.step_changed.connect(self._wait)
        self._timer.timeout.connect(self._send)
        self.retranslate_ui()

    @property
    def group(self) -> FoldableGroup:
        """What folds."""
        return self._group

    def show_dataset(self, dataset: Dataset) -> None:
        """Show how ``dataset`` is split; what is just being typed is left alone."""
        self._dataset = dataset
        if not self._timer.isActive():
            self._form.set_step(dataset.step)
            for field in self._form.fields.values():
                field.editor.setMinimumWidth(_NARROW)
        self._show_failure(None)
        self._update()

    def show_failure(self, failure: Failure) -> None:
        """Say below the form why this split cannot be made."""
        self._show_failure(failure)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._group.set_texts(
            self.tr("Split"),
            self.tr("Which images are for training, which for test, and how many of each class"),
        )
        self._show_failure(self._failure)
        self._update()

    @Slot()
    def _wait(self) -> None:
        self._update_fields()
        self._timer.start()

    @Slot()
    def _send(self) -> None:
        step = self._form.step
        if step is None or self._dataset is None:
            return
        before = self._dataset.step
        changed = [name for name in SPLIT_NAMES if before.values.get(name) != step.values.get(name)]
        if not changed:
            self._show_failure(None)
        else:
            selection = {name: step.values[name] for name in SPLIT_NAMES}
            self.step_changed.emit(before.with_values(**selection), min(changed))

    def _show_failure(self, failure: Failure | None) -> None:
        self._failure = failure
        self._problem.setText("" if failure is None else brief(failure))
        self._problem.setVisible(failure is not None)

    def _update(self) -> None:
        self._update_fields()
        dataset = self._dataset
        if dataset is None:
            return
        lines = [
            f"{name}  {len(part):,}" for name, part in zip(self._names(), dataset.parts.values(), strict=True)
        ]
        self._counts.setText("\n".join(lines))
        self._counts.setAccessibleName(", ".join(lines))
        if len(dataset.train) or len(dataset.test):
            fact = f"{len(dataset.train):,} + {len(dataset.test):,}"
        else:
            fact = self.tr("no labels")
        self._group.set_fact(fact, self.tr("Images for training + images for test"))

    def _names(self) -> list[str]:
        texts = {
            "train": self.tr("training"),
            "test": self.tr("test"),
            "unlabelled": self.tr("without label"),
            "left_out": self.tr("left out"),
        }
        names = [texts[part] for part in self._dataset.parts] if self._dataset else []
        width = max(map(len, names), default=0)
        return [name.ljust(width) for name in names]

    def _update_fields(self) -> None:
        step = self._form.step
        if step is None or not set(step.values) >= SPLIT_NAMES:
            return
        is_own = step.values["split"] == "own"
        own = self.tr("The source's own split is used. Choose stratified or random to set this.")
        self._form.set_available("test_share", not is_own, own)
        self._form.set_available("split_seed", not is_own or step.values["per_class"] is not None, own)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
