"""Runs to look into, and the Layers page over them."""

from __future__ import annotations

import shutil
from pathlib import Path

import torch
from PIL import Image
from torch import nn
from torchvision.transforms import functional

from tests.unit.training.builders import make_dataset, make_experiment
from tudui_gui.core.paths import runs_root
from tudui_gui.gui.checkpoints import load_model
from tudui_gui.images.reading import Picture
from tudui_gui.training.recording import run

EPOCHS = 3


def train(folder: Path, seed: int = 3) -> Path:
    """A run of three epochs on noise."""
    experiment = make_experiment(seed=seed, training={"epochs": EPOCHS, "batch_size": 16})
    list(run(experiment, folder, dataset=make_dataset()))
    return folder


def put_run(trained: Path, name: str) -> Path:
    """A copy of a run where this test's home has its runs."""
    folder = runs_root() / name
    shutil.copytree(trained, folder)
    return folder


def picture(seed: int = 0) -> Picture:
    """32 x 32, in no file."""
    values = torch.randint(0, 256, (32, 32, 3), generator=torch.Generator().manual_seed(seed))
    image = Image.fromarray(values.to(torch.uint8).numpy())
    return Picture(image, None, "", "RGB", image.size)


def maps_of(checkpoint: Path, layer: str, shown: Picture) -> torch.Tensor:
    """What the layer of a checkpoint's model makes of a picture, by PyTorch alone."""
    model: nn.Module = load_model(checkpoint).module
    found: list[torch.Tensor] = []
    handle = model.get_submodule(layer).register_forward_hook(
        lambda module, given, output: found.append(output.clone())
    )
    with torch.no_grad():
        model(functional.to_tensor(shown.image)[None])
    handle.remove()
    return found[0][0]
