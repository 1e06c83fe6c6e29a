"""Which rows of a long list are selected."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]


class RowSelection:
    """A mark for each row: as quick with 50,000 scattered rows as with one range, unlike ranges of indexes.

    Attributes
    ----------
    anchor : int
        The row that a range starts at, -1: none.
    """

    def __init__(self, count: int = 0) -> None:
        self._mask = np.zeros(count, dtype=bool)
        self.anchor = -1

    def __contains__(self, row: int) -> bool:
        return 0 <= row < len(self._mask) and bool(self._mask[row])

    def __len__(self) -> int:
        return int(np.count_nonzero(self._mask))

    @property
    def rows(self) -> Rows:
        """The selected rows in order."""
        return np.flatnonzero(self._mask)

    def reset(self, count: int) -> None:
        """Forget everything; there are ``count`` rows now."""
        self._mask = np.zeros(count, dtype=bool)
        self.anchor = -1

    def clear(self) -> None:
        """Select nothing."""
        self._mask[:] = False

    def select_all(self) -> None:
        """Select every row."""
        self._mask[:] = True

    def choose(self, row: int) -> None:
        """Select ``row`` alone."""
        self.clear()
        self._mask[row] = True
        self.anchor = row

    def toggle(self, row: int) -> None:
        """Select ``row`` too, or no more."""
        self._mask[row] = not self._mask[row]
        self.anchor = row

    def extend(self, row: int, *, adding: bool = False) -> None:
        """Select from the anchor to ``row``; the others stay selected only when ``adding``."""
        if self.anchor < 0:
            self.anchor = row
        if not adding:
            self.clear()
        first, last = sorted((self.anchor, row))
        self._mask[first : last + 1] = True

    def replace(self, rows: Sequence[int] | Rows, base: RowSelection | None = None) -> None:
        """Select exactly ``rows``, and those of ``base``."""
        mask = np.zeros(len(self._mask), dtype=bool) if base is None else base._mask.copy()
        mask[np.asarray(rows, dtype=np.int64)] = True
        self._mask = mask

    def copy(self) -> RowSelection:
        """As it is now."""
        copied = RowSelection()
        copied._mask, copied.anchor = self._mask.copy(), self.anchor
        return copied
