"""A pipeline applied to a whole folder: what is written, where, and what is refused or left out."""

from __future__ import annotations

import csv
import errno
import hashlib
import os
import shutil
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torchvision import transforms
from torchvision.transforms import functional
from torchvision.utils import save_image

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ImageError, StorageError, TransformError
from tudui_gui.images.reading import OPENCV, read_image
from tudui_gui.transforms import folder_image, folder_run
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.folder_job import FolderJob, seed_of
from tudui_gui.transforms.folder_plan import plan_folder, preview
from tudui_gui.transforms.folder_report import FolderReport
from tudui_gui.transforms.folder_run import FolderProgress, apply_to_folder
from tudui_gui.transforms.pipeline import Pipeline

step = TRANSFORMS.step
CROP = Pipeline((step("Resize", size=24), step("RandomCrop", size=16), step("RandomHorizontalFlip")))
TENSOR = Pipeline(
    (*CROP.steps, step("ToTensor"), step("Normalize", mean=[0.4, 0.5, 0.6], std=[0.2, 0.3, 0.4]))
)
SHRINK = Pipeline((step("Resize", size=(8, 10)),))


def write_picture(path: Path, number: int, size: tuple[int, int] = (40, 30)) -> None:
    pixels = np.random.default_rng(number).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC).save(path)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Five pictures in two sub-folders and at the top, one of them upside down by its EXIF data."""
    root = tmp_path / "photos"
    for number, name in enumerate(("ants/a.png", "ants/b.jpg", "bees/a.png", "bees/deep/c.bmp")):
        write_picture(root / name, number)
    exif = Image.Exif()
    exif[0x0112] = 3
    with Image.open(root / "ants" / "b.jpg") as image:
        image.save(root / "top.jpeg", exif=exif)
    (root / "notes.txt").write_text("no picture")
    (root / ".hidden.png").write_bytes(b"")
    return root


FILES = ("top.jpeg", "ants/a.png", "ants/b.jpg", "bees/a.png", "bees/deep/c.bmp")


def written_below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def job_of(source: Path, pipeline: Pipeline = SHRINK, **values: object) -> FolderJob:
    values = {"target": source.parent / "out", **values}
    return FolderJob(source, pipeline=pipeline, **values)  # type: ignore[arg-type]


def pixels_of(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image)


def test_every_copy_is_what_its_seed_gives(source: Path) -> None:
    report = apply_to_folder(job_of(source, CROP, copies=3, seed=5, pattern="{stem}_{copy}_{seed}"))
    out = report.plan.job.target
    assert (len(report.written), report.images, report.skipped, report.is_complete) == (15, 5, (), True)
    names = []
    for file in FILES:
        for copy in (1, 2, 3):
            seed = seed_of(5, file, copy)
            torch.manual_seed(seed)
            expected = CROP.build()(read_image(source / file).image)
            name = Path(file).with_name(f"{Path(file).stem}_{copy}_{seed}.png")
            assert np.array_equal(pixels_of(out / name), np.asarray(expected)), name
            names.append(str(name))
    assert written_below(out) == sorted(names)
    assert len({pixels_of(out / name).tobytes() for name in names}) > 12


def test_a_seed_follows_from_the_path_alone(source: Path, tmp_path: Path) -> None:
    digest = hashlib.sha256(b"7|ants/a.png|2").digest()
    assert seed_of(7, "ants/a.png", 2) == int.from_bytes(digest[:4], "big") % 2_000_000_000
    many = apply_to_folder(job_of(source, CROP, seed=1)).plan.job.target
    alone = tmp_path / "alone"
    shutil.copytree(source / "bees", alone / "bees")
    few = apply_to_folder(job_of(alone, CROP, seed=1, target=tmp_path / "few")).plan.job.target
    assert pixels_of(few / "bees" / "a.png").tobytes() == pixels_of(many / "bees" / "a.png").tobytes()


@pytest.mark.parametrize("undone", [True, False])
def test_a_tensor_as_a_picture_is_what_save_image_writes(source: Path, tmp_path: Path, undone: bool) -> None:
    apply_to_folder(job_of(source, TENSOR, undo_normalize=undone))
    torch.manual_seed(seed_of(0, "ants/a.png", 1))
    tensor = TENSOR.build()(read_image(source / "ants" / "a.png").image)
    if undone:
        mean, std = torch.tensor([0.4, 0.5, 0.6]), torch.tensor([0.2, 0.3, 0.4])
        tensor = tensor * std[:, None, None] + mean[:, None, None]
    save_image(tensor, tmp_path / "expected.png")
    assert np.array_equal(pixels_of(tmp_path / "out/ants/a.png"), pixels_of(tmp_path / "expected.png"))


def test_arrays_and_tensors_keep_their_numbers(source: Path) -> None:
    torch.manual_seed(seed_of(0, "ants/a.png", 1))
    expected = TENSOR.build()(read_image(source / "ants" / "a.png").image)
    for kind in ("npy", "pt"):
        apply_to_folder(job_of(source, TENSOR, format=kind))
    out = source.parent / "out"
    assert np.array_equal(np.load(out / "ants" / "a.npy"), expected.numpy())
    loaded = torch.load(out / "ants" / "a.pt", weights_only=True)
    assert type(loaded) is torch.Tensor and torch.equal(loaded, expected)
    assert (out / "ants" / "a.pt").stat().st_size < 6000  # its own numbers, not the whole picture's


def test_pictures_without_tensors_in_every_format(source: Path) -> None:
    for kind in ("png", "jpeg", "npy", "pt"):
        apply_to_folder(job_of(source, format=kind, quality=90))
    out, shrunk = source.parent / "out" / "bees", transforms.Resize((8, 10))
    expected = shrunk(read_image(source / "bees" / "a.png").image)
    assert np.array_equal(np.load(out / "a.npy"), np.asarray(expected))
    assert torch.equal(torch.load(out / "a.pt", weights_only=True), functional.pil_to_tensor(expected))
    expected.save(source.parent / "expected.jpg", quality=90)
    assert np.array_equal(pixels_of(out / "a.jpg"), pixels_of(source.parent / "expected.jpg"))


def test_gray_and_odd_results(source: Path) -> None:
    gray = Pipeline((step("Resize", size=(8, 10)), step("Grayscale"), step("ToTensor")))
    report = apply_to_folder(job_of(source, gray, format="jpeg"))
    assert len(report.written) == 5
    with Image.open(source.parent / "out" / "top.jpg") as image:
        assert (image.mode, image.size) == ("L", (10, 8))


def test_the_result_of_every_step(source: Path) -> None:
    report = apply_to_folder(
        job_of(source, TENSOR, every_step=True, copies=2, pattern="{stem}-{copy}-{step}", format="npy")
    )
    assert len(report.written) == 5 * 2 * 5 == report.plan.count
    out = source.parent / "out" / "ants"
    stages = TENSOR.stages(read_image(source / "ants" / "b.jpg").image, seed_of(0, "ants/b.jpg", 2))
    for number, stage in enumerate(stages[1:], 1):
        saved = np.load(out / f"b-2-{number}_{stage.step.name}.npy")
        assert np.array_equal(saved, np.asarray(stage.value))


def test_several_pictures_of_one_step(source: Path) -> None:
    five = Pipeline((step("Compose", transforms=[step("Resize", size=20)]), step("FiveCrop", size=8)))
    with pytest.raises(TransformError, match=r"needs \{part\}"):
        plan_folder(job_of(source, five))
    report = apply_to_folder(job_of(source, five, pattern="{stem}_{part}"))
    assert len(report.written) == 25
    crops = five.build()(read_image(source / "ants" / "a.png").image)
    for part, crop in enumerate(crops, 1):
        assert np.array_equal(pixels_of(source.parent / "out" / "ants" / f"a_{part}.png"), np.asarray(crop))


def test_arrays_of_opencv(source: Path) -> None:
    blue_first = job_of(source, Pipeline((step("BGRToRGB"),)), reader=OPENCV)
    assert len(apply_to_folder(blue_first).written) == 5
    expected = np.asarray(read_image(source / "ants" / "a.png").image)
    assert np.array_equal(pixels_of(source.parent / "out" / "ants" / "a.png"), expected)


def test_without_steps_pictures_are_converted(source: Path) -> None:
    report = apply_to_folder(job_of(source, Pipeline(), pattern="{index:03}_{folder}_{ending}"))
    assert written_below(source.parent / "out") == [
        "001_photos_jpeg.png",
        "ants/002_ants_png.png",
        "ants/003_ants_jpg.png",
        "bees/004_bees_png.png",
        "bees/deep/005_deep_bmp.png",
    ]
    turned = pixels_of(source.parent / "out" / "001_photos_jpeg.png")
    assert np.array_equal(turned, np.asarray(read_image(source / "top.jpeg").image)) and report.is_complete


BAD_PATTERNS = {
    "{stem": "braces do not match",
    "{name}": "nothing is called {name}",
    "{stem.__class__}": "nothing is called",
    "{stem:>30}": "cannot be written as >30",
    "{copy!r}": "cannot be written as !r",
    "{copy:.3f}": "cannot be written as .3f",
    "a/{stem}": "cannot stand in the name",
    "a\\{stem}": "cannot stand in the name",
    "{stem}\0": "cannot stand in the name",
    "{stem}?": "cannot stand in the name",
    "": "no usable name",
    ".{stem}": "no usable name",
    "{copy}": "needs {stem}",
    "{stem}{ending}": "needs {copy}",
}


@pytest.mark.parametrize("pattern", BAD_PATTERNS)
def test_a_bad_pattern_is_refused_before_anything_is_written(source: Path, pattern: str) -> None:
    with pytest.raises(TransformError) as caught:
        apply_to_folder(job_of(source, pattern=pattern, copies=2))
    assert BAD_PATTERNS[pattern] in str(caught.value)
    assert not (source.parent / "out").exists()


@pytest.mark.parametrize(
    "values", [{"copies": 0}, {"quality": 0}, {"quality": 101}, {"format": "gif"}, {"existing": "?"}]
)
def test_impossible_values(source: Path, values: dict[str, object]) -> None:
    with pytest.raises(TransformError, match=f"{next(iter(values))} = .* not possible"):
        plan_folder(job_of(source, **values))


def test_names_that_would_meet_are_refused(source: Path) -> None:
    write_picture(source / "ants" / "a.jpg", 9)
    with pytest.raises(TransformError, match=r"ants/a\.jpg and ants/a\.png would both become ants/a\.png"):
        plan_folder(job_of(source))
    assert plan_folder(job_of(source, pattern="{stem}_{ending}")).count == 6
    (source / "ants" / "a.jpg").rename(source / "ants" / "a1.jpg")
    with pytest.raises(TransformError, match=r"ants/a\.png \(11\) and ants/a1\.jpg \(1\) would both"):
        plan_folder(job_of(source, pattern="{stem}{copy}", copies=11))
    assert plan_folder(job_of(source, pattern="{stem}{copy}", copies=9)).count == 54


def test_every_step_and_long_names_need_their_room(source: Path) -> None:
    with pytest.raises(TransformError, match=r"needs \{step\}"):
        plan_folder(job_of(source, TENSOR, every_step=True))
    with pytest.raises(TransformError, match="too long"):
        plan_folder(job_of(source, pattern="x" * 250 + "{stem}"))


def test_the_preview_names_the_first_results(source: Path) -> None:
    plan = plan_folder(job_of(source, copies=2, pattern="{stem}_{copy:02}"))
    assert preview(plan) == (
        ("top.jpeg", "top_01.png"),
        ("top.jpeg", "top_02.png"),
        ("ants/a.png", "ants/a_01.png"),
    )
    assert plan.count == 10


def test_results_never_come_over_their_sources(source: Path) -> None:
    with pytest.raises(StorageError, match="is the source folder itself"):
        plan_folder(job_of(source, target=source / "ants" / ".."))
    inside = job_of(source, target=source / "out")
    with pytest.raises(StorageError, match="lies inside the source folder"):
        plan_folder(inside)
    allowed = job_of(source, target=source / "out", may_be_inside=True)
    assert len(apply_to_folder(allowed).written) == 5
    again = job_of(source, target=source / "out", may_be_inside=True, existing="replace")
    assert plan_folder(again).files == FILES  # what was written there is no source
    (source.parent / "file").write_text("")
    with pytest.raises(StorageError, match="is a file"):
        plan_folder(job_of(source, target=source.parent / "file"))


def test_nothing_is_overwritten_without_being_told(source: Path) -> None:
    out = source.parent / "out"
    apply_to_folder(job_of(source))
    before = {name: (out / name).stat().st_mtime_ns for name in written_below(out)}
    with pytest.raises(StorageError, match=r"top\.png is there already"):
        apply_to_folder(job_of(source))
    (out / "ants" / "b.png").unlink()
    report = apply_to_folder(job_of(source, existing="keep"))
    assert len(report.written) == 1 and report.reasons == {"exists": 4} and report.is_complete
    del before["ants/b.png"]
    assert before == {name: (out / name).stat().st_mtime_ns for name in before}
    report = apply_to_folder(job_of(source, CROP, existing="replace"))
    assert len(report.written) == 5 and pixels_of(out / "top.png").shape == (16, 16, 3)


def test_a_file_that_appears_meanwhile_is_kept(source: Path) -> None:
    plan = plan_folder(job_of(source))
    (source.parent / "out" / "ants").mkdir(parents=True)
    (source.parent / "out" / "ants" / "a.png").write_text("mine")
    report = apply_to_folder(plan)
    assert report.reasons == {"exists": 1} and len(report.written) == 4
    assert (source.parent / "out" / "ants" / "a.png").read_text() == "mine"


def test_what_cannot_be_done_is_counted_with_its_reason(source: Path) -> None:
    (source / "ants" / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no more")
    (source / "bees" / "empty.png").write_bytes(b"")
    write_picture(source / "small.png", 3, (10, 12))
    job = job_of(source, Pipeline((step("RandomCrop", size=16),)), copies=2, pattern="{stem}_{copy}")
    report = apply_to_folder(job)
    assert len(report.written) == 10 and report.images == 8 and report.is_complete
    assert report.reasons == {"unreadable": 2, "failed": 2}
    by_source = {each.source: each for each in report.skipped}
    assert by_source["ants/broken.jpg"].reason == "unreadable"
    assert "0 bytes" in str(by_source["bees/empty.png"].error) and by_source["bees/empty.png"].copy == 0
    assert "RandomCrop wants 16 x 16" in str(by_source["small.png"].error)
    assert all(each.error is None or each.error.__traceback__ is None for each in report.skipped)


def test_a_result_that_is_no_picture(source: Path) -> None:
    two = Pipeline((step("ToTensor"), step("Pad", padding=1)))
    assert len(apply_to_folder(job_of(source, two)).written) == 5
    with pytest.raises(ImageError):
        folder_image.encoded(torch.zeros(2, 5, 5), "png")
    assert np.load(BytesIO(folder_image.encoded(torch.zeros(2, 5, 5), "npy"))).shape == (2, 5, 5)


def test_the_report_as_a_table(source: Path, tmp_path: Path) -> None:
    (source / "ants" / "broken.jpg").write_bytes(b"no picture")
    report = apply_to_folder(job_of(source, CROP, copies=2, seed=3, pattern="{stem}_{copy}"))
    report.write_csv(tmp_path / "report.csv")
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 11
    assert rows[0] == {
        "file": "top_1.png",
        "source": "top.jpeg",
        "copy": "1",
        "seed": str(seed_of(3, "top.jpeg", 1)),
        "step": "3_RandomHorizontalFlip",
        "part": "1",
        "result": "written",
        "reason": "",
        "text": "",
    }
    assert [row["file"] for row in rows[:10]] == [output.name for output in plan_outputs(report)]
    assert (rows[10]["source"], rows[10]["reason"]) == ("ants/broken.jpg", "unreadable")
    table = report.to_json()
    assert (table["written"], table["reasons"], table["of"]) == (10, {"unreadable": 1}, 6)


def plan_outputs(report: FolderReport) -> list[folder_image.Output]:
    broken = {each.source for each in report.skipped}
    return [each for each in report.plan.outputs() if report.plan.files[each.place] not in broken]


def test_progress_counts_every_image(source: Path) -> None:
    seen: list[FolderProgress] = []
    apply_to_folder(job_of(source), progress=seen.append)
    assert [state.done for state in seen] == [1, 2, 3, 4, 5]
    assert seen[-1] == FolderProgress(5, 5, 5, 0)


def test_cancelled_it_keeps_whole_files_and_goes_on_later(source: Path) -> None:
    for number in range(30):
        write_picture(source / "many" / f"{number:02}.png", number)
    token = CancelToken()

    def stop(state: FolderProgress) -> None:
        if state.done == 4:
            token.cancel()

    report = apply_to_folder(job_of(source, CROP), progress=stop, cancel=token)
    out = source.parent / "out"
    names = written_below(out)
    assert report.cancelled and not report.is_complete and 4 <= len(names) == len(report.written) < 35
    assert all(pixels_of(out / name).shape == (16, 16, 3) for name in names)
    rest = apply_to_folder(job_of(source, CROP, existing="keep"))
    assert rest.is_complete and len(rest.written) == 35 - len(names)
    assert len(written_below(out)) == 35


def test_a_full_disk_stops_the_run_and_leaves_no_half_file(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrote: list[str] = []
    replace = Path.replace

    def full(path: Path, target: Path) -> Path:
        if len(wrote) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        wrote.append(str(target))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", full)
    report = apply_to_folder(job_of(source))
    assert report.error is not None and "No space left" in str(report.error)
    assert not report.is_complete and not report.cancelled
    assert len(written_below(source.parent / "out")) == len(report.written) == 2
    assert "No space left" in report.to_json()["error"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(source: Path) -> None:
    (source.parent / "out").mkdir(mode=0o500)
    report = apply_to_folder(job_of(source))
    assert "cannot be written" in str(report.error)


def test_there_is_nothing_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ImageError, match="no image"):
        plan_folder(job_of(tmp_path / "empty"))
    with pytest.raises(ImageError, match="cannot be read"):
        plan_folder(job_of(tmp_path / "nowhere"))
    token = CancelToken()
    token.cancel()
    (tmp_path / "empty" / "a.png").write_bytes(b"")
    with pytest.raises(folder_run.Cancelled):
        plan_folder(job_of(tmp_path / "empty"), cancel=token)


def test_names_that_no_folder_can_have(source: Path) -> None:
    with pytest.raises(ImageError, match="cannot be read"):
        plan_folder(job_of(Path("x" * 5000)))
    plan = plan_folder(job_of(source, target=source.parent / ("x" * 300)))
    assert "cannot be written" in str(apply_to_folder(plan).error)


def test_top_folder_alone_and_links_in_circles(source: Path) -> None:
    (source / "ants" / "loop").symlink_to(source, target_is_directory=True)
    (source / "ants" / "self.png").symlink_to("self.png")
    plan = plan_folder(job_of(source))
    assert plan.files == FILES
    assert plan_folder(job_of(source, deep=False)).files == ("top.jpeg",)


def test_pictures_too_large_to_be_worked_on_together_take_turns(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_run, "BYTES_AT_ONCE", 1)
    monkeypatch.setattr(folder_run.os, "cpu_count", lambda: 4)
    assert len(apply_to_folder(job_of(source)).written) == 5


@pytest.mark.shared_data
def test_the_ants_and_bees(shared_data: Path, tmp_path: Path) -> None:
    source = shared_data / "hymenoptera_small" / "val"
    job = FolderJob(source, tmp_path / "out", TENSOR, copies=2, pattern="{stem}_{copy}")
    report = apply_to_folder(job)
    assert report.is_complete and len(report.written) == 2 * report.images > 10
    file = report.plan.files[0]
    torch.manual_seed(seed_of(0, file, 2))
    expected = CROP.build()(read_image(source / file).image)
    saved = pixels_of(job.target / f"{file.rpartition('.')[0]}_2.png").astype(int)
    assert np.array_equal(saved, np.asarray(expected))
