"""What is written for TensorBoard, read back from the event files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from tests.unit.training.event_files import pictures_below
from tudui_gui.core.errors import ImageError, StorageError
from tudui_gui.core.paths import home
from tudui_gui.images.conversion import to_uint8
from tudui_gui.training.board import BoardPicture, new_run, transforms_folder, write_pictures
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

step = TRANSFORMS.step


@pytest.fixture
def picture() -> Image.Image:
    pixels = np.random.default_rng(1).integers(0, 256, (20, 31, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


def test_every_stage_with_its_order_of_axes(picture: Image.Image, tmp_path: Path) -> None:
    pipeline = Pipeline(
        (step("Grayscale"), step("Pad"), step("ToTensor"), step("Normalize", mean=[0.4], std=[0.2]))
    )
    stages = pipeline.stages(picture, 0)
    shown = [BoardPicture(f"a/{number}", stage.value, 3) for number, stage in enumerate(stages)]
    assert [each.dataformats for each in shown] == ["HWC", "HW", "HW", "CHW", "CHW"]
    write_pictures(shown, tmp_path / "run")
    found = pictures_below(tmp_path / "run")
    assert set(found) == {(f"a/{number}", 3) for number in range(5)}
    for number, stage in enumerate(stages):
        assert np.array_equal(found[f"a/{number}", 3], to_uint8(stage.value))


def test_arrays_and_several_pictures(picture: Image.Image, tmp_path: Path) -> None:
    bgr = np.asarray(picture)[..., ::-1]
    crops = step("FiveCrop", size=8).build()(picture)
    tensors = tuple(map(step("ToTensor").build(), crops))
    shown = [BoardPicture("bgr", bgr), BoardPicture("crops", crops), BoardPicture("tensors", tensors, 1)]
    assert [each.dataformats for each in shown] == ["HWC", "NHWC", "NCHW"]
    write_pictures(shown, tmp_path)
    found = pictures_below(tmp_path)
    assert np.array_equal(found["bgr", 0], bgr)
    grid = found["crops", 0]
    assert np.array_equal(grid, found["tensors", 1])
    assert any(np.array_equal(grid[:8, x : x + 8], np.asarray(crops[1])) for x in range(grid.shape[1] - 7))


def test_what_is_no_picture_and_what_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match=r"\(2, 5, 5\)"):
        write_pictures([BoardPicture("two", torch.zeros(2, 5, 5))], tmp_path / "run")
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        write_pictures([], tmp_path / "file")


def test_every_run_has_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = transforms_folder()
    assert folder == home() / "tensorboard" / "transforms"
    first = new_run(folder, "stages")
    first.mkdir(parents=True)
    monkeypatch.setattr("tudui_gui.training.board.time.strftime", lambda text: first.name[-15:])
    second = new_run(folder, "stages")
    assert second.name == f"{first.name}_1" and second.parent == first.parent == folder
