"""Pipelines read from Python text: they are those that the same text builds when it is run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from PIL import Image
from torchvision import transforms

from tudui_gui.core.number_parameters import Integers, RealOrPair
from tudui_gui.core.operations import Operation, Step
from tudui_gui.core.parameters import Choice, Flag, Integer, IntegerOrPair, Numbers, Parameter, Real
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.nested import Steps
from tudui_gui.transforms.parse_error import ParseError
from tudui_gui.transforms.parsing import candidates, parse_pipeline
from tudui_gui.transforms.pipeline import Pipeline
from tudui_gui.transforms.presets import PRESETS

OPERATIONS = [pytest.param(operation, id=name) for name, operation in TRANSFORMS.items()]
step = TRANSFORMS.step

TUTORIAL = """
from PIL import Image
from torch.utils.tensorboard import SummaryWriter
from torchvision import transforms

writer = SummaryWriter("logs")
img = Image.open("images\\photo.png")
print(img)

trans_totensor = transforms.ToTensor()
img_tensor = trans_totensor(img)
writer.add_image("ToTensor", img_tensor)

trans_norm = transforms.Normalize([6, 3, 2], [9, 3, 5])
img_norm = trans_norm(img_tensor)

trans_resize = transforms.Resize((512, 512))
trans_resize_2 = transforms.Resize(512)
trans_compose = transforms.Compose([trans_resize_2, trans_totensor])
trans_random = transforms.RandomCrop((200, 300))
trans_compose_2 = transforms.Compose([trans_random, trans_totensor])
for i in range(10):
    img_crop = trans_compose_2(img)
    writer.add_image("RandomCrop", img_crop, i)
writer.close()
"""


def names(pipeline: Pipeline) -> list[str]:
    return [each.name for each in pipeline.steps]


def failing(text: str) -> tuple[ParseError, ...]:
    with pytest.raises(ParseError) as caught:
        parse_pipeline(text)
    return caught.value.all


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_entry_comes_back_from_its_text(operation: Operation) -> None:
    pipeline = Pipeline((operation.step(),))
    assert parse_pipeline(pipeline.source()) == pipeline


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_entry_with_other_values_comes_back_from_its_text(operation: Operation) -> None:
    chance = random.Random(operation.name)
    for _ in range(8):
        values = {p.name: other_value(p, chance) for p in operation.parameters}
        pipeline = Pipeline((operation.step(**values),))
        assert parse_pipeline(pipeline.source()) == pipeline


def other_value(parameter: Parameter, chance: random.Random) -> Any:
    """Any value that ``parameter`` allows."""
    if parameter.optional and chance.random() < 0.3:
        return None
    if isinstance(parameter, Flag):
        return chance.random() < 0.5
    if isinstance(parameter, Choice):
        return chance.choice(parameter.choices)
    if isinstance(parameter, Steps):
        return tuple(some_steps(chance))
    if isinstance(parameter, Integer):
        return whole(parameter, chance)
    if isinstance(parameter, Real):
        return real(parameter.minimum, parameter.maximum, chance)
    assert isinstance(parameter, IntegerOrPair | RealOrPair | Numbers | Integers)
    is_single = isinstance(parameter, IntegerOrPair | RealOrPair) and chance.random() < 0.4
    count = 1 if is_single else chance.choice(parameter.lengths or (1, 2, 5))
    if isinstance(parameter, IntegerOrPair | Integers):
        found: list[Any] = [whole(parameter, chance) for _ in range(count)]
    else:
        limits = parameter.minimum, parameter.maximum
        if isinstance(parameter, RealOrPair) and not is_single:
            limits = parameter.pair_range
        found = [real(*limits, chance) for _ in range(count)]
    return found[0] if is_single else tuple(found)


def whole(parameter: Any, chance: random.Random) -> int:
    return chance.randint(parameter.minimum or 0, parameter.maximum or 99)


def real(minimum: float | None, maximum: float | None, chance: random.Random) -> float:
    return round(chance.uniform(minimum or 0.0, maximum or 9.0), 5)


def some_steps(chance: random.Random) -> Iterator[Step]:
    """Steps of a container; sometimes one of them is a container itself."""
    for _ in range(chance.randint(0, 3)):
        yield chance.choice((step("ToTensor"), step("Resize", size=(3, 4)), step("RandomOrder")))


@pytest.mark.parametrize("pipeline", [pytest.param(each.pipeline, id=each.name) for each in PRESETS])
def test_presets_come_back(pipeline: Pipeline) -> None:
    assert parse_pipeline(pipeline.source()) == pipeline


def test_what_is_switched_off_is_not_in_the_text() -> None:
    off = Step(TRANSFORMS["ToTensor"], enabled=False)
    assert parse_pipeline(Pipeline((step("Resize"), off)).source()) == Pipeline((step("Resize"),))


def test_the_tutorials_script() -> None:
    first, second = candidates(TUTORIAL)
    assert (first.name, second.name) == ("trans_compose", "trans_compose_2")
    assert first.pipeline == Pipeline((step("Resize", size=512), step("ToTensor")))
    assert second.pipeline == Pipeline((step("RandomCrop", size=(200, 300)), step("ToTensor")))
    assert TUTORIAL.split("\n")[first.line - 1].startswith("trans_compose =")
    assert parse_pipeline(TUTORIAL) == second.pipeline


def test_a_script_without_compose_gives_its_single_transforms_in_order() -> None:
    text = TUTORIAL[: TUTORIAL.index("trans_resize_2")]
    assert parse_pipeline(text) == Pipeline(
        (step("ToTensor"), step("Normalize", mean=(6, 3, 2), std=(9, 3, 5)), step("Resize", size=(512, 512)))
    )


#: What a person may write, and the step that it is.
SPELLINGS = {
    "transforms.Resize((512, 512))": step("Resize", size=(512, 512)),
    "T.Resize([512, 256])": step("Resize", size=(512, 256)),
    "torchvision.transforms.Resize(256)": step("Resize", size=256),
    "Resize(256, interpolation=InterpolationMode.BICUBIC)": step("Resize", size=256, interpolation="bicubic"),
    "transforms.Resize(256, Image.BICUBIC)": step("Resize", size=256, interpolation="bicubic"),
    "Resize(256, Image.Resampling.LANCZOS)": step("Resize", size=256, interpolation="lanczos"),
    "Resize(256, 0, max_size=400)": step("Resize", size=256, interpolation="nearest", max_size=400),
    "T.RandomCrop(32, 4, True, 7, 'reflect')": step(
        "RandomCrop", size=32, padding=4, pad_if_needed=True, fill=7, padding_mode="reflect"
    ),
    "transforms.RandomCrop(size=32, padding=(1, 2))": step("RandomCrop", size=32, padding=(1, 2)),
    "T.Normalize((0.5,) * 3, [0.25] * 3)": step("Normalize", mean=(0.5,) * 3, std=(0.25,) * 3),
    "Normalize(mean=[127.5 / 255], std=[.5])": step("Normalize", mean=(0.5,), std=(0.5,)),
    "RandomResizedCrop(224, ratio=(3./4., 4./3.))": step("RandomResizedCrop", size=224),
    "transforms.Grayscale(num_output_channels=3)": step("Grayscale", num_output_channels="3"),
    "ColorJitter(.4, .4, .4, .1)": step("ColorJitter", brightness=0.4, contrast=0.4, saturation=0.4, hue=0.1),
    "v2.ColorJitter(0.5)": step("ColorJitter", brightness=0.5),
    "ColorJitter(brightness=(0.5, 1.5))": step("ColorJitter", brightness=(0.5, 1.5)),
    "transforms.RandomRotation((-10, +10))": step("RandomRotation", degrees=(-10, 10)),
    "v2.Resize(size=(24, 20), antialias=False)": step("Resize", size=(24, 20), antialias=False),
    "transforms.v2.GaussianNoise(0.1, sigma=0.2)": step("GaussianNoise", mean=0.1, sigma=0.2),
    "transforms.ConvertImageDtype(torch.float16)": step("ConvertImageDtype", dtype="float16"),
    "v2.ConvertImageDtype()": step("ConvertImageDtype", dtype="float32"),
    "v2.ToDtype(torch.float32, scale=True)": step("ToDtype", dtype="float32", scale=True),
    "AutoAugment(AutoAugmentPolicy.CIFAR10)": step("AutoAugment", policy="cifar10"),
    "transforms.RandomApply([T.ToTensor()], 0.8)": step("RandomApply", transforms=(step("ToTensor"),), p=0.8),
    "Resize(**{'size': 9})": step("Resize", size=9),
}


@pytest.mark.parametrize("text", SPELLINGS)
def test_spellings(text: str) -> None:
    assert parse_pipeline(text) == Pipeline((SPELLINGS[text],))


TEXTS = {
    "[T.Resize(9), T.ToTensor()]": ["Resize", "ToTensor"],
    "(T.Resize(9), T.ToTensor())": ["Resize", "ToTensor"],
    "T.Resize(9), T.ToTensor(),": ["Resize", "ToTensor"],
    "    T.Resize(9),\n    T.ToTensor(),\n": ["Resize", "ToTensor"],
    "T.Resize(9)\nT.ToTensor()": ["Resize", "ToTensor"],
    "T.Resize(9),\n        T.ToTensor(),\n": ["Resize", "ToTensor"],
    ">>> t = T.Compose([\n...     T.Resize(9),\n... ])\n>>> t\nCompose(...)": ["Resize"],
    "a = [T.Resize(9)]\na.append(T.ToTensor())\na += [T.Pad(2)]\na.insert(0, T.Pad(1))\nT.Compose(a)": [
        *("Pad", "Resize", "ToTensor", "Pad")
    ],
    "T.Compose([*[T.Resize(9)] * 2, T.ToTensor()])": ["Resize", "Resize", "ToTensor"],
    "size = 9\nT.Compose(transforms=[T.Resize(size)])": ["Resize"],
    "T.Compose([T.Compose([T.Resize(9)]), T.ToTensor()])": ["Compose", "ToTensor"],
    "torch.nn.Sequential(T.Resize(9), T.Pad(2))": ["Resize", "Pad"],
    "import torchvision.transforms.v2 as X\nX.Compose([X.GaussianNoise()])": ["GaussianNoise"],
    "from torchvision.transforms import Compose as C, Resize as R\nC([R(3)])": ["Resize"],
    "from torchvision.transforms import *\nCompose([Resize(3)])": ["Resize"],
    "d = Folder('x', transform=T.Compose([T.Resize(9)]), n=int(3))": ["Resize"],
    "d = Folder('x', transform=T.ToTensor())": ["ToTensor"],
    "def f(size):\n    return T.Compose([T.Pad(3)])": ["Pad"],
    "if __name__ == '__main__':\n    a = T.Pad(3)\n    t = T.Compose([a])": ["Pad"],
    "t: object = T.Compose([T.Lambda(lambda x: x[..., ::-1].copy())])": ["BGRToRGB"],
    "\ufefft = T.Compose([])": [],
}


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text: str) -> None:
    assert names(parse_pipeline(text)) == TEXTS[text]


def test_train_and_test_of_a_dict_can_be_told_apart() -> None:
    text = "d = {\n 'train': T.Compose([T.Resize(9)]),\n 'val': T.Compose([T.Pad(1)]),\n}"
    assert [(each.name, each.line) for each in candidates(text)] == [("d['train']", 2), ("d['val']", 3)]


#: Text, line, and words of the reason.
REFUSED = [
    ("T.Compose([\n  T.Resize(9),\n  T.Sharpen(3),\n])", 3, "T.Sharpen is not among"),
    ("T.Compose([\n  T.Resize(9, mode=3)])", 2, "Resize has no argument mode"),
    ("T.Compose([\n  T.ToTensor(3)])", 2, "does not take these arguments"),
    ("T.Compose([T.Resize()])", 1, "missing a required argument: 'size'"),
    ("T.Compose([\n T.Lambda(lambda x: x * 2)])", 2, "a function of your own"),
    ("T.Compose([T.Resize(int(256 / 0.875))])", 1, "int(256 / 0.875) cannot be taken over"),
    ("T.Compose([T.Resize(size)])", 1, "what size is does not stand"),
    ("size = get()\nT.Compose([T.Resize(size)])", 1, "get() cannot be taken over"),
    ("T.Compose([T.Resize(3 if big else 9)])", 1, "depends on a condition"),
    ("T.Compose([T.Resize(s) for s in (1, 2)])", 1, "made by a loop"),
    ("T.Compose([T.Resize(-1)])", 1, "size = -1 is not possible"),
    ("T.Compose([T.Grayscale('3')])", 1, "num_output_channels = '3'"),
    ("T.Compose([T.Resize(9, interpolation=True)])", 1, "interpolation = True"),
    ("T.Compose([T.ToTensor])", 1, "is a class and not called"),
    ("T.Compose([3])", 1, "3 is no transform"),
    ("T.Compose([MixUp()])", 1, "mixes the images of a batch"),
    ("class Cut: pass\nT.Compose([Cut(16)])", 2, "Cut is not among"),
    ("import albumentations as A\nA.Compose([A.Resize(3, 3)])", 2, "is not torchvision's"),
    ("a = [T.Pad(1)]\nif big:\n    a.append(T.Resize(9))\nT.Compose(a)", 2, "what a is after this"),
    ("a = [T.Pad(1)]\na.pop()\nT.Compose(a)", 2, "what a is after this"),
    ("a = [T.Pad(1)]\nfor n in (1, 2):\n    a.append(T.Pad(n))", 2, "what a is after this"),
    ("t = T.Compose([T.Pad(1)])\nt.transforms.insert(0, T.Resize(9))", 2, "what t is after this"),
    ("t = T.Compose([T.Pad(1)])\nt.transforms[0] = T.Resize(9)", 2, "what t is after this"),
    ("T.Compose([T.Pad(9 ** 9)])", 1, "9 ** 9 cannot be taken over"),
    ("T.Compose([T.Normalize([1e300 * 1e300], [1])])", 1, "cannot be taken over"),
    ("T.Compose([T.Normalize([1 / 0], [1])])", 1, "1 / 0 cannot be taken over"),
    ("T.Compose([T.Normalize([1] * 99999999999, [1])])", 1, "cannot be taken over"),
    ("T.Compose(\n[T.Pad(1)", 2, "this is not Python"),
    ("x = 3", 1, "There is no transform"),
    ("", 1, "There is no transform"),
    ("T.Pad(\0)", 1, "this is not Python"),
    ("T.Pad(" + "(" * 5000, 1, ""),
    ("T.Pad(" + "-" * 90_000 + "1)", 1, "nested too deeply"),
    ("x" * 300_000, 1, "too long"),
    ("a = [ToTensor()]\n" + "a.extend(a)\n" * 60 + "Compose(a)", 11, "only running the text could tell"),
    ("a = [ToTensor()]\n" + "a = a + a\n" * 60 + "Compose(a)", 11, "too long"),
    ("a = [ToTensor()]\n" + "a = [*a, *a]\n" * 60 + "Compose(a)", 11, "too long"),
    ("a = (1, 1)\n" + "a = (a, a)\n" * 60 + "Resize(a)", 9, "too long"),
    ("a = ToTensor()\n" + "a = Compose([a] * 99)\n" * 9 + "a", 3, "too long"),
    ("[" + "ToTensor()," * 5000 + "]", 1, "too long"),
    ("ToTensor()\n" * 201, 1, "at most 200 steps"),
]


@pytest.mark.parametrize(("text", "line", "words"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_taken_over_is_told_with_its_line(text: str, line: int, words: str) -> None:
    problem = failing(text)[0]
    assert problem.line == line and words in str(problem)


def test_all_problems_of_a_text_are_told_at_once() -> None:
    text = "T.Compose([\n T.Nothing(),\n T.Resize(9, x=1),\n T.Pad(1),\n T.Pad(n),\n])"
    assert [problem.line for problem in failing(text)] == [2, 3, 5]


def test_problems_of_a_pasted_middle_have_its_own_lines() -> None:
    assert [problem.line for problem in failing("T.Pad(1),\n   T.Nothing(),")] == [2]


def test_nothing_is_run(tmp_path: Any) -> None:
    file = tmp_path / "made"
    text = f"T.Compose([T.Resize(__import__('pathlib').Path({str(file)!r}).touch() or 9)])"
    assert "cannot be taken over" in str(failing(text)[0])
    assert not file.exists()


def test_any_nonsense_is_answered() -> None:
    chance = random.Random(3)
    tokens = [
        "T.",
        "Compose",
        "(",
        ")",
        "[",
        "]",
        "Resize",
        ",",
        "\n",
        "  ",
        "=",
        "3",
        "a",
        "*",
        "lambda",
        "'",
    ]
    answered = 0
    for _ in range(400):
        text = "".join(chance.choices(tokens, k=chance.randint(1, 14)))
        try:
            assert isinstance(parse_pipeline(text), Pipeline)
        except ParseError as problem:
            assert 1 <= problem.line <= text.count("\n") + 1
        answered += 1
    assert answered == 400


def test_the_same_object_as_when_the_text_is_run() -> None:
    text = "transforms.Compose([transforms.Resize(40), transforms.CenterCrop(30), transforms.ToTensor()])"
    image = Image.linear_gradient("L").convert("RGB")
    expected = eval(text, {"transforms": transforms})(image)
    assert torch.equal(parse_pipeline(text).build()(image), expected)
