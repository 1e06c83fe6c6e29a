"""What the scripts about one picture print is what the application computes."""

from __future__ import annotations

import re

import numpy as np
import pytest
import torch
from PIL import Image

from tests.unit.scripts.running import run_script
from tudui_gui.images.reading import read_image
from tudui_gui.layers.catalog import LAYERS
from tudui_gui.layers.feature_maps import apply_layer, map_statistics
from tudui_gui.prediction.classifier import Classifier
from tudui_gui.scripts import feature_map_script, pipeline_script, prediction_script
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline


@pytest.fixture
def photo(tmp_path):
    """A JPEG that lies on its side, as a camera stores it."""
    pixels = np.random.default_rng(0).integers(0, 256, (6, 9, 3), dtype=np.uint8)
    image = Image.fromarray(pixels).resize((90, 60), Image.Resampling.BICUBIC)
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "照片 one.jpg"
    image.save(path, exif=exif)
    return path


def parsed_stages(printed):
    blocks = re.findall(r"(\w+): (\S+) (\(.*\)) min=(\S+) max=(\S+)\n  mean (.*)\n  std (.*)\n", printed)
    for name, kind, shape, low, high, mean, std in blocks:
        means, stds = ([float(number) for number in text.split()] for text in (mean, std))
        yield name, kind, shape, float(low), float(high), means, stds


RANDOM = Pipeline(
    (
        TRANSFORMS.step("Resize", size=[40, 48]),
        TRANSFORMS.step("RandomCrop", size=32, padding=4),
        TRANSFORMS.step("RandomHorizontalFlip"),
        TRANSFORMS.step("ColorJitter", brightness=0.5, hue=0.1),
        TRANSFORMS.step_from({"name": "RandomVerticalFlip", "enabled": False}),
        TRANSFORMS.step("ToTensor"),
        TRANSFORMS.step("Normalize"),
    )
)


def test_every_stage_is_printed_as_it_is_shown(photo, tmp_path):
    seed = 7
    printed = list(parsed_stages(run_script(pipeline_script(RANDOM, photo, seed), tmp_path)))
    shown = [s for s in RANDOM.stages(read_image(photo).image, seed) if s.step is None or s.step.enabled]
    assert [line[0] for line in printed] == ["input"] + [stage.step.name for stage in shown[1:]]
    for (_, kind, shape, low, high, mean, std), stage in zip(printed, shown, strict=True):
        assert kind == stage.facts.mode_or_dtype
        assert shape == str(stage.facts.shape)
        assert (low, high) == pytest.approx((stage.facts.minimum, stage.facts.maximum), abs=1e-4)
        assert mean == pytest.approx(stage.facts.mean, abs=1e-4)
        assert std == pytest.approx(stage.facts.std, abs=1e-4)


def test_a_picture_of_sixteen_bits_is_scaled_as_in_the_application(tmp_path):
    path = tmp_path / "deep.png"
    values = np.random.default_rng(0).integers(0, 65536, (20, 30), dtype=np.uint16)
    Image.fromarray(values).save(path)
    shown = Pipeline().stages(read_image(path).image)[0].facts
    (_, kind, shape, low, high, mean, _), *_ = parsed_stages(
        run_script(pipeline_script(Pipeline(), path, 0), tmp_path)
    )
    assert (kind, shape) == ("RGB", str(shown.shape))
    assert (low, high) == (shown.minimum, shown.maximum)
    assert mean == pytest.approx(shown.mean, abs=1e-4)


def test_a_picture_in_no_file_gets_a_name_to_replace():
    assert "'image.png'" in pipeline_script(RANDOM, None, 0)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Conv2d", {"in_channels": 3, "out_channels": 4, "kernel_size": 5, "stride": 2, "padding": 2}),
        ("MaxPool2d", {"kernel_size": 3, "ceil_mode": True}),
    ],
)
def test_every_map_has_the_statistics_that_are_shown(photo, tmp_path, name, values):
    step = LAYERS.step(name, **values)
    printed = run_script(feature_map_script(step, photo, 3), tmp_path)
    batch = TRANSFORMS.step("ToTensor").build()(read_image(photo).image).unsqueeze(0)
    maps = apply_layer(step, batch, 3)
    statistics = map_statistics(maps[0])
    assert f"output: {tuple(maps.shape)}\n" in printed
    rows = re.findall(r"(\d+): min=(\S+) max=(\S+) mean=(\S+) std=(\S+)", printed)
    assert len(rows) == maps.shape[1]
    expected = zip(statistics.minimum, statistics.maximum, statistics.mean, statistics.std, strict=True)
    for row, shown in zip(rows, expected, strict=True):
        assert [float(number) for number in row[1:]] == pytest.approx(list(shown), abs=1e-4)


def test_a_chain_draws_its_weights_in_order(photo, tmp_path):
    chain = [
        LAYERS.step("Conv2d", in_channels=3, out_channels=4, kernel_size=3),
        LAYERS.step("ReLU"),
        LAYERS.step("Conv2d", in_channels=4, out_channels=2, kernel_size=3),
    ]
    resize = Pipeline((TRANSFORMS.step("Resize", size=[16, 16]), TRANSFORMS.step("ToTensor")))
    printed = run_script(feature_map_script(chain, photo, 1, transforms=resize), tmp_path)
    batch = resize.build()(read_image(photo).image).unsqueeze(0)
    torch.manual_seed(1)
    maps = torch.nn.Sequential(*(step.build() for step in chain))(batch)
    assert f"output: {tuple(maps.shape)}" in printed
    means = [float(number) for number in re.findall(r"mean=(\S+)", printed)]
    assert means == pytest.approx(maps[0].mean((1, 2)).tolist(), abs=1e-4)


def test_a_prediction_has_the_same_classes_and_probabilities(photo, trained_run, tmp_path):
    checkpoint = trained_run / "checkpoints" / "last.pt"
    classifier = Classifier.load(checkpoint)
    picture = read_image(photo)
    shown = classifier.predict(picture, 5).top
    text = prediction_script(
        checkpoint,
        photo,
        classifier.experiment,
        classifier.classes,
        transforms=classifier.pipeline_for(picture.image),
    )
    lines = run_script(text, tmp_path).splitlines()
    assert lines == [f"{guess.name}: {guess.probability:.4%}" for guess in shown]
