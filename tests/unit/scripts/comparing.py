"""Comparing what scripts of data sets open with what the application opens, many in one interpreter."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from tests.unit.scripts.running import run_script
from tudui_gui.datasets.sources import NO_LABEL, Dataset, ImageSet
from tudui_gui.scripts.dataset_script import dataset_script

#: Of larger parts so many images are compared.
_LOOKED_AT = 40

_DRIVER = """\
import contextlib, io, json, runpy
import torch

{before}

def looked_at(part, classes):
    places = sorted({{i * (len(part) - 1) // {most} for i in range({most} + 1)}} if len(part) else ())
    images = []
    for place in places:
        image, label = part[place]
        pixels = (image.double() * 255).round().long()
        weights = torch.arange(pixels.numel()).view_as(pixels) % 251
        sums = [int((pixels * weights).sum()), int(pixels.sum())]
        images.append([place, classes[label], list(pixels.shape), *sums])
    return {{"count": len(part), "images": images}}

for script in {scripts!r}:
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        names = runpy.run_path(script)
    classes = list(names["classes"])
    found = {{part: looked_at(names[part + "_data"], classes) for part in ("train", "test")}}
    found["unlabelled"] = len(names.get("unlabelled", ()))
    print(json.dumps({{"classes": classes, "printed": printed.getvalue(), **found}}))
"""


def check_scripts(opened: Mapping[str, Dataset], folder: Path, before: str = "") -> int:
    """Run the script of each data set and compare classes, labels and pixels of both parts.

    ``before`` is run first. Returns how many images were compared.
    """
    compared = 0
    scripts = []
    for number, dataset in enumerate(opened.values()):
        path = folder / f"data_set_{number}.py"
        path.write_text(dataset_script(dataset), encoding="utf-8")
        scripts.append(str(path))
    driver = _DRIVER.format(before=before, most=_LOOKED_AT, scripts=scripts)
    lines = run_script(driver, folder).splitlines()
    assert len(lines) == len(opened)
    for (name, dataset), line in zip(opened.items(), lines, strict=True):
        found = json.loads(line)
        assert found["classes"] == list(dataset.classes), name
        assert found["train"] == _expected(dataset.train), name
        assert found["test"] == _expected(dataset.test), name
        assert found["printed"].splitlines() == list(_printed(dataset, found["unlabelled"])), name
        # The short scripts do not look for images without label.
        assert found["unlabelled"] in (0, len(dataset.unlabelled or ())), name
        compared += len(found["train"]["images"]) + len(found["test"]["images"])
    return compared


def _expected(part: ImageSet) -> dict[str, Any]:
    places = sorted({i * (len(part) - 1) // _LOOKED_AT for i in range(_LOOKED_AT + 1)} if len(part) else ())
    return {"count": len(part), "images": [_facts(part, place) for place in places]}


def _facts(part: ImageSet, place: int) -> list[Any]:
    pixels = np.asarray(part.image(place)).transpose(2, 0, 1).astype(np.int64)
    weights = np.arange(pixels.size).reshape(pixels.shape) % 251
    assert part.labels[place] != NO_LABEL
    shape = list(pixels.shape)
    return [place, part.label_name(place), shape, int((pixels * weights).sum()), int(pixels.sum())]


def _printed(dataset: Dataset, unlabelled: int) -> Iterable[str]:
    yield f"train: {len(dataset.train)} test: {len(dataset.test)}"
    yield f"classes: {' '.join([str(len(dataset.classes)), *dataset.classes])}"
    if unlabelled:
        yield f"without label: {unlabelled}"
    for part in dataset.parts.values():
        width, height = part.image(0).size
        label = f" {part.label_name(0)}" if part.label_name(0) else ""
        yield f"first: {(3, height, width)} torch.float32{label}"
        break
