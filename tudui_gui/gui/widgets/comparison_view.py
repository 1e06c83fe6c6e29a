"""Where training and prediction prepare an image differently, side by side."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tudui_gui.core.text import Phrase
from tudui_gui.gui import theme
from tudui_gui.gui.translations import phrase_text
from tudui_gui.gui.widgets.buttons import Button, IconButton
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.transforms.differences import Difference, aligned, differences
from tudui_gui.transforms.pipeline import Pipeline

_ICON = 16


class ComparisonView(QFrame):
    """A warning with a line for each difference: what, in training, in prediction. Hidden without any.

    Parameters
    ----------
    prefix : str
        The objectNames are ``<prefix>``, ``<prefix>_title``, ``<prefix>_fix``, ``<prefix>_fold`` and
        ``<prefix>_<difference>``.
    is_narrow : bool
        Put the two values below each other.
    can_fix : bool
        Offer to prepare images in prediction as in training.

    Signals
    -------
    pipeline_requested(object)
        The ``Pipeline`` that prediction should have.
    """

    pipeline_requested = Signal(object)

    def __init__(
        self,
        prefix: str,
        parent: QWidget | None = None,
        *,
        is_narrow: bool = False,
        can_fix: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(prefix)
        self.setProperty("role", "comparison")
        self._is_narrow = is_narrow
        self._can_fix = can_fix
        self._shown: tuple[Difference, ...] = ()
        self._aligned: Pipeline | None = None
        self._sign = QLabel()
        self._show_sign()
        theme.manager().theme_changed.connect(self._show_sign)
        self._title = Label(role="hint", object_name=f"{prefix}_title")
        self._title.setWordWrap(True)
        self._fix = Button(f"{prefix}_fix", "auto-fix")
        self._fold = IconButton("chevron-up", f"{prefix}_fold")
        self._details = QWidget()
        self._heads = [] if is_narrow else [Label(role="muted"), Label(role="muted")]
        self._cells: list[QWidget] = []
        self._lay_out()
        self._fix.clicked.connect(self._request)
        self._fold.clicked.connect(self._toggle)
        self.retranslate_ui()
        self.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        if not self._is_narrow:
            head.addWidget(self._fix, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignTop)
        self._grid = QGridLayout(self._details)
        self._grid.setContentsMargins(_ICON + theme.SPACE, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GAP)
        self._grid.setVerticalSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        column.setSpacing(theme.SPACE // 2)
        column.addLayout(head)
        column.addWidget(self._details)
        if self._is_narrow:
            column.addWidget(self._fix, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            for place, head_label in enumerate(self._heads):
                self._grid.addWidget(head_label, 0, place + 1)
                self._grid.setColumnStretch(place + 1, 1)

    @Slot()
    def _show_sign(self) -> None:
        self._sign.setPixmap(theme.icon("alert-outline", "warning").pixmap(_ICON, _ICON))

    @property
    def shown(self) -> tuple[Difference, ...]:
        """The differences that are shown."""
        return self._shown

    def compare(
        self, train: Pipeline | None, predict: Pipeline | None, image_size: tuple[int, int] | None = None
    ) -> None:
        """Show where the two differ; None, for want of one of them, shows nothing."""
        found: tuple[Difference, ...] = ()
        self._aligned = None
        if train is not None and predict is not None:
            found = differences(train, predict, image_size)
            self._aligned = aligned(train, predict, image_size) if found and self._can_fix else None
        if found != self._shown:
            self._shown = found
            self._show_rows()
            self._show_title()
        self._fix.setHidden(self._aligned is None)
        self.setHidden(not found)

    def _show_rows(self) -> None:
        for widget in self._cells:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._cells = []
        for row, difference in enumerate(self._shown):
            if self._is_narrow:
                self._add_narrow(row * 3, difference)
            else:
                self._add_wide(row + 1, difference)

    def _add_wide(self, row: int, difference: Difference) -> None:
        name = f"{self.objectName()}_{difference.name}"
        texts = (_translated(difference.what), phrase_text(difference.train), phrase_text(difference.predict))
        for column, (text, role) in enumerate(zip(texts, ("", "mono", "mono"), strict=True)):
            label = Label(text, role, name if column == 0 else "")
            label.setWordWrap(column > 0)
            self._add(label, row, column, difference)

    def _add_narrow(self, row: int, difference: Difference) -> None:
        name = f"{self.objectName()}_{difference.name}"
        self._add(Label(_translated(difference.what), "", name), row, 0, difference, span=2)
        for place, value in enumerate((difference.train, difference.predict), start=1):
            self._add(Label(_heading(place - 1), "muted"), row + place, 0, difference)
            text = Label(phrase_text(value), "mono")
            text.setWordWrap(True)
            self._add(text, row + place, 1, difference)
        self._grid.setColumnStretch(1, 1)

    def _add(self, label: Label, row: int, column: int, difference: Difference, span: int = 1) -> None:
        label.setToolTip(_translated(difference.why))
        label.setAccessibleName(label.text())
        self._grid.addWidget(label, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
        self._cells.append(label)

    @Slot()
    def _toggle(self) -> None:
        """Leave only the heading, or show the lines again."""
        is_folded = not self._details.isHidden()
        self._details.setHidden(is_folded)
        self._fold.set_icon("chevron-down" if is_folded else "chevron-up")

    @Slot()
    def _request(self) -> None:
        if self._aligned is not None:
            self.pipeline_requested.emit(self._aligned)

    def title_text(self) -> str:
        """What the warning says, translated."""
        return self.tr("This model predicts with images prepared otherwise than it was trained with:")

    def _show_title(self) -> None:
        is_only_chance = [difference.name for difference in self._shown] == ["random"]
        self._title.setText(self._chance_text() if is_only_chance else self.title_text())
        self.setAccessibleName(self._title.text())

    def _chance_text(self) -> str:
        """What it says where chance in prediction is all: both pipelines may have the same random steps."""
        return self.tr("Prediction has random steps: the same image would get another answer each time.")

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._show_title()
        for place, label in enumerate(self._heads):
            label.setText(_heading(place))
        self._fix.set_texts(
            self.tr("Prepare as in training"),
            self.tr("Let testing and predicting use the training pipeline without its random steps"),
        )
        self._fold.set_texts(self.tr("Fold or unfold the differences"))
        self._show_rows()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _heading(place: int) -> str:
    if place == 0:
        return QCoreApplication.translate("ComparisonView", "training")
    return QCoreApplication.translate("ComparisonView", "prediction")


def _translated(text: str) -> str:
    return phrase_text(Phrase(text))
