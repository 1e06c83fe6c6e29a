"""The scripts of a data set, of a small matrix, and of a layer inside a model."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.unit.scripts.running import run_script
from tudui_gui.core.paths import sample_data
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.images.reading import read_image
from tudui_gui.layers.bench import BENCH, work
from tudui_gui.layers.bench_presets import BENCH_PRESETS
from tudui_gui.layers.bench_state import first_state, fitted, nested
from tudui_gui.layers.feature_maps import capture, map_statistics
from tudui_gui.models.zoo import MODELS, build_model
from tudui_gui.prediction.classifier import Classifier
from tudui_gui.scripts.arithmetic_script import arithmetic_script
from tudui_gui.scripts.dataset_script import dataset_script
from tudui_gui.scripts.layer_script import model_layer_script
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

PICTURE = sorted((sample_data("shapes") / "val" / "star").iterdir())[0]
TO_TENSOR = Pipeline((TRANSFORMS.step("Resize", size=[32, 32]), TRANSFORMS.step("ToTensor")))


def assert_statistics(printed: str, maps: torch.Tensor) -> None:
    rows = re.findall(r"(\d+): min=(\S+) max=(\S+) mean=(\S+) std=(\S+)", printed)
    shown = map_statistics(maps)
    assert len(rows) == len(maps)
    expected = zip(shown.minimum, shown.maximum, shown.mean, shown.std, strict=True)
    for row, numbers in zip(rows, expected, strict=True):
        assert [float(number) for number in row[1:]] == pytest.approx(list(numbers), abs=1e-4)


@pytest.mark.parametrize("source", ["digits", "shapes", "one_part"])
def test_a_data_set_has_the_same_sizes_and_first_image(source, tmp_path):
    if source == "one_part":
        step = DATASETS.step("folder", root=str(sample_data("shapes") / "train"))
    else:
        step = DATASETS.step(source)
    dataset = open_dataset(step)
    printed = run_script(dataset_script(dataset), tmp_path)
    size = dataset.train.item(0).size
    label = dataset.classes[dataset.train.labels[0]]
    assert printed.splitlines() == [
        f"train: {len(dataset.train)} test: {len(dataset.test)}",
        f"classes: {len(dataset.classes)} {' '.join(dataset.classes)}",
        f"first: {(3, size[1], size[0]) if source != 'digits' else (3, 32, 32)} torch.float32 {label}",
    ]


def test_every_operation_on_the_bench_prints_what_is_shown(tmp_path):
    states = {name: first_state(operation) for name, operation in BENCH.items()}
    states |= {preset.name: preset.state for preset in BENCH_PRESETS}
    grouped = {"in_channels": 4, "out_channels": 2, "groups": 2, "padding": 1, "padding_mode": "reflect"}
    states["groups"] = fitted(replace(states["Conv2d"], step=BENCH.step("Conv2d", **grouped)))
    states["several"] = replace(states["ReLU"], given=nested(np.linspace(-1, 1, 24).reshape(2, 3, 2, 2)))
    states["long"] = replace(states["Identity"], is_integer=True)
    states["sum"] = replace(states["KLDivLoss"], step=BENCH.step("KLDivLoss", reduction="sum"))
    del states["KLDivLoss"]  # torch warns of its default
    printed = run_all({name: arithmetic_script(state) for name, state in states.items()}, tmp_path)
    assert len(printed) == len(states)
    for name, state in states.items():
        worked = work(state)
        output = torch.from_numpy(worked.output).reshape(worked.shape)
        assert printed[name] == str(output.long() if state.is_integer else output), name


def run_all(scripts, folder):
    """What each script prints, run one after the other in one interpreter."""
    driver = ["import contextlib, io, json, warnings", "printed = {}"]
    for number, (name, text) in enumerate(scripts.items()):
        path = folder / f"script_{number}.py"
        path.write_text(text, encoding="utf-8")
        driver += [
            "with contextlib.redirect_stdout(io.StringIO()) as out:",
            f"    exec(compile(open({str(path)!r}, encoding='utf-8').read(), {name!r}, 'exec'), {{}})",
            f"printed[{name!r}] = out.getvalue().rstrip()",
        ]
    return json.loads(run_script("\n".join([*driver, "print(json.dumps(printed))"]), folder))


def test_a_layer_of_a_fresh_model_has_the_maps_that_are_shown(tmp_path):
    step = MODELS.step("lenet")
    printed = run_script(model_layer_script(step, 4, "model.2", PICTURE, TO_TENSOR, seed=3), tmp_path)
    torch.manual_seed(3)
    model = build_model(step, 4)
    maps = capture(model, ["model.2"], TO_TENSOR.build()(read_image(PICTURE).image)[None])["model.2"]
    assert_statistics(printed, maps[0])


@pytest.mark.parametrize("layer", ["model.0", "model.8"])
def test_a_layer_of_a_trained_model_has_the_maps_that_are_shown(layer, trained_run, tmp_path):
    path = trained_run / "checkpoints" / "last.pt"
    classifier = Classifier.load(path)
    image = read_image(PICTURE).image
    pipeline = classifier.pipeline_for(image)
    text = model_layer_script(MODELS.step("tudui"), 10, layer, PICTURE, pipeline, weights=path)
    printed = run_script(text, tmp_path)
    output = capture(classifier.model, [layer], pipeline.build()(image)[None])[layer]
    assert f"output: {tuple(output.shape)}" in printed
    assert_statistics(printed, output[0] if output.ndim > 3 else output)
