"""What is known of all maps of a layer together."""

from __future__ import annotations

from math import isnan

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.tabs.layers.work import Arranged, MapResult
from tudui_gui.gui.translations import phrase_text
from tudui_gui.gui.widgets.facts_strip import FactsStrip
from tudui_gui.gui.widgets.histogram import HistogramView
from tudui_gui.gui.widgets.labels import Label

_HEIGHT = 52


class LayerFacts(QWidget):
    """Statistics and histogram of all maps of the picture, and what has to be known of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._arranged: Arranged | None = None
        self._facts = FactsStrip("layer_facts")
        self._histogram = HistogramView("layer_histogram")
        self._histogram.setFixedHeight(_HEIGHT)
        self._notes = Label(role="hint", object_name="maps_notes")
        self._notes.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self._facts)
        row.addWidget(self._histogram, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        column.addWidget(self._notes)
        column.addLayout(row)
        self.retranslate_ui()
        self.show_arranged(None)

    def show_arranged(self, arranged: Arranged | None) -> None:
        """Tell of other maps; None: of nothing."""
        self._arranged = arranged
        self.setVisible(arranged is not None)
        if arranged is None:
            return
        result = arranged.result
        low, high, mean, std = overall(result)
        statistics = result.statistics
        values = max(1, statistics.size * result.count)
        nan, inf = int(statistics.nan.sum()), int(statistics.inf.sum())
        zeros, dead = statistics.zeros.sum() / values, f"{statistics.dead.sum()}/{result.count}"
        lines = [
            ("min", f"{_signed(low):<9} max   {_signed(high)}"),
            ("mean", f"{_signed(mean):<9} std   {_signed(std)}"),
            ("0", f"{zeros:<9.1%} dead  {dead}"),
        ]
        odd = [("NaN", f"{nan:<9,} inf   {inf:,}")] if nan or inf else []
        self._facts.set_facts([*lines, *odd])
        self._show_notes()

    def show_counts(self, counts: NDArray[np.int64]) -> None:
        """Show the histogram of the maps that are told of."""
        if self._arranged is not None:
            low, high, _, _ = overall(self._arranged.result)
            self._histogram.set_counts(counts, *_edges(low, high))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._facts.setToolTip(
            self.tr(
                "All maps of this picture: range, mean, zeros, maps that are 0 everywhere, NaN, infinities"
            )
        )
        self._histogram.setAccessibleName(self.tr("Histogram of all maps"))
        self._show_notes()

    def _show_notes(self) -> None:
        texts = self._texts(self._arranged) if self._arranged is not None else []
        self._notes.setText("\n".join(texts))
        self._notes.setVisible(bool(texts))

    def _texts(self, arranged: Arranged) -> list[str]:
        result = arranged.result
        texts = [phrase_text(note) for note in result.notes]
        if result.is_partial:
            texts.append(
                self.tr(
                    "{kept} of {count} maps are kept; the others are computed again when in sight."
                ).format(kept=len(result.maps), count=result.count)
            )
        if arranged.reshaped is not None:
            texts.append(self._tutorial_text(arranged))
        elif arranged.look.hides_dead and not arranged.count:
            texts.append(self.tr("All {count} maps are 0 everywhere.").format(count=result.count))
        return texts

    def _tutorial_text(self, arranged: Arranged) -> str:
        assert arranged.reshaped is not None
        pictures, images = len(arranged.reshaped), arranged.result.batch[1]
        channels = pictures * 3 // max(1, images)
        plain = self.tr(
            "torch.reshape mixes images: {images} with {channels} maps each become {pictures} pictures whose "
            "red, green and blue are three maps each. The numbers stay the same."
        )
        return plain.format(images=images, channels=channels, pictures=pictures)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def overall(result: MapResult) -> tuple[float, float, float, float]:
    """Minimum, maximum, mean and std over the finite numbers of all maps; NaN where there is none."""
    statistics = result.statistics
    counts = statistics.size - statistics.nan - statistics.inf
    known = counts > 0
    if not known.any():
        return (float("nan"),) * 4
    weights, means = counts[known], statistics.mean[known]
    mean = float(np.average(means, weights=weights))
    squares = np.average(statistics.std[known] ** 2 + (means - mean) ** 2, weights=weights)
    low, high = np.nanmin(statistics.minimum), np.nanmax(statistics.maximum)
    return float(low), float(high), mean, float(np.sqrt(squares))


def _edges(low: float, high: float) -> tuple[float, float]:
    if isnan(low):
        return 0.0, 1.0
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _signed(value: float) -> str:
    return f"{value:+.4f}" if abs(value) < 1000 else f"{value:+.4g}"
