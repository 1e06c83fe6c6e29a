"""Edits of the tab that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QUndoCommand


class StateEdit(QUndoCommand):
    """A panel's frozen state becomes another one.

    Parameters
    ----------
    text : str
        What the edit did, translated.
    apply : callable
        Shows a state.
    before, after : object
    merge_key : str
        Edits in a row with the same key become one.
    """

    _ID = 2

    def __init__(
        self, text: str, apply: Callable[[Any], object], before: object, after: object, merge_key: str = ""
    ) -> None:
        super().__init__(text)
        self._apply = apply
        self._before = before
        self._after = after
        self._merge_key = merge_key

    def id(self) -> int:
        return self._ID if self._merge_key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, StateEdit) or (other._apply, other._merge_key) != (
            self._apply,
            self._merge_key,
        ):
            return False
        self._after = other._after
        return True

    def redo(self) -> None:
        self._apply(self._after)

    def undo(self) -> None:
        self._apply(self._before)
