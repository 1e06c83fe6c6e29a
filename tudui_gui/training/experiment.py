"""The frozen, validated description of a run, read from and written to TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import tomli_w

from tudui_gui.core.errors import ExperimentError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase
from tudui_gui.datasets.concatenation import with_absolute_roots, with_root
from tudui_gui.training import experiment_reading as reading
from tudui_gui.training.corrections import found_beside
from tudui_gui.training.settings import Settings
from tudui_gui.transforms.pipeline import Pipeline


@dataclass(frozen=True)
class Experiment:
    """One run, described. Build it with :meth:`from_toml`, :meth:`load` or :meth:`from_dict`, which validate.

    Attributes
    ----------
    seed : int
        Of weights, order and random transforms; 0 to 2**63 - 1.
    device : str
        ``auto``, ``cpu``, ``cuda``, ``cuda:1`` ..., ``mps``; whether it is there shows when the run starts.
    dataset : Step
        Of ``datasets.catalog.DATASETS``.
    train_transforms, test_transforms : Pipeline
        Both end in a tensor.
    model, loss, optimizer : Step
        Of ``MODELS``, ``LOSSES`` and ``OPTIMIZERS``.
    training : Step
        Of ``TRAINING``; :attr:`settings` has it typed.
    """

    seed: int
    device: str
    dataset: Step
    train_transforms: Pipeline
    test_transforms: Pipeline
    model: Step
    loss: Step
    optimizer: Step
    training: Step

    @property
    def settings(self) -> Settings:
        """The ``[training]`` values, typed."""
        return self.training.build()  # type: ignore[no-any-return]

    @classmethod
    def from_dict(cls, table: Mapping[str, Any]) -> Experiment:
        """Validate what :meth:`to_dict` gives, or TOML parsed.

        Raises
        ------
        ExperimentError
            Naming the key, the value and what is allowed.
        """
        return cls(**reading.read_parts(table))

    @classmethod
    def from_toml(cls, text: str) -> Experiment:
        """Validate TOML text. Raises ``ExperimentError``; for a syntax error with the line."""
        try:
            return cls.from_dict(tomllib.loads(text))
        except tomllib.TOMLDecodeError as cause:
            raise _syntax_error(cause) from cause

    @classmethod
    def load(cls, path: Path | str) -> Experiment:
        """Read a TOML file; a file of corrections it names is looked for beside it first.

        Raises
        ------
        ExperimentError
            Naming the file.
        """
        text = _read_text(Path(path))
        try:
            return cls.from_toml(text).with_files_in(Path(path).parent)
        except ExperimentError as error:
            raise _in_file(Path(path), error) from error

    def to_dict(self) -> dict[str, Any]:
        """TOML tables; ``transforms.test`` is left out when it is the deterministic part of train."""
        transforms = {"train": self.train_transforms.to_dicts()}
        if self.test_transforms != self.train_transforms.deterministic():
            transforms["test"] = self.test_transforms.to_dicts()
        training = self.training.to_dict()
        del training["name"]
        return {
            "seed": self.seed,
            "device": self.device,
            "dataset": self.dataset.to_dict("source"),
            "transforms": transforms,
            "model": self.model.to_dict(),
            "loss": self.loss.to_dict(),
            "optimizer": self.optimizer.to_dict(),
            "training": training,
        }

    def to_toml(self) -> str:
        """TOML text that :meth:`from_toml` reads back to an equal experiment."""
        return tomli_w.dumps(self.to_dict())

    def with_value(self, key: str, value: Any) -> Experiment:
        """This experiment with one value changed.

        ``key`` is a path such as ``"optimizer.lr"`` or ``"transforms.train.0.size"``. Changing a name
        (``"optimizer.name"``, ``"dataset.source"``) keeps the values that were set and that the new one has
        too.

        Raises
        ------
        ExperimentError
            As :meth:`from_dict`.
        """
        return self.from_dict(reading.set_value(self.to_dict(), key, value))

    def with_overrides(self, overrides: Iterable[str]) -> Experiment:
        """This experiment with ``"key=value"`` texts applied in order; a value is TOML, or text as it stands.

        Raises
        ------
        ExperimentError
            As :meth:`with_value`, and for a text without ``=``.
        """
        experiment = self
        for override in overrides:
            key, equals, text = override.partition("=")
            if not equals or not key.strip():
                raise ExperimentError(
                    QT_TRANSLATE_NOOP("errors", "{value} does not set anything."),
                    remedy=QT_TRANSLATE_NOOP("errors", "Write KEY=VALUE, for example optimizer.lr=0.05."),
                    value=repr(override),
                )
            experiment = experiment.with_value(key.strip(), _parse_value(text.strip()))
        return experiment

    def with_root(self, root: Path | str) -> Experiment:
        """This experiment with the data set's root replaced, where its source has one.

        Of several sources, ``root`` takes the place of the folder they all lie in: see
        :func:`tudui_gui.datasets.concatenation.with_root`.

        Raises
        ------
        DatasetError
            When several sources lie on different drives.
        """
        return replace(self, dataset=with_root(self.dataset, root))

    def with_files_in(self, *folders: Path) -> Experiment:
        """This experiment with its files of corrections taken from ``folders``, those that are there."""
        return replace(self, dataset=found_beside(self.dataset, *folders))

    def with_absolute_root(self) -> Experiment:
        """This experiment with relative roots resolved against the current folder."""
        return replace(self, dataset=with_absolute_roots(self.dataset))


def _parse_value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark
    except OSError as cause:
        raise _unreadable(path, cause.strerror or str(cause)) from cause
    except UnicodeDecodeError as cause:
        raise _unreadable(path, str(cause)) from cause


def _unreadable(path: Path, detail: str) -> ExperimentError:
    return ExperimentError(
        QT_TRANSLATE_NOOP("errors", "The experiment {path} cannot be read."),
        remedy=QT_TRANSLATE_NOOP("errors", "Choose a TOML file, written as UTF-8."),
        detail=detail,
        path=str(path),
    )


def _in_file(path: Path, error: ExperimentError) -> ExperimentError:
    return ExperimentError(
        "{path}: {problem}",
        remedy=error.remedy,
        detail=error.detail,
        **{**error.fields, "path": str(path), "problem": Phrase(error.what, error.fields)},
    )


def _syntax_error(cause: tomllib.TOMLDecodeError) -> ExperimentError:
    found = re.search(r"at line (\d+), column (\d+)", str(cause))
    if found is None:
        what = QT_TRANSLATE_NOOP("errors", "The experiment is not TOML: it ends too early.")
    else:
        what = QT_TRANSLATE_NOOP("errors", "The experiment is not TOML: line {line}, column {column}.")
    return ExperimentError(
        what,
        remedy=QT_TRANSLATE_NOOP("errors", "Correct that line."),
        detail=str(cause),
        line=found[1] if found else "",
        column=found[2] if found else "",
    )
