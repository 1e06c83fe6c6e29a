"""Several sources as one data set, compared with torch's ConcatDataset."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch.utils.data import ConcatDataset, DataLoader
from torchvision import transforms
from torchvision.datasets import ImageFolder

from tests.unit.datasets.samples import write_folder, write_image
from tudui_gui.core.errors import DatasetError, ParameterError, TuduiError
from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import DATASETS, open_dataset, root_of
from tudui_gui.datasets.concatenation import (
    common_folder,
    concatenated,
    sources_of,
    with_absolute_roots,
    with_root,
)
from tudui_gui.datasets.edits import Edits
from tudui_gui.datasets.loading import make_loader
from tudui_gui.datasets.selection import with_edits
from tudui_gui.datasets.sources import Dataset, ImageSet
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline


def concat(*sources: Any, **values: Any) -> Step:
    return DATASETS.step("concat", sources=list(sources), **values)


def folder(root: Path | str, **values: Any) -> dict[str, Any]:
    return {"source": "folder", "root": str(root), **values}


def keys(image_set: ImageSet) -> list[str]:
    return [image_set.key(index) for index in range(len(image_set))]


def named(image_set: ImageSet) -> list[tuple[str, str]]:
    return [(image_set.key(index), image_set.label_name(index)) for index in range(len(image_set))]


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders with train and test, whose classes overlap."""
    first = {"train/bee": 3, "train/ant": 2, "test/bee": 1, "test/ant": 1}
    second = {"train/wasp": 2, "train/bee": 4, "test/wasp": 2, "test/bee": 1}
    return write_folder(tmp_path / "first", first), write_folder(tmp_path / "second", second)


@pytest.fixture
def insects(tmp_path: Path) -> Path:
    """The tutorial's folders: one class each, no split."""
    for name, count in (("ants", 10), ("bees", 5)):
        for index in range(count):
            write_image(tmp_path / "hymenoptera" / name / f"{index}.jpg", seed=index)
    return tmp_path / "hymenoptera"


def opened_insects(root: Path, **values: Any) -> Dataset:
    sources = [
        {"source": "plain_folder", "root": str(root / name), "label": name} for name in ("ants", "bees")
    ]
    return open_dataset(concat(*sources, **values))


def test_parts_and_classes_are_put_together(two: tuple[Path, Path]) -> None:
    dataset = open_dataset(concat(folder(two[0]), folder(two[1])))
    assert dataset.name == "first + second"
    assert dataset.classes == ("ant", "bee", "wasp")
    assert np.bincount(dataset.train.labels).tolist() == [2, 7, 2]
    assert np.bincount(dataset.test.labels).tolist() == [1, 2, 2]
    singles = [open_dataset(DATASETS.step_from(folder(root), "source")) for root in two]
    for part in ("train", "test"):
        expected = [
            (f"{number}/{key}", name)
            for number, single in enumerate(singles)
            for key, name in named(getattr(single, part))
        ]
        assert named(getattr(dataset, part)) == expected


def test_batches_are_those_of_torchs_concat_dataset(two: tuple[Path, Path]) -> None:
    dataset = open_dataset(concat(folder(two[0]), folder(two[1])))
    to_class = {0: {0: 0, 1: 1}, 1: {0: 1, 1: 2}}
    parts = [
        ImageFolder(str(root / "train"), transforms.ToTensor(), target_transform=to_class[number].__getitem__)
        for number, root in enumerate(two)
    ]
    plain = DataLoader(ConcatDataset(parts), 4, shuffle=True, generator=torch.Generator().manual_seed(3))
    ours = make_loader(
        dataset.train,
        Pipeline((TRANSFORMS.step("ToTensor"),)),
        batch_size=4,
        shuffle=True,
        generator=torch.Generator().manual_seed(3),
    )
    for (images, labels), (their_images, their_labels) in zip(ours, plain, strict=True):
        assert torch.equal(images, their_images) and torch.equal(labels, their_labels)


def test_ants_and_bees(insects: Path) -> None:
    dataset = opened_insects(insects)
    assert dataset.name == "ants + bees" and dataset.classes == ("ants", "bees")
    assert np.bincount(dataset.train.labels).tolist() == [8, 4]
    assert np.bincount(dataset.test.labels).tolist() == [2, 1]
    assert dataset.collection is not None and dataset.collection.path == insects
    assert [problem.kind for problem in dataset.problems] == ["split", "split"]


@pytest.mark.parametrize("split", ["random", "stratified"])
def test_the_outer_split_is_of_all_images(insects: Path, split: str) -> None:
    dataset = opened_insects(insects, split=split, test_share=0.4, split_seed=2)
    inner = opened_insects(insects)
    every = keys(inner.train) + keys(inner.test)
    if split == "random":
        tests = np.random.RandomState(2).permutation(15)[:6]
    else:
        random = np.random.RandomState(2)
        labels = np.concatenate([inner.train.labels, inner.test.labels])
        tests = np.concatenate(
            [random.permutation(np.flatnonzero(labels == label))[:count] for label, count in ((0, 4), (1, 2))]
        )
    assert keys(dataset.test) == [every[index] for index in sorted(tests.tolist())]


def test_each_source_has_its_own_split_and_cut(insects: Path) -> None:
    dataset = open_dataset(
        concat(
            {
                "source": "plain_folder",
                "root": str(insects / "ants"),
                "label": "ants",
                "split": "random",
                "test_share": 0.5,
                "split_seed": 4,
            },
            {"source": "plain_folder", "root": str(insects / "bees"), "label": "bees", "per_class": 1},
            {"source": "digits", "per_class": 2},
        )
    )
    assert np.bincount(dataset.train.labels).tolist() == [5, 1, *[2] * 10]
    assert np.bincount(dataset.test.labels).tolist() == [5, 1, *[2] * 10]
    alone = open_dataset(
        DATASETS.step(
            "plain_folder",
            root=str(insects / "ants"),
            label="ants",
            split="random",
            test_share=0.5,
            split_seed=4,
        )
    )
    assert keys(dataset.test)[:5] == [f"0/{key}" for key in keys(alone.test)]


def test_corrections_of_the_whole_and_of_a_source(insects: Path, tmp_path: Path) -> None:
    own = tmp_path / "ants.json"
    Edits().with_left_out(["0.jpg"], True).with_label(["1.jpg"], "bees").save(own)
    ants = {"source": "plain_folder", "root": str(insects / "ants"), "label": "ants", "edits": str(own)}
    bees = {"source": "plain_folder", "root": str(insects / "bees"), "label": "bees"}
    dataset = open_dataset(concat(ants, bees))
    every = dict(named(dataset.train) + named(dataset.test))
    assert "0/0.jpg" not in every and every["0/1.jpg"] == "bees" and every["0/2.jpg"] == "ants"
    assert dataset.left_out is None
    changed = with_edits(dataset, Edits().with_label(["1/0.jpg"], "wasps").with_left_out(["0/3.jpg"], True))
    every = dict(named(changed.train) + named(changed.test))
    assert changed.classes == ("ants", "bees", "wasps")
    assert every["1/0.jpg"] == "wasps" and every["0/1.jpg"] == "bees"
    assert keys(changed.left_out) == ["0/3.jpg"]


def test_images_without_label_are_joined_too(insects: Path) -> None:
    plain = {"source": "plain_folder", "root": str(insects / "bees")}
    dataset = open_dataset(concat({"source": "shapes"}, plain, plain))
    assert len(dataset.unlabelled) == 10 and dataset.unlabelled.label_name(3) == ""
    assert keys(dataset.unlabelled)[0] == "1/0.jpg" and keys(dataset.unlabelled)[5] == "2/0.jpg"
    nothing = open_dataset(concat(plain))
    assert list(nothing.parts) == ["unlabelled"] and nothing.classes == ()


def test_a_join_within_a_join(two: tuple[Path, Path]) -> None:
    inner = concat(folder(two[1]), {"source": "shapes"})
    dataset = open_dataset(concat(folder(two[0]), inner, per_class=1))
    assert dataset.name == "first + second + shapes"
    assert dataset.classes == ("ant", "bee", "wasp", "circle", "square", "star", "triangle")
    assert np.bincount(dataset.train.labels).tolist() == [1] * 7
    assert {key[:4] for key in keys(dataset.train)} >= {"0/tr", "1/0/", "1/1/"}
    assert [step.name for step in sources_of(concat(folder(two[0]), inner))] == ["folder", "folder", "shapes"]


def test_one_source_is_enough_and_none_is_not(two: tuple[Path, Path]) -> None:
    dataset = open_dataset(concat(folder(two[0])))
    assert dataset.name == "first" and keys(dataset.train)[0] == "0/train/ant/000.png"
    with pytest.raises(ParameterError, match="at least one data set"):
        concat()
    with pytest.raises(DatasetError, match="no sources to join"):
        open_dataset(DATASETS.step("concat"))
    with pytest.raises(DatasetError, match="no sources"):
        concatenated([])


@pytest.mark.parametrize("sources", [3, "digits", {"source": "digits"}, [3], [["digits"]], None])
def test_what_is_no_list_of_sources_is_refused(sources: Any) -> None:
    with pytest.raises(ParameterError, match="concat: sources"):
        DATASETS.step("concat", sources=sources)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ({"source": "nowhere"}, "no data set named 'nowhere'"),
        ({}, "no data set named None"),
        ({"source": "digits", "root": "x"}, "no parameter named 'root'"),
        ({"source": "digits", "per_class": 0}, "per_class = 0"),
    ],
)
def test_a_wrong_source_is_named(source: dict[str, Any], message: str) -> None:
    with pytest.raises(TuduiError, match=message):
        concat({"source": "digits"}, source)


def test_a_source_that_is_not_there_is_named(two: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="nowhere"):
        open_dataset(concat(folder(two[0]), folder(tmp_path / "nowhere")))


def test_steps_travel_and_compare(two: tuple[Path, Path]) -> None:
    step = concat(folder(two[0]), concat({"source": "digits"}), split="random")
    assert pickle.loads(pickle.dumps(step)) == step
    assert DATASETS.step_from(step.to_dict("source"), "source") == step
    assert hash(step) == hash(DATASETS.step_from(step.to_dict("source"), "source"))
    described = DATASETS["concat"].describe()["parameters"][0]
    assert (described["kind"], described["default"]) == ("sources", [])
    assert step.source().startswith("ConcatDataset([datasets.ImageFolder(root=")


# --- roots


def roots(step: Step) -> list[str | None]:
    return [source.values.get("root") for source in sources_of(step)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["/old/ants", "/old/bees"], ["/new/ants", "/new/bees"]),
        (["/old/train/ants", "/old/val/bees", "/old"], ["/new/train/ants", "/new/val/bees", "/new"]),
        (["ants", "bees/small"], ["/new/ants", "/new/bees/small"]),
        (["/old/ants"], ["/new"]),
        (["/old/ants", "/old/ants"], ["/new", "/new"]),
        (["/old/ants", None], ["/new", "/new"]),
        ([None, None], ["/new", "/new"]),
        (["/a/x", "/b/x"], ["/new/a/x", "/new/b/x"]),
    ],
)
def test_another_root_takes_the_place_of_the_common_folder(
    before: list[str | None], after: list[str | None]
) -> None:
    step = concat(*({"source": "folder", "root": root or "none"} for root in before))
    assert roots(with_root(step, "/new")) == after
    nested = concat(concat(*step.values["sources"]), {"source": "digits"}, per_class=3)
    assert roots(with_root(nested, Path("/new"))) == [*after, None]
    assert with_root(nested, "/new").values["per_class"] == 3


def test_a_single_source_takes_the_root_as_it_is() -> None:
    assert with_root(DATASETS.step("folder", root="/old"), "here").values["root"] == "here"
    assert with_root(DATASETS.step("digits"), "here") == DATASETS.step("digits")


def test_drives_of_windows_have_nothing_in_common(monkeypatch: pytest.MonkeyPatch) -> None:
    def different_drives(paths: object) -> str:
        raise ValueError("Paths don't have the same drive")

    monkeypatch.setattr("os.path.commonpath", different_drives)
    assert common_folder([Path("/a"), Path("/b")]) is None
    with pytest.raises(DatasetError, match=r"dataset\.sources\.0\.root"):
        with_root(concat(folder("/a"), folder("/b")), "/new")


def test_relative_roots_become_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    step = concat(folder("ants"), concat(folder("/bees"), {"source": "cifar10"}))
    assert roots(with_absolute_roots(step)) == [str(tmp_path / "ants"), "/bees", None]


def test_the_root_of_a_join_is_the_common_folder(tmp_path: Path) -> None:
    assert root_of(concat(folder("/old/ants"), folder("/old/bees"))) == Path("/old")
    cifar = concat({"source": "cifar10"}, {"source": "mnist"})
    assert root_of(cifar, tmp_path) == tmp_path


def test_sources_without_a_root_lie_in_the_data_root(two: tuple[Path, Path]) -> None:
    dataset = open_dataset(
        concat({"source": "folder"}, {"source": "digits", "per_class": 1}), data_root=two[0]
    )
    assert dataset.name == "first + digits"


@pytest.mark.shared_data
def test_real_ants_and_bees(shared_data: Path) -> None:
    root = shared_data / "hymenoptera_small" / "train"
    dataset = opened_insects(root)
    theirs = ImageFolder(str(root))
    assert dataset.name == "ants + bees" and list(dataset.classes) == theirs.classes
    paths = {
        part.path(index): part.labels[index]
        for part in (dataset.train, dataset.test)
        for index in range(len(part))
    }
    assert paths == {Path(path): label for path, label in theirs.samples}


@pytest.mark.shared_data
def test_cifar_with_another_set_keeps_one_array(shared_data: Path) -> None:
    cifar = {"source": "cifar10", "root": str(shared_data), "per_class": 20}
    dataset = open_dataset(concat(cifar, {"source": "digits", "per_class": 5}))
    array = dataset.train.uniform_array()
    assert array.shape == (250, 32, 32, 3)
    assert all(np.array_equal(array[i], np.asarray(dataset.train.image(i))) for i in range(0, 250, 7))
