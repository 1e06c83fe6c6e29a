"""Pipelines against torchvision's Compose, bit for bit."""

from __future__ import annotations

import pickle
import random
import threading
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image
from torchvision import transforms

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import TransformError
from tudui_gui.core.operations import Step
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import MOST_STEPS, Pipeline, Stage
from tudui_gui.transforms.presets import PRESETS

PIXELS = np.random.default_rng(4).integers(0, 256, (48, 64, 3), dtype=np.uint8)
IMAGE = Image.fromarray(PIXELS)
step = TRANSFORMS.step

RANDOM = Pipeline(
    (
        step("RandomResizedCrop", size=40),
        step("RandomCrop", size=(30, 36), padding=(2, 3)),
        step("RandomHorizontalFlip"),
        step("ColorJitter", brightness=0.4, contrast=0.3, saturation=0.5, hue=0.2),
        step("RandomVerticalFlip", p=0.3),
        step("RandomRotation", degrees=30, expand=True),
        step("ToTensor"),
        step("RandomHorizontalFlip"),
        step("RandomCrop", size=16),
        step("Normalize"),
    )
)


def plain(pipeline: Pipeline, seed: int) -> torch.Tensor:
    """What PyTorch does, without any of our code around it."""
    torch.manual_seed(seed)
    return pipeline.build()(IMAGE)


@pytest.mark.parametrize("seed", [0, 1, 2, 12345, 2**40, -3])
def test_stages_end_in_what_compose_gives_bit_for_bit(seed: int) -> None:
    stages = RANDOM.stages(IMAGE, seed)
    assert all(stage.problem is None for stage in stages)
    assert torch.equal(stages[-1].value, plain(RANDOM, seed))


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_presets_work_and_match_compose(preset: object) -> None:
    pipeline = preset.pipeline  # type: ignore[attr-defined]
    image = IMAGE.resize((32, 32)) if "cifar" in preset.name else IMAGE  # type: ignore[attr-defined]
    torch.manual_seed(3)
    expected = pipeline.build()(image)
    assert torch.equal(pipeline.stages(image, 3)[-1].value, expected)


def test_the_same_seed_gives_the_same_and_another_something_else() -> None:
    first, again, other = (RANDOM.stages(IMAGE, seed)[-1].value for seed in (5, 5, 6))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_no_seed_draws_anew() -> None:
    crops = {tuple(RANDOM.stages(IMAGE)[1].drawn.values()) for _ in range(6)}
    assert len(crops) > 1


def test_all_random_generators_stay_as_they_were() -> None:
    before = torch.get_rng_state(), random.getstate(), np.random.get_state()[1].tobytes()
    RANDOM.stages(IMAGE, 1)
    RANDOM.stages(IMAGE)
    assert torch.equal(torch.get_rng_state(), before[0])
    assert (random.getstate(), np.random.get_state()[1].tobytes()) == before[1:]


def test_the_generator_is_put_back_after_a_failure() -> None:
    before = torch.get_rng_state()
    stages = Pipeline((step("RandomCrop", size=500),)).stages(IMAGE, 1)
    assert stages[1].problem is not None
    assert torch.equal(torch.get_rng_state(), before)


def test_previews_in_many_threads_do_not_disturb_each_other() -> None:
    expected = [RANDOM.stages(IMAGE, seed)[-1].value for seed in range(8)]
    results: dict[int, torch.Tensor] = {}

    def work(seed: int) -> None:
        results[seed] = RANDOM.stages(IMAGE, seed)[-1].value

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(torch.equal(results[seed], expected[seed]) for seed in range(8))


def test_these_classes_draw_from_torch_alone() -> None:
    random.seed(1)
    np.random.seed(1)
    first = plain(RANDOM, 9)
    random.seed(2)
    np.random.seed(2)
    assert torch.equal(plain(RANDOM, 9), first)


def test_stages_show_every_intermediate_value() -> None:
    pipeline = Pipeline((step("Resize", size=(20, 30)), step("ToTensor"), step("Normalize")))
    stages = pipeline.stages(IMAGE, 0)
    assert [stage.step for stage in stages] == [None, *pipeline.steps]
    assert stages[0].value is IMAGE
    value = IMAGE
    for stage in stages[1:]:
        value = stage.step.build()(value)
        if isinstance(value, torch.Tensor):
            assert torch.equal(stage.value, value)
        else:
            assert np.array_equal(stage.value, value)
    assert [stage.facts.shape for stage in stages] == [(48, 64), (20, 30), (3, 20, 30), (3, 20, 30)]
    assert [stage.facts.kind for stage in stages] == ["PIL.Image", "PIL.Image", "Tensor", "Tensor"]


def test_normalize_in_place_leaves_the_stage_before_as_it_was() -> None:
    pipeline = Pipeline((step("ToTensor"), step("Normalize", inplace=True)))
    stages = pipeline.stages(IMAGE, 0)
    assert torch.equal(stages[1].value, transforms.ToTensor()(IMAGE))
    assert torch.equal(stages[2].value, plain(pipeline, 0))


def test_crops_in_one_memory_are_erased_as_compose_erases_them() -> None:
    pipeline = Pipeline(
        (step("ToTensor"), step("TenCrop", size=20), step("RandomErasing", p=1.0, inplace=True))
    )
    crops, erased = pipeline.stages(IMAGE, 3)[2:]
    torch.manual_seed(3)
    assert all(map(torch.equal, erased.value, pipeline.build()(IMAGE)))
    assert all(map(torch.equal, crops.value, transforms.TenCrop(20)(transforms.ToTensor()(IMAGE))))


def test_a_step_that_is_off_passes_the_value_on() -> None:
    off = replace(step("RandomRotation"), enabled=False)
    pipeline = Pipeline((off, step("ToTensor")))
    stages = pipeline.stages(IMAGE, 0)
    assert stages[1].skipped and stages[1].value is IMAGE and stages[1].facts is stages[0].facts
    assert torch.equal(stages[2].value, plain(pipeline, 0))
    assert not pipeline.is_random
    assert "RandomRotation" not in pipeline.source()


def test_after_a_failing_step_nothing_runs() -> None:
    stages = Pipeline((step("Normalize"), step("Resize"), step("ToTensor"))).stages(IMAGE, 0)
    assert stages[1].problem is not None and stages[1].value is None and not stages[1].skipped
    for stage in stages[2:]:
        assert (stage.value, stage.problem, stage.facts, stage.skipped) == (None, None, None, True)


def test_stages_without_facts_have_the_same_values() -> None:
    pipeline = Pipeline((TRANSFORMS.step("RandomCrop", size=20), TRANSFORMS.step("ToTensor")))
    plain, full = pipeline.stages(IMAGE, 3, with_facts=False), pipeline.stages(IMAGE, 3)
    assert torch.equal(plain[-1].value, full[-1].value)
    assert all(stage.facts is None for stage in plain) and all(stage.facts for stage in full)


def test_a_cancelled_preview_stops() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        RANDOM.stages(IMAGE, 0, cancel=token)


def drawn(operation: Step, seed: int, image: Image.Image = IMAGE) -> Stage:
    return Pipeline((operation,)).stages(image, seed)[1]


@pytest.mark.parametrize("seed", range(6))
def test_drawn_crops_are_where_the_pixels_come_from(seed: int) -> None:
    stage = drawn(step("RandomCrop", size=(20, 30)), seed)
    i, j, h, w = (stage.drawn[key] for key in "ijhw")
    assert (h, w) == (20, 30)
    assert np.array_equal(stage.value, PIXELS[i : i + h, j : j + w])


@pytest.mark.parametrize("seed", range(3))
def test_drawn_crops_count_in_the_padded_image(seed: int) -> None:
    stage = drawn(step("RandomCrop", size=(40, 40), padding=(5, 3)), seed)
    padded = np.pad(PIXELS, ((3, 3), (5, 5), (0, 0)))
    i, j, h, w = (stage.drawn[key] for key in "ijhw")
    assert np.array_equal(stage.value, padded[i : i + h, j : j + w])


@pytest.mark.parametrize("seed", range(3))
def test_drawn_resized_crops(seed: int) -> None:
    stage = drawn(step("RandomResizedCrop", size=24), seed)
    i, j, h, w = (stage.drawn[key] for key in "ijhw")
    expected = transforms.functional.resized_crop(IMAGE, i, j, h, w, [24, 24])
    assert np.array_equal(stage.value, expected)


@pytest.mark.parametrize("name", ["RandomHorizontalFlip", "RandomVerticalFlip"])
def test_drawn_flips(name: str) -> None:
    axis = 1 if name == "RandomHorizontalFlip" else 0
    seen = set()
    for seed in range(12):
        stage = drawn(step(name), seed)
        flipped = stage.drawn["flipped"]
        assert np.array_equal(stage.value, np.flip(PIXELS, axis) if flipped else PIXELS)
        seen.add(flipped)
    assert seen == {True, False}


def test_the_second_of_two_flips_tells_its_own_draw() -> None:
    pipeline = Pipeline((step("RandomHorizontalFlip"), step("RandomHorizontalFlip")))
    for seed in range(12):
        first, second = pipeline.stages(IMAGE, seed)[1:]
        turns = first.drawn["flipped"] + second.drawn["flipped"]
        assert np.array_equal(second.value, PIXELS[:, ::-1] if turns == 1 else PIXELS)


@pytest.mark.parametrize("seed", range(3))
def test_drawn_angles(seed: int) -> None:
    stage = drawn(step("RandomRotation", degrees=40), seed)
    assert np.array_equal(stage.value, transforms.functional.rotate(IMAGE, stage.drawn["angle"]))


@pytest.mark.parametrize("seed", range(4))
def test_drawn_colours(seed: int) -> None:
    stage = drawn(step("ColorJitter", brightness=0.4, saturation=0.5, hue=0.2), seed)
    assert set(stage.drawn) == {"order", "brightness", "saturation", "hue"}
    image = IMAGE
    for word in stage.drawn["order"]:
        image = getattr(transforms.functional, f"adjust_{word}")(image, stage.drawn[word])
    assert np.array_equal(stage.value, image)


def test_steps_without_chance_draw_nothing() -> None:
    assert dict(drawn(step("Resize", size=8), 0).drawn) == {}


def test_the_deterministic_part() -> None:
    assert RANDOM.is_random
    kept = RANDOM.deterministic()
    assert not kept.is_random
    assert [each.name for each in kept.steps] == [
        "CenterCrop",
        "CenterCrop",
        "ToTensor",
        "CenterCrop",
        "Normalize",
    ]
    assert [each.values["size"] for each in kept.steps if each.name == "CenterCrop"] == [40, (30, 36), 16]
    assert kept.deterministic() == kept


def test_steps_that_are_off_stay_off_in_the_deterministic_part() -> None:
    off = replace(step("RandomCrop", size=8), enabled=False)
    assert Pipeline((off,)).deterministic().steps[0].enabled is False


def test_source_as_the_tutorial_writes_it() -> None:
    pipeline = Pipeline((step("Resize", size=(32, 32)), step("ToTensor")))
    assert pipeline.source() == (
        "transforms.Compose([\n    transforms.Resize((32, 32)),\n    transforms.ToTensor(),\n])"
    )
    assert Pipeline().source() == "transforms.Compose([])"


def test_source_builds_the_same_pipeline() -> None:
    built = eval(RANDOM.source(), {"transforms": transforms})
    assert [type(each) for each in built.transforms] == [type(each) for each in RANDOM.build().transforms]
    torch.manual_seed(8)
    assert torch.equal(built(IMAGE), plain(RANDOM, 8))


def test_toml_tables_there_and_back() -> None:
    pipeline = Pipeline((*RANDOM.steps, replace(step("Grayscale", num_output_channels=3), enabled=False)))
    assert Pipeline.from_dicts(pipeline.to_dicts()) == pipeline
    assert pipeline.to_dicts()[-1] == {"name": "Grayscale", "num_output_channels": 3, "enabled": False}


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ({"name": "Resise", "size": 3}, "Resize"),
        ({"name": "Resize", "size": -3}, "size = -3"),
        ({"name": "Resize", "sice": 3}, "sice"),
        ({"size": 3}, "no transform"),
        ("Resize", "table"),
    ],
)
def test_errors_name_the_table(table: object, reason: str) -> None:
    with pytest.raises(TransformError) as caught:
        Pipeline.from_dicts([{"name": "ToTensor"}, table], "transforms.train")  # type: ignore[list-item]
    assert str(caught.value).startswith("transforms.train[1]")
    assert reason in str(caught.value)


def test_a_file_of_more_steps_than_anybody_writes_is_refused() -> None:
    flips = [{"name": "RandomHorizontalFlip"}] * MOST_STEPS
    assert len(Pipeline.from_dicts(flips).steps) == MOST_STEPS
    for tables in ([*flips, *flips], [{"name": "RandomOrder", "transforms": flips}]):
        with pytest.raises(TransformError, match="at most 200 steps"):
            Pipeline.from_dicts(tables)


def test_pipelines_are_compared_hashed_and_pickled() -> None:
    again = pickle.loads(pickle.dumps(RANDOM))
    assert again == RANDOM and hash(again) == hash(RANDOM)
    assert again != RANDOM.deterministic()
    assert torch.equal(again.stages(IMAGE, 1)[-1].value, RANDOM.stages(IMAGE, 1)[-1].value)


def test_what_cannot_be_built_is_a_transform_error() -> None:
    with pytest.raises(TransformError) as caught:
        Pipeline((step("RandomResizedCrop", scale=(0.9, 0.1)),)).build()
    assert "scale" in str(caught.value)


def test_presets_have_names_labels_and_train_and_eval() -> None:
    names = [preset.name for preset in PRESETS]
    assert len(set(names)) == len(names) == len({preset.label for preset in PRESETS})
    assert {
        "to_tensor",
        "normalize",
        "resize",
        "random_crop",
        "cifar_train",
        "cifar_eval",
        "imagenet_eval",
    } <= set(names)
    assert not any(preset.pipeline.is_random for preset in PRESETS if preset.name.endswith("eval"))
