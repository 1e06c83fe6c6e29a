"""Scripts of feature maps in a fresh interpreter: their output is the application's, bit for bit."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from tests.unit.scripts.comparing_pictures import Ran, run_all
from tudui_gui.images.reading import read_image
from tudui_gui.layers.catalog import LAYERS
from tudui_gui.layers.chains import Passed, run_chain, run_inside, run_layer, suited
from tudui_gui.layers.feature_maps import map_statistics
from tudui_gui.layers.kernels import kernel_of
from tudui_gui.layers.subjects import Chain, KernelEdit, OneLayer, frozen
from tudui_gui.models.zoo import MODELS, build_model
from tudui_gui.prediction.classifier import Classifier
from tudui_gui.scripts.layer_script import model_layer_script
from tudui_gui.scripts.maps_script import edits_text, maps_script
from tudui_gui.scripts.picture_reading import PictureFile
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

PIPELINE = Pipeline((TRANSFORMS.step("Resize", size=[12, 16]), TRANSFORMS.step("ToTensor")))
SOBEL = frozen(np.broadcast_to(kernel_of("sobel_x", 1, 3, 3)[0], (3, 3, 3)))
BLUR = frozen(kernel_of("box", 3, 3, 3))


SQUARE = Pipeline((TRANSFORMS.step("Resize", size=[32, 32]), TRANSFORMS.step("ToTensor")))
ODD = OneLayer(
    LAYERS.step("Conv2d"),
    0,
    (KernelEdit("", 0, frozen(np.full((3, 3, 3), np.float32(np.inf)))), KernelEdit("", 1, SOBEL)),
)
MODEL_EDITS = (KernelEdit("model.0", 2, frozen(np.broadcast_to(kernel_of("laplace", 1, 5, 5), (3, 5, 5)))),)


def every_layer() -> dict[str, OneLayer]:
    """Every layer of the catalog, for three channels of 12 x 16."""
    changed = {"Linear": {"in_features": 16}, "Unflatten": {"dim": 1, "unflattened_size": (1, 3)}}
    names = [name for name in LAYERS if name != "PixelShuffle"]  # needs four channels: in a chain below
    steps = (suited(LAYERS.step(name).with_values(**changed.get(name, {})), (1, 3, 12, 16)) for name in names)
    return {step.name: OneLayer(step, seed=5) for step in steps}


def chains() -> dict[str, Chain]:
    steps = (
        LAYERS.step("Conv2d", in_channels=3, out_channels=4, kernel_size=3),
        LAYERS.step_from({"name": "ReLU", "enabled": False}),
        LAYERS.step("Dropout"),
        LAYERS.step("PixelShuffle", upscale_factor=2),
        LAYERS.step("MaxPool2d", kernel_size=2, return_indices=True),
    )
    edits = (KernelEdit("0", 1, SOBEL), KernelEdit("0", 3, SOBEL), KernelEdit("0", 2, BLUR))
    return {
        "last": Chain(steps, 3),
        "first": Chain(steps, 3, "0", edits),
        "switched off": Chain(steps, 3, "1"),
        "dropout": Chain(steps, 4, "2", edits),
    }


LAYER_SUBJECTS = every_layer()
CHAINS = chains()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[PictureFile]:
    """Three pictures, one with a Chinese name."""
    folder = tmp_path_factory.mktemp("pictures")
    paths = [folder / name for name in ("one.png", "二.png", "three.jpg")]
    for number, path in enumerate(paths):
        pixels = np.random.default_rng(number).integers(0, 256, (20, 30, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(path)
    return [PictureFile(path) for path in paths]


@pytest.fixture(scope="module")
def ran(
    files: list[PictureFile], trained_run: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Ran]:
    """All scripts, run in one fresh interpreter."""
    subjects: dict[str, OneLayer | Chain] = {**LAYER_SUBJECTS, **CHAINS}
    scripts = {name: maps_script(subject, files, 1, PIPELINE) for name, subject in subjects.items()}
    scripts["odd"] = maps_script(ODD, files[:1], 0, PIPELINE)
    scripts["fresh"] = model_layer_script(MODELS.step("lenet"), 4, "model.2", files[1], SQUARE, seed=3)
    weights = trained_run / "checkpoints" / "last.pt"
    for layer in ("model.2", ""):
        scripts[f"trained {layer}"] = model_layer_script(
            MODELS.step("tudui"), 10, layer, files[1], SQUARE, weights=weights, edits=MODEL_EDITS
        )
    return run_all(scripts, ("output", "maps"), tmp_path_factory.mktemp("scripts"))


def batch_of(files: list[PictureFile], pipeline: Pipeline = PIPELINE) -> torch.Tensor:
    transform = pipeline.build()
    return torch.stack([transform(read_image(file.path).image) for file in files])


def is_output(ran: Ran, passed: Passed) -> bool:
    """Whether the script's output is the application's, but for how its maps are put together."""
    found = ran.values["output"][1].reshape(passed.output.shape)
    return np.array_equal(found, passed.output.numpy(), equal_nan=True)


def test_every_layer_of_the_catalog_on_a_batch(files: list[PictureFile], ran: dict[str, Ran]) -> None:
    assert len(LAYER_SUBJECTS) > 40
    for name, layer in LAYER_SUBJECTS.items():
        passed = run_layer(layer, batch_of(files))
        assert is_output(ran[name], passed), name
        assert f"output: {tuple(passed.shape)}\n" in ran[name].printed, name


def test_chains_edited_kernels_and_layers_on_the_way(files: list[PictureFile], ran: dict[str, Ran]) -> None:
    for name, chain in CHAINS.items():
        passed = run_chain(chain, batch_of(files))
        assert is_output(ran[name], passed), name
        assert np.array_equal(ran[name].values["maps"][1], passed.output[1].numpy()), name


def test_statistics_printed_are_those_that_are_shown(files: list[PictureFile], ran: dict[str, Ran]) -> None:
    statistics = map_statistics(run_layer(ODD, batch_of(files[:1])).output[0])
    assert statistics.nan[0] + statistics.inf[0] == statistics.size
    assert "0: no finite number\n" in ran["odd"].printed
    rows = re.findall(r"(\d+): min=(\S+) max=(\S+) mean=(\S+) std=(\S+)", ran["odd"].printed)
    assert [int(row[0]) for row in rows] == [1, 2, 3, 4, 5]
    for row in rows:
        channel = int(row[0])
        shown = [getattr(statistics, name)[channel] for name in ("minimum", "maximum", "mean", "std")]
        assert [float(number) for number in row[1:]] == pytest.approx(shown, abs=1e-4)


def test_a_layer_inside_a_fresh_model(files: list[PictureFile], ran: dict[str, Ran]) -> None:
    torch.manual_seed(3)
    model = build_model(MODELS.step("lenet"), 4)
    assert is_output(ran["fresh"], run_inside(model, "model.2", batch_of(files[1:2], SQUARE)))


@pytest.mark.parametrize("layer", ["model.2", ""])
def test_a_layer_inside_a_trained_model_with_edited_kernels(
    files: list[PictureFile], trained_run: Path, ran: dict[str, Ran], layer: str
) -> None:
    model = Classifier.load(trained_run / "checkpoints" / "last.pt").model
    given = batch_of(files[1:2], SQUARE)
    passed = run_inside(model, layer, given, edits=MODEL_EDITS)
    assert is_output(ran[f"trained {layer}"], passed)
    assert not torch.equal(passed.output, run_inside(model, layer, given).output)


def test_kernels_that_are_alike_are_written_once() -> None:
    edits = [KernelEdit("", channel, SOBEL) for channel in (4, 1)]
    assert edits_text("layer", edits) == (
        "layer.weight[[1, 4]] = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])\n"
    )
    third = (((1 / 3,),),)
    assert edits_text("layer", [KernelEdit("", 0, third)]) == (
        "layer.weight[0] = torch.tensor([[[0.33333334]]])\n"
    )


def test_pictures_in_no_file_get_names_to_replace(files: list[PictureFile]) -> None:
    text = maps_script(OneLayer(LAYERS.step("ReLU"), 0), [PictureFile(None)] * 2, 0, PIPELINE)
    assert "image_0.png" in text
    assert "image_1.png" in text
    assert text.count("save them there first") == 1
