"""BGR to RGB as a step: OpenCV's own conversion, readable as code, and refused by anything but an array."""

from __future__ import annotations

import pickle
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from PIL import Image
from torchvision import transforms

from tudui_gui.images.opencv_reading import read_bgr
from tudui_gui.images.reading import read_image
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

PIXELS = np.random.default_rng(4).integers(0, 256, (8, 10, 3), dtype=np.uint8)
step = TRANSFORMS.step


@pytest.mark.parametrize("way", ["cvtColor", "slice"])
def test_it_is_what_its_code_does(way: str) -> None:
    swap = step("BGRToRGB", lambd=way)
    written = eval(swap.source(), {"transforms": transforms, "cv2": cv2})
    assert isinstance(written, transforms.Lambda) and isinstance(swap.build(), transforms.Lambda)
    expected = cv2.cvtColor(PIXELS, cv2.COLOR_BGR2RGB)
    for made in (swap.build()(PIXELS), written(PIXELS), pickle.loads(pickle.dumps(swap.build()))(PIXELS)):
        assert np.array_equal(made, expected) and made.dtype == np.uint8


def test_the_code_is_as_people_write_it() -> None:
    assert (
        step("BGRToRGB").source() == "transforms.Lambda(lambda image: cv2.cvtColor(image, cv2.COLOR_BGR2RGB))"
    )
    assert (
        step("BGRToRGB", lambd="slice").source() == "transforms.Lambda(lambda image: image[..., ::-1].copy())"
    )
    table = step("BGRToRGB").to_dict()
    assert table == {"name": "BGRToRGB", "lambd": "cvtColor"} and TRANSFORMS.step_from(table) == step(
        "BGRToRGB"
    )


def test_a_file_read_by_opencv_becomes_the_tensor_of_the_other_reader(tmp_path: Path) -> None:
    Image.fromarray(PIXELS).save(tmp_path / "photo.png")
    _, array = read_bgr(tmp_path / "photo.png")
    plain = Pipeline((step("ToTensor"),)).stages(read_image(tmp_path / "photo.png").image, 0)[-1].value
    swapped = Pipeline((step("BGRToRGB"), step("ToTensor"))).stages(array, 0)
    assert all(stage.problem is None for stage in swapped)
    assert isinstance(plain, torch.Tensor) and isinstance(swapped[-1].value, torch.Tensor)
    assert torch.equal(plain, swapped[-1].value)
    wrong = Pipeline((step("ToTensor"),)).stages(array, 0)[-1].value
    assert isinstance(wrong, torch.Tensor) and torch.equal(wrong, plain.flip(0))


@pytest.mark.parametrize("way", ["cvtColor", "slice"])
def test_a_pil_image_or_a_tensor_is_refused(way: str) -> None:
    pipeline = Pipeline((step("BGRToRGB", lambd=way),))
    for value in (Image.fromarray(PIXELS), torch.rand(3, 8, 8)):
        problem = pipeline.stages(value, 0)[-1].problem
        assert problem is not None and "numpy array" in str(problem.error)
