"""Predictions are PyTorch's, after exactly the transforms of the test pass."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torchvision import transforms

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import CheckpointError, ModelError
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.models.zoo import MODELS, Tudui
from tudui_gui.prediction.classifier import Classifier, Prediction
from tudui_gui.prediction.testing import evaluate_checkpoint
from tudui_gui.training.checkpoint import checkpoint_path
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.loop import fit
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

TABLE = {
    "seed": 0,
    "device": "cpu",
    "dataset": {"source": "digits"},
    "transforms": {
        "train": [{"name": "RandomHorizontalFlip"}, {"name": "ToTensor"}],
        "test": [{"name": "ToTensor"}, {"name": "Normalize", "mean": [0.5] * 3, "std": [0.25] * 3}],
    },
    "model": {"name": "tudui"},
    "training": {"epochs": 1, "batch_size": 64},
}
PHOTO = Image.fromarray(np.random.default_rng(0).integers(0, 256, (50, 80, 3), dtype=np.uint8))


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    run_dir = tmp_path_factory.mktemp("run")
    list(fit(Experiment.from_dict(TABLE), run_dir))
    return checkpoint_path(run_dir)


@pytest.fixture(scope="module")
def digit() -> Image.Image:
    return open_dataset(DATASETS.step("digits")).test.image(0)


def by_hand(checkpoint: Path, image: Image.Image) -> torch.Tensor:
    model = Tudui(10)
    model.load_state_dict(torch.load(checkpoint, weights_only=True)["model"])
    compose = transforms.Compose([transforms.ToTensor(), transforms.Normalize([0.5] * 3, [0.25] * 3)])
    with torch.no_grad():
        return torch.softmax(model.eval()(compose(image)[None])[0], 0)


def test_probabilities_are_pytorchs(checkpoint: Path, digit: Image.Image) -> None:
    prediction = Classifier.load(checkpoint).predict(digit, top=3)
    expected = by_hand(checkpoint, digit)
    assert prediction.probabilities.dtype == np.float32
    np.testing.assert_array_equal(prediction.probabilities, expected.numpy())
    values, indices = expected.topk(3)
    assert [guess.index for guess in prediction.top] == indices.tolist()
    assert [guess.probability for guess in prediction.top] == values.tolist()
    assert [guess.name for guess in prediction.top] == [str(index) for index in indices.tolist()]


def test_top_is_never_longer_than_the_classes(checkpoint: Path, digit: Image.Image) -> None:
    classifier = Classifier.load(checkpoint)
    assert len(classifier.predict(digit, top=99).top) == 10
    assert classifier.predict(digit, top=0).top == ()


def test_what_the_checkpoint_says(checkpoint: Path) -> None:
    classifier = Classifier.load(checkpoint)
    assert classifier.classes == tuple("0123456789")
    assert classifier.experiment == Experiment.from_dict(TABLE)
    assert (classifier.input_shape, classifier.image_size) == ((3, 32, 32), (32, 32))
    assert not classifier.model.training


def test_a_picture_of_another_size_is_first_given_the_size_of_the_data_set(
    checkpoint: Path, digit: Image.Image
) -> None:
    classifier = Classifier.load(checkpoint)
    expected = by_hand(checkpoint, transforms.Resize([32, 32])(PHOTO))
    np.testing.assert_array_equal(classifier.predict(PHOTO).probabilities, expected.numpy())
    names = [stage.step.name for stage in classifier.stages(PHOTO) if stage.step]
    assert names == ["Resize", "ToTensor", "Normalize"]
    assert [stage.step.name for stage in classifier.stages(digit) if stage.step] == ["ToTensor", "Normalize"]


def test_the_last_stage_is_what_the_network_sees(checkpoint: Path, digit: Image.Image) -> None:
    classifier = Classifier.load(checkpoint)
    tensor = classifier.stages(digit)[-1].value
    with torch.no_grad():
        probabilities = torch.softmax(classifier.model(tensor[None])[0], 0)
    np.testing.assert_array_equal(classifier.predict(digit).probabilities, probabilities.numpy())


def test_pictures_of_other_modes_become_rgb(checkpoint: Path, digit: Image.Image) -> None:
    classifier = Classifier.load(checkpoint)
    one = classifier.predict(digit.convert("L"))
    np.testing.assert_array_equal(one.probabilities, classifier.predict(digit).probabilities)


def test_many_keep_their_order_and_errors_their_place(checkpoint: Path, digit: Image.Image) -> None:
    strict = Pipeline((TRANSFORMS.step("ToTensor"),))
    classifier = Classifier(Tudui(10), "0123456789", strict, (3, 32, 32))
    results = classifier.predict_many([digit, PHOTO, digit])
    assert isinstance(results[0], Prediction) and isinstance(results[2], Prediction)
    assert isinstance(results[1], ModelError) and "[3, 50, 80]" in str(results[1])
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        classifier.predict_many([digit], cancel=token)


def test_names_can_be_replaced(checkpoint: Path, digit: Image.Image) -> None:
    names = [f"digit {index}" for index in range(10)]
    guess = Classifier.load(checkpoint, classes=names).predict(digit).top[0]
    assert guess.name == f"digit {guess.index}"
    with pytest.raises(CheckpointError, match="3 class names"):
        Classifier.load(checkpoint, classes=["a", "b", "c"])


def test_plain_weights_need_a_model(checkpoint: Path, tmp_path: Path) -> None:
    path = tmp_path / "weights.pth"
    torch.manual_seed(0)
    model = Tudui(10)
    torch.save(model.state_dict(), path)
    with pytest.raises(ModelError, match="tudui"):
        Classifier.load(path)
    classifier = Classifier.load(path, model=MODELS.step("tudui"))
    assert classifier.classes == tuple("0123456789")
    assert classifier.experiment is None
    prepared = transforms.Compose([transforms.Resize([32, 32]), transforms.ToTensor()])(PHOTO)
    with torch.no_grad():
        expected = torch.softmax(model.eval()(prepared[None])[0], 0)
    np.testing.assert_array_equal(classifier.predict(PHOTO).probabilities, expected.numpy())
    with pytest.raises(CheckpointError, match="do not belong"):
        Classifier.load(path, model=MODELS.step("lenet"))


def test_damaged_files_are_explained(checkpoint: Path, tmp_path: Path) -> None:
    (tmp_path / "cut.pt").write_bytes(checkpoint.read_bytes()[:5000])
    with pytest.raises(CheckpointError, match="cut off"):
        Classifier.load(tmp_path / "cut.pt")


def test_a_model_whose_training_diverged_gives_no_answer(checkpoint: Path, digit: Image.Image) -> None:
    classifier = Classifier.load(checkpoint)
    with torch.no_grad():
        next(classifier.model.parameters()).fill_(float("nan"))
    with pytest.raises(ModelError, match="NaN"):
        classifier.predict(digit)


def test_testing_is_for_checkpoints_and_says_so(checkpoint: Path, tmp_path: Path) -> None:
    found = evaluate_checkpoint(checkpoint, device="cpu")
    assert found.images == sum(map(sum, found.confusion)) == 359
    assert found.accuracy == sum(row[i] for i, row in enumerate(found.confusion)) / 359
    assert found.class_accuracies["0"] == found.confusion[0][0] / sum(found.confusion[0])
    torch.save(Tudui().state_dict(), tmp_path / "weights.pth")
    with pytest.raises(CheckpointError, match="is not a checkpoint of this program"):
        evaluate_checkpoint(tmp_path / "weights.pth", device="cpu")
