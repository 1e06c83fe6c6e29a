"""Checking the tables of an experiment, with messages that name the key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

import torch

from tudui_gui.core.errors import ExperimentError, ParameterError
from tudui_gui.core.operations import Catalog, Operation, Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase
from tudui_gui.datasets.catalog import DATASETS
from tudui_gui.datasets.concatenation import CONCAT, NAME_KEY
from tudui_gui.layers.losses import LOSSES
from tudui_gui.models.zoo import MODELS
from tudui_gui.training.devices import DEVICE_WORDS, is_device_text
from tudui_gui.training.optimizers import OPTIMIZERS
from tudui_gui.training.settings import TRAINING
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.flow import TENSOR, Form, first_refusal, forms
from tudui_gui.transforms.nested import flattened
from tudui_gui.transforms.pipeline import Pipeline

_SECTIONS = ("seed", "device", "dataset", "transforms", "model", "loss", "optimizer", "training")
_MAX_SEED = 2**63 - 1

#: Catalog and name key of each table that names an operation.
_CATALOGS: dict[str, tuple[Catalog, str]] = {
    "dataset": (DATASETS, NAME_KEY),
    "model": (MODELS, "name"),
    "loss": (LOSSES, "name"),
    "optimizer": (OPTIMIZERS, "name"),
}
_DEFAULTS: dict[str, dict[str, Any]] = {"loss": {"name": "CrossEntropyLoss"}, "optimizer": {"name": "SGD"}}


def read_parts(table: Mapping[str, Any]) -> dict[str, Any]:
    """The constructor arguments of an Experiment. Raises ``ExperimentError``."""
    for key in table:
        if key not in _SECTIONS:
            raise unknown_key(key, _SECTIONS)
    steps = {section: _section(table, section) for section in _CATALOGS}
    _check_optimizer(steps["optimizer"])
    train, test = _read_transforms(table.get("transforms", {}))
    return {
        "seed": _read_seed(table.get("seed", 0)),
        "device": _read_device(table.get("device", "auto")),
        "train_transforms": train,
        "test_transforms": test,
        "training": _values(TRAINING, _as_table(table.get("training", {}), "training"), "training"),
        **steps,
    }


def set_value(table: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    """A copy of ``table`` with the value at the path ``key`` replaced. Raises ``ExperimentError``."""
    parts = key.split(".")
    changed = deepcopy(table)
    place: Any = changed
    for depth, part in enumerate(parts[:-1]):
        place = _child(place, part, ".".join(parts[: depth + 1]))
    if isinstance(place, dict) and _names_operation(parts):
        renamed = _renamed(dict(place), parts[0], value)
        place.clear()
        place.update(renamed)
    elif isinstance(place, list):
        place[_index(place, parts[-1], key)] = value
    elif isinstance(place, dict):
        place[parts[-1]] = value
    else:
        raise unknown_key(key, ())
    return changed


def _names_operation(parts: list[str]) -> bool:
    """Whether the value at this path says which operation: ``model.name``, ``dataset.sources.0.source``."""
    section, *between, last = parts if len(parts) > 1 else ("", "")
    if section not in _CATALOGS or last != _CATALOGS[section][1]:
        return False
    return not between or (
        section == "dataset" and set(between[::2]) == {"sources"} and len(between) % 2 == 0
    )


def bad_value(key: str, value: object, allowed: Phrase | str) -> ExperimentError:
    """The error for a value that ``key`` cannot have."""
    return ExperimentError(
        QT_TRANSLATE_NOOP("errors", "{key} = {value} is not possible."),
        remedy=QT_TRANSLATE_NOOP("errors", "Allowed: {allowed}."),
        key=key,
        value=value if isinstance(value, _Shown) else repr(value),
        allowed=allowed,
    )


class _Shown(str):
    """A value that is already the text to show."""


def unknown_key(key: str, known: Iterable[str]) -> ExperimentError:
    """The error for a key that does not exist, with the nearest names there are."""
    prefix, _, name = key.rpartition(".")
    names = list(known)
    near = get_close_matches(name, names, n=3, cutoff=0.5)
    dotted = [f"{prefix}.{each}" if prefix else each for each in near or names]
    remedy = (
        QT_TRANSLATE_NOOP("errors", "Did you mean {allowed}?")
        if near
        else QT_TRANSLATE_NOOP("errors", "Allowed: {allowed}.")
    )
    return ExperimentError(
        QT_TRANSLATE_NOOP("errors", "The experiment has an unknown key {key}."),
        remedy=remedy,
        key=key,
        allowed=", ".join(dotted) or Phrase(QT_TRANSLATE_NOOP("errors", "no parameters")),
    )


def _section(table: Mapping[str, Any], section: str) -> Step:
    catalog, name_key = _CATALOGS[section]
    if section not in table and section not in _DEFAULTS:
        raise ExperimentError(
            QT_TRANSLATE_NOOP("errors", "The experiment says nothing about {key}."),
            remedy=QT_TRANSLATE_NOOP("errors", 'Add [{key}] with {name_key} = "{example}".'),
            key=section,
            name_key=name_key,
            example=next(iter(catalog)),
        )
    given = _as_table(table.get(section, _DEFAULTS.get(section)), section)
    return _named(catalog, {**_DEFAULTS.get(section, {}), **given}, section, name_key)


def _named(catalog: Catalog, table: Mapping[str, Any], key: str, name_key: str = "name") -> Step:
    if name_key not in table:
        raise ExperimentError(
            QT_TRANSLATE_NOOP("errors", "The experiment says nothing about {key}."),
            remedy=QT_TRANSLATE_NOOP("errors", "Allowed: {allowed}."),
            key=f"{key}.{name_key}",
            allowed=", ".join(catalog),
        )
    name = table[name_key]
    if not isinstance(name, str) or name not in catalog:
        raise bad_value(f"{key}.{name_key}", name, ", ".join(catalog.nearest_first(name)))
    values = {parameter: value for parameter, value in table.items() if parameter != name_key}
    if "bundled" in catalog[name].tags:
        _drop_root(values, key)
    if catalog is DATASETS and name == CONCAT:
        values["sources"] = _sources(values.get("sources"), f"{key}.sources")
    return _values(catalog[name], values, key)


def _sources(value: Any, key: str) -> list[Step]:
    if value is None:
        raise ExperimentError(
            QT_TRANSLATE_NOOP("errors", "The experiment says nothing about {key}."),
            remedy=QT_TRANSLATE_NOOP("errors", "Add [[{key}]] with a source, once for each."),
            key=key,
        )
    if not isinstance(value, list | tuple) or not value:
        raise bad_value(key, value, f"[[{key}]] tables")
    tables = [_as_table(each, f"{key}.{number}") for number, each in enumerate(value)]
    return [_named(DATASETS, table, f"{key}.{number}", NAME_KEY) for number, table in enumerate(tables)]


def _drop_root(values: dict[str, Any], key: str) -> None:
    """A bundled set lies with the program: a root is no mistake, and of no use."""
    root = values.pop("root", None)
    if root is not None and not isinstance(root, str):
        raise bad_value(f"{key}.root", root, Phrase(QT_TRANSLATE_NOOP("errors", "a folder")))


def _values(operation: Operation, table: Mapping[str, Any], key: str) -> Step:
    known = [parameter.name for parameter in operation.parameters]
    for name in table:
        if name not in known:
            raise unknown_key(f"{key}.{name}", known)
    try:
        return operation.step(**table)
    except ParameterError as error:
        name = str(error.fields["parameter"])
        shown = _Shown(error.fields["value"])
        raise bad_value(f"{key}.{name}", shown, error.allowed) from error


def _check_optimizer(step: Step) -> None:
    """Some settings exclude each other (nesterov without momentum): only PyTorch knows them all."""
    try:
        step.build([torch.zeros(1, requires_grad=True)])
    except ValueError as cause:
        raise ExperimentError(
            QT_TRANSLATE_NOOP("errors", "The settings of {key} do not go together."),
            remedy=QT_TRANSLATE_NOOP("errors", "Change one of them."),
            detail=str(cause),
            key=f"optimizer ({step.name})",
        ) from cause


def _read_transforms(value: Any) -> tuple[Pipeline, Pipeline]:
    table = _as_table(value, "transforms")
    for key in table:
        if key not in ("train", "test"):
            raise unknown_key(f"transforms.{key}", ("train", "test"))
    train = _read_pipeline(table.get("train", []), "transforms.train")
    if "test" in table:
        return train, _read_pipeline(table["test"], "transforms.test")
    return train, train.deterministic()


def _read_pipeline(value: Any, key: str) -> Pipeline:
    if not isinstance(value, list):
        raise bad_value(key, value, f"[[{key}]] tables")
    pipeline = Pipeline(tuple(_read_transform(each, f"{key}.{i}") for i, each in enumerate(value)))
    check_gives_tensor(pipeline, key)
    return pipeline


def _read_transform(value: Any, key: str) -> Step:
    table = dict(_as_table(value, key))
    enabled = table.pop("enabled", True)
    if not isinstance(enabled, bool):
        raise bad_value(f"{key}.enabled", enabled, "true or false")
    return replace(_named(TRANSFORMS, table, key), enabled=enabled)


def check_gives_tensor(pipeline: Pipeline, key: str = "transforms.train") -> None:
    """Raise ``ExperimentError`` unless the enabled steps turn the picture into one tensor of floats."""
    _check_order(pipeline, key)
    last = forms(pipeline.steps, Form())[-1]
    if last.kind != TENSOR:
        what = QT_TRANSLATE_NOOP("errors", "{key} does not end in a tensor, which the model needs.")
        remedy = QT_TRANSLATE_NOOP("errors", "Put ToTensor into it.")
    elif last.count != 1:
        what = QT_TRANSLATE_NOOP("errors", "{key} gives {count} pictures of an image; the model takes one.")
        remedy = QT_TRANSLATE_NOOP("errors", "Take {steps} out of it.")
    elif not last.is_float:
        what = QT_TRANSLATE_NOOP("errors", "{key} ends in whole numbers ({dtype}); the model needs floats.")
        remedy = QT_TRANSLATE_NOOP("errors", "Put ConvertImageDtype at its end.")
    else:
        return
    several = [step.name for step in flattened(pipeline.steps) if "several" in step.operation.tags]
    raise ExperimentError(
        what, remedy=remedy, key=key, count=last.count, dtype=last.dtype, steps=", ".join(several)
    )


def _check_order(pipeline: Pipeline, key: str) -> None:
    """Raise ``ExperimentError`` for a step that cannot take what it is given, whatever the picture."""
    index = first_refusal(pipeline.steps, Form())
    if index is not None:
        step = pipeline.steps[index]
        raise ExperimentError(
            QT_TRANSLATE_NOOP(
                "errors", "{key}: {step}, number {number}, cannot take what the steps before it give."
            ),
            remedy=QT_TRANSLATE_NOOP("errors", "The Transforms tab tells why, and offers a repair."),
            key=key,
            step=step.name,
            number=index + 1,
        )


def _read_seed(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MAX_SEED:
        raise bad_value("seed", value, f"a whole number from 0 to {_MAX_SEED}")
    return value


def _read_device(value: Any) -> str:
    if not is_device_text(value):
        raise bad_value("device", value, DEVICE_WORDS)
    return str(value)


def _as_table(value: Any, key: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise bad_value(key, value, f"a table [{key}]")
    return value


def _renamed(table: dict[str, Any], section: str, name: Any) -> dict[str, Any]:
    catalog, name_key = _CATALOGS[section]
    if not isinstance(name, str) or name not in catalog:
        return {name_key: name}
    old = catalog[table[name_key]]
    if name == CONCAT != old.name:
        return {name_key: CONCAT, "sources": [table]}
    defaults = {parameter.name: parameter.default for parameter in old.parameters}
    kept = {
        parameter.name: table[parameter.name]
        for parameter in catalog[name].parameters
        if parameter.name in table
        and old.parameter(parameter.name).check(table[parameter.name]) != defaults[parameter.name]
    }
    return {name_key: name, **kept}


def _child(place: Any, part: str, key: str) -> Any:
    if isinstance(place, list):
        return place[_index(place, part, key)]
    if isinstance(place, dict) and part in place:
        return place[part]
    raise unknown_key(key, place if isinstance(place, dict) else ())


def _index(place: list[Any], part: str, key: str) -> int:
    if not part.isdigit() or int(part) >= len(place):
        raise unknown_key(key, map(str, range(len(place))))
    return int(part)
