"""The chosen module: settings, tensors, statistics and a histogram."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from tudui_gui.gui.tabs.models.work import ModuleFacts, TensorFacts
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.facts_strip import FactsStrip
from tudui_gui.gui.widgets.histogram import HistogramView
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.tag import Tag


class ModuleCard(Card):
    """Shows a ``ModuleFacts``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "module_card", parent)
        self._facts: ModuleFacts | None = None
        self._name = Tag(object_name="module_name")
        self._settings = Label(role="mono", object_name="module_settings")
        self._settings.setWordWrap(True)
        self._note = Label(role="muted", object_name="module_note")
        self._note.setWordWrap(True)
        self.tensors = named(QListWidget(), "parameter_list")
        self.tensors.setFixedHeight(112)
        self._statistics = FactsStrip("parameter_facts")
        self._histogram = HistogramView("parameter_histogram")
        self.add_to_header(self._name)
        for widget in (self._settings, self._note, self.tensors, self._statistics, self._histogram):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.tensors.currentRowChanged.connect(self._show_tensor)
        self.show_facts(None)
        self.retranslate_ui()

    def show_facts(self, facts: ModuleFacts | None) -> None:
        """Show another module, or nothing."""
        self._facts = facts
        self.setVisible(facts is not None)
        chosen = max(0, self.tensors.currentRow())
        self.tensors.clear()
        for tensor in facts.tensors if facts else ():
            QListWidgetItem(f"{tensor.name}  {_shape(tensor.shape)}", self.tensors)
        self._show_texts()
        if facts is not None and facts.tensors:
            self.tensors.setCurrentRow(min(chosen, len(facts.tensors) - 1))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.tensors.setAccessibleName(self.tr("Parameters and buffers"))
        self.tensors.setToolTip(self.tr("The module's own tensors (named_parameters, named_buffers)"))
        self._histogram.setAccessibleName(self.tr("Histogram of the values"))
        self._show_texts()
        self._show_tensor(self.tensors.currentRow())

    def _show_texts(self) -> None:
        facts = self._facts
        if facts is None:
            return
        self.set_title(facts.type)
        self._name.set_text(facts.name or "")
        self._settings.setText(facts.settings)
        self._settings.setVisible(bool(facts.settings))
        has_tensors = bool(facts.tensors)
        for widget in (self.tensors, self._statistics, self._histogram):
            widget.setVisible(has_tensors)
        self._note.setVisible(not has_tensors)
        if facts.parameters:
            text = self.tr("No tensors of its own; {count} parameters in the modules inside.")
            self._note.setText(text.format(count=f"{facts.parameters:,}"))
        else:
            self._note.setText(self.tr("Nothing to learn here: no parameters."))

    @Slot(int)
    def _show_tensor(self, row: int) -> None:
        facts = self._facts
        if facts is None or not 0 <= row < len(facts.tensors):
            return
        tensor = facts.tensors[row]
        self._statistics.set_facts(
            [
                ("shape", _shape(tensor.shape)),
                ("dtype", tensor.dtype),
                ("", self._kind(tensor)),
                ("min", f"{tensor.minimum:+.4g}"),
                ("max", f"{tensor.maximum:+.4g}"),
                ("mean", f"{tensor.mean:+.4g}"),
                ("std", f"{tensor.std:.4g}"),
            ]
        )
        self._histogram.set_counts(tensor.counts, tensor.low, tensor.high)

    def _kind(self, tensor: TensorFacts) -> str:
        kinds = {
            "parameter": self.tr("learned (requires_grad)"),
            "frozen": self.tr("frozen parameter"),
            "buffer": self.tr("buffer, not learned"),
        }
        return kinds[tensor.kind]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _shape(shape: tuple[int, ...]) -> str:
    return "[" + ", ".join(map(str, shape)) + "]"
