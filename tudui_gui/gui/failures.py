"""What is left of an exception after it crossed a thread: text, no frames."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field

from tudui_gui.core.errors import TuduiError
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase

_UNEXPECTED = QT_TRANSLATE_NOOP("errors", "Something unexpected happened ({kind}).")
_SEE_LOG = QT_TRANSLATE_NOOP("errors", "The program goes on; the log (F12) has the details.")
_NO_MEMORY = QT_TRANSLATE_NOOP("errors", "There is not enough memory for this.")
_LESS_MEMORY = QT_TRANSLATE_NOOP("errors", "Try smaller images or a smaller batch, or close other programs.")


@dataclass(frozen=True)
class Failure:
    """An exception as templates, fields and text. Holds no frames, so no tensors stay alive.

    Attributes
    ----------
    what, remedy : str
        English templates of the context ``errors``; ``remedy`` may be empty.
    detail : str
        The underlying message, shown as it is.
    fields : mapping
        Values for the templates.
    kind : str
        Name of the exception's class.
    expected : bool
        Whether it was a :class:`TuduiError`, that is: something a person can put right.
    trace : str
        The formatted traceback, for the log.
    """

    what: str
    remedy: str = ""
    detail: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)
    kind: str = "TuduiError"
    expected: bool = True
    trace: str = ""

    @staticmethod
    def of(error: BaseException) -> Failure:
        """The failure that describes ``error``."""
        trace = "".join(traceback.format_exception(error))
        kind = type(error).__name__
        if isinstance(error, TuduiError):
            # Numbers stay numbers: a template may group their digits.
            kept = (Phrase, int, float)
            fields = {n: v if isinstance(v, kept) else str(v) for n, v in error.fields.items()}
            return Failure(error.what, error.remedy, error.detail, fields, kind, True, trace)
        if isinstance(error, MemoryError) or kind == "OutOfMemoryError":
            return Failure(_NO_MEMORY, _LESS_MEMORY, str(error), {}, kind, True, trace)
        return Failure(_UNEXPECTED, _SEE_LOG, str(error), {"kind": kind}, kind, False, trace)

    def __str__(self) -> str:
        text = " ".join(t.format(**self.fields) for t in (self.what, self.remedy) if t)
        return f"{text}\n{self.detail}" if self.detail else text
