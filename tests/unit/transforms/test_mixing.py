"""MixUp and CutMix, compared with torchvision called directly."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor
from torchvision import transforms
from torchvision.transforms import v2

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import TransformError
from tudui_gui.transforms.batch_catalog import BATCH_TRANSFORMS
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.mixing import Batch, make_batch, mix
from tudui_gui.transforms.pipeline import Pipeline

step = TRANSFORMS.step
CLASSES = ("ants", "bees", "wasps")
CROPPED = Pipeline((step("RandomCrop", size=16), step("ToTensor"), step("Normalize")))


def pictures(count: int = 5) -> list[Image.Image]:
    numbers = np.random.default_rng(3)
    return [Image.fromarray(numbers.integers(0, 256, (20 + n, 30, 3), dtype=np.uint8)) for n in range(count)]


def small_batch(seed: int = 4) -> Batch:
    return make_batch(pictures(), [0, 1, 1, 2, 0], CLASSES, CROPPED, seed)


def test_a_picture_of_the_batch_is_what_its_seed_gives() -> None:
    batch = small_batch(40)
    transform = transforms.Compose(
        [transforms.RandomCrop(16), transforms.ToTensor(), transforms.Normalize([0.5] * 3, [0.5] * 3)]
    )
    for number, picture in enumerate(pictures()):
        torch.manual_seed(40 + number)
        assert torch.equal(batch.images[number], transform(picture))
    assert batch.labels.tolist() == [0, 1, 1, 2, 0] and batch.labels.dtype == torch.int64


@pytest.mark.parametrize("alpha", [0.2, 1.0, 4.0])
@pytest.mark.parametrize("name", ["MixUp", "CutMix"])
@pytest.mark.parametrize("seed", range(4))
def test_mixes_as_torchvision_does(name: str, alpha: float, seed: int) -> None:
    batch = small_batch()
    mixed = mix(BATCH_TRANSFORMS.step(name, alpha=alpha), batch, seed)
    torch.manual_seed(seed)
    images, shares = getattr(v2, name)(alpha=alpha, num_classes=3)(batch.images, batch.labels)
    assert torch.equal(mixed.images, images)
    assert torch.equal(mixed.shares, shares)


def test_lambda_and_partner_explain_a_mixup() -> None:
    batch = small_batch()
    mixed = mix(BATCH_TRANSFORMS.step("MixUp"), batch, 7)
    for number in range(len(batch)):
        other = batch.images[mixed.partner(number)]
        expected = batch.images[number] * mixed.lam + other * (1 - mixed.lam)
        torch.testing.assert_close(mixed.images[number], expected)
    assert mixed.partner(0) == 4 and mixed.box is None
    # Pictures 1 and 2 are both bees; 3 (wasps) is mixed with 2.
    assert mixed.shares_of(2) == (("bees", pytest.approx(1.0)),)
    assert dict(mixed.shares_of(3)) == {
        "wasps": pytest.approx(mixed.lam, abs=1e-6),
        "bees": pytest.approx(1 - mixed.lam, abs=1e-6),
    }
    assert mixed.shares_of(3)[0][1] >= mixed.shares_of(3)[1][1]


def test_the_box_of_cutmix_holds_the_partner() -> None:
    batch = small_batch()
    boxes = {mix(BATCH_TRANSFORMS.step("CutMix"), batch, seed).box for seed in range(6)}
    assert len(boxes) > 1
    mixed = mix(BATCH_TRANSFORMS.step("CutMix"), batch, 5)
    assert mixed.box is not None
    x1, y1, x2, y2 = mixed.box
    inside = torch.zeros(16, 16, dtype=torch.bool)
    inside[y1:y2, x1:x2] = True
    expected = torch.where(inside, batch.images.roll(1, 0), batch.images)
    assert torch.equal(mixed.images, expected)
    assert mixed.lam == pytest.approx(1 - (x2 - x1) * (y2 - y1) / 256)


def test_looking_leaves_torchs_generator_as_it_was() -> None:
    batch = small_batch()
    before = torch.get_rng_state()
    mix(BATCH_TRANSFORMS.step("CutMix"), batch, 5)
    assert torch.equal(torch.get_rng_state(), before)


def message(pipeline: Pipeline, images: list[Image.Image]) -> str:
    with pytest.raises(TransformError) as raised:
        make_batch(images, [0] * len(images), CLASSES, pipeline, 0)
    return str(raised.value)


def test_pictures_of_different_sizes_are_named() -> None:
    text = message(Pipeline((step("Resize", size=16), step("ToTensor"))), pictures(3))
    assert "picture 1 3 x 16 x 24, picture 2 3 x 16 x 22" in text
    assert "Resize with two numbers" in text


def test_a_picture_is_no_tensor() -> None:
    assert "Image, but mixing needs a float tensor. Add ToTensor" in message(Pipeline(), pictures(2))


def test_a_failing_step_says_why() -> None:
    assert "Normalize" in message(Pipeline((step("Normalize"),)), pictures(2))


def test_one_picture_is_not_enough() -> None:
    assert "at least two" in message(CROPPED, pictures(1))


def test_a_batch_that_takes_too_much_memory_is_refused() -> None:
    huge = Pipeline((step("Resize", size=(4000, 4000), interpolation="nearest"), step("ToTensor")))
    assert "A batch of 5 tensors 3 x 4000 x 4000 takes 915 MiB. Add Resize" in message(huge, pictures(5))


def test_progress_is_told_and_cancelling_ends_it() -> None:
    told: list[tuple[int, int]] = []
    make_batch(pictures(3), [0, 1, 2], CLASSES, CROPPED, 0, report=lambda *numbers: told.append(numbers))
    assert told == [(1, 3), (2, 3), (3, 3)]
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        make_batch(pictures(3), [0, 1, 2], CLASSES, CROPPED, 0, cancel=token)


def test_a_batch_that_torchvision_refuses_says_so() -> None:
    batch = Batch(torch.zeros(3, 3, 4, 4), torch.tensor([0, 1, 7]), CLASSES)
    with pytest.raises(TransformError, match="MixUp cannot mix this batch"):
        mix(BATCH_TRANSFORMS.step("MixUp"), batch, 0)


def test_mixing_leaves_the_batch_as_it_was() -> None:
    batch = small_batch()
    before: Tensor = batch.images.clone()
    mix(BATCH_TRANSFORMS.step("MixUp"), batch, 1)
    assert torch.equal(batch.images, before)
