"""A column of the stage area: what one step makes of every input."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSignalBlocker, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms.showing import ShownStage
from tudui_gui.gui.tabs.transforms.stage_details import StageDetails
from tudui_gui.gui.tabs.transforms.stage_pictures import StagePictures
from tudui_gui.gui.tabs.transforms.stage_rows import SeenRow
from tudui_gui.gui.tabs.transforms.texts import kind_text, percent_text
from tudui_gui.gui.widgets.buttons import Button, IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.tag import Tag

NARROWEST = 164
#: What a formula such as ``(0.482 - 0.485) / 0.229 ≈ -0.013`` needs, and the reason why a step fails.
_WIDE = 258
#: What a step needs that is not run in any row.
_IDLE = 124


class StageColumn(Card):
    """A title with the type, the pictures, the facts of the chosen row. Column 0 is the input's.

    Signals
    -------
    fix_requested(object)
        A ``Fix`` to apply.
    marks_toggled(bool)
        Mark the values outside 0 to 1, or not.
    """

    fix_requested = Signal(object)
    marks_toggled = Signal(bool)

    def __init__(self, column: int, parent: QWidget | None = None) -> None:
        name = f"stage_{column - 1}" if column else "stage_input"
        super().__init__(object_name=name, parent=parent)
        self.column = column
        self._rows: Sequence[SeenRow] = ()
        self._chosen = 0
        self._shown: tuple[object, ...] = ()
        self._is_plain = self._is_marking = False
        self._heading = ElidedLabel(role="title", object_name=f"{name}_title")
        self._plain = IconButton("image-auto-adjust", f"{name}_denormalize")
        self._outside = Button(f"{name}_outside", "content-cut", "link")
        self._tag = Tag(object_name=f"{name}_kind")
        self.view = StagePictures(f"{name}_image", column)
        self.details = StageDetails(name)
        self._lay_out()
        self.details.fix_requested.connect(self.fix_requested)
        self._plain.toggled.connect(self._show_plain)
        self._outside.toggled.connect(self.marks_toggled)
        self.retranslate_ui()

    def _lay_out(self) -> None:
        self._plain.setCheckable(True)
        self._outside.setCheckable(True)
        self.lead_with(self._heading)
        for widget in (self._outside, self._plain, self._tag):
            self.add_to_header(widget)
        # The pictures of all columns stay in line.
        self.header.addStrut(self._plain.sizeHint().height())
        self.set_margin(theme.SPACE)
        self.body.setSpacing(theme.SPACE // 2)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.details)

    @property
    def stage(self) -> ShownStage | None:
        """What is shown of the chosen row; ``None`` for the input."""
        return self._rows[self._chosen].stage(self.column) if self._rows else None

    @property
    def has_failed(self) -> bool:
        """Whether the step fails in the chosen row."""
        return self.stage is not None and self.stage.problem is not None

    def show_rows(self, rows: Sequence[SeenRow], chosen: int) -> None:
        """Show what the step made of each input, and the facts of the row ``chosen``.

        What an edit of a later step leaves as it was is not painted again.
        """
        self._rows, self._chosen = rows, chosen
        content = (chosen, *map(self._content, rows))
        if content == self._shown:
            return
        self._shown = content
        stage, facts = self.stage, rows[chosen].facts(self.column)
        self._name_it(stage)
        self._show_switches()
        is_preview = stage is not None and stage.is_preview
        self._tag.set_text(self.tr("preview") if is_preview else kind_text(facts))
        given = rows[chosen].facts(self.column - 1) if self.column else None
        self.details.show_value(facts, stage, rows[chosen].size(self.column), given)
        # The room of pictures that there are not goes to the reason why.
        self.view.setHidden(facts is None and all(seen.pictures[self.column] is None for seen in rows))
        self._show_cells()
        self.update()

    def _content(self, seen: SeenRow) -> tuple[object, ...]:
        """What is shown of a row; compared by identity."""
        given = seen.facts(self.column - 1) if self.column else None
        return seen.row.input, seen.stage(self.column), seen.facts(self.column), given, len(self._rows)

    def _show_switches(self) -> None:
        """What the picture can be shown like: with Normalize undone, with marks at values outside 0 to 1."""
        stage = self.stage
        has_plain = stage is not None and stage.plain is not None
        has_outside = stage is not None and stage.outside > 0
        self._plain.setVisible(has_plain)
        self._outside.setVisible(has_outside)
        self.setMinimumWidth(self._least_width())
        if stage is not None and stage.facts is not None and has_outside:
            total = math.prod(stage.facts.shape)
            tip = self.tr(
                "{count} of {total} values are below 0 or above 1; the display cuts them off. "
                "Click to mark them in the picture: blue below 0, red above 1"
            )
            count = f"{round(stage.outside * total):,}"
            self._outside.set_texts(percent_text(stage.outside), tip.format(count=count, total=f"{total:,}"))
            self._outside.setAccessibleName(self.tr("Mark values outside 0 to 1"))

    def _least_width(self) -> int:
        stage = self.stage
        if stage is None:
            return NARROWEST
        if stage.plain is not None or stage.outside > 0 or stage.problem is not None:
            return _WIDE
        stages = [row.stage(self.column) for row in self._rows]
        is_idle = not any(each and (each.facts or each.problem or each.is_preview) for each in stages)
        return _IDLE if is_idle else NARROWEST

    def set_marking(self, is_on: bool) -> None:
        """Mark the values outside 0 to 1, or not."""
        self._is_marking = is_on
        with QSignalBlocker(self._outside):
            self._outside.setChecked(is_on)
        self._show_cells()

    def _name_it(self, stage: ShownStage | None) -> None:
        title = stage.step.name if stage is not None else self.tr("Input")
        self._heading.set_text(title)
        self.setAccessibleName(title)

    def _show_cells(self) -> None:
        names = [f"{row + 1} {seen.row.input.name}" for row, seen in enumerate(self._rows)]
        has_names = self.column == 0 and len(self._rows) > 1
        cells = [
            seen.cell(
                self.column,
                is_plain=self._is_plain,
                marks_outside=self._is_marking,
                name=name if has_names else "",
            )
            for seen, name in zip(self._rows, names, strict=True)
        ]
        self.view.show_cells(cells, self._chosen)

    @Slot(bool)
    def _show_plain(self, is_plain: bool) -> None:
        self._is_plain = is_plain
        self._show_cells()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.has_failed:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(theme.tokens().danger))
            edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(edge, theme.RADIUS, theme.RADIUS)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._shown = ()
        self._name_it(self.stage)
        self._show_switches()
        self._plain.set_texts(
            self.tr("De-normalised"),
            self.tr("Undo Normalize for the eye; the facts stay those of the tensor"),
        )
        self.view.setAccessibleName(
            self.tr("Picture after this step") if self.column else self.tr("Input picture")
        )
        self.view.setToolTip(
            self.tr(
                "As add_image shows it. Pointing shows the pixel's value at every stage; a click pins it, "
                "arrows move it, Ctrl+wheel zooms all"
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
