"""A mixed batch as text."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tudui_gui.gui.tabs.transforms.mix_work import MixShown
from tudui_gui.transforms.mixing import Mixed


def shares_text(mixed: Mixed, index: int) -> str:
    """``ants 0.63, bees 0.37``: the label that the loss is given."""
    return ", ".join(f"{name} {share:.2f}" for name, share in mixed.shares_of(index))


def lambda_text(mixed: Mixed) -> str:
    """The share of the picture itself, and CutMix's box; both are drawn once for the whole batch."""
    text = f"λ={mixed.lam:.4g}"
    if mixed.box is None:
        return text
    x1, y1, x2, y2 = mixed.box
    return f"{text}  x={x1}…{x2} y={y1}…{y2}"


def cell_text(shown: MixShown, index: int) -> str:
    """What a picture is mixed of, and its label."""
    mixed, names = shown.mixed, shown.made.names
    text = QCoreApplication.translate("Mix", "{first} and {second}: {shares}")
    return text.format(
        first=names[index], second=names[mixed.partner(index)], shares=shares_text(mixed, index)
    )
