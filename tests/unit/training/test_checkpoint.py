"""Checkpoint files: what they hold, and what is said about bad ones."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest
import torch

from tests.unit.training.builders import CLASSES, make_dataset, make_experiment
from tudui_gui.core.errors import CheckpointError, StorageError
from tudui_gui.models.files import load_weights
from tudui_gui.models.zoo import build_model
from tudui_gui.training import checkpoint as module
from tudui_gui.training.checkpoint import FORMAT, VERSION, Checkpoint, checkpoint_path, duplicate
from tudui_gui.training.loop import fit

EXPERIMENT = make_experiment(training={"epochs": 1, "batch_size": 16})


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    run_dir = tmp_path_factory.mktemp("run")
    list(fit(EXPERIMENT, run_dir, dataset=make_dataset()))
    return checkpoint_path(run_dir)


def test_what_is_inside(path: Path) -> None:
    content = torch.load(path, weights_only=True)
    assert (content["format"], content["version"]) == (FORMAT, VERSION)
    assert content["classes"] == list(CLASSES)
    assert (content["image_size"], content["input_shape"]) == ([32, 32], [3, 32, 32])
    model = build_model(EXPERIMENT.model, 3)
    model.load_state_dict(content["model"])
    assert load_weights(path).keys() == model.state_dict().keys()


def test_round_trip(path: Path, tmp_path: Path) -> None:
    checkpoint = Checkpoint.load(path)
    assert checkpoint.experiment == EXPERIMENT
    checkpoint.save(tmp_path / "copy.pt")
    again = Checkpoint.load(tmp_path / "copy.pt")
    assert again.progress == checkpoint.progress
    torch.testing.assert_close(again.model, checkpoint.model, rtol=0, atol=0)


def changed(path: Path, target: Path, **values: object) -> Path:
    content = {**torch.load(path, weights_only=True), **values}
    torch.save({key: value for key, value in content.items() if value is not None}, target)
    return target


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"version": VERSION + 1}, "version"),
        ({"version": "new"}, "version"),
        ({"format": "other"}, "not a checkpoint"),
        ({"progress": None}, "incomplete"),
        ({"progress": {"epoch": 1}}, "incomplete"),
        ({"experiment": "seed = = 1"}, "incomplete"),
        ({"experiment": 3}, "incomplete"),
        ({"image_size": []}, "incomplete"),
    ],
)
def test_bad_content_is_explained(path: Path, tmp_path: Path, values: dict[str, object], word: str) -> None:
    bad = changed(path, tmp_path / "bad.pt", **values)
    with pytest.raises(CheckpointError, match=word) as caught:
        Checkpoint.load(bad)
    assert str(bad) in str(caught.value)


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.9, 0.999])
def test_a_truncated_file_is_explained(path: Path, tmp_path: Path, share: float) -> None:
    content = path.read_bytes()
    cut = tmp_path / "cut.pt"
    cut.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(CheckpointError):
        Checkpoint.load(cut)


def test_failing_to_write_leaves_the_old_file(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoint = Checkpoint.load(path)
    target = tmp_path / "last.pt"
    checkpoint.save(target)
    before = target.read_bytes()

    def half(content: object, stream: object) -> None:
        stream.write(b"half")  # type: ignore[attr-defined]
        raise RuntimeError("PytorchStreamWriter failed writing file")

    monkeypatch.setattr(module.torch, "save", half)
    with pytest.raises(StorageError):
        checkpoint.save(target)
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of file sizes on Windows")
def test_what_the_system_says_of_a_full_disk_is_kept(path: Path, tmp_path: Path) -> None:
    import resource

    checkpoint = Checkpoint.load(path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(StorageError) as caught:
            checkpoint.save(tmp_path / "last.pt")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert caught.value.detail == os.strerror(errno.EFBIG)
    assert list(tmp_path.iterdir()) == []


def test_duplicate_survives_a_new_source(tmp_path: Path) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"one")
    target.write_bytes(b"old")
    duplicate(source, target)
    (tmp_path / "new").write_bytes(b"two")
    (tmp_path / "new").replace(source)
    assert target.read_bytes() == b"one"


def test_duplicate_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*args: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(module.os, "link", no_links)
    (tmp_path / "a").write_bytes(b"one")
    duplicate(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"one"
