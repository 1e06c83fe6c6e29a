"""What is said of a pipeline without running it is what torchvision does, for every step and value."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image

from tests.unit.transforms.values import PICTURE, VALUES, applied, certain
from tudui_gui.transforms import flow
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.flow import Form, after, first_refusal, form_of, forms, refusal

#: Types that few kernels know; what they cannot do is told when a step fails.
RARE = ("half floats", "int32")
COMMON = {name: value for name, value in VALUES.items() if name not in RARE}

#: Steps that fail at their defaults for a reason that is no matter of kinds: a threshold for bytes.
BY_VALUE = {"RandomSolarize": ("floats", "gray floats", "normalized", "tensors")}
step = TRANSFORMS.step


def outcome(name: str, value: Any) -> Any:
    """What torchvision makes of ``value``, or the exception it raises."""
    try:
        return applied((certain(step(name)),), value)
    except Exception as error:
        return error


@pytest.mark.parametrize("name", TRANSFORMS)
def test_what_a_step_refuses_and_what_it_gives(name: str) -> None:
    each = certain(step(name))
    for kind, value in COMMON.items():
        made, form = outcome(name, value), form_of(value)
        if kind in BY_VALUE.get(name, ()):
            continue
        assert bool(refusal(each, form)) == isinstance(made, Exception), (kind, made)
        if isinstance(made, Exception):
            assert after(each, form) == form
        elif form.count == 1 or not flow.is_v2(each):
            check_form(after(each, form), form_of(made), kind)


def check_form(known: Form, real: Form, kind: str) -> None:
    assert (known.kind, known.dtype, known.count) == (real.kind, real.dtype, real.count), kind
    assert known.channels in (None, real.channels), kind
    assert known.size in (None, real.size), kind
    assert known.shorter in (None, min(real.size or (0,))), kind


@pytest.mark.parametrize("name", TRANSFORMS)
def test_what_a_step_ignores_comes_back_as_it_is(name: str) -> None:
    each = certain(step(name))
    for kind, value in COMMON.items():
        if flow.ignores(each, form_of(value)) and not isinstance(value, tuple):
            assert outcome(name, value) is value, kind


@pytest.mark.parametrize(
    ("values", "size"),
    [
        ({"size": 32}, (50, 90)),
        ({"size": 32}, (90, 50)),
        ({"size": 33}, (7, 1000)),
        ({"size": 64, "max_size": 65}, (50, 90)),
        ({"size": 64, "max_size": 70}, (91, 50)),
        ({"size": (9, 14)}, (50, 90)),
    ],
)
def test_the_size_that_resize_gives(values: dict[str, Any], size: tuple[int, int]) -> None:
    resize = step("Resize", **values)
    made = resize.build()(Image.new("RGB", size[::-1]))
    assert after(resize, Form(size=size)).size == (made.height, made.width)
    unknown = after(resize, Form())
    if isinstance(values["size"], int):
        assert unknown.size is None and unknown.uneven == "Resize"
    else:
        assert unknown.size == values["size"] and unknown.uneven == ""


@pytest.mark.parametrize("padding", [3, (3, 5), (1, 2, 3, 4)])
def test_the_size_that_pad_gives(padding: Any) -> None:
    pad = step("Pad", padding=padding)
    made = pad.build()(PICTURE)
    assert after(pad, form_of(PICTURE)).size == (made.height, made.width)


def test_a_pipeline_from_picture_to_normalized_tensor() -> None:
    steps = (step("Resize", size=48), step("CenterCrop", size=32), step("ToTensor"), step("Normalize"))
    last = forms(steps, Form())[-1]
    assert (last.kind, last.dtype, last.channels, last.size) == (flow.TENSOR, "float32", 3, (32, 32))
    assert last.highest == 1.0 and last.normalized == (((0.5,) * 3, (0.5,) * 3),)
    assert first_refusal(steps, Form()) is None
    assert first_refusal((steps[3], *steps[:3]), Form()) == 0


def test_the_range_of_floats() -> None:
    to_bytes = step("PILToTensor")
    for each, highest in (
        (step("ConvertImageDtype"), 1.0),
        (step("ToDtype", scale=True), 1.0),
        (step("ToDtype", scale=False), 255.0),
    ):
        made = applied((to_bytes, each), Image.new("RGB", (4, 4), "white"))
        assert forms((to_bytes, each), Form())[-1].highest == float(made.max()) == highest


@pytest.mark.parametrize("container", ["RandomApply", "RandomChoice"])
def test_what_chance_decides_is_not_known(container: str) -> None:
    inside = [step("Grayscale"), step("CenterCrop", size=8)]
    made = after(step(container, transforms=inside), Form(size=(20, 30)))
    assert made.size is None and made.channels is None and not made.is_gray
    assert made.uneven == container


def test_what_a_container_refuses_is_what_its_steps_refuse() -> None:
    inside = [step("CenterCrop", size=8), step("Normalize")]
    container = step("Compose", transforms=inside)
    assert refusal(container, Form()) == flow.NEEDS_TENSOR
    assert refusal(container, Form(flow.TENSOR, "float32")) == ""
    assert refusal(step("Compose", transforms=[step("ToTensor"), step("Normalize")]), Form()) == ""


def test_containers_in_containers_take_no_longer_with_every_level(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    plain = flow._refuses_several
    monkeypatch.setattr(flow, "_refuses_several", lambda *given: asked.append(given[0]) or plain(*given))
    deep = TRANSFORMS.step("CenterCrop", size=37)
    for name in ("Compose", "RandomApply", "RandomChoice", "RandomOrder", "Compose") * 2:
        deep = TRANSFORMS.step(name, transforms=(deep,))
    assert flow.after(deep, flow.Form(size=(53, 59))).uneven == "RandomApply"
    assert len(asked) == 1
