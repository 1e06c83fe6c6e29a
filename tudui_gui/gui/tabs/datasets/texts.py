"""Messages short enough for a card."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from tudui_gui.datasets.oddities import DatasetProblem
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.translations import describe


def brief(failure: Failure) -> str:
    """What went wrong, with a file's name in place of its whole path."""
    path = failure.fields.get("path")
    if not path:
        return describe(failure)
    return describe(replace(failure, fields={**failure.fields, "path": Path(str(path)).name}))


def problem_texts(problems: tuple[DatasetProblem, ...]) -> list[str]:
    """The problems in the person's language; those that sound the same say in which folder they are."""
    texts = [
        QCoreApplication.translate("errors", problem.what).format(**problem.fields) for problem in problems
    ]
    return [
        f"{text} ({problem.path.parent.name})" if problem.path and texts.count(text) > 1 else text
        for text, problem in zip(texts, problems, strict=True)
    ]


def size_text(size: int) -> str:
    """A number of bytes as people say it: ``"12 MB"``, ``"2.6 GB"``."""
    for unit, one in (("GB", 1e9), ("MB", 1e6)):
        if size >= one:
            return f"{size / one:.2g} {unit}" if size < 10 * one else f"{size / one:,.0f} {unit}"
    return f"{size / 1e3:,.0f} kB"
