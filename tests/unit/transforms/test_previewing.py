"""Previews in display resolution: of the same place and the same size as the exact result."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

from tudui_gui.core.operations import Step
from tudui_gui.images.conversion import to_uint8
from tudui_gui.transforms import previewing
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.nested import is_random
from tudui_gui.transforms.pipeline import Pipeline, Stage
from tudui_gui.transforms.running import StageRunner
from tudui_gui.transforms.scaling import draws_the_same

SIDE = 160
step = TRANSFORMS.step


def landscape() -> Image.Image:
    """640x480 pixels, smooth, with a bright corner, so that it matters what is shown."""
    noise = np.random.default_rng(2).integers(0, 200, (9, 12, 3), dtype=np.uint8)
    noise[:3, :4] = (250, 240, 120)
    return Image.fromarray(noise).resize((640, 480), Image.Resampling.BICUBIC)


IMAGE = landscape()

#: Values that make something happen to a picture of this size.
VALUES: dict[str, dict[str, Any]] = {
    "Resize": {"size": (300, 420)},
    "RandomCrop": {"size": (320, 400), "padding": (40, 20)},
    "CenterCrop": {"size": (400, 500)},
    "FiveCrop": {"size": 240},
    "TenCrop": {"size": 240},
    "RandomResizedCrop": {"size": (240, 320), "scale": (0.3, 0.6)},
    "Pad": {"padding": (90, 30)},
    "RandomRotation": {"degrees": 30.0, "expand": True},
    "RandomAffine": {"degrees": 20.0, "translate": (0.2, 0.2), "scale": (0.8, 1.2), "center": (100.0, 50.0)},
    "GaussianBlur": {"kernel_size": 41, "sigma": (9.0, 9.0)},
    "RandomChoice": {"transforms": (step("RandomCrop", size=300), step("RandomHorizontalFlip"))},
    "RandomOrder": {"transforms": (step("RandomCrop", size=300), step("RandomVerticalFlip"))},
    "RandomApply": {"transforms": (step("RandomCrop", size=(300, 400)), step("Grayscale"))},
    "Compose": {"transforms": (step("Resize", size=400), step("RandomCrop", size=300))},
}

#: What has another look at every pixel, or (posterized noise of a JPEG's blocks) in every resolution.
ROUGH = {"GaussianNoise", "ElasticTransform", "RandomEqualize", "JPEG", "AugMix", "RandomAdjustSharpness"}


def made(name: str) -> tuple[Step, ...]:
    operation = TRANSFORMS[name]
    values = dict(VALUES.get(name, {}))
    if any(parameter.name == "p" for parameter in operation.parameters) and "transforms" not in values:
        values["p"] = 1.0
    before = (step("ToTensor"),) if "needs_tensor" in operation.tags else ()
    return (*before, step(name, **values))


def looked_at(stage: Stage) -> NDArray[np.floating]:
    assert stage.value is not None
    small = Image.fromarray(to_uint8(stage.value)).resize((40, 30), Image.Resampling.BOX)
    return np.asarray(small).astype(float)


def difference(one: Stage, other: Stage) -> float:
    return float(np.abs(looked_at(one) - looked_at(other)).mean())


@pytest.mark.parametrize("name", [n for n, o in TRANSFORMS.items() if "needs_array" not in o.tags])
def test_every_step_looks_as_it_will_and_has_the_true_size(name: str) -> None:
    pipeline = Pipeline(made(name))
    for seed in (0, 1) if is_random(pipeline.steps[-1]) else (0,):
        exact = pipeline.stages(IMAGE, seed, with_facts=False)[-1]
        preview = StageRunner().preview(IMAGE, pipeline, seed, SIDE)[-1]
        assert exact.problem is None and preview.problem is None
        assert preview.size == exact.size
        assert preview.is_preview and preview.facts is None
        assert type(preview.value) is type(exact.value)
        assert max(to_uint8(preview.value).shape[:2]) < max(to_uint8(exact.value).shape[:2])  # type: ignore[arg-type]
        boxes = [{word: stage.drawn.get(word) for word in "ijhw"} for stage in (exact, preview)]
        assert boxes[0] == boxes[1]
        assert difference(preview, exact) < (20 if name in ROUGH else 6)


@pytest.mark.parametrize("seed", range(4))
def test_random_places_after_one_another_are_those_of_the_exact_run(seed: int) -> None:
    pipeline = Pipeline(
        (
            step("Pad", padding=20),
            step("RandomResizedCrop", size=(330, 420)),
            step("RandomHorizontalFlip"),
            step("RandomErasing", p=1.0),
            step("RandomCrop", size=250),
            step("ColorJitter", brightness=0.5),
            step("RandomCrop", size=(200, 190)),
        )
    )
    exact = pipeline.stages(IMAGE, seed)
    preview = StageRunner().preview(IMAGE, pipeline, seed, SIDE)
    for one, other in zip(preview, exact, strict=True):
        assert one.size == other.size
        assert {k: one.drawn.get(k) for k in ("i", "j", "h", "w", "flipped", "brightness")} == {
            k: other.drawn.get(k) for k in ("i", "j", "h", "w", "flipped", "brightness")
        }


def test_noise_before_a_crop_leaves_the_crop_where_the_last_exact_run_had_it() -> None:
    steps = (step("ToTensor"), step("GaussianNoise", sigma=0.1), step("RandomCrop", size=300))
    runner = StageRunner()
    runner.run(IMAGE, Pipeline(steps), 3)
    changed = Pipeline((steps[0], step("GaussianNoise", sigma=0.2), steps[2]))
    preview, exact = runner.preview(IMAGE, changed, 3, SIDE), changed.stages(IMAGE, 3)
    assert preview[2].is_preview
    assert dict(preview[3].drawn) == dict(exact[3].drawn)


def test_what_the_exact_run_left_is_used_as_it_is() -> None:
    steps = (step("ColorJitter", hue=0.3), step("Resize", size=400), step("ToTensor"), step("Normalize"))
    runner = StageRunner()
    exact = runner.run(IMAGE, Pipeline(steps), 3)
    preview = runner.preview(IMAGE, Pipeline((steps[0], step("Resize", size=300), *steps[2:])), 3, SIDE)
    assert preview[0] is exact[0] and preview[1] is exact[1]
    assert [stage.is_preview for stage in preview] == [False, False, True, True, True]
    again = runner.run(IMAGE, Pipeline(steps), 3)
    assert all(a is b for a, b in zip(again, exact, strict=True))


def test_a_preview_goes_on_from_the_preview_before_it() -> None:
    runner, jitter = StageRunner(), step("ColorJitter", hue=0.3)
    first = runner.preview(IMAGE, Pipeline((jitter, step("GaussianBlur"))), 3, SIDE)
    second = runner.preview(IMAGE, Pipeline((jitter, step("Grayscale"))), 3, SIDE)
    assert second[1] is first[1] and second[1].is_preview


def test_small_pictures_and_crops_are_exact_at_once() -> None:
    pipeline = Pipeline((step("RandomCrop", size=100), step("ToTensor"), step("Normalize")))
    preview, exact = StageRunner().preview(IMAGE, pipeline, 3, SIDE), pipeline.stages(IMAGE, 3)
    assert not any(stage.is_preview for stage in preview)
    assert torch.equal(preview[-1].value, exact[-1].value)  # type: ignore[arg-type]
    assert preview[-1].facts is not None and exact[-1].facts is not None
    assert preview[-1].facts.mean == exact[-1].facts.mean


def test_a_large_result_of_a_small_picture_is_a_preview() -> None:
    small = IMAGE.resize((120, 90))
    pipeline = Pipeline((step("Resize", size=(3000, 4000)), step("ToTensor")))
    preview = StageRunner().preview(small, pipeline, 3, SIDE)
    assert [stage.size for stage in preview] == [(90, 120), (3000, 4000), (3000, 4000)]
    assert all(stage.is_preview for stage in preview[1:])
    assert max(to_uint8(preview[-1].value).shape) == SIDE  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "steps",
    [
        (step("Normalize"),),
        (step("Grayscale"), step("RandomCrop", size=(2000, 2000))),
        (step("ToTensor"), step("Grayscale"), step("Normalize")),
        (step("ToTensor"), step("Pad", padding=700, padding_mode="reflect")),
    ],
    ids=["picture", "crop", "channels", "border"],
)
def test_a_step_that_fails_tells_the_problem_that_the_exact_run_tells(steps: tuple[Step, ...]) -> None:
    pipeline = Pipeline((*steps, step("ToTensor")))
    exact, preview = pipeline.stages(IMAGE, 3), StageRunner().preview(IMAGE, pipeline, 3, SIDE)
    failed = len(steps)
    told = [stages[failed].problem for stages in (exact, preview)]
    assert told[0] is not None and told[1] is not None
    assert str(told[1].error) == str(told[0].error)
    assert told[1].fix == told[0].fix
    assert preview[-1].skipped and preview[-1].value is None


def test_arrays_of_opencv_are_shrunk_too() -> None:
    array = np.asarray(IMAGE)[:, :, ::-1].copy()
    pipeline = Pipeline((step("BGRToRGB"), step("ToTensor"), step("Resize", size=300)))
    preview, exact = StageRunner().preview(array, pipeline, 3, SIDE), pipeline.stages(array, 3)
    assert all(stage.is_preview for stage in preview[1:])
    assert [stage.size for stage in preview] == [stage.size for stage in exact]
    assert difference(preview[-1], exact[-1]) < 4


@pytest.mark.parametrize("mode", ["1", "P", "LA", "I;16", "F", "CMYK"])
def test_pictures_of_every_mode_are_shrunk(mode: str) -> None:
    wide = (
        Image.fromarray(np.asarray(IMAGE.convert("L"), np.uint16)) if mode == "I;16" else IMAGE.convert(mode)
    )
    preview = StageRunner().preview(wide, Pipeline((step("Resize", size=300),)), 3, SIDE)
    assert preview[1].is_preview and preview[1].size == (300, 400)
    assert preview[1].value is not None and preview[1].value.mode == mode


def test_what_only_the_small_picture_refuses_is_left_to_the_exact_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise ValueError("too small")

    monkeypatch.setattr("tudui_gui.transforms.previewing.apply_scaled", refuse)
    pipeline = Pipeline((step("Grayscale"), step("ToTensor")))
    preview = StageRunner().preview(IMAGE, pipeline, 3, SIDE)
    assert [stage.skipped for stage in preview] == [False, True, True]
    assert all(stage.value is None and stage.problem is None for stage in preview[1:])


def test_the_large_picture_is_shrunk_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shrunk: list[object] = []
    real = previewing.shrunk
    monkeypatch.setattr(
        previewing, "shrunk", lambda value, side: (shrunk.append(value), real(value, side))[1]
    )
    runner = StageRunner()
    for size in (300, 310, 320):
        runner.preview(IMAGE, Pipeline((step("Resize", size=size), step("ToTensor"))), 3, SIDE)
    assert shrunk == [IMAGE]


@pytest.mark.parametrize(
    "name", [n for n, o in TRANSFORMS.items() if draws_the_same(o.step()) and "random" in o.tags]
)
def test_the_numbers_drawn_are_those_of_the_exact_run(name: str) -> None:
    pipeline = Pipeline(made(name))
    for seed in range(3):
        exact = dict(pipeline.stages(IMAGE, seed, with_facts=False)[-1].drawn)
        preview = dict(StageRunner().preview(IMAGE, pipeline, seed, SIDE)[-1].drawn)
        assert preview == exact
