"""Pixels and facts, compared with what torch, numpy, Pillow and TensorBoard say."""

from __future__ import annotations

import time

import numpy as np
import pytest
import torch
from PIL import Image
from torch.utils.tensorboard._convert_np import make_np
from torch.utils.tensorboard.summary import _calc_scale_factor
from torchvision.transforms import functional

from tudui_gui.core.errors import ImageError
from tudui_gui.images.conversion import BINS, Facts, facts, to_uint8

PIXELS = np.random.default_rng(1).integers(0, 256, (12, 17, 3), dtype=np.uint8)
IMAGE = Image.fromarray(PIXELS)


def as_add_image_shows(tensor: torch.Tensor) -> np.ndarray:
    """The arithmetic of torch.utils.tensorboard.summary.image and make_image."""
    array = make_np(tensor)
    scaled = array.astype(np.float32) * _calc_scale_factor(array)
    return np.moveaxis(scaled.clip(0, 255).astype(np.uint8), 0, 2)


def test_pictures_and_arrays_keep_their_pixels() -> None:
    assert np.array_equal(to_uint8(IMAGE), PIXELS)
    assert np.array_equal(to_uint8(PIXELS), PIXELS)
    assert np.array_equal(to_uint8(torch.from_numpy(PIXELS).permute(2, 0, 1)), PIXELS)


def test_to_tensor_and_back_is_exact_for_every_value() -> None:
    ramp = np.repeat(np.arange(256, dtype=np.uint8).reshape(16, 16, 1), 3, axis=2)
    assert np.array_equal(to_uint8(functional.to_tensor(ramp)), ramp)


def test_values_outside_are_cut_off_as_add_image_does() -> None:
    tensor = torch.randn(3, 30, 20)
    assert np.array_equal(to_uint8(tensor), as_add_image_shows(tensor))
    assert np.array_equal(to_uint8(tensor.double()), as_add_image_shows(tensor.double()))


def test_one_channel_is_repeated() -> None:
    tensor = torch.rand(1, 4, 5)
    expected = np.repeat(as_add_image_shows(tensor), 3, axis=2)
    assert np.array_equal(to_uint8(tensor), expected)
    assert np.array_equal(to_uint8(tensor[0]), expected)
    assert np.array_equal(to_uint8(PIXELS[..., 0]), np.repeat(PIXELS[..., :1], 3, axis=2))
    assert np.array_equal(to_uint8(IMAGE.convert("L")), np.asarray(IMAGE.convert("L").convert("RGB")))


def test_pixels_are_contiguous_and_writable() -> None:
    for value in (IMAGE, np.asarray(IMAGE), torch.rand(3, 4, 5), torch.rand(1, 4, 5)):
        pixels = to_uint8(value)
        assert pixels.dtype == np.uint8
        assert pixels.flags.c_contiguous and pixels.flags.writeable


def test_what_is_no_number_is_black_and_infinity_white() -> None:
    tensor = torch.tensor([[[float("nan"), float("inf"), -float("inf")]]])
    assert to_uint8(tensor)[0, :, 0].tolist() == [0, 255, 0]


@pytest.mark.parametrize("shape", [(2, 4, 4), (64, 4, 4), (1, 3, 4, 4), (7,)])
def test_other_shapes_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ImageError) as caught:
        to_uint8(torch.zeros(shape))
    assert str(shape) in str(caught.value)


def test_facts_of_a_picture() -> None:
    known = facts(IMAGE)
    assert (known.kind, known.mode, known.mode_or_dtype, known.dtype) == ("PIL.Image", "RGB", "RGB", "uint8")
    assert known.shape == (12, 17)
    assert (known.minimum, known.maximum) == (PIXELS.min(), PIXELS.max())
    assert np.allclose(known.mean, PIXELS.mean(axis=(0, 1)), rtol=1e-12)
    assert np.allclose(known.std, PIXELS.std(axis=(0, 1)), rtol=1e-12)


def test_facts_of_an_array() -> None:
    known = facts(PIXELS)
    assert (known.kind, known.mode_or_dtype, known.shape) == ("ndarray", "uint8", (12, 17, 3))
    assert known.channels == 3


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.uint8, torch.int64, torch.bool])
def test_facts_of_a_tensor_are_torchs(dtype: torch.dtype) -> None:
    tensor = (torch.randn(3, 31, 21) * 40 + 100).clamp(0, 255).to(dtype)
    known = facts(tensor)
    number = tensor.double()
    assert (known.kind, known.mode, known.dtype, known.shape) == ("Tensor", "", str(dtype), (3, 31, 21))
    assert (known.minimum, known.maximum) == (number.min().item(), number.max().item())
    assert np.allclose(known.mean, number.mean(dim=(1, 2)), rtol=1e-5)
    assert np.allclose(known.std, number.std(dim=(1, 2), unbiased=False), rtol=1e-5)


def histograms(values: np.ndarray, known: Facts) -> np.ndarray:
    return np.stack([np.histogram(channel, known.edges)[0] for channel in values])


@pytest.mark.parametrize("kind", ["uint8", "unit", "wide"])
def test_histograms_are_numpys(kind: str) -> None:
    tensor = {
        "uint8": torch.randint(0, 256, (3, 40, 40), dtype=torch.uint8),
        "unit": torch.rand(3, 40, 40, dtype=torch.float64),
        "wide": torch.randn(3, 40, 40, dtype=torch.float64),
    }[kind]
    known = facts(tensor)
    ends = {"uint8": (0, 256), "unit": (0, 1), "wide": (tensor.min().item(), tensor.max().item())}[kind]
    assert (known.edges[0], known.edges[-1], len(known.edges)) == (*ends, BINS + 1)
    assert known.histogram.dtype == np.int64
    assert np.array_equal(known.histogram, histograms(tensor.numpy(), known))


def test_histograms_are_torchs() -> None:
    tensor = torch.randn(1, 100, 100)
    expected = torch.histc(tensor, BINS, tensor.min().item(), tensor.max().item())
    assert facts(tensor).histogram[0].tolist() == expected.int().tolist()


def test_facts_of_odd_tensors() -> None:
    assert facts(torch.full((1, 2, 2), 7.0)).histogram.sum() == 4
    assert facts(torch.zeros(5)).shape == (5,)
    assert facts(torch.zeros(2, 4, 3, 3)).channels == 4
    empty = facts(torch.zeros(3, 0, 4))
    assert np.isnan(empty.minimum) and empty.histogram.sum() == 0


def test_large_pictures_are_counted_to_the_last_pixel() -> None:
    """In pieces: memory stays in the processor's cache, and other threads, the window's too, go on."""
    pixels = np.random.default_rng(0).integers(0, 256, (1200, 1000), dtype=np.uint8)
    expected = np.histogram(pixels, 64, (0, 256))[0]
    values = (Image.fromarray(pixels), pixels, torch.from_numpy(pixels / np.float32(255)))
    for value in values:
        known = facts(value)
        scale = 255 if isinstance(value, torch.Tensor) else 1
        np.testing.assert_array_equal(known.histogram[0], expected)
        assert known.mean[0] * scale == pytest.approx(pixels.mean(), rel=1e-6)
        assert known.std[0] * scale == pytest.approx(pixels.std(), rel=1e-6)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr", "HSV", "LAB"])
def test_every_mode_of_bytes_is_counted_as_its_array_is(mode: str) -> None:
    rows = np.random.default_rng(1).integers(0, 256, (7, 9, 4), dtype=np.uint8)
    channels = len(Image.new(mode, (1, 1)).getbands())
    pixels = rows[:, :, 0] if channels == 1 else rows[:, :, :channels]
    image = Image.frombytes(
        mode, (9, 7), np.ascontiguousarray(pixels).tobytes()[: 14 if mode == "1" else None]
    )
    array = np.asarray(image.convert("L") if mode == "1" else image).reshape(63, -1)
    known = facts(image)
    assert (known.mode, known.shape, known.dtype) == (mode, (7, 9), "uint8")
    assert known.mean == pytest.approx(array.mean(axis=0).tolist())
    assert known.std == pytest.approx(array.std(axis=0).tolist())
    assert (known.minimum, known.maximum) == (array.min(), array.max())
    for counts, column in zip(known.histogram, array.T, strict=True):
        np.testing.assert_array_equal(counts, np.histogram(column, 64, (0, 256))[0])


def test_facts_tell_of_values_that_are_no_numbers() -> None:
    known = facts(torch.tensor([[[float("nan"), 1.0, 2.0, float("inf")]]]))
    assert np.isnan(known.minimum) and np.isnan(known.mean[0])
    assert known.histogram.sum() == 2
    assert (known.edges[0], known.edges[-1]) == (1.0, 2.0)
    assert facts(torch.full((1, 1, 2), float("nan"))).histogram.sum() == 0


def test_facts_of_gray_and_black_and_white_pictures() -> None:
    assert facts(IMAGE.convert("L")).channels == 1
    known = facts(Image.new("1", (4, 4), 1))
    assert (known.mode, known.maximum) == ("1", 255)


@pytest.mark.parametrize("kind", ["picture", "array", "tensor"])
def test_facts_are_fast(kind: str) -> None:
    array = np.random.default_rng(2).integers(0, 256, (512, 768, 3), dtype=np.uint8)
    values = {"picture": Image.fromarray(array), "array": array, "tensor": functional.to_tensor(array) - 0.5}
    best = min(_seconds(values[kind]) for _ in range(10))
    assert best < 0.010


def _seconds(value: object) -> float:
    begin = time.thread_time()  # what other processes take meanwhile does not count
    facts(value)
    return time.thread_time() - begin


@pytest.mark.parametrize("dtype", [np.float64, np.float16, np.int64, np.uint16, np.bool_])
def test_numbers_of_every_type_are_scaled_as_add_image_scales_them(dtype: type[np.generic]) -> None:
    values = (np.random.default_rng(2).random((3, 200, 300)) * 3 - 1).astype(dtype)
    expected = (values.astype(np.float32) * 255).clip(0, 255).astype(np.uint8)
    np.testing.assert_array_equal(to_uint8(values.transpose(1, 2, 0)), expected.transpose(1, 2, 0))
