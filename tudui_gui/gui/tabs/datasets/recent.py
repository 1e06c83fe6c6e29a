"""The data sets that were opened before, as the preferences keep them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from tudui_gui.core.errors import TuduiError
from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import DATASETS

_KEY = "source"


def to_preferences(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Each step as the table that an experiment's file has for it; those no file can hold are left out."""
    return [step.to_dict(_KEY) for step in steps if _can_be_written(step)]


def from_preferences(entries: Sequence[Any]) -> list[Step]:
    """The steps that :func:`to_preferences` wrote, or of a list of folders; the others are left out."""
    steps = (_step(entry) for entry in entries)
    return [step for step in steps if step is not None]


def _step(entry: Any) -> Step | None:
    try:
        if isinstance(entry, str):
            return DATASETS.step("folder", root=entry) if entry else None
        return DATASETS.step_from(entry, _KEY)
    except (TuduiError, TypeError, ValueError):
        return None  # written by another version, or by hand


def _can_be_written(step: Step) -> bool:
    try:
        json.dumps(step.to_dict(_KEY), ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False  # a name that is not Unicode has no place in a text file
    return True
