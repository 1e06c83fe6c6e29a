"""What the program remembers: one readable file, and the window's geometry apart from it."""

from __future__ import annotations

import json
import logging
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import tomli_w
from PySide6.QtCore import QByteArray, QStandardPaths

from tudui_gui.core.errors import StorageError
from tudui_gui.core.files import write_text

logger = logging.getLogger(__name__)

T = TypeVar("T", str, int, float, bool, list)  # type: ignore[type-arg]


def folder() -> Path:
    """Where preferences lie: ``$TUDUI_HOME``, else the system's place for settings."""
    home = os.environ.get("TUDUI_HOME")
    if home:
        return Path(home).expanduser()
    places = QStandardPaths.StandardLocation.GenericConfigLocation
    return Path(QStandardPaths.writableLocation(places)) / "tudui-gui"


class Preferences:
    """Values by dotted key (``"window.theme"``), kept as TOML tables. Main thread only.

    Parameters
    ----------
    path : Path or None
        The file; ``None`` keeps everything in memory. A damaged file is renamed to ``*.damaged`` and
        the program starts with defaults.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._values: dict[str, Any] = _read(path, tomllib.loads) if path else {}

    def get(self, key: str, default: T) -> T:
        """The value of ``key`` if it has the type of ``default``, else ``default``."""
        table, name = self._table(key)
        value = table.get(name)
        return value if type(value) is type(default) else default

    def set(self, key: str, value: str | int | float | bool | list[Any]) -> None:
        """Remember ``value``; written by :meth:`save`."""
        table, name = self._table(key)
        table[name] = value

    def save(self) -> None:
        """Write the file; a failure goes to the log, for it must not keep the window from closing."""
        if self._path is not None:
            _write(self._path, tomli_w.dumps(self._values))

    def _table(self, key: str) -> tuple[dict[str, Any], str]:
        *tables, name = key.split(".")
        table = self._values
        for part in tables:
            if not isinstance(table.get(part), dict):
                table[part] = {}
            table = table[part]
        return table, name


def load_geometry(path: Path) -> dict[str, QByteArray]:
    """Qt's opaque window states by name; empty if there are none."""
    texts = _read(path, json.loads) if path.exists() else {}
    return {name: QByteArray.fromBase64(QByteArray(str(text).encode())) for name, text in texts.items()}


def save_geometry(path: Path, states: dict[str, QByteArray]) -> None:
    """Write what :func:`load_geometry` reads; a failure goes to the log."""
    _write(
        path, json.dumps({name: bytes(state.toBase64().data()).decode() for name, state in states.items()})
    )


def _read(path: Path, parse: Callable[[str], Any]) -> dict[str, Any]:
    try:
        values = parse(path.read_text("utf-8"))
        if isinstance(values, dict):
            return values
    except FileNotFoundError:
        return {}
    except OSError as error:
        logger.warning("%s cannot be read: %s", path, error)
        return {}
    except ValueError as error:
        logger.warning("%s is damaged (%s)", path, error)
    _set_aside(path)
    return {}


def _set_aside(path: Path) -> None:
    backup = path.with_name(path.name + ".damaged")
    try:
        path.replace(backup)
    except OSError as error:
        logger.warning("%s cannot be renamed: %s", path, error)
        return
    logger.warning("%s was damaged: renamed to %s, starting with defaults", path, backup.name)


def _write(path: Path, text: str) -> None:
    try:
        write_text(path, text)
    except StorageError as error:
        logger.warning("%s", error)
