"""Split, corrections and cut, compared with numpy called directly."""

from __future__ import annotations

import hashlib
import pickle
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tudui_gui.core.errors import DatasetError, ExperimentError, ParameterError
from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.edits import Edits
from tudui_gui.datasets.oddities import DatasetProblem
from tudui_gui.datasets.selection import (
    select,
    source_values,
    split_in_words,
    with_edits,
    without_selection,
)
from tudui_gui.datasets.sources import (
    NO_LABEL,
    ArrayImageSet,
    Collection,
    Dataset,
    FileImageSet,
    ImageSet,
)
from tudui_gui.datasets.splitting import stratified_split

CLASSES = ("ant", "bee", "cat")
LABELS = np.array([0] * 20 + [1] * 10 + [2] * 7)


def files_of(labels: Any, origin: str = "", folder: Path = Path("/photos")) -> FileImageSet:
    names = [f"{index:03}.png" for index in range(len(labels))]
    return FileImageSet(CLASSES, labels, folder, names, origin=origin)


def one_part(unlabelled: int = 0) -> Collection:
    others = files_of([NO_LABEL] * unlabelled, "new/") if unlabelled else None
    return Collection("photos", CLASSES, files_of(LABELS), unlabelled=others, path=Path("/photos"))


def two_parts() -> Collection:
    return Collection(
        "photos", CLASSES, files_of(LABELS, "train/"), files_of(LABELS[::3], "test/"), path=Path("/photos")
    )


def step_of(**values: Any) -> Step:
    return DATASETS.step("folder", root="/photos", **values)


def keys(image_set: ImageSet | None) -> list[str]:
    return [] if image_set is None else [image_set.key(index) for index in range(len(image_set))]


def named(image_set: ImageSet) -> dict[str, str]:
    return {image_set.key(index): image_set.label_name(index) for index in range(len(image_set))}


def kinds(dataset: Dataset) -> list[str]:
    return [problem.kind for problem in dataset.problems]


# --- the split


def numpy_tests(labels: np.ndarray, share: float, seed: int) -> list[int]:
    """The test images of a split by class, as a script finds them."""
    random, found = np.random.RandomState(seed), []
    for label in range(3):
        members = np.flatnonzero(labels == label)
        found += random.permutation(members)[: int(len(members) * share + 0.5)].tolist()
    return sorted(found)


def test_one_part_is_split_into_fifths_of_every_class() -> None:
    dataset = select(one_part(), step_of())
    assert keys(dataset.test) == [f"{index:03}.png" for index in numpy_tests(LABELS, 0.2, 0)]
    assert sorted(keys(dataset.train) + keys(dataset.test)) == keys(one_part().train)
    assert np.bincount(dataset.test.labels).tolist() == [4, 2, 1]
    assert kinds(dataset) == ["split"]
    assert dataset.problems[0].is_note and "30 images are for training and 7 for test" in str(
        dataset.problems[0]
    )


def test_own_does_not_mind_share_and_seed() -> None:
    plain, other = select(one_part(), step_of()), select(one_part(), step_of(test_share=0.5, split_seed=9))
    assert keys(plain.test) == keys(other.test)


@pytest.mark.parametrize(("share", "seed"), [(0.2, 0), (0.5, 3), (0.99, 1), (0.01, 1)])
def test_stratified_takes_the_share_of_every_class(share: float, seed: int) -> None:
    dataset = select(one_part(), step_of(split="stratified", test_share=share, split_seed=seed))
    assert keys(dataset.test) == [f"{index:03}.png" for index in numpy_tests(LABELS, share, seed)]


@pytest.mark.parametrize(("share", "seed"), [(0.2, 0), (0.3, 2**31 - 1)])
def test_random_takes_the_share_of_all(share: float, seed: int) -> None:
    dataset = select(one_part(), step_of(split="random", test_share=share, split_seed=seed))
    order = np.random.RandomState(seed).permutation(37)
    count = int(37 * share + 0.5)
    assert keys(dataset.test) == [f"{index:03}.png" for index in sorted(order[:count])]
    assert keys(dataset.train) == [f"{index:03}.png" for index in sorted(order[count:])]


def test_own_parts_stay() -> None:
    collection = two_parts()
    dataset = select(collection, step_of())
    assert dataset.train is collection.train and dataset.test is collection.test
    assert dataset.problems == ()


@pytest.mark.parametrize("split", ["stratified", "random"])
def test_parts_are_put_together_and_split_anew(split: str) -> None:
    collection = two_parts()
    dataset = select(collection, step_of(split=split, test_share=0.4, split_seed=5))
    labels = np.concatenate([LABELS, LABELS[::3]])
    if split == "stratified":
        tests = numpy_tests(labels, 0.4, 5)
    else:
        tests = sorted(np.random.RandomState(5).permutation(50)[:20].tolist())
    every = keys(collection.train) + keys(collection.test)
    assert keys(dataset.test) == [every[index] for index in tests]
    assert kinds(dataset) == ["split"] and "split anew" in str(dataset.problems[0])


@pytest.mark.parametrize("values", [{}, {"split": "random"}, {"split": "stratified"}, {"per_class": 2}])
def test_a_key_names_the_same_image_whatever_the_split(values: dict[str, Any]) -> None:
    collection = two_parts()
    paths = {
        part.key(i): part.path(i) for part in (collection.train, collection.test) for i in range(len(part))
    }
    dataset = select(collection, step_of(**values))
    for part in dataset.parts.values():
        assert all(part.path(i) == paths[part.key(i)] for i in range(len(part)))


@pytest.mark.parametrize("counts", [(2, 1), (1,), (0, 2)])
def test_too_few_images_are_a_problem_not_an_error(counts: tuple[int, ...]) -> None:
    labels = np.repeat(np.arange(len(counts)), counts)
    dataset = select(Collection("few", CLASSES, files_of(labels)), step_of())
    assert len(dataset.train) == sum(counts) and len(dataset.test) == 0
    assert kinds(dataset) == ["too_few"] and not dataset.problems[0].is_note
    assert list(dataset.parts) == ["train"]


def test_nothing_with_a_label_is_no_problem_of_the_split() -> None:
    others = FileImageSet((), [NO_LABEL] * 3, Path("/x"), ["a", "b", "c"])
    dataset = select(Collection("new", (), others.subset([]), unlabelled=others), step_of())
    assert dataset.problems == () and list(dataset.parts) == ["unlabelled"]
    assert [dataset.unlabelled.label_name(index) for index in range(3)] == [""] * 3


@pytest.mark.parametrize(
    "values",
    [{"split": "other"}, {"test_share": 0}, {"test_share": 1.0}, {"split_seed": -1}, {"per_class": 0}],
)
def test_impossible_values_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ParameterError, match=next(iter(values))):
        step_of(**values)


def test_a_split_of_labels_that_are_not_all_there() -> None:
    train, test = stratified_split(np.array([5, 5, 5, 9, 9, 9]), 0.34, 1)
    assert len(test) == 2 and sorted(train + test) == list(range(6))


# --- per_class


def by_digest(image_set: ImageSet, label: int, seed: int) -> list[str]:
    of_class = [image_set.key(index) for index in np.flatnonzero(image_set.labels == label)]
    return sorted(of_class, key=lambda key: hashlib.sha256(f"{seed}/{key}".encode()).hexdigest())


@pytest.mark.parametrize("values", [{}, {"split": "random"}])
@pytest.mark.parametrize("seed", [0, 4])
def test_at_most_so_many_of_each_class_and_part(values: dict[str, Any], seed: int) -> None:
    every = select(two_parts(), step_of(split_seed=seed, **values))
    dataset = select(two_parts(), step_of(per_class=3, split_seed=seed, **values))
    for whole, part in ((every.train, dataset.train), (every.test, dataset.test)):
        chosen = {key for label in range(3) for key in by_digest(whole, label, seed)[:3]}
        assert keys(part) == [key for key in keys(whole) if key in chosen]


def test_leaving_one_out_brings_one_other_in() -> None:
    before = select(two_parts(), step_of(per_class=5))
    left = keys(before.train)[2]
    after = with_edits(before, Edits().with_left_out([left], True))
    assert len(after.train) == len(before.train)
    assert len(set(keys(after.train)) - set(keys(before.train))) == 1
    assert keys(after.test) == keys(before.test)


# --- corrections


def test_a_corrected_label_moves_no_image_to_the_other_part() -> None:
    before = select(one_part(), step_of())
    edits = Edits().with_label([before.train.key(0), before.test.key(0)], "cat")
    after = with_edits(before, edits)
    assert keys(after.train) == keys(before.train) and keys(after.test) == keys(before.test)
    assert after.train.label_name(0) == after.test.label_name(0) == "cat"
    changed = int((after.train.labels != before.train.labels).sum())
    assert changed == 1 and after.edits is edits
    assert before.train.label_name(0) == "ant"


def test_new_classes_come_last_and_sorted() -> None:
    before = select(one_part(), step_of())
    edits = Edits().with_label([before.train.key(0)], "wasp").with_label([before.train.key(1)], "dog")
    after = with_edits(before, edits)
    assert after.classes == (*CLASSES, "dog", "wasp") == after.train.classes == after.test.classes
    assert after.train.labels[:2].tolist() == [4, 3]
    assert with_edits(after, Edits()).classes == CLASSES


def test_a_class_whose_last_image_leaves_stays() -> None:
    before = select(one_part(), step_of())
    cats = [key for part in (before.train, before.test) for key, name in named(part).items() if name == "cat"]
    after = with_edits(before, Edits().with_label(cats, "bee"))
    assert after.classes == CLASSES and 2 not in after.train.labels


def test_images_left_out_are_in_no_part_but_their_own() -> None:
    before = select(one_part(unlabelled=4), step_of())
    out = [before.test.key(1), before.train.key(3), "new/002.png"]
    edits = Edits().with_left_out(out, True).with_label([out[1]], "wasp")
    after = with_edits(before, edits)
    assert keys(after.left_out) == [before.train.key(3), before.test.key(1), "new/002.png"]
    assert named(after.left_out)[out[1]] == "wasp" and named(after.left_out)["new/002.png"] == ""
    assert keys(after.train) == [key for key in keys(before.train) if key not in out]
    assert keys(after.test) == [key for key in keys(before.test) if key not in out]
    assert keys(after.unlabelled) == ["new/000.png", "new/001.png", "new/003.png"]
    assert list(after.parts) == ["train", "test", "unlabelled", "left_out"]
    assert sum(map(len, after.parts.values())) == sum(map(len, before.parts.values()))


def test_leaving_everything_out_is_no_error() -> None:
    before = select(one_part(), step_of())
    everything = keys(before.train) + keys(before.test)
    after = with_edits(before, Edits().with_left_out(everything, True))
    assert list(after.parts) == ["left_out"] and len(after.left_out) == 37
    no_tests = with_edits(before, Edits().with_left_out(keys(before.test), True))
    assert kinds(no_tests) == ["too_few"]
    assert keys(with_edits(no_tests, Edits()).test) == keys(before.test)


def test_images_that_get_a_label_join_training_and_test() -> None:
    before = select(one_part(unlabelled=12), step_of())
    given = [f"new/{index:03}.png" for index in range(10)]
    after = with_edits(before, Edits().with_label(given, "bee"))
    digests = sorted(given, key=lambda key: hashlib.sha256(f"0/{key}".encode()).hexdigest())
    assert set(keys(after.test)) - set(keys(before.test)) == set(digests[:2])
    assert set(keys(after.train)) - set(keys(before.train)) == set(digests[2:])
    assert keys(after.train)[: len(before.train)] == keys(before.train)
    assert keys(after.unlabelled) == ["new/010.png", "new/011.png"]
    assert all(named(after.train)[key] == "bee" for key in digests[2:])
    everything = with_edits(before, Edits().with_label([f"new/{index:03}.png" for index in range(12)], "bee"))
    assert everything.unlabelled is None


def test_share_and_seed_count_for_images_that_get_a_label() -> None:
    given = [f"new/{index:03}.png" for index in range(10)]
    step = step_of(split="random", test_share=0.5, split_seed=7)
    dataset = select(one_part(unlabelled=10), step, Edits().with_label(given, "bee"))
    digests = sorted(given, key=lambda key: hashlib.sha256(f"7/{key}".encode()).hexdigest())
    assert {key for key in keys(dataset.test) if key.startswith("new/")} == set(digests[:5])


def test_leaving_a_newly_labelled_image_out_moves_no_other() -> None:
    given = [f"new/{index:03}.png" for index in range(10)]
    labelled = Edits().with_label(given, "bee")
    before = select(one_part(unlabelled=10), step_of(), labelled)
    for key in given:
        after = with_edits(before, labelled.with_left_out([key], True))
        assert keys(after.train) == [each for each in keys(before.train) if each != key]
        assert keys(after.test) == [each for each in keys(before.test) if each != key]


def test_a_set_without_labels_can_be_labelled() -> None:
    others = FileImageSet((), [NO_LABEL] * 10, Path("/x"), [f"{index}.png" for index in range(10)])
    collection = Collection("new", (), others.subset([]), unlabelled=others)
    edits = Edits().with_label(map(str, [f"{index}.png" for index in range(5)]), "ant")
    dataset = select(collection, step_of(), edits.with_label([f"{i}.png" for i in range(5, 10)], "bee"))
    assert dataset.classes == ("ant", "bee") and dataset.unlabelled is None
    assert np.bincount(dataset.train.labels).tolist() == [4, 4]
    assert np.bincount(dataset.test.labels).tolist() == [1, 1]


def test_flags_change_nothing_but_the_edits() -> None:
    before = select(one_part(), step_of())
    after = with_edits(before, Edits().with_flags([before.train.key(0)], True))
    assert keys(after.train) == keys(before.train) and after.train is not None
    assert after.edits.flags == {before.train.key(0)} and after.left_out is None


def test_corrections_of_images_that_are_gone_are_counted() -> None:
    edits = Edits().with_label(["gone.png"], "wasp").with_flags(["gone.png", "000.png"], True)
    dataset = select(one_part(), step_of(), edits.with_left_out(["other.png"], True))
    assert kinds(dataset) == ["split", "stale_edits"]
    note = dataset.problems[1]
    assert note.is_note and note.fields["count"] == 2 and "2" in str(note)
    assert dataset.classes == CLASSES and dataset.left_out is None
    assert dataset.edits.labels == {"gone.png": "wasp"}


def test_an_image_of_a_table_twice_is_corrected_twice() -> None:
    twice = FileImageSet(CLASSES, [0, 1, 0], Path("/x"), ["a.png", "b.png", "a.png"])
    dataset = select(
        Collection("t", CLASSES, twice, files_of([0])), step_of(), Edits().with_label(["a.png"], "cat")
    )
    assert dataset.train.labels.tolist() == [2, 1, 2]


def test_odd_names_are_found() -> None:
    names = ["caf\udce9.jpg", "two\nlines.jpg", "蚂蚁.jpg"]
    images = FileImageSet(CLASSES, [0, 0, 0], Path("/x"), names, origin="train/")
    edits = Edits().with_label(["train/caf\udce9.jpg"], "bee").with_left_out(["train/two\nlines.jpg"], True)
    dataset = select(Collection("odd", CLASSES, images, images), step_of(per_class=5), edits)
    assert named(dataset.train) == {"train/caf\udce9.jpg": "bee", "train/蚂蚁.jpg": "ant"}


def test_the_file_that_the_step_names_is_used(tmp_path: Path) -> None:
    path = tmp_path / "edits.json"
    Edits().with_left_out(["000.png"], True).save(path)
    assert keys(select(one_part(), step_of(edits=str(path))).left_out) == ["000.png"]
    assert select(one_part(), step_of(edits=str(path)), Edits()).left_out is None
    path.write_text("{")
    with pytest.raises(DatasetError, match=r"edits\.json"):
        select(one_part(), step_of(edits=str(path)))


def test_selecting_again_gives_the_same() -> None:
    edits = Edits().with_label(["001.png"], "wasp").with_left_out(["005.png"], True)
    step = step_of(split="random", per_class=4, split_seed=2)
    first, second = select(one_part(3), step, edits), select(one_part(3), step, edits)
    assert {name: named(part) for name, part in first.parts.items()} == {
        name: named(part) for name, part in second.parts.items()
    }


def test_a_data_set_can_be_sent_to_another_process() -> None:
    pixels = np.random.RandomState(0).randint(0, 256, (37, 4, 4, 3)).astype(np.uint8)
    images = ArrayImageSet(CLASSES, LABELS, pixels)
    edits = Edits().with_label(["3"], "wasp").with_left_out(["5"], True)
    dataset = select(Collection("n", CLASSES, images), step_of(split="random", per_class=4), edits)
    copy = pickle.loads(pickle.dumps(dataset))
    assert copy.edits == edits and copy.step == dataset.step and copy.problems == dataset.problems
    for name, part in dataset.parts.items():
        assert keys(copy.parts[name]) == keys(part)
        assert np.array_equal(copy.parts[name].uniform_array(), part.uniform_array())


def test_without_its_source_nothing_can_be_selected_again() -> None:
    dataset = Dataset("n", step_of(), CLASSES, files_of([0]), files_of([1]))
    with pytest.raises(ValueError, match="source"):
        with_edits(dataset, Edits())


def large_collections() -> dict[str, Collection]:
    def files(count: int, origin: str) -> FileImageSet:
        names = [f"class {index % 10}/{index:06}.jpg" for index in range(count)]
        return FileImageSet(CLASSES, np.arange(count) % 3, Path("/x"), names, origin=origin)

    def array(count: int, origin: str) -> ArrayImageSet:
        pixels = np.zeros((count, 3, 32, 32), dtype=np.uint8).transpose(0, 2, 3, 1)
        return ArrayImageSet(CLASSES, np.arange(count) % 3, pixels, origin=origin)

    return {
        "arrays": Collection("cifar", CLASSES, array(50_000, "train/"), array(10_000, "test/")),
        "files": Collection("files", CLASSES, files(80_000, "train/"), files(20_000, "test/")),
    }


@pytest.mark.parametrize("kind", ["arrays", "files"])
def test_one_correction_of_many_images_is_quick(kind: str) -> None:
    collection = large_collections()[kind]
    key = collection.train.key(77)
    for edits in (Edits().with_label([key], "cat"), Edits().with_left_out([key], True)):
        for split in ("own", "random"):
            dataset = select(collection, step_of(split=split))
            began = time.process_time()
            again = with_edits(dataset, edits)
            assert time.process_time() - began < 0.3
            assert len(again.train) + len(again.test) + len(edits.left_out) == len(collection.train) + len(
                collection.test
            )


# --- what a step says


def test_source_values_leave_the_selection_out() -> None:
    step = step_of(split="random", per_class=3, edits="x.json")
    assert source_values(step) == {"root": "/photos"}
    assert without_selection(step) == step_of()
    inside = DATASETS.step("concat", sources=[step], split="random")
    assert source_values(inside) == {"sources": (step_of(),)}


def english(dataset: Dataset) -> list[str]:
    return [str(phrase) for phrase in split_in_words(dataset)]


def test_the_split_in_words() -> None:
    assert english(select(two_parts(), step_of())) == ["Its own parts: 37 images for training, 13 for test."]
    assert english(select(one_part(), step_of(test_share=0.4))) == [
        "20 % of every class for test, always the same: 30 images for training, 7 for test."
    ]
    assert english(select(two_parts(), step_of(split="stratified", test_share=0.29, split_seed=3)))[0] == (
        "29 % of every class for test, seed 3: 35 images for training, 15 for test."
    )
    assert english(select(two_parts(), step_of(split="random", test_share=0.5)))[0] == (
        "50 % of all images for test, seed 0: 25 images for training, 25 for test."
    )


def test_cut_and_left_out_in_words() -> None:
    edits = Edits().with_left_out(["train/000.png"], True)
    assert english(select(two_parts(), step_of(per_class=2, split_seed=4), edits)) == [
        "Its own parts: 6 images for training, 6 for test.",
        "At most 2 images of each class in each part, seed 4.",
        "Images left out: 1.",
    ]
    shapes = [{"source": "shapes"}, {"source": "shapes"}]
    assert english(open_dataset(DATASETS.step("concat", sources=shapes)))[0].startswith(
        "Each source split by"
    )
    others = files_of([NO_LABEL] * 3)
    nothing = select(Collection("new", CLASSES, others.subset([]), unlabelled=others), step_of())
    assert english(nothing) == ["No image with a label: nothing for training or test."]


def test_problems_of_the_source_come_first() -> None:
    problem = DatasetProblem("{name} is odd", {"name": "x"}, kind="odd")
    collection = Collection("p", CLASSES, files_of(LABELS), problems=(problem,))
    assert kinds(select(collection, step_of())) == ["odd", "split"]


def test_an_experiment_states_the_selection() -> None:
    from tudui_gui.training.experiment import Experiment

    text = '[dataset]\nsource = "digits"\nsplit = "stratified"\ntest_share = 0.3\nper_class = 20\n'
    rest = '[transforms]\ntrain = [{ name = "ToTensor" }]\n[model]\nname = "tudui"\n'
    experiment = Experiment.from_toml(text + rest)
    assert Experiment.from_toml(experiment.to_toml()) == experiment
    dataset = open_dataset(experiment.dataset)
    assert np.bincount(dataset.train.labels).tolist() == [20] * 10
    with pytest.raises(ExperimentError, match=r"dataset\.test_share"):
        experiment.with_value("dataset.test_share", 2)
