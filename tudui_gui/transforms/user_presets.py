"""Pipelines that a person gave a name: one small file each, under the folder of the person's work."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from tudui_gui.core.errors import TransformError, TuduiError, storage_error
from tudui_gui.core.files import write_text
from tudui_gui.core.paths import home
from tudui_gui.core.text import QT_TRANSLATE_NOOP, shown
from tudui_gui.transforms.pipeline import Pipeline

#: Characters of a preset's name.
LONGEST_NAME = 80

_SUFFIX = ".toml"
_LARGEST_FILE = 2**20


@dataclass(frozen=True)
class UserPreset:
    """A named pipeline in a file."""

    name: str
    pipeline: Pipeline
    path: Path


@dataclass(frozen=True)
class UserPresets:
    """What :func:`load` found.

    Attributes
    ----------
    presets : tuple of UserPreset
        By name.
    problems : tuple of TransformError
        One for each file that is no preset, naming it; the file is left as it is.
    """

    presets: tuple[UserPreset, ...] = ()
    problems: tuple[TransformError, ...] = ()

    def named(self, name: str) -> UserPreset | None:
        """The preset called ``name``."""
        return next((preset for preset in self.presets if preset.name == name), None)


class PresetExistsError(TransformError):
    """There is a preset of this name, and nobody said that it may be replaced."""


def presets_folder() -> Path:
    """Where the files are: ``home()/presets/transforms``."""
    return home() / "presets" / "transforms"


def load() -> UserPresets:
    """Every preset, and what is wrong with the files that are none. Never raises for a bad file.

    Any thread; reads files.
    """
    presets: dict[str, UserPreset] = {}
    problems: list[TransformError] = []
    for path in _files():
        try:
            preset = _read(path)
            if preset.name in presets:
                raise _second(preset, presets[preset.name].path)
            presets[preset.name] = preset
        except TransformError as problem:
            problems.append(problem)
    ordered = sorted(presets.values(), key=lambda preset: preset.name.casefold())
    return UserPresets(tuple(ordered), tuple(problems))


def save(name: str, pipeline: Pipeline, *, overwrite: bool = False) -> UserPreset:
    """Write a preset; steps that are switched off are kept so. Any thread; writes a file.

    Raises
    ------
    PresetExistsError
        If there is one of this name and not ``overwrite``.
    TransformError
        If ``name`` is none.
    StorageError
    """
    name = checked_name(name)
    known = load().named(name)
    if known is not None and not overwrite:
        raise _exists(name)
    path = known.path if known else _free_path(name)
    _write(path, name, pipeline)
    return UserPreset(name, pipeline, path)


def rename(name: str, to: str) -> UserPreset:
    """Give a preset another name. Raises like :func:`save`, also if there is no ``name``."""
    to = checked_name(to)
    presets = load()
    known = _required(presets, name)
    if to == name:
        return known
    if presets.named(to) is not None:
        raise _exists(to)
    made = save(to, known.pipeline)
    _unlink(known.path)
    return made


def remove(name: str) -> UserPreset:
    """Delete a preset's file; what is returned can be given to :func:`save` to have it back.

    Raises ``TransformError`` if there is no ``name``, ``StorageError`` if the file stays.
    """
    known = _required(load(), name)
    _unlink(known.path)
    return known


def checked_name(name: str) -> str:
    """``name`` without spaces around it. Raises ``TransformError`` if it is none."""
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "{name} is no name for a preset."),
            remedy=QT_TRANSLATE_NOOP("errors", "A name has 1 to {longest} characters."),
            name=repr(shown(plain)[:LONGEST_NAME]),
            longest=LONGEST_NAME,
        )
    return plain


def _files() -> list[Path]:
    folder = presets_folder()
    try:
        entries = [path for path in folder.iterdir() if path.suffix == _SUFFIX]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as cause:
        raise storage_error(folder, cause) from cause
    return sorted(path for path in entries if not path.name.startswith("."))


def _read(path: Path) -> UserPreset:
    try:
        with path.open("rb") as stream:
            content = stream.read(_LARGEST_FILE + 1)
        if len(content) > _LARGEST_FILE:
            raise ValueError(f"more than {_LARGEST_FILE} bytes")
        table = tomllib.loads(content.decode("utf-8-sig"))
        return _preset(table, path)
    except (OSError, ValueError, RecursionError, TuduiError) as cause:
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "{path} is no usable preset; it is left out of the list."),
            remedy=QT_TRANSLATE_NOOP("errors", "Put the file right or delete it."),
            detail=str(cause),
            path=shown(path),
        ) from cause


def _preset(table: dict[str, Any], path: Path) -> UserPreset:
    name, steps = table.get("name"), table.get("transforms")
    if not isinstance(name, str) or not isinstance(steps, list):
        raise ValueError("a preset has a name and transforms")
    return UserPreset(checked_name(name), Pipeline.from_dicts(steps), path)


def _write(path: Path, name: str, pipeline: Pipeline) -> None:
    write_text(path, tomli_w.dumps({"name": name, "transforms": pipeline.to_dicts()}))


def _free_path(name: str) -> Path:
    """A file name that any system takes: letters and digits of the name, and a sum of all of it."""
    plain = "".join(letter if letter.isalnum() else "-" for letter in name)[:40]
    return presets_folder() / f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:8]}{_SUFFIX}"


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as cause:
        raise storage_error(path, cause) from cause


def _required(presets: UserPresets, name: str) -> UserPreset:
    known = presets.named(name)
    if known is None:
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "There is no preset named {name}."),
            remedy=QT_TRANSLATE_NOOP("errors", "It may have been removed elsewhere."),
            name=repr(name),
        )
    return known


def _exists(name: str) -> PresetExistsError:
    return PresetExistsError(
        QT_TRANSLATE_NOOP("errors", "There is a preset named {name}."),
        remedy=QT_TRANSLATE_NOOP("errors", "Overwrite it, or choose another name."),
        name=repr(name),
    )


def _second(preset: UserPreset, first: Path) -> TransformError:
    return TransformError(
        QT_TRANSLATE_NOOP("errors", "{path} has the same name as {first}: {name}."),
        remedy=QT_TRANSLATE_NOOP("errors", "Change the name in one of the files."),
        path=shown(preset.path),
        first=shown(first),
        name=repr(preset.name),
    )
