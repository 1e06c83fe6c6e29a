"""Text of code that must not import Qt: marked for translation here, translated by the window.

Qt-free packages keep their messages and help in English and mark them with
:func:`QT_TRANSLATE_NOOP`; ``lupdate`` finds the marks by that name and
``gui.translations`` shows the translation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Return ``text`` unchanged; ``context`` is ``"errors"``, ``"catalog"`` or ``"events"``."""
    return text


def shown(name: object) -> str:
    """A path or file name as text that any window and file takes: names need not be valid Unicode."""
    return str(name).encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True)
class Phrase:
    """A part of a message, itself a template of the context ``errors``; ``str()`` gives the English."""

    template: str
    fields: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.fields)
