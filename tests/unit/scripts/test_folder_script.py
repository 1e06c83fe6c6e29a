"""The script of a folder run writes the same files, bit for bit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from tests.unit.scripts.comparing_pictures import run_all
from tudui_gui.images.reading import OPENCV
from tudui_gui.scripts.folder_script import folder_script
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.folder_job import FolderJob
from tudui_gui.transforms.folder_run import apply_to_folder
from tudui_gui.transforms.pipeline import Pipeline

step = TRANSFORMS.step
CROP = Pipeline(
    (step("RandomResizedCrop", size=12), step("ToTensor"), step("Normalize", mean=[0.4] * 3, std=[0.3] * 3))
)
PICTURES = Pipeline((step("RandomCrop", size=10), step("RandomHorizontalFlip")))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    root = tmp_path / "photos"
    for number, name in enumerate(("照片.png", "ants/a.jpg", "ants/b.png", "bees/deep/c.png")):
        pixels = np.random.default_rng(number).integers(0, 256, (16, 20, 3), dtype=np.uint8)
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(root / name)
    Image.fromarray(np.arange(0, 60000, 150, dtype=np.uint16).reshape(20, 20)).save(root / "gray.png")
    (root / "bees" / "broken.jpg").write_bytes(b"no picture")
    (root / ".hidden.png").write_bytes(b"")
    return root


def jobs(source: Path) -> dict[str, FolderJob]:
    plain = FolderJob(
        source, source.parent / "plain", PICTURES, copies=2, seed=3, pattern="{stem}_{copy}_{seed}"
    )
    tensors = FolderJob(source, source.parent / "tensors", CROP, pattern="{index:03}_{folder}_{ending}")
    steps = Pipeline((step("ToTensor"), *CROP.steps[2:], step("FiveCrop", size=6)))
    return {
        "pictures": plain,
        "jpeg": replace(plain, target=source.parent / "jpeg", format="jpeg", quality=80),
        "tensors": tensors,
        "raw": replace(tensors, target=source.parent / "raw", undo_normalize=False),
        "npy": replace(tensors, target=source.parent / "npy", format="npy"),
        "pt": replace(tensors, target=source.parent / "pt", format="pt", undo_normalize=True),
        "bgr": FolderJob(source, source.parent / "bgr", Pipeline((step("BGRToRGB"),)), reader=OPENCV),
        "steps": FolderJob(
            source,
            source.parent / "steps",
            steps,
            pattern="{stem}_{step}_{part}",
            every_step=True,
            deep=False,
        ),
    }


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): content_of(path) for path in folder.rglob("*") if path.is_file()}


def content_of(path: Path) -> bytes:
    """Of a PNG its pixels: how far they are packed does not matter. Torch's files hold their own name."""
    if path.suffix == ".png":
        with Image.open(path) as image:
            return image.mode.encode() + np.asarray(image).tobytes()
    if path.suffix == ".pt":
        tensor = torch.load(path, weights_only=True)
        return f"{tensor.dtype}{tuple(tensor.shape)}".encode() + tensor.numpy().tobytes()
    return path.read_bytes()


def test_the_same_files(source: Path, tmp_path: Path) -> None:
    chosen = jobs(source)
    elsewhere = {name: replace(job, target=tmp_path / "again" / name) for name, job in chosen.items()}
    ran = run_all({name: folder_script(job) for name, job in elsewhere.items()}, (), tmp_path)
    for name, job in chosen.items():
        report = apply_to_folder(job)
        files = files_below(job.target)
        assert len(report.written) == len(files) > 0 and set(report.reasons) <= {"unreadable"}, name
        assert files_below(elsewhere[name].target) == files, name
        assert ("bees/broken.jpg is left out" in ran[name].printed) == (name != "steps"), name
