"""Experiments: reading, writing, changing, and what is said about mistakes."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.unit.training.builders import make_experiment, make_table
from tudui_gui.core.errors import ExperimentError
from tudui_gui.core.paths import resource
from tudui_gui.training.devices import available_devices, resolve_device
from tudui_gui.training.experiment import Experiment


def problem(table: dict[str, Any]) -> str:
    with pytest.raises(ExperimentError) as caught:
        Experiment.from_dict(table)
    return str(caught.value)


@pytest.mark.parametrize("name", ["digits", "cifar10"])
def test_shipped_experiments_round_trip(name: str) -> None:
    experiment = Experiment.load(resource("experiments", f"{name}.toml"))
    assert Experiment.from_toml(experiment.to_toml()) == experiment
    assert experiment.dataset.name == name
    assert experiment.model.name == "tudui"
    assert experiment.settings.epochs == 10
    assert experiment.settings.batch_size == 64


def test_the_shipped_cifar10_is_the_tutorials_script() -> None:
    experiment = Experiment.load(resource("experiments", "cifar10.toml"))
    assert experiment.seed == 0
    assert [step.name for step in experiment.train_transforms.steps] == ["ToTensor"]
    assert experiment.optimizer.values["lr"] == 0.01
    assert experiment.optimizer.values["momentum"] == 0.0
    assert experiment.settings.shuffle is False


def test_test_transforms_default_to_the_deterministic_part() -> None:
    train = [{"name": "RandomHorizontalFlip"}, {"name": "Resize", "size": [32, 32]}, {"name": "ToTensor"}]
    experiment = make_experiment(transforms={"train": train})
    assert [step.name for step in experiment.test_transforms.steps] == ["Resize", "ToTensor"]
    assert "test" not in experiment.to_dict()["transforms"]


def test_test_transforms_of_their_own_are_kept() -> None:
    transforms = {
        "train": [{"name": "ToTensor"}],
        "test": [{"name": "Grayscale", "num_output_channels": 3}, {"name": "ToTensor"}],
    }
    experiment = make_experiment(transforms=transforms)
    assert len(experiment.to_dict()["transforms"]["test"]) == 2
    assert Experiment.from_toml(experiment.to_toml()) == experiment


def test_a_step_switched_off_round_trips() -> None:
    train = [{"name": "RandomHorizontalFlip", "enabled": False}, {"name": "ToTensor"}]
    experiment = make_experiment(transforms={"train": train})
    assert not experiment.train_transforms.steps[0].enabled
    assert Experiment.from_toml(experiment.to_toml()) == experiment


def test_experiments_are_frozen() -> None:
    with pytest.raises(AttributeError):
        make_experiment().seed = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("sections", "words"),
    [
        ({"optimizer": {"name": "SGD", "lr": -1}}, ["optimizer.lr", "-1", "at least 0"]),
        ({"optimizer": {"name": "SGD", "lr": "fast"}}, ["optimizer.lr", "fast", "a number"]),
        ({"optimizer": {"name": "SDG"}}, ["optimizer.name", "SDG", "SGD"]),
        ({"optimizer": {"name": "SGD", "momentun": 0.9}}, ["optimizer.momentun", "optimizer.momentum"]),
        ({"optimizer": {"name": "SGD", "nesterov": True}}, ["optimizer", "momentum"]),
        ({"training": {"epochs": 0}}, ["training.epochs", "0", "from 1 to"]),
        ({"training": {"batch_size": 1.5}}, ["training.batch_size", "1.5", "whole number"]),
        ({"training": {"epoch": 3}}, ["training.epoch", "training.epochs"]),
        ({"training": {"shuffle": "yes"}}, ["training.shuffle", "yes", "true or false"]),
        ({"training": 3}, ["training", "3", "table"]),
        ({"seed": -1}, ["seed", "-1", "from 0"]),
        ({"seed": True}, ["seed"]),
        ({"device": "gpu"}, ["device", "gpu", "cuda"]),
        ({"model": {"name": "resnet19"}}, ["model.name", "resnet19", "resnet18"]),
        ({"model": {}}, ["model.name"]),
        ({"dataset": {"source": "cifar"}}, ["dataset.source", "cifar10"]),
        ({"dataset": {"source": "cifar10", "root": 3}}, ["dataset.root", "3", "folder"]),
        ({"dataset": {"source": "folder", "root": ""}}, ["dataset.root", "''", "folder"]),
        ({"dataset": {"source": "cifar10", "root": "a\0b"}}, ["dataset.root", "'a\\x00b'", "folder"]),
        ({"dataset": {"source": "csv", "file": "a\0b"}}, ["dataset.file", "'a\\x00b'"]),
        (
            {"dataset": {"source": "concat", "sources": [{"source": "folder", "root": ""}]}},
            ["dataset.sources.0.root", "''", "folder"],
        ),
        ({"loss": {"name": "CrossEntropy"}}, ["loss.name", "CrossEntropyLoss"]),
        ({"optimiser": {"name": "SGD"}}, ["optimiser", "optimizer"]),
        ({"transforms": {"train": []}}, ["transforms.train", "ToTensor"]),
        ({"transforms": {"train": [{"name": "Resize", "size": 32}]}}, ["transforms.train", "ToTensor"]),
        ({"transforms": {"train": "ToTensor"}}, ["transforms.train", "[[transforms.train]]"]),
        ({"transforms": {"valid": []}}, ["transforms.valid", "transforms.t"]),
        (
            {"transforms": {"train": [{"name": "Resize", "size": 0}, {"name": "ToTensor"}]}},
            ["transforms.train.0.size", "0", "from 1 to"],
        ),
        (
            {"transforms": {"train": [{"name": "ToTensor"}], "test": [{"name": "ToTensr"}]}},
            ["transforms.test.0.name", "ToTensr", "ToTensor"],
        ),
    ],
)
def test_mistakes_are_named_with_what_is_allowed(sections: dict[str, Any], words: list[str]) -> None:
    message = problem(make_table(**sections))
    for word in words:
        assert word in message


@pytest.mark.parametrize("section", ["dataset", "model"])
def test_missing_sections_are_named(section: str) -> None:
    table = make_table()
    del table[section]
    assert f"[{section}]" in problem(table)


def test_a_bundled_set_may_be_given_a_root() -> None:
    given = make_table(dataset={"source": "digits", "root": "/path/to/data"})
    assert Experiment.from_dict(given) == make_experiment(dataset={"source": "digits"})
    assert make_experiment().with_overrides(["dataset.root=somewhere"]) == make_experiment()
    assert "dataset.root" in problem(make_table(dataset={"source": "digits", "root": 3}))


@pytest.mark.parametrize(
    ("sections", "key"),
    [
        ({"dataset": {}}, "dataset.source"),
        ({"transforms": {"train": [{"size": 32}, {"name": "ToTensor"}]}}, "transforms.train.0.name"),
    ],
)
def test_a_missing_name_is_said_to_be_missing(sections: dict[str, Any], key: str) -> None:
    message = problem(make_table(**sections))
    assert f"says nothing about {key}" in message and "None" not in message


def test_a_name_like_another_does_not_hide_what_is_allowed() -> None:
    message = problem(make_table(loss={"name": "MSELoss"}))
    assert "CrossEntropyLoss" in message and "NLLLoss" in message
    assert "Allowed: resnet18, " in problem(make_table(model={"name": "resnet19"}))


@pytest.mark.parametrize("text", ["seed = = 3", "sead = 3", "seed = -3", ""])
def test_mistakes_in_a_file_name_the_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(ExperimentError) as caught:
        Experiment.load(path)
    assert str(caught.value).startswith(f"{path}: ")


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "notepad.toml"
    path.write_text(make_experiment().to_toml(), encoding="utf-8-sig")
    assert Experiment.load(path) == make_experiment()


def test_syntax_errors_name_the_line() -> None:
    with pytest.raises(ExperimentError) as caught:
        Experiment.from_toml("seed = 0\n[dataset]\nsource = = 3\n")
    assert caught.value.fields["line"] == "3"
    assert "line 3" in str(caught.value)


def test_text_that_ends_too_early_is_explained() -> None:
    with pytest.raises(ExperimentError):
        Experiment.from_toml('seed = """')


def test_unreadable_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b"seed = 0 # \xff\xfe")
    for path in (tmp_path / "missing.toml", tmp_path, tmp_path / "latin.toml"):
        with pytest.raises(ExperimentError) as caught:
            Experiment.load(path)
        assert str(path) in str(caught.value)


def test_with_value() -> None:
    experiment = make_experiment()
    assert experiment.with_value("optimizer.lr", 0.05).optimizer.values["lr"] == 0.05
    assert experiment.with_value("seed", 7).seed == 7
    assert experiment.optimizer.values["lr"] == 0.01
    resized = make_experiment(transforms={"train": [{"name": "Resize", "size": 32}, {"name": "ToTensor"}]})
    changed = resized.with_value("transforms.train.0.size", [28, 28])
    assert changed.train_transforms.steps[0].values["size"] == (28, 28)
    assert changed.test_transforms.steps[0].values["size"] == (28, 28)


@pytest.mark.parametrize(
    "key",
    [
        "optimizer.rate",
        "nothing.lr",
        "transforms.train.9.size",
        "transforms.train.x.size",
        "seed.x",
        "optimizer.lr.x.y",
    ],
)
def test_with_value_names_unknown_keys(key: str) -> None:
    with pytest.raises(ExperimentError, match="unknown key"):
        make_experiment().with_value(key, 1)


def test_changing_a_name_keeps_what_was_set_and_still_exists() -> None:
    adam = make_experiment().with_value("optimizer.lr", 0.05).with_value("optimizer.name", "Adam")
    assert adam.optimizer.name == "Adam"
    assert adam.optimizer.values["lr"] == 0.05
    untouched = make_experiment(optimizer={"name": "SGD"}).with_value("optimizer.name", "Adam")
    assert untouched.optimizer.values["lr"] == 0.001


def test_overrides_are_toml_or_plain_text() -> None:
    experiment = make_experiment().with_overrides(
        ["optimizer.lr=0.05", "training.shuffle=false", "model.name=lenet", 'device="cpu"', " seed = 5 "]
    )
    assert experiment.optimizer.values["lr"] == 0.05
    assert experiment.settings.shuffle is False
    assert (experiment.model.name, experiment.device, experiment.seed) == ("lenet", "cpu", 5)


@pytest.mark.parametrize("text", ["optimizer.lr", "=3", "training.epochs=ten"])
def test_bad_overrides_are_explained(text: str) -> None:
    with pytest.raises(ExperimentError):
        make_experiment().with_overrides([text])


def test_relative_roots_become_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    experiment = make_experiment(dataset={"source": "cifar10", "root": "here"}).with_absolute_root()
    assert experiment.dataset.values["root"] == str(tmp_path / "here")
    assert make_experiment().with_root(tmp_path) == make_experiment()


def test_toml_is_what_people_write() -> None:
    table = tomllib.loads(make_experiment().to_toml())
    assert table["dataset"] == {"source": "digits", "split": "own", "test_share": 0.2, "split_seed": 0}
    assert table["optimizer"]["name"] == "SGD"
    assert table["training"]["epochs"] == 2
    assert "name" not in table["training"]


def test_devices() -> None:
    assert resolve_device("cpu").type == "cpu"
    assert resolve_device("auto").type in ("cpu", "cuda", "mps")
    assert {"auto", "cpu"} <= set(available_devices())
    with pytest.raises(ExperimentError, match="cpu"):
        resolve_device("cuda:99")
