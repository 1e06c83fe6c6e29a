"""Names of classes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tudui_gui.core.errors import CheckpointError
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.prediction.class_names import CLASS_NAMES, resolve_classes


def test_known_names() -> None:
    assert resolve_classes("cifar10")[:3] == ("airplane", "automobile", "bird")
    assert all(len(set(names)) == len(names) for names in CLASS_NAMES.values())


@pytest.mark.parametrize("name", ["digits", "shapes"])
def test_bundled_sets_have_these_names(name: str) -> None:
    assert open_dataset(DATASETS.step(name)).classes == CLASS_NAMES[name]


@pytest.mark.shared_data
def test_cifar10_has_these_names(shared_data: Path) -> None:
    assert open_dataset(DATASETS.step("cifar10"), data_root=shared_data).classes == CLASS_NAMES["cifar10"]


def test_names_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("\ufeffcat\r\n 狗 \n\n", encoding="utf-8")
    assert resolve_classes(str(path)) == ("cat", "狗")


def test_what_is_neither_is_explained(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\xfa")
    for text in ("cifar11", str(tmp_path), str(tmp_path / "empty"), str(tmp_path / "binary")):
        with pytest.raises(CheckpointError):
            resolve_classes(text)
