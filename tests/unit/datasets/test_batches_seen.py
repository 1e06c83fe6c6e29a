"""What is shown of a training's batches, compared bit for bit with plain DataLoaders and a real training."""

from __future__ import annotations

import gc
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
import torch
from PIL import Image
from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
from torch import Tensor
from torch.utils.data import DataLoader, WeightedRandomSampler
from torchvision import transforms

from tests.unit.datasets.leftovers import Leftovers
from tests.unit.datasets.test_loading import PIPELINES, Plain, pipeline_of
from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import DatasetError, ImageError, StorageError
from tudui_gui.core.paths import resource
from tudui_gui.datasets.catalog import open_dataset
from tudui_gui.datasets.joined import JoinedImageSet
from tudui_gui.datasets.loading import make_loader
from tudui_gui.datasets.sources import ArrayImageSet, Dataset
from tudui_gui.models.zoo import build_model
from tudui_gui.training import seen
from tudui_gui.training.board import batches_folder, board_command, board_tag, write_batch
from tudui_gui.training.control import Control
from tudui_gui.training.epochs import Epochs, Loading, draw_epochs, drawn_counts, in_common
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.seen import Draws, Place, Reading, Sameness, Subject, read
from tudui_gui.training.trainer import Trainer
from tudui_gui.training.workers import torn_down
from tudui_gui.transforms.normalized import denormalized, is_normalized
from tudui_gui.transforms.pipeline import Pipeline

pytestmark = pytest.mark.filterwarnings("ignore:This DataLoader will create:UserWarning")

SEED = 7
RANDOM = pipeline_of(
    [
        ("RandomCrop", {"size": 32, "padding": 4}),
        "RandomHorizontalFlip",
        "ToTensor",
        ("Normalize", {"mean": [0.5], "std": [0.3]}),
    ]
)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Digits, few, and not equally many of each class."""
    step = Experiment.load(resource("experiments", "digits.toml")).dataset
    whole = open_dataset(step)
    return replace(whole, train=whole.train.subset(range(150)), test=whole.test.subset(range(40)))


@pytest.fixture
def experiment() -> Experiment:
    loaded = Experiment.load(resource("experiments", "digits.toml"))
    return loaded.with_value("device", "cpu").with_value("seed", SEED).with_value("training.batch_size", 32)


def loading(**values: Any) -> Loading:
    given = {"batch_size": 32, "shuffle": True, "drop_last": False, "num_workers": 0, "sampler": "none"}
    return Loading(**{**given, "seed": SEED, **values})


def subject(experiment: Experiment, dataset: Dataset, epochs: int = 3, *, train: bool = True) -> Subject:
    image_set = dataset.train if train else dataset.test
    told = Loading.of(experiment) if train else Loading.of(experiment).for_test()
    return Subject(experiment, image_set, train, draw_epochs(image_set, told, range(1, epochs + 1)))


def look(of: Subject, place: Place, **options: Any) -> Reading:
    return read(of, place, Draws(of), **options)


def plain_loader(dataset: Any, told: Loading, labels: np.ndarray, **options: Any) -> DataLoader[Any]:
    """As a script writes it."""
    generator = torch.Generator().manual_seed(told.seed)
    if told.sampler == "weighted":
        weights = [1 / int((labels == label).sum()) for label in labels]
        sampler = WeightedRandomSampler(weights, len(labels), replacement=True, generator=generator)
        order: dict[str, Any] = {"sampler": sampler}
    else:
        order = {"shuffle": told.shuffle}
    return DataLoader(
        dataset, told.batch_size, drop_last=told.drop_last, generator=generator, **order, **options
    )


@pytest.fixture
def nothing_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[Leftovers]:
    """Fail the test that leaves a process, a semaphore or shared memory."""
    left = Leftovers(monkeypatch)
    yield left
    gc.collect()
    assert left.workers() == []
    assert left.registered() == []
    assert left.of_torch() == []


SETTINGS = [
    loading(),
    loading(shuffle=False),
    loading(drop_last=True),
    loading(shuffle=False, drop_last=True),
    loading(sampler="weighted"),
    loading(sampler="weighted", shuffle=False, drop_last=True),
    loading(batch_size=50),
    loading(num_workers=3),
]


@pytest.mark.parametrize("told", SETTINGS, ids=str)
def test_the_order_of_each_epoch_is_that_of_a_plain_loader(dataset: Dataset, told: Loading) -> None:
    plain = plain_loader(torch.arange(150), told, dataset.train.labels)
    theirs = [[tuple(batch.tolist()) for batch in plain] for _ in range(4)]
    drawn = draw_epochs(dataset.train, told, (2, 4))
    assert set(drawn.of) == {2, 4} and len(drawn.starts) == 4
    for number, epoch in drawn.of.items():
        assert list(epoch.batches) == theirs[number - 1]
    dropped = 150 % told.batch_size if told.drop_last else 0
    assert len(drawn.of[2].dropped) == dropped
    if told.sampler == "none":
        assert sorted(drawn.of[2].indices + drawn.of[2].dropped) == list(range(150))


def test_an_epoch_that_fills_no_batch(dataset: Dataset) -> None:
    epoch = draw_epochs(dataset.train, loading(batch_size=151, drop_last=True), (1,)).of[1]
    assert epoch.batches == () and len(epoch.dropped) == 150
    with pytest.raises(DatasetError, match="no images"):
        draw_epochs(dataset.train.subset([]), loading(), (1,))


def test_drawing_many_epochs_can_be_cancelled(dataset: Dataset) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        draw_epochs(dataset.train, loading(), (1000,), token)


def test_what_epochs_have_in_common_and_of_which_class(dataset: Dataset) -> None:
    assert in_common((1, 2, 3, 3), (3, 4, 1, 3)) == 2
    counts = drawn_counts(dataset.train, (5, 5, 9))
    labels = dataset.train.labels
    assert counts.sum() == 3 and counts[labels[5]] >= 2 and counts[labels[9]] >= 1
    epoch = draw_epochs(dataset.train, loading(sampler="weighted"), (1,)).of[1]
    drawn = drawn_counts(dataset.train, epoch.indices)
    assert drawn.tolist() == np.bincount(labels[list(epoch.indices)], minlength=10).tolist()


@pytest.mark.parametrize(
    "told",
    [
        *SETTINGS[:6],
        pytest.param(loading(num_workers=2), marks=pytest.mark.slow),
        pytest.param(loading(num_workers=2, sampler="weighted", drop_last=True), marks=pytest.mark.slow),
    ],
    ids=str,
)
def test_values_without_random_steps(
    dataset: Dataset, experiment: Experiment, told: Loading, nothing_left: Leftovers
) -> None:
    pipeline = pipeline_of(PIPELINES["normalized"])
    experiment = told.put_into(replace(experiment, train_transforms=pipeline))
    plain = plain_loader(Plain(dataset.train, pipeline), told, dataset.train.labels)
    theirs = [list(plain) for _ in range(3)]
    reading = look(subject(experiment, dataset), (3, 2))
    assert reading.sameness is Sameness.ALL and (3, 2) in reading.batches
    for (epoch, number), (images, labels) in reading.batches.items():
        expected_images, expected_labels = theirs[epoch - 1][number - 1]
        assert torch.equal(images, expected_images) and images.dtype == expected_images.dtype
        assert torch.equal(labels, expected_labels)
    last = (3, len(theirs[2]))
    assert last in reading.batches and last[1] == 150 // 32 + (not told.drop_last)


def scripted(experiment: Experiment, dataset: Dataset, epochs: int) -> dict[Place, tuple[Tensor, Tensor]]:
    """The batches of a script that trains a model without dropout: seed, model, loaders, epochs."""
    told = Loading.of(experiment)
    count = told.num_workers
    options = {"num_workers": count, "multiprocessing_context": "spawn"} if count else {}
    train = Plain(dataset.train, experiment.train_transforms)
    test = Plain(dataset.test, experiment.test_transforms)
    torch.manual_seed(experiment.seed)
    build_model(experiment.model, 10)
    train_loader = plain_loader(train, told, dataset.train.labels, **options)
    test_loader = DataLoader(test, told.batch_size)
    found = {}
    for epoch in range(1, epochs + 1):
        for number, (images, labels) in enumerate(train_loader, start=1):
            found[epoch, number] = (images.clone(), labels.clone())
        list(test_loader)
    return found


@pytest.mark.parametrize("shuffle", [True, False])
@pytest.mark.parametrize("sampler", ["none", "weighted"])
def test_random_transforms_draw_as_in_a_script(
    dataset: Dataset, experiment: Experiment, shuffle: bool, sampler: str
) -> None:
    told = loading(shuffle=shuffle, sampler=sampler)
    experiment = told.put_into(replace(experiment, train_transforms=RANDOM))
    theirs = scripted(experiment, dataset, 3)
    of = subject(experiment, dataset)
    draws = Draws(of)
    for place in ((1, 1), (2, 3), (1, 4), (3, 5)):  # forwards and back
        reading = read(of, place, draws)
        assert reading.sameness is Sameness.ALL
        for each, (images, labels) in reading.batches.items():
            assert torch.equal(images, theirs[each][0]) and torch.equal(labels, theirs[each][1])
    assert not torch.equal(theirs[1, 1][0], theirs[2, 1][0])


@pytest.mark.slow
def test_random_transforms_draw_as_in_a_scripts_workers(
    dataset: Dataset, experiment: Experiment, nothing_left: Leftovers
) -> None:
    told = loading(num_workers=2)
    experiment = told.put_into(replace(experiment, train_transforms=RANDOM))
    reading = look(subject(experiment, dataset, 1), (1, 2))
    theirs = scripted(experiment, dataset, 1)
    assert reading.sameness is Sameness.ALL and set(reading.batches) == {(1, 2), (1, 3), (1, 4), (1, 5)}
    assert all(torch.equal(images, theirs[place][0]) for place, (images, _) in reading.batches.items())
    assert not any(images.is_shared() for images, _ in reading.batches.values())


@pytest.mark.slow
def test_random_transforms_draw_as_in_a_trainings_workers_in_later_epochs(
    dataset: Dataset, experiment: Experiment, nothing_left: Leftovers
) -> None:
    experiment = loading(num_workers=2).put_into(replace(experiment, train_transforms=RANDOM))
    reading = look(subject(experiment, dataset, 2), (2, 2))
    generator = torch.Generator().manual_seed(SEED)
    loader = make_loader(
        dataset.train, RANDOM, batch_size=32, shuffle=True, generator=generator, num_workers=2
    )
    with torn_down(loader, CancelToken()):
        list(loader)
        trained = [images.clone() for images, _ in loader]
    assert all(torch.equal(images, trained[place[1] - 1]) for place, (images, _) in reading.batches.items())


def test_a_real_training_sees_the_same(dataset: Dataset, experiment: Experiment, tmp_path: Path) -> None:
    experiment = replace(experiment, train_transforms=RANDOM)
    trainer = Trainer(experiment, tmp_path, Control(), dataset)
    trained = {}
    for epoch in (1, 2):
        for number, (images, labels) in enumerate(trainer.batches(), start=1):
            trained[epoch, number] = images.clone()
            logits = trainer.model(images)
            loss = trainer.loss_function(logits, labels)
            loss.backward()
            trainer.count(loss, logits, labels)
        list(trainer.report())
        trainer.evaluate()
    of = subject(experiment, dataset, 2)
    draws = Draws(of)
    for place in ((1, 3), (2, 4)):
        assert torch.equal(read(of, place, draws).batches[place][0], trained[place])


def test_what_cannot_be_the_same_says_so(
    dataset: Dataset, experiment: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiment = replace(experiment, train_transforms=RANDOM)
    with_dropout = experiment.with_value("model.name", "mobilenet_v2")
    assert look(subject(with_dropout, dataset), (1, 1)).sameness is Sameness.ALL
    assert look(subject(with_dropout, dataset), (1, 2)).sameness is Sameness.MODEL_DRAWS
    random_test = replace(experiment, test_transforms=RANDOM)
    assert look(subject(random_test, dataset), (1, 5)).sameness is Sameness.ALL
    assert look(subject(random_test, dataset), (2, 1)).sameness is Sameness.TEST_DRAWS
    assert look(subject(random_test, dataset, train=False), (1, 1)).sameness is Sameness.TEST_DRAWS
    assert look(subject(experiment, dataset, train=False), (1, 1)).sameness is Sameness.ALL
    monkeypatch.setattr(seen, "PATIENCE", 0.0)
    of = subject(experiment, dataset)
    far, near = look(of, (2, 2)), look(of, (2, 2), patient=True)
    assert (far.sameness, near.sameness) == (Sameness.FAR, Sameness.ALL)
    assert torch.equal(far.batches[2, 2][1], near.batches[2, 2][1])
    assert not torch.equal(far.batches[2, 2][0], near.batches[2, 2][0])


def test_the_images_before_are_reported(dataset: Dataset, experiment: Experiment) -> None:
    experiment = replace(experiment, train_transforms=RANDOM)
    told: list[tuple[int, int]] = []
    look(subject(experiment, dataset), (2, 2), progress=lambda done, total: told.append((done, total)))
    assert told == [(32, 192), (64, 192), (96, 192), (128, 192), (150, 192), (182, 192)]


def test_testing_sees_all_images_in_their_own_order(dataset: Dataset, experiment: Experiment) -> None:
    of = subject(experiment.with_value("training.sampler", "weighted"), dataset, train=False)
    reading = look(of, (1, 2))
    plain = list(DataLoader(Plain(dataset.test, experiment.test_transforms), 32))
    assert torch.equal(reading.batches[1, 2][0], plain[1][0]) and len(plain) == 2


def test_no_generator_is_touched(dataset: Dataset, experiment: Experiment) -> None:
    experiment = replace(experiment, train_transforms=RANDOM)
    before = torch.get_rng_state(), np.random.get_state()[1].tolist(), random.getstate()
    look(subject(experiment, dataset), (2, 2))
    assert torch.equal(torch.get_rng_state(), before[0])
    assert np.random.get_state()[1].tolist() == before[1] and random.getstate() == before[2]


def test_times_are_measured(
    dataset: Dataset, experiment: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(seen._MEASURE_SECONDS, False, 60.0)
    times = look(subject(experiment, dataset), (1, 1)).times
    assert times.num_workers == 0 and times.measured == 4
    assert times.first > 0 and times.further is not None and times.further > 0
    only = look(subject(experiment.with_value("training.batch_size", 200), dataset, 1), (1, 1)).times
    assert only.further is None and only.measured == 0


def test_batches_under_way_with_the_first_one_do_not_count_as_further() -> None:
    times = seen._times(2, [5.0, 0.0, 0.0, 0.0, 0.0, 0.2, 0.4])
    assert times.first == 5.0 and times.further == pytest.approx(0.3) and times.measured == 2


def test_what_is_kept_is_bounded(
    dataset: Dataset, experiment: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seen, "_KEPT_BYTES", 2 * 32 * 3 * 32 * 32 * 4)
    assert list(look(subject(experiment, dataset), (1, 1)).batches) == [(1, 1), (1, 2)]
    monkeypatch.setattr(seen, "_KEPT_STATES", 3)
    of = subject(replace(experiment, train_transforms=RANDOM), dataset)
    draws = Draws(of)
    first = read(of, (2, 1), draws).batches[2, 1][0]
    assert len(draws._states) == 3 and (1, 1) in draws._states
    assert torch.equal(read(of, (2, 1), draws).batches[2, 1][0], first)


def test_images_of_different_size_are_explained(experiment: Experiment, dataset: Dataset) -> None:
    sizes = [np.zeros((4, 6, 6, 3), np.uint8), np.zeros((4, 5, 5, 3), np.uint8)]
    joined = JoinedImageSet([ArrayImageSet(("a",), [0] * 4, array) for array in sizes])
    of = subject(experiment, replace(dataset, train=joined))
    with pytest.raises(DatasetError, match="Resize"):
        look(of, (1, 1))


class _CancellingImages(ArrayImageSet):
    """Cancels when it is sent to the first worker."""

    token = CancelToken()

    def __getstate__(self) -> dict[str, Any]:
        self.token.cancel()
        return super().__getstate__()


def test_cancelled_while_workers_start(
    experiment: Experiment, dataset: Dataset, nothing_left: Leftovers, monkeypatch: pytest.MonkeyPatch
) -> None:
    images = _CancellingImages(("a",), [0] * 8, np.zeros((8, 6, 6, 3), np.uint8))
    of = subject(experiment.with_value("training.num_workers", 2), replace(dataset, train=images))
    started: list[SpawnProcess] = []
    start = SpawnProcess.start

    def noted_start(process: SpawnProcess) -> None:
        started.append(process)
        start(process)

    monkeypatch.setattr(SpawnProcess, "start", noted_start)
    with pytest.raises(Cancelled):
        read(of, (1, 1), Draws(of), cancel=_CancellingImages.token)
    assert len(started) == 1 and not started[0].is_alive()


@pytest.mark.slow
def test_a_failing_worker_leaves_nothing(
    experiment: Experiment, dataset: Dataset, nothing_left: Leftovers
) -> None:
    wrong = replace(experiment.with_value("training.num_workers", 1), train_transforms=Pipeline())
    with pytest.raises(Exception, match="Add ToTensor"):
        look(subject(wrong, dataset), (1, 1))
    assert not nothing_left.workers()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="counts file descriptors")
def test_reading_again_and_again_leaves_no_file_open(
    experiment: Experiment, dataset: Dataset, nothing_left: Leftovers
) -> None:
    of = subject(experiment.with_value("training.num_workers", 1), dataset)
    opened = []
    for _ in range(2):
        reading = look(of, (1, 1))
        assert len(reading.batches) > 1 and not nothing_left.workers()
        gc.collect()
        opened.append(psutil.Process().num_fds())
    assert opened[0] == opened[1]


def test_settings_go_into_the_experiment_and_come_back(experiment: Experiment) -> None:
    told = Loading(16, False, True, 2, "weighted", 2**40)
    changed = told.put_into(experiment)
    assert Loading.of(changed) == told and changed.seed == 2**40
    assert changed.settings.epochs == experiment.settings.epochs
    assert told.for_test() == replace(told, shuffle=False, sampler="none")
    assert Experiment.from_toml(changed.to_toml()) == changed


def test_normalize_is_undone_for_the_eye(dataset: Dataset) -> None:
    pipeline = pipeline_of(PIPELINES["normalized"])
    image = transforms.ToTensor()(dataset.train.image(0))
    images = torch.stack([pipeline.build()(dataset.train.image(0))] * 2)
    torch.testing.assert_close(denormalized(images, pipeline), torch.stack([image] * 2))
    assert is_normalized(pipeline) and not is_normalized(pipeline_of(["ToTensor"]))


def images_in(folder: Path) -> dict[tuple[str, int], bytes]:
    """Tag and step -> PNG, of every image in the event files of a folder."""
    found = {}
    for path in folder.glob("events*"):
        for event in EventFileLoader(str(path)).Load():
            for value in event.summary.value:
                found[value.tag, event.step] = value.tensor.string_val[2]
    return found


def test_tensorboard_gets_the_batch(dataset: Dataset, experiment: Experiment, isolated_home: Path) -> None:
    reading = look(subject(experiment, dataset), (2, 3))
    images = reading.batches[2, 3][0]
    folder = batches_folder()
    assert folder == isolated_home / "tudui-gui" / "tensorboard" / "batches"
    tag = board_tag("my set", "train", 2)
    write_batch(images, folder, tag, 3)
    ((key, png),) = images_in(folder).items()
    assert key == ("my_set/train/epoch_2", 3)
    shown = np.asarray(Image.open(BytesIO(png)))
    assert shown.shape == (4 * 32, 8 * 32, 3)
    expected = (images.numpy() * np.float32(255)).clip(0, 255).astype(np.uint8)
    for place, picture in enumerate(expected):
        row, column = divmod(place, 8)
        cell = shown[row * 32 : row * 32 + 32, column * 32 : column * 32 + 32]
        assert np.array_equal(cell, picture.transpose(1, 2, 0))
    assert board_command(folder).startswith("tensorboard --logdir ") and str(folder) in board_command(folder)


def test_what_tensorboard_cannot_take_is_explained(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match=r"\(2, 5, 4, 4\)"):
        write_batch(torch.zeros(2, 5, 4, 4), tmp_path, "a", 1)
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be written"):
        write_batch(torch.zeros(2, 3, 4, 4), tmp_path / "file" / "below", "a", 1)


def test_epochs_hold_where_their_order_begins(dataset: Dataset) -> None:
    drawn: Epochs = draw_epochs(dataset.train, loading(), (3,))
    generator = torch.Generator()
    generator.set_state(drawn.starts[2])
    plain = DataLoader(torch.arange(150), 32, shuffle=True, generator=generator)
    assert [tuple(batch.tolist()) for batch in plain] == list(drawn.of[3].batches)
