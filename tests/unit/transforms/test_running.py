"""Running a pipeline again: bit for bit as from the beginning, and nothing computed twice."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.transforms import pipeline as pipeline_module
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline, Stage
from tudui_gui.transforms.running import StageRunner, bytes_of

PIXELS = np.random.default_rng(7).integers(0, 256, (48, 64, 3), dtype=np.uint8)
IMAGE = Image.fromarray(PIXELS)
step = TRANSFORMS.step

STEPS: tuple[Step, ...] = (
    step("Resize", size=40),
    step("RandomCrop", size=(30, 36), padding=2),
    step("RandomHorizontalFlip"),
    step("ColorJitter", brightness=0.4, hue=0.2),
    step("ToTensor"),
    step("GaussianNoise"),
    step("RandomCrop", size=16),
    step("Normalize"),
)

EDITS = (
    (7, step("Normalize", mean=(0.4, 0.5, 0.6))),
    (6, step("RandomCrop", size=12)),
    (5, step("GaussianNoise", sigma=0.3)),
    (3, step("ColorJitter", brightness=0.9)),
    (2, replace(step("RandomHorizontalFlip"), enabled=False)),
    (1, step("RandomCrop", size=28)),
    (0, step("Resize", size=(44, 50))),
    (7, step("Normalize", mean=(0.1, 0.2, 0.3), inplace=True)),
)


@pytest.fixture
def applied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the steps that are applied from now on."""
    names: list[str] = []
    real = pipeline_module._apply

    def apply(step: Step, *rest: object) -> object:
        names.append(step.name)
        return real(step, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline_module, "_apply", apply)
    return names


def assert_same(stages: tuple[Stage, ...], expected: tuple[Stage, ...]) -> None:
    assert len(stages) == len(expected)
    for stage, other in zip(stages, expected, strict=True):
        assert (stage.step, stage.skipped, dict(stage.drawn)) == (
            other.step,
            other.skipped,
            dict(other.drawn),
        )
        assert type(stage.value) is type(other.value)
        if isinstance(stage.value, torch.Tensor):
            assert torch.equal(stage.value, other.value)  # type: ignore[arg-type]
        elif stage.value is not None:
            np.testing.assert_array_equal(np.asarray(stage.value), np.asarray(other.value))
        assert (stage.facts is None) == (other.facts is None)
        if stage.facts is not None and other.facts is not None:
            assert stage.facts.mean == other.facts.mean
            np.testing.assert_array_equal(stage.facts.histogram, other.facts.histogram)


def edited(steps: tuple[Step, ...], index: int, new: Step) -> tuple[Step, ...]:
    return (*steps[:index], new, *steps[index + 1 :])


@pytest.mark.parametrize("seed", [0, 11, 2**40])
def test_edits_in_a_row_give_bit_for_bit_what_a_fresh_run_gives(seed: int) -> None:
    runner, steps = StageRunner(), STEPS
    assert_same(runner.run(IMAGE, Pipeline(steps), seed), Pipeline(steps).stages(IMAGE, seed))
    for index, new in EDITS:
        steps = edited(steps, index, new)
        assert_same(runner.run(IMAGE, Pipeline(steps), seed), Pipeline(steps).stages(IMAGE, seed))


def test_only_steps_from_the_edited_one_on_are_applied(applied: list[str]) -> None:
    runner, steps = StageRunner(), STEPS
    first = runner.run(IMAGE, Pipeline(steps), 3)
    assert applied == [each.name for each in steps]
    for index, new in EDITS:
        steps = edited(steps, index, new)
        applied.clear()
        again = runner.run(IMAGE, Pipeline(steps), 3)
        assert applied == [each.name for each in steps[index:] if each.enabled]
        assert all(a is b for a, b in zip(again[: index + 1], first, strict=False))
        assert not any(a is b for a, b in zip(again[index + 1 :], first[index + 1 :], strict=False))
        first = again


def test_the_same_again_computes_nothing(applied: list[str]) -> None:
    runner = StageRunner()
    first = runner.run(IMAGE, Pipeline(STEPS), 3)
    applied.clear()
    assert runner.run(IMAGE, Pipeline(STEPS), 3) == first
    assert applied == []


def test_steps_put_in_moved_and_taken_away() -> None:
    runner = StageRunner()
    for steps in (STEPS, (*STEPS[:3], *STEPS[4:]), (STEPS[0], STEPS[2], STEPS[1]), (), STEPS[:2], STEPS):
        assert_same(runner.run(IMAGE, Pipeline(steps), 5), Pipeline(steps).stages(IMAGE, 5))


def test_another_picture_and_another_seed_begin_anew() -> None:
    runner, pipeline = StageRunner(), Pipeline(STEPS)
    other = Image.fromarray(PIXELS[::-1].copy())
    for image, seed in ((IMAGE, 0), (other, 0), (other, 1), (IMAGE, 1)):
        assert_same(runner.run(image, pipeline, seed), pipeline.stages(image, seed))


def test_no_seed_draws_anew_each_time() -> None:
    runner, pipeline = StageRunner(), Pipeline((step("RandomCrop", size=8),))
    crops = {tuple(runner.run(IMAGE, pipeline, None)[1].drawn.values()) for _ in range(8)}
    assert len(crops) > 1


def test_facts_asked_for_later_are_those_of_the_kept_values(applied: list[str]) -> None:
    runner, pipeline = StageRunner(), Pipeline(STEPS)
    assert all(stage.facts is None for stage in runner.run(IMAGE, pipeline, 3, with_facts=False))
    applied.clear()
    stages = runner.run(IMAGE, pipeline, 3)
    assert applied == []
    assert_same(stages, pipeline.stages(IMAGE, 3))


def test_a_failing_step_is_run_again_and_the_ones_after_it_are_not_run() -> None:
    runner = StageRunner()
    for steps in (
        (step("Resize", size=20), step("RandomCrop", size=64), step("ToTensor")),
        (step("Resize", size=20), step("RandomCrop", size=64), step("Grayscale"), step("ToTensor")),
        (step("Resize", size=20), step("RandomCrop", size=16), step("ToTensor")),
    ):
        stages, expected = runner.run(IMAGE, Pipeline(steps), 3), Pipeline(steps).stages(IMAGE, 3)
        assert_same(stages, expected)
        fixes = [[each.problem and each.problem.fix for each in some] for some in (stages, expected)]
        assert fixes[0] == fixes[1]


def test_cancelled_work_is_gone_on_with(applied: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    runner, token, real = StageRunner(), CancelToken(), pipeline_module._apply

    def apply(step: Step, *rest: object) -> object:
        if step.name == "ToTensor":
            token.cancel()
        return real(step, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(pipeline_module, "_apply", apply)
        with pytest.raises(Cancelled):
            runner.run(IMAGE, Pipeline(STEPS), 3, cancel=token)
    applied.clear()
    assert_same(runner.run(IMAGE, Pipeline(STEPS), 3)[:1], Pipeline(()).stages(IMAGE, 3))
    assert applied == ["GaussianNoise", "RandomCrop", "Normalize"]


def test_memory_is_bounded_from_the_first_stage_on(applied: list[str]) -> None:
    steps = (step("Resize", size=(20, 30)), step("ToTensor"), step("Normalize"))
    runner, room = StageRunner(most_bytes=20 * 30 * 3 * 5), Pipeline(steps)
    runner.run(IMAGE, room, 3)
    applied.clear()
    changed = Pipeline((*steps[:2], step("Normalize", mean=(0.1, 0.1, 0.1))))
    assert_same(runner.run(IMAGE, changed, 3), changed.stages(IMAGE, 3))
    assert applied[:1] == ["Normalize"]  # the picture and ToTensor's tensor fit
    small = StageRunner(most_bytes=20 * 30 * 3)
    small.run(IMAGE, room, 3)
    applied.clear()
    assert_same(small.run(IMAGE, changed, 3), changed.stages(IMAGE, 3))
    assert applied[:2] == ["ToTensor", "Normalize"]


def test_bytes_of_every_kind_of_value() -> None:
    assert bytes_of(None) == 0
    assert bytes_of(IMAGE) == PIXELS.nbytes == bytes_of(PIXELS)
    assert bytes_of(Image.new("F", (4, 5))) == 80
    assert bytes_of((torch.zeros(3, 4, 5), torch.zeros(2, dtype=torch.uint8))) == 242


def test_threads_that_use_one_runner_each_get_their_own_result() -> None:
    runner = StageRunner()
    pipelines = [Pipeline((*STEPS[:-1], step("Normalize", mean=(n / 10,) * 3))) for n in range(4)]
    expected = [pipeline.stages(IMAGE, 3)[-1].value for pipeline in pipelines]
    wrong: list[int] = []

    def work(number: int) -> None:
        for _ in range(5):
            value = runner.run(IMAGE, pipelines[number], 3, with_facts=False)[-1].value
            if not torch.equal(value, expected[number]):  # type: ignore[arg-type]
                wrong.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_torchs_generator_stays_as_it_was() -> None:
    before = torch.get_rng_state()
    runner = StageRunner()
    runner.run(IMAGE, Pipeline(STEPS), 3)
    runner.preview(IMAGE, Pipeline(STEPS), 3, 16)
    assert torch.equal(torch.get_rng_state(), before)
