"""One picture's prediction: class, confidence, bars."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from tudui_gui.gui.tabs.prediction.work import Details
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.probability_bars import ProbabilityBars

#: Shares from which on the model is said to be sure, or fairly sure.
_SURE, _FAIRLY = 0.9, 0.6
#: Of five bars: the cards below must not move when a drawing gets its first answer.
_BARS_HEIGHT = 135


class DetailsCard(Card):
    """``prediction_result``: the predicted class with ``prediction_bars`` under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "prediction_result", parent)
        self._name = ElidedLabel(
            role="muted", object_name="prediction_name", mode=Qt.TextElideMode.ElideMiddle
        )
        self._class = ElidedLabel(role="big", object_name="prediction_class")
        self._sure = Label(role="muted", object_name="prediction_confidence")
        self._sure.setWordWrap(True)
        self._error = Label(role="error", object_name="prediction_error")
        self._error.setWordWrap(True)
        self._bars = ProbabilityBars("prediction_bars")
        self._bars.setMinimumHeight(_BARS_HEIGHT)
        self._details: Details | None = None
        self._true_class = ""
        self.header.setStretch(1, 0)
        self.header.addWidget(self._name, 1)
        for widget in (self._class, self._sure, self._error, self._bars):
            self.body.addWidget(widget)
        self.body.setSpacing(2)
        self.retranslate_ui()

    def show_details(self, details: Details | None, true_class: str = "") -> None:
        """Show what the model says about a picture; ``None``: nothing."""
        self._details = details
        self._true_class = true_class
        self._refresh()

    def _refresh(self) -> None:
        details = self._details
        top = details.top if details else ()
        self._name.set_text(details.source.name if details else "")
        self._class.set_text(top[0].name if top else "–")
        self._sure.setText(self._confidence_text())
        self._error.setText(describe(details.failure) if details and details.failure else "")
        self._error.setVisible(bool(self._error.text()))
        self._bars.set_rows([(guess.name, guess.probability) for guess in top])

    def _confidence_text(self) -> str:
        if self._details is None:
            return self.tr("Drop an image, or draw a digit.")
        if not self._details.top:
            return ""
        share = self._details.top[0].probability
        if share >= _SURE:
            text = self.tr("{share} · sure")
        elif share >= _FAIRLY:
            text = self.tr("{share} · fairly sure")
        else:
            text = self.tr("{share} · unsure")
        sure = text.format(share=f"{100 * share:.1f} %")
        if not self._true_class:
            return sure
        is_right = self._true_class == self._details.top[0].name
        verdict = (
            self.tr("right") if is_right else self.tr("wrong: it is {name}").format(name=self._true_class)
        )
        return f"{sure} · {verdict}"

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Prediction"))
        self._bars.setToolTip(self.tr("softmax of the network's outputs: the most probable classes"))
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
