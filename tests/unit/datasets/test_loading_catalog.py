"""The batches of containers and of v2's classes are those of a plain DataLoader, bit for bit."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch.utils.data import DataLoader

from tests.unit.datasets.test_loading import Plain, assert_same, generator, pipeline_of
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.loading import make_loader
from tudui_gui.datasets.sources import ImageSet

JITTER = {"name": "ColorJitter", "brightness": 0.4, "hue": [-0.1, 0.2]}
FLIP = {"name": "RandomHorizontalFlip"}
PIPELINES: dict[str, list[Any]] = {
    "random compose": [("Compose", {"transforms": [{"name": "RandomCrop", "size": 6}, FLIP]}), "ToTensor"],
    "still compose": [("Compose", {"transforms": [{"name": "Resize", "size": 12}, {"name": "ToTensor"}]})],
    "apply": ["ToTensor", ("RandomApply", {"transforms": [JITTER, FLIP], "p": 0.7})],
    "choice": [("RandomChoice", {"transforms": [JITTER, FLIP], "p": [1, 3]}), "ToTensor", "Normalize"],
    "order": [("RandomOrder", {"transforms": [JITTER, FLIP]}), "ToTensor"],
    "deep": [("RandomApply", {"transforms": [{"name": "Compose", "transforms": [JITTER]}]}), "ToTensor"],
    "v2": ["ToImage", "RandomPhotometricDistort", ("ToDtype", {"dtype": "float32", "scale": True})],
    "v2 tensors": ["ToTensor", "GaussianNoise", ("RandomErasing", {"value": "random"})],
    "inplace": ["ToTensor", ("RandomErasing", {"inplace": True, "p": 1.0})],
    "auto": ["RandAugment", "TrivialAugmentWide", "ToTensor"],
}


@pytest.fixture(scope="module")
def colours() -> ImageSet:
    return open_dataset(DATASETS.step("shapes")).train.subset(range(24))


@pytest.mark.parametrize("cache_bytes", [0, None])
@pytest.mark.parametrize("name", PIPELINES)
def test_the_batches_are_the_plain_ones(colours: ImageSet, name: str, cache_bytes: int | None) -> None:
    pipeline = pipeline_of(PIPELINES[name])
    ours = make_loader(
        colours, pipeline, batch_size=8, shuffle=True, generator=generator(), cache_bytes=cache_bytes
    )
    plain = DataLoader(Plain(colours, pipeline), 8, shuffle=True, generator=generator())
    assert_same(ours, plain)
    assert type(next(iter(ours))[0]) is torch.Tensor
