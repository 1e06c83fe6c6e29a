"""Sizes, aspect ratios and modes of images in a few short lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from PySide6.QtCore import QCoreApplication

_MOST_SIZES = 3
_MOST_MODES = 3

Sizes = Sequence[tuple[tuple[int, int], int]]


class Seen(Protocol):
    """What was found in some images or in all: see ``Survey``."""

    @property
    def sizes(self) -> tuple[tuple[tuple[int, int], int], ...]:
        """((width, height), count), the most frequent first."""

    @property
    def modes(self) -> tuple[tuple[str, int], ...]:
        """(mode, count), the most frequent first."""

    @property
    def looked_at(self) -> int:
        """Images in all that were looked at."""


def variety_facts(seen: Seen) -> list[tuple[str, str]]:
    """(key, value) lines about sizes, aspect ratios and modes."""
    translate = QCoreApplication.translate
    size, mode = translate("FactsTexts", "size"), translate("FactsTexts", "mode")
    if not seen.sizes:
        return []
    if len(seen.sizes) == 1:
        ((width, height), _), *_ = seen.sizes
        return [(size, f"{width}×{height}"), (mode, _modes(seen))]
    first, *others = _size_lines(seen.sizes)
    smallest, largest = _ends(seen.sizes)
    return [
        (size, first),
        *((" ", line) for line in others),
        (translate("FactsTexts", "min"), smallest),
        (translate("FactsTexts", "max"), largest),
        (translate("FactsTexts", "w:h"), _aspects(seen.sizes)),
        (mode, _modes(seen)),
    ]


def _size_lines(sizes: Sizes) -> list[str]:
    total = sum(count for _, count in sizes)
    lines = [f"{w}×{h}  {_share(count, total)}" for (w, h), count in sizes[:_MOST_SIZES]]
    if len(sizes) > _MOST_SIZES:
        more = QCoreApplication.translate("FactsTexts", "{count:,} more")
        lines.append(more.format(count=len(sizes) - _MOST_SIZES))
    return lines


def _ends(sizes: Sizes) -> tuple[str, str]:
    """The images with the fewest and with the most pixels."""
    by_area = sorted((size for size, _ in sizes), key=lambda size: (size[0] * size[1], size))
    return (f"{by_area[0][0]}×{by_area[0][1]}", f"{by_area[-1][0]}×{by_area[-1][1]}")


def _aspects(sizes: Sizes) -> str:
    """Lowest, middle and highest width / height."""
    ratios = np.repeat([width / height for (width, height), _ in sizes], [count for _, count in sizes])
    return f"{ratios.min():.2f} … {np.median(ratios):.2f} … {ratios.max():.2f}"


def _modes(seen: Seen) -> str:
    if len(seen.modes) == 1:
        return seen.modes[0][0]
    total = sum(count for _, count in seen.modes)
    shown = [f"{mode} {_share(count, total)}" for mode, count in seen.modes[:_MOST_MODES]]
    return ", ".join(shown) + (" …" if len(seen.modes) > _MOST_MODES else "")


def _share(count: int, total: int) -> str:
    percent = 100 * count / max(1, total)
    return "<1%" if percent < 1 else f"{percent:.0f}%"


def variety_tip(seen: Seen, most: int = 20) -> str:
    """The most frequent sizes, a line each, with how many images have them; what w:h is."""
    lines = [f"{w}×{h}  {count:,}" for (w, h), count in seen.sizes[:most]]
    if len(seen.sizes) > most:
        lines.append("…")
    if len(seen.sizes) > 1:
        tip = QCoreApplication.translate("FactsTexts", "w:h: lowest, middle and highest width / height")
        lines.append(tip)
    return "\n".join(lines)
