"""Giving widgets their stable names."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject

T = TypeVar("T", bound=QObject)


def named(item: T, object_name: str) -> T:
    """``item`` with its ``objectName`` set."""
    item.setObjectName(object_name)
    return item
