"""The errors a person is meant to read.

Every error is a template plus fields, so that it can be formatted in English
here and in the person's language by the window.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase


class TuduiError(Exception):
    """Something a person can put right: what happened, where, and what to do.

    Parameters
    ----------
    what : str
        English template, marked with ``QT_TRANSLATE_NOOP("errors", ...)``; ``{name}`` refers to ``fields``.
    remedy : str
        Template of what the person can do, same rules; may be empty.
    detail : str
        The underlying message (PyTorch's, the system's), shown as it is; may be empty.
    **fields : object
        Values for the templates, kept for programs: ``path``, ``parameter``, ``value``, ``allowed`` ...
        A :class:`~tudui_gui.core.text.Phrase` among them is translated too.
    """

    def __init__(self, what: str, *, remedy: str = "", detail: str = "", **fields: object) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.detail = detail
        self.fields: Mapping[str, object] = fields

    @property
    def templates(self) -> tuple[str, ...]:
        """The non-empty templates in reading order, for translation."""
        return tuple(text for text in (self.what, self.remedy) if text)

    def __str__(self) -> str:
        lines = " ".join(template.format(**self.fields) for template in self.templates)
        return f"{lines}\n{self.detail}" if self.detail else lines

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.what, self.remedy, self.detail, dict(self.fields))


def _rebuild(
    kind: type[TuduiError], what: str, remedy: str, detail: str, fields: dict[str, object]
) -> TuduiError:
    return kind(what, remedy=remedy, detail=detail, **fields)


class ParameterError(TuduiError):
    """A value outside what a parameter allows."""

    def __init__(self, operation: str, parameter: str, value: object, allowed: Phrase) -> None:
        super().__init__(
            QT_TRANSLATE_NOOP("errors", "{operation}: {parameter} = {value} is not possible."),
            remedy=QT_TRANSLATE_NOOP("errors", "Allowed: {allowed}."),
            operation=operation,
            parameter=parameter,
            value=repr(value),
            allowed=allowed,
        )
        self.allowed = allowed

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild_parameter_error, (dict(self.fields),)


def _rebuild_parameter_error(fields: dict[str, Any]) -> ParameterError:
    error = ParameterError(fields["operation"], fields["parameter"], None, fields["allowed"])
    error.fields = fields
    return error


class DatasetError(TuduiError):
    """A data set, or one of its files, cannot be used."""


class ImageError(TuduiError):
    """An image file cannot be read."""


class TransformError(TuduiError):
    """A transform cannot be built or applied."""


class ModelError(TuduiError):
    """A model cannot be built, or does not fit its input."""


class CheckpointError(TuduiError):
    """A checkpoint or weights file cannot be used."""


class ExperimentError(TuduiError):
    """An experiment description is wrong."""


class TrainingError(TuduiError):
    """Training cannot start or go on."""


class StorageError(TuduiError):
    """A file or folder cannot be written."""


def storage_error(path: object, cause: OSError) -> StorageError:
    """The :class:`StorageError` for an ``OSError`` met while writing ``path``."""
    return StorageError(
        QT_TRANSLATE_NOOP("errors", "{path} cannot be written."),
        remedy=QT_TRANSLATE_NOOP("errors", "Free some space or choose a folder you may write to."),
        detail=cause.strerror or str(cause),
        path=str(path),
    )
