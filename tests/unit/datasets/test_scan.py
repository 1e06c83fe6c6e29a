"""A scan finds every kind of trouble, and no more than there is."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageEnhance
from sklearn.datasets import load_sample_images

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.datasets import scan_files
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.edits import Edits
from tudui_gui.datasets.joined import JoinedImageSet
from tudui_gui.datasets.oddities import DatasetProblem
from tudui_gui.datasets.scan import followed, scan
from tudui_gui.datasets.scan_looks import look_at_parts
from tudui_gui.datasets.scan_near import LEVELS, near_copies
from tudui_gui.datasets.scan_report import (
    KINDS,
    Finding,
    ScanProgress,
    ScanReport,
    left_out_by_default,
)
from tudui_gui.datasets.selection import with_edits
from tudui_gui.datasets.sources import (
    ArrayImageSet,
    Dataset,
    FileImageSet,
    ImageSet,
)
from tudui_gui.images.reading import read_image

from .samples import write_folder, write_image

STEP = Step(DATASETS["folder"], {})


def silent(state: ScanProgress) -> None:
    """Progress that nobody watches."""


def scanned(dataset: Dataset) -> ScanReport:
    return scan(dataset, progress=silent, cancel=CancelToken())


def opened(root: Path) -> Dataset:
    return open_dataset(DATASETS.step("folder", root=str(root)))


def of_kind(report: ScanReport, kind: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.kind == kind]


def counts_of(report: ScanReport) -> dict[str, int]:
    """What was found, but that a set made for one test has one class only."""
    return {kind: count for kind, count in report.counts.items() if kind != "one_class"}


def made(train: ImageSet, test: ImageSet, **others: object) -> Dataset:
    return Dataset("made", STEP, train.classes, train, test, **others)  # type: ignore[arg-type]


def arrays(count: int, side: int = 20, seed: int = 0) -> np.ndarray:
    return np.random.RandomState(seed).randint(0, 256, (count, side, side, 3), dtype=np.uint8)


def two_classes(root: Path, count: int = 4) -> Path:
    return write_folder(root, dict.fromkeys(("train/a", "train/b", "test/a", "test/b"), count), (40, 30))


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


# --- files


def test_a_clean_folder_is_clean(tmp_path: Path) -> None:
    report = scanned(opened(two_classes(tmp_path)))
    assert report.findings == () and report.images == 16 and report.is_clean and report.counts == {}


def test_files_that_cannot_be_read_are_named_with_the_reason(tmp_path: Path) -> None:
    folder = two_classes(tmp_path, 8) / "train" / "a"
    truncated(folder / "000.png")
    (folder / "001.png").write_bytes(b"")
    (folder / "002.png").write_text("no image")
    Image.new("1", (20000, 20000)).save(folder / "003.png")
    jpeg = folder / "photo.jpg"
    read_image(folder / "004.png").image.resize((300, 200)).save(jpeg)
    truncated(jpeg)
    dataset = opened(tmp_path)
    (folder / "005.png").unlink()
    (folder / "006.png").unlink()
    (folder / "006.png").mkdir()
    report = scanned(dataset)
    found = {finding.keys[0].rpartition("/")[2]: finding for finding in report.findings}
    assert {name: finding.kind for name, finding in found.items()} == {
        "000.png": "unreadable",
        "001.png": "empty_file",
        "002.png": "unreadable",
        "003.png": "too_large",
        "005.png": "missing_file",
        "006.png": "folder_as_image",
        "photo.jpg": "unreadable",
    }
    assert "20000 x 20000" in str(found["003.png"]) and "0 bytes" in str(found["001.png"])
    assert "truncated" in str(found["photo.jpg"]) and "cut off" in str(found["000.png"])
    assert all(finding.severity == "error" and finding.path is not None for finding in report.findings)
    for finding in report.findings:
        (part, index), key = finding.images[0], finding.keys[0]
        assert dataset.parts[part].key(index) == key
        assert left_out_by_default(finding) == (key,)


def test_a_folder_called_like_an_image_is_noted(tmp_path: Path) -> None:
    two_classes(tmp_path)
    for name in ("one.png", "two.png"):
        write_image(tmp_path / "train" / "a" / "folder.jpg" / name, seed=len(name) + ord(name[0]))
    (tmp_path / "test" / "b" / "empty.PNG").mkdir()
    report = scanned(opened(tmp_path))
    places = [note.path for note in of_kind(report, "folder_as_image")]
    assert places == [tmp_path / "test" / "b" / "empty.PNG", tmp_path / "train" / "a" / "folder.jpg"]
    assert report.is_clean


# --- copies


def copied_about(root: Path) -> Dataset:
    """Files with the same pixels in other formats, modes, parts and classes."""
    random = np.random.RandomState(3)
    for part in ("train", "test"):
        for name in ("a", "b", "c"):
            (root / part / name).mkdir(parents=True)
            for number in range(20):
                seed = int(random.randint(0, 60))
                gray = np.random.RandomState(seed).randint(0, 256, (12 + seed % 2, 9), np.uint8)
                image = Image.fromarray(gray)
                image = image.convert("RGB") if random.rand() < 0.5 else image
                image.save(root / part / name / f"{number:02}.{random.choice(['png', 'bmp', 'tif'])}")
    return opened(root)


def test_exact_copies_are_those_of_a_plain_loop(tmp_path: Path) -> None:
    dataset = copied_about(tmp_path)
    report = scanned(dataset)
    same: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for part, image_set in (("train", dataset.train), ("test", dataset.test)):
        for index in range(len(image_set)):
            pixels = np.asarray(Image.open(image_set.path(index)).convert("RGB"))
            digest = hashlib.sha256(str(pixels.shape).encode() + pixels.tobytes()).hexdigest()
            same[digest].append((part, index, image_set.label_name(index)))
    groups = [group for group in same.values() if len(group) > 1]
    leaks = {tuple(g) for g in groups if {part for part, _, _ in g} == {"train", "test"}}
    conflicts = {tuple(g) for g in groups if len({label for _, _, label in g}) > 1}
    rest = {tuple(g) for g in groups} - leaks - conflicts
    assert min(map(len, (leaks, conflicts, rest))) > 1
    for kind, expected in (("leak", leaks), ("label_conflict", conflicts), ("duplicate", rest)):
        places = {tuple((part, index) for part, index, _ in group) for group in expected}
        assert {finding.images for finding in of_kind(report, kind)} == places
        assert report.counts[kind] == len(expected)
    assert not any(kind.startswith("near") for kind in report.counts)


def test_the_same_bytes_in_another_shape_are_no_copy() -> None:
    array = arrays(1)
    train = JoinedImageSet([ArrayImageSet(["a"], [0], array), ArrayImageSet(["a"], [0], array[:, :10])])
    test = ArrayImageSet(["a"], [0], array.reshape(1, 10, 40, 3))
    assert counts_of(scanned(made(train, test))) == {}


def test_arrays_and_files_are_compared_with_each_other(tmp_path: Path) -> None:
    array = arrays(30, 33)
    Image.fromarray(array[7]).save(tmp_path / "x.png")
    Image.fromarray(array[9]).save(tmp_path / "y.bmp")
    train = ArrayImageSet(["a", "b"], np.arange(30) % 2, array, origin="train/")
    test = FileImageSet(["a", "b"], [1, 1], tmp_path, ["x.png", "y.bmp"], origin="test/")
    report = scanned(made(train, test))
    assert {finding.keys for finding in of_kind(report, "leak")} == {
        ("train/7", "test/x.png"),
        ("train/9", "test/y.bmp"),
    }
    in_memory = look_at_parts({"train": train}, silent, CancelToken())
    for index in range(30):
        train.image(index).save(tmp_path / f"{index:02}.png")
    files = FileImageSet(["a"], [0] * 30, tmp_path, [f"{index:02}.png" for index in range(30)])
    decoded = look_at_parts({"train": files}, silent, CancelToken())
    np.testing.assert_array_equal(in_memory.digests, decoded.digests)
    np.testing.assert_array_equal(in_memory.sizes, decoded.sizes)
    np.testing.assert_allclose(in_memory.luma.astype(int), decoded.luma.astype(int), atol=2)
    np.testing.assert_allclose(in_memory.chroma.astype(int), decoded.chroma.astype(int), atol=2)


def test_unlabelled_images_are_scanned_and_ones_left_out_are_not() -> None:
    array = arrays(6)
    train = ArrayImageSet(["a"], [0, 0], array[:2], origin="train/")
    test = ArrayImageSet(["a"], [0, 0], array[2:4], origin="test/")
    unlabelled = ArrayImageSet(["a"], [-1, -1], array[[0, 4]], origin="unlabelled/")
    left_out = ArrayImageSet(["a"], [0], array[:1], origin="train/")
    report = scanned(made(train, test, unlabelled=unlabelled, left_out=left_out))
    assert report.images == 6 and counts_of(report) == {"duplicate": 1}
    assert report.findings[0].images == (("train", 0), ("unlabelled", 0))


def jpeg(quality: int) -> Callable[[Image.Image], Image.Image]:
    def change(image: Image.Image) -> Image.Image:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=quality)
        return Image.open(buffer).convert("RGB")

    return change


def resized(factor: float) -> Callable[[Image.Image], Image.Image]:
    return lambda image: image.resize((round(image.width * factor), round(image.height * factor)))


def brightened(factor: float) -> Callable[[Image.Image], Image.Image]:
    return lambda image: ImageEnhance.Brightness(image).enhance(factor)


CHANGES = {
    "q90": jpeg(90),
    "q60": jpeg(60),
    "smaller": resized(0.8),
    "larger": resized(1.3),
    "brighter": brightened(1.1),
    "darker": brightened(0.8),
    "all": lambda image: jpeg(80)(brightened(1.1)(resized(0.9)(image))),
}


def photos() -> list[Image.Image]:
    """24 different clippings of scikit-learn's two photos."""
    wholes = [Image.fromarray(image) for image in load_sample_images().images]
    corners = [(x, y) for x in (0, 150, 300, 430) for y in (0, 110, 220)]
    return [whole.crop((x, y, x + 200, y + 180)) for whole in wholes for x, y in corners]


@pytest.mark.parametrize("name", CHANGES)
def test_changed_copies_of_photos_are_found(name: str, tmp_path: Path) -> None:
    originals = photos()
    (tmp_path / "train" / "a").mkdir(parents=True)
    (tmp_path / "test" / "a").mkdir(parents=True)
    for number, image in enumerate(originals):
        image.save(tmp_path / "train" / "a" / f"{number:02}.png")
        CHANGES[name](image).save(tmp_path / "test" / "a" / f"{number:02}.png")
    dataset = opened(tmp_path)
    report = scanned(dataset)
    assert counts_of(report) == {"near_leak": len(originals)}
    for finding in of_kind(report, "near_leak"):
        train, test = finding.keys
        assert train.removeprefix("train/") == test.removeprefix("test/")
        assert left_out_by_default(finding) == (train,)


@pytest.mark.shared_data
def test_changed_copies_of_real_photos_are_found_and_nothing_else(shared_data: Path, tmp_path: Path) -> None:
    originals = sorted((shared_data / "hymenoptera_small").rglob("*.jpg"))
    for number, path in enumerate(originals):
        image = read_image(path).image
        change = list(CHANGES.values())[number % len(CHANGES)]
        target = tmp_path / ("train" if number % 3 else "test") / path.parent.name
        target.mkdir(parents=True, exist_ok=True)
        image.save(target / f"{number:02}.png")
        if number % 2:
            change(image).save(target / f"{number:02}_copy.png")
    report = scanned(opened(tmp_path))
    assert counts_of(report) == {"near_duplicate": len(originals) // 2}
    for finding in report.findings:
        assert finding.keys[1] == finding.keys[0].replace(".png", "_copy.png")
        assert finding.severity == "note" and left_out_by_default(finding) == finding.keys[1:]


def test_handwritten_digits_are_no_copies_of_each_other() -> None:
    """At most 1 image in 500, though almost 200 pairs correlate by 0.98 and more."""
    report = scanned(open_dataset(DATASETS.step("digits")))
    images = [place for finding in report.findings for place in finding.images]
    assert len(images) <= 1797 / 500
    assert all(len(finding.images) == 2 for finding in report.findings if finding.images)
    (note,) = of_kind(report, "alike")
    assert "0.995 or more" in str(note) and note.severity == "note"


def test_copies_among_digits_are_found_all_the_same() -> None:
    dataset = open_dataset(DATASETS.step("digits"))
    array = dataset.train.uniform_array()
    assert array is not None
    copies = np.clip(array[:40].astype(int) * 0.9 + 10, 0, 255).astype(np.uint8)
    added = ArrayImageSet(dataset.classes, dataset.train.labels[:40], copies, origin="copy/")
    changed = made(JoinedImageSet([dataset.train, added]), dataset.test)
    count = len(dataset.train)
    found = [set(finding.images) for finding in scanned(changed).findings]
    for index in range(40):
        assert any({("train", index), ("train", count + index)} <= images for images in found)


def test_thousands_of_digits_do_not_explode() -> None:
    """Turned and shifted a little, as if by another writer each time."""
    dataset, random = open_dataset(DATASETS.step("digits")), np.random.RandomState(0)
    turned = []
    for number in random.randint(0, len(dataset.train), 5000):
        image = dataset.train.image(int(number)).resize((28, 28)).rotate(random.normal(0, 8), 2)
        shift = (1, random.normal(0, 0.1), random.normal(0, 1), 0, 1, random.normal(0, 1))
        turned.append(np.asarray(image.transform((28, 28), Image.Transform.AFFINE, shift, 2)))
    array = np.stack(turned)
    train = ArrayImageSet(["a"], np.zeros(5000), array)
    report = scanned(made(train, ArrayImageSet(["a"], [0], arrays(1, 28))))
    images = {place for finding in report.findings for place in finding.images}
    assert len(images) <= 0.05 * 5000 and of_kind(report, "alike")


@pytest.mark.shared_data
def test_copies_of_small_pictures_all_at_one_distance_are_found(shared_data: Path, tmp_path: Path) -> None:
    array = open_dataset(DATASETS.step("cifar10", root=str(shared_data))).test.uniform_array()
    assert array is not None
    for number in range(400):
        image = Image.fromarray(np.ascontiguousarray(array[number]))
        for part, each in (("train", image), ("test", CHANGES["all"](image))):
            (tmp_path / part / "a").mkdir(parents=True, exist_ok=True)
            each.save(tmp_path / part / "a" / f"{number:03}.png")
    report = scanned(opened(tmp_path))
    right = [f for f in of_kind(report, "near_leak") if f.keys[0].split("/")[2] == f.keys[1].split("/")[2]]
    assert len(right) >= 0.98 * 400 and report.counts["near_leak"] <= 400


@pytest.mark.parametrize("level", range(len(LEVELS)))
def test_the_grid_misses_no_pair(level: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Against all pairs compared one by one, on pictures between noise and copies."""
    random = np.random.RandomState(level)
    bases = random.randint(0, 256, (60, 256))
    mixed = bases[random.randint(0, 60, 700)] + random.normal(0, 1, (700, 256)) * random.choice(
        [1, 5, 10, 20], (700, 1)
    )
    luma = mixed.clip(0, 255).astype(np.uint8)
    chroma = random.choice([0, 30], (700, 1)).repeat(32, axis=1).astype(np.int8)
    monkeypatch.setattr("tudui_gui.datasets.scan_near._choose_level", lambda neighbours: level)
    found = near_copies(luma, chroma, CancelToken())
    alike, fine = LEVELS[level]
    grid = luma.reshape(-1, 16, 16).astype(float)
    steps = np.hstack([np.diff(grid, axis=axis).reshape(len(grid), -1) for axis in (2, 1)])
    passes = (np.corrcoef(luma) >= alike) & (np.corrcoef(steps) >= fine)
    passes &= chroma[:, :1] == chroma[:, 0]
    members = _components(passes)
    assert found.level == level and len(found.groups) > 20
    assert set(found.groups) == {group for group in members if len(group) > 1}


def _components(adjacent: np.ndarray) -> set[tuple[int, ...]]:
    groups = set()
    for number in range(len(adjacent)):
        group, new = {number}, {number}
        while new:
            new = set(np.flatnonzero(adjacent[sorted(new)].any(axis=0)).tolist()) - group
            group |= new
        groups.add(tuple(sorted(group)))
    return groups


def test_pictures_of_other_colours_and_plain_ones_are_no_near_copies() -> None:
    shape = np.zeros((32, 32, 3), np.uint8)
    shape[8:24, 8:24] = (200, 40, 40)
    other = shape[..., ::-1].copy()
    plain = [np.full((32, 32, 3), value, np.uint8) for value in (10, 11, 12)]
    array = np.stack([shape, other, *plain])
    darker = (array[:1] * 0.8).astype(np.uint8)
    report = scanned(made(ArrayImageSet(["a"], [0] * 5, array), ArrayImageSet(["a"], [0], darker)))
    assert counts_of(report) == {"near_leak": 1}
    assert report.findings[0].images == (("train", 0), ("test", 0))


def test_thousands_of_pictures_that_are_all_alike_stay_bounded() -> None:
    """One finding, not millions of pairs."""
    base = np.random.RandomState(0).randint(0, 256, 256)
    luma = np.clip(base + np.random.RandomState(1).normal(0, 1, (6000, 256)), 0, 255).astype(np.uint8)
    found = near_copies(luma, np.zeros((6000, 32), np.int8), CancelToken())
    assert found.groups == (tuple(range(6000)),)


@pytest.mark.shared_data
def test_known_near_copies_in_cifar10(shared_data: Path) -> None:
    dataset = open_dataset(DATASETS.step("cifar10", root=str(shared_data)))
    report = scanned(dataset)
    assert set(report.counts) == {"near_leak", "near_duplicate"} and report.images == 60_000
    assert 40 <= report.counts["near_leak"] <= 80 and 120 <= report.counts["near_duplicate"] <= 250
    assert any(finding.keys == ("train/4337", "test/4037") for finding in report.findings)
    for finding in report.findings:
        labels = {dataset.parts[part].label_name(index) for part, index in finding.images}
        assert len(labels) == 1  # a false pair would cross classes in nine cases of ten


# --- classes, labels, sizes


def test_classes_without_images_or_with_one(tmp_path: Path) -> None:
    counts = {"train/a": 4, "train/b": 1, "train/empty": 0, "train/only": 3, "test/a": 2, "test/b": 2}
    write_folder(tmp_path, {**counts, "test/strange": 2})
    report = scanned(opened(tmp_path))
    lines = "\n".join(map(str, report.findings))
    assert lines.count("empty") == 1 or "empty has no images" in lines
    assert "The class b has a single training image." in lines
    assert "strange" in lines and not report.is_clean
    for finding in report.findings:
        assert finding.severity == "warning" or finding.kind == "imbalance"


def test_a_class_is_named_by_the_counts_where_opening_did_not() -> None:
    train = ArrayImageSet(["a", "b", "c", "d"], [0, 0, 1, 1], arrays(4))
    test = ArrayImageSet(["a", "b", "c", "d"], [0, 2], arrays(2, seed=1), origin="test/")
    report = scanned(made(train, test))
    assert [(finding.kind, finding.fields["name"]) for finding in report.findings] == [
        ("empty_class", "d"),
        ("class_missing", "b"),
        ("class_missing", "c"),
    ]
    assert str(report.findings[1]).endswith("no test images.") and "training" in str(report.findings[2])


def test_what_the_opening_found_is_part_of_the_report() -> None:
    kinds = ("no_label", "no_image", "missing_file", "dead_link", "surprise")
    problems = [
        DatasetProblem("{n} of something", {"n": n}, Path(f"x{n}"), kind=kind) for n, kind in enumerate(kinds)
    ]
    problems.append(DatasetProblem("split in two", is_note=True, kind="split"))
    parts = (ArrayImageSet(["a", "b"], [0, 0, 1, 1], arrays(4, seed=seed)) for seed in (0, 1))
    report = scanned(made(*parts, problems=tuple(problems)))
    assert report.counts == {**dict.fromkeys(sorted(kinds[:4], key=list(KINDS).index), 1), "other": 2}
    assert [finding.severity for finding in report.findings] == ["warning"] * 5 + ["note"]
    assert str(of_kind(report, "no_image")[0]) == "1 of something"


@pytest.mark.parametrize(("counts", "severity"), [((10, 4), None), ((10, 3), "note"), ((20, 2), "warning")])
def test_imbalance_by_its_rule(counts: tuple[int, int], severity: str | None) -> None:
    labels = [0] * counts[0] + [1] * counts[1]
    train = ArrayImageSet(["a", "b"], labels, arrays(len(labels)))
    report = scanned(made(train, ArrayImageSet(["a", "b"], [0, 1], arrays(2, seed=1))))
    found = of_kind(report, "imbalance")
    assert [finding.severity for finding in found] == ([severity] if severity else [])
    if found:
        assert f"{counts[0] / counts[1]:.1f} times" in str(found[0])


def test_odd_sizes_and_shapes_by_their_rule(tmp_path: Path) -> None:
    random = np.random.RandomState(0)
    sizes = [(int(width), int(width * 0.75)) for width in random.randint(80, 130, 40)]
    sizes += [(75, 100), (20, 15), (500, 380), (300, 30), (30, 300)]
    for number, size in enumerate(sizes):
        write_image(tmp_path / ("test" if number % 5 else "train") / "a" / f"{number:02}.png", size, number)
    dataset = opened(tmp_path)
    report = scanned(dataset)
    expected = {"odd_size": set(), "odd_aspect": set()}
    for kind, values, least in (
        ("odd_size", [w * h for w, h in sizes], 16),
        ("odd_aspect", [max(s) / min(s) for s in sizes], 2),
    ):
        logs = np.log(values)
        distances = np.abs(logs - np.median(logs))
        far = distances >= max(3.5 * 1.4826 * np.median(distances), np.log(least))
        expected[kind] = {sizes[number] for number in np.flatnonzero(far)}
    assert expected == {"odd_size": {(20, 15), (500, 380)}, "odd_aspect": {(300, 30), (30, 300)}}
    for kind, wanted in expected.items():
        found = of_kind(report, kind)
        assert {(f.fields["width"], f.fields["height"]) for f in found} == wanted
        assert all(finding.severity == "note" for finding in found)
        for finding in found:
            part, index = finding.images[0]
            size = (finding.fields["width"], finding.fields["height"])
            assert dataset.parts[part].image(index).size == size


# --- how it runs


def test_processes_find_what_threads_find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = copied_about(tmp_path)
    (tmp_path / "train" / "a" / dataset.train.name(3)[2:]).write_bytes(b"x")
    by_threads = scanned(dataset)
    monkeypatch.setattr(scan_files, "PROCESSES_FROM", 1)
    by_processes = scanned(dataset)
    assert by_processes.findings == by_threads.findings and by_threads.counts["unreadable"] == 1


def test_a_file_that_crashes_the_decoder_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = opened(two_classes(tmp_path, 30))
    crashing = (
        "import os, sys; sys.path[:] = {path!r}; import tudui_gui.datasets.scan_worker as w; "
        "read = w.read_image; "
        "w.read_image = lambda p: os._exit(9) if p.name == '007.png' else read(p); w.serve()"
    )
    monkeypatch.setattr(scan_files, "_START", crashing)
    monkeypatch.setattr(scan_files, "PROCESSES_FROM", 1)
    report = scanned(dataset)
    assert counts_of(report) == {"unreadable": 4} and report.images == 120
    assert {Path(finding.keys[0]).name for finding in report.findings} == {"007.png"}
    assert "crash" in str(report.findings[0])


def test_without_processes_threads_do_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    dataset = opened(two_classes(tmp_path))
    monkeypatch.setattr(scan_files, "PROCESSES_FROM", 1)
    monkeypatch.setattr(scan_files, "_START", "import sys; sys.exit({path!r} == 0)")
    with caplog.at_level(logging.WARNING):
        assert scanned(dataset).images == 16
    assert "a thread will do" in caplog.text


@pytest.mark.parametrize("processes_from", [1, 10**9])
def test_progress_counts_to_the_end(
    processes_from: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_files, "PROCESSES_FROM", processes_from)
    seen: list[ScanProgress] = []
    scan(opened(two_classes(tmp_path, 10)), progress=seen.append, cancel=CancelToken())
    for stage in ("images", "comparing"):
        done = [state.done for state in seen if state.stage == stage]
        assert done == sorted(done) and done[-1] == 40
        assert all(state.total == 40 for state in seen if state.stage == stage)
    assert [state.stage for state in seen] == sorted((state.stage for state in seen), reverse=True)


@pytest.mark.parametrize("processes_from", [1, 10**9])
@pytest.mark.parametrize("stage", ["images", "comparing"])
def test_cancelling_ends_it_at_once(
    stage: str, processes_from: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_files, "PROCESSES_FROM", processes_from)
    dataset = opened(two_classes(tmp_path, 100))
    token, cancelled = CancelToken(), [0.0]

    def stop(state: ScanProgress) -> None:
        if state.stage == stage and not token.cancelled:
            token.cancel()
            cancelled[0] = time.monotonic()

    with pytest.raises(Cancelled):
        scan(dataset, progress=stop, cancel=token)
    assert time.monotonic() - cancelled[0] < 0.2


def test_a_huge_picture_does_not_delay_cancelling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two_classes(tmp_path)
    buffer = io.BytesIO()
    Image.new("RGB", (9000, 9000)).save(buffer, "PNG", compress_level=1)
    for number in range(6):
        (tmp_path / "train" / "a" / f"huge{number}.png").write_bytes(buffer.getvalue())
    token, cancelled = CancelToken(), [0.0]

    def stop(state: ScanProgress) -> None:
        token.cancel()
        cancelled[0] = cancelled[0] or time.monotonic()

    with pytest.raises(Cancelled):
        scan(opened(tmp_path), progress=stop, cancel=token)
    assert time.monotonic() - cancelled[0] < 0.2


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
def test_any_name_can_be_reported(tmp_path: Path) -> None:
    for part in ("train", "test"):
        for name in ("小土堆.png", "a\nb.png", "{0} {path}.png", os.fsdecode(b"\xff.png")):
            write_image(tmp_path / part / "猫\n{x}" / name, seed=len(os.fsencode(name)))
    (tmp_path / "train" / "猫\n{x}" / "{0} {path}.png").write_bytes(b"")
    report = scanned(opened(tmp_path))
    assert counts_of(report) == {"empty_file": 1, "leak": 3}
    text = json.dumps(report.to_json())
    assert json.loads(text)["counts"] == report.counts
    assert "{0} {path}.png" in str(report.findings[0])


def test_to_json_has_everything(tmp_path: Path) -> None:
    two_classes(tmp_path)
    (tmp_path / "test" / "b" / "000.png").write_bytes(b"")
    table = scanned(opened(tmp_path)).to_json()
    assert table["images"] == 16 and table["counts"] == {"empty_file": 1}
    (finding,) = table["findings"]
    assert finding["images"] == [{"part": "test", "index": 4, "key": "test/b/000.png"}]
    assert finding["path"] == str(tmp_path / "test" / "b" / "000.png") and finding["severity"] == "error"


# --- after corrections


def test_findings_follow_corrections_without_another_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = copied_about(tmp_path)
    report = scanned(dataset)
    monkeypatch.setattr(
        "tudui_gui.images.reading._read_path", lambda *a, **k: pytest.fail("decoded"), raising=False
    )
    assert followed(report, dataset).findings == report.findings
    leak = of_kind(report, "leak")[0]
    edited = with_edits(dataset, Edits().with_left_out(left_out_by_default(leak), True))
    after = followed(report, edited)
    assert not any(set(leak.keys) & set(f.keys) for f in of_kind(after, "leak"))
    for finding in after.findings:
        for (part, index), key in zip(finding.images, finding.keys, strict=True):
            assert edited.parts[part].key(index) == key
    assert followed(report, with_edits(dataset, Edits())).findings == report.findings


def test_a_corrected_label_settles_a_conflict(tmp_path: Path) -> None:
    dataset = copied_about(tmp_path)
    report = scanned(dataset)
    conflict = of_kind(report, "label_conflict")[0]
    edited = with_edits(dataset, Edits().with_label(conflict.keys, "a"))
    after = followed(report, edited)
    assert conflict.keys not in {finding.keys for finding in of_kind(after, "label_conflict")}
    assert conflict.keys in {finding.keys for finding in after.findings}


def test_leaving_out_everything_suggested_leaves_nothing_to_suggest(tmp_path: Path) -> None:
    dataset = copied_about(tmp_path)
    report = scanned(dataset)
    keys = [key for finding in report.findings for key in left_out_by_default(finding)]
    edited = with_edits(dataset, Edits().with_left_out(keys, True))
    assert not any(
        kind in followed(report, edited).counts for kind in ("leak", "label_conflict", "duplicate")
    )
    again = scanned(edited)
    assert not any(kind in again.counts for kind in ("leak", "label_conflict", "duplicate"))


def test_the_worker_needs_neither_torch_nor_qt() -> None:
    code = "import sys, tudui_gui.datasets.scan_worker; print({'torch', 'PySide6'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "set()"


def test_one_class_only_is_a_warning(tmp_path: Path) -> None:
    write_folder(tmp_path / "one", {"train/ant": 4, "test/ant": 3}, (40, 30))
    report = scanned(opened(tmp_path / "one"))
    assert report.counts == {"one_class": 1} and not report.is_clean
    (found,) = report.findings
    assert str(found) == "There is one class only, ant: there is nothing to tell apart."
    assert found.severity == "warning" and left_out_by_default(found) == ()
    assert scanned(opened(two_classes(tmp_path / "two"))).counts == {}
