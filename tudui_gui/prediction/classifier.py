"""From a checkpoint and an image to probabilities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from torch import Tensor, nn

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import CheckpointError, ModelError, TransformError, TuduiError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.images.reading import Picture
from tudui_gui.models.files import load_into, load_weights, read_torch_file
from tudui_gui.models.zoo import MODELS, build_model, input_shape
from tudui_gui.prediction.class_names import numbered
from tudui_gui.training.checkpoint import Checkpoint, is_checkpoint
from tudui_gui.training.devices import resolve_device
from tudui_gui.training.experiment import Experiment
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline, Stage


@dataclass(frozen=True)
class Guess:
    """A class and the probability the model gives it, 0 to 1."""

    index: int
    name: str
    probability: float


@dataclass(frozen=True, eq=False)
class Prediction:
    """What the model says about one image.

    Attributes
    ----------
    probabilities : ndarray of float32, shape (classes,)
        Softmax of the logits.
    top : tuple of Guess
        The most probable classes, best first.
    """

    probabilities: npt.NDArray[np.float32]
    top: tuple[Guess, ...]


class Classifier:
    """A trained model with its class names and its preprocessing. One thread at a time may use it.

    Attributes
    ----------
    model : Module
        In eval mode, on ``device``.
    classes : tuple of str
    transforms : Pipeline
        The test transforms; ends in a tensor.
    image_size : tuple of int or None
        (height, width) of the images it was trained on, before the transforms.
    input_shape : tuple of int
        (channels, height, width) it was trained on, after the transforms.
    experiment : Experiment or None
        None for weights that are not a checkpoint of this program.
    path : Path or None
        The file it was loaded from.
    """

    def __init__(
        self,
        model: nn.Module,
        classes: Sequence[str],
        transforms: Pipeline,
        input_shape: tuple[int, ...],
        *,
        image_size: tuple[int, int] | None = None,
        experiment: Experiment | None = None,
        path: Path | None = None,
        device: str = "cpu",
    ) -> None:
        self.device = resolve_device(device)
        self.model = model.to(self.device).eval()
        self.classes = tuple(classes)
        self.transforms = transforms
        self.input_shape = input_shape
        self.image_size = image_size
        self.experiment = experiment
        self.path = path

    @classmethod
    def load(
        cls,
        path: Path,
        *,
        classes: Sequence[str] | None = None,
        model: Step | None = None,
        device: str = "cpu",
    ) -> Classifier:
        """Load a checkpoint of this program, which has everything inside, or plain weights.

        Parameters
        ----------
        path : Path
        classes : sequence of str, optional
            Replaces the class names; as many as the model has outputs.
        model : Step, optional
            Of ``MODELS``: needed for a plain ``state_dict``, whose preprocessing is then Resize to the
            model's natural size and ToTensor. Ignored for checkpoints.
        device : str
            As in an experiment.

        Raises
        ------
        CheckpointError
            When the file cannot be used, or ``classes`` are not as many as outputs.
        ModelError
            When the file holds plain weights and ``model`` is missing.
        ExperimentError
            When ``device`` is not there.
        """
        if is_checkpoint(read_torch_file(path)):
            return cls._from_checkpoint(path, classes, device)
        return cls._from_weights(path, classes, model, device)

    def predict(self, picture: Picture | Image.Image, top: int = 5) -> Prediction:
        """Classify one image.

        Raises
        ------
        TransformError
            When a test transform cannot take the image.
        ModelError
            When the model cannot take what the transforms give, or answers with something else than numbers.
        """
        _, tensor = self._prepare(_image_of(picture))
        logits = self._logits(tensor.unsqueeze(0))
        probabilities = torch.softmax(logits[0].float(), 0).cpu().numpy()
        if not np.isfinite(probabilities).all():
            raise self._without_numbers()
        best = np.argsort(-probabilities, kind="stable")[: max(0, top)]
        guesses = (Guess(int(i), self.classes[i], float(probabilities[i])) for i in best)
        return Prediction(probabilities, tuple(guesses))

    def predict_many(
        self, pictures: Iterable[Picture | Image.Image], top: int = 5, *, cancel: CancelToken | None = None
    ) -> list[Prediction | TuduiError]:
        """Classify images in order; one that cannot be classified gives its error in its place.

        Raises
        ------
        Cancelled
        """
        results: list[Prediction | TuduiError] = []
        for picture in pictures:
            if cancel is not None:
                cancel.raise_if_cancelled()
            try:
                results.append(self.predict(picture, top))
            except TuduiError as error:
                results.append(error)
        return results

    def stages(
        self, picture: Picture | Image.Image, *, cancel: CancelToken | None = None
    ) -> tuple[Stage, ...]:
        """What the image becomes before the network sees it, a stage per step of :meth:`pipeline_for`."""
        image = _image_of(picture)
        return self.pipeline_for(image).stages(image, 0, cancel=cancel)

    def pipeline_for(self, image: Image.Image) -> Pipeline:
        """The test transforms, after a Resize where they rely on the size of the data set's images.

        ``ToTensor`` alone gives the right shape for the 32x32 images of CIFAR-10, but not for a photograph:
        that is first resized to the size the data set's images have. An image that fits as it is, is left
        as it is.
        """
        try:
            return self._prepare(image)[0]
        except TransformError:
            return self.transforms  # its stages show the step that fails

    @classmethod
    def _from_checkpoint(cls, path: Path, classes: Sequence[str] | None, device: str) -> Classifier:
        checkpoint = Checkpoint.load(path)
        module = build_model(checkpoint.experiment.model, len(checkpoint.classes))
        load_into(module, checkpoint.model, path)
        names = checkpoint.classes if classes is None else classes
        _check_count(names, len(checkpoint.classes), path)
        return cls(
            module,
            names,
            checkpoint.experiment.test_transforms,
            checkpoint.input_shape,
            image_size=checkpoint.image_size,
            experiment=checkpoint.experiment,
            path=path,
            device=device,
        )

    @classmethod
    def _from_weights(
        cls, path: Path, classes: Sequence[str] | None, step: Step | None, device: str
    ) -> Classifier:
        weights = load_weights(path)
        if step is None:
            raise ModelError(
                QT_TRANSLATE_NOOP("errors", "{path} holds weights alone, not which model they belong to."),
                remedy=QT_TRANSLATE_NOOP("errors", "Say which model: {allowed}."),
                path=str(path),
                allowed=", ".join(MODELS),
            )
        outputs = _outputs(weights, path)
        names = numbered(outputs) if classes is None else classes
        _check_count(names, outputs, path)
        module = build_model(step, outputs)
        load_into(module, weights, path)
        return cls(module, names, default_transforms(step), input_shape(step), path=path, device=device)

    def _prepare(self, image: Image.Image) -> tuple[Pipeline, Tensor]:
        tensor = _apply(self.transforms, image)
        if tuple(tensor.shape) == self.input_shape or self.image_size in (None, (image.height, image.width)):
            return self.transforms, tensor
        resize = TRANSFORMS.step("Resize", size=list(self.image_size))
        pipeline = Pipeline((resize, *self.transforms.steps))
        return pipeline, _apply(pipeline, image)

    def _logits(self, batch: Tensor) -> Tensor:
        try:
            with torch.inference_mode():
                return self.model(batch.to(self.device))  # type: ignore[no-any-return]
        except (RuntimeError, ValueError, TypeError) as cause:
            raise ModelError(
                QT_TRANSLATE_NOOP("errors", "The model {model} cannot take an image of shape {given}."),
                remedy=QT_TRANSLATE_NOOP(
                    "errors", "Its images were of another size: train with Resize in the transforms."
                ),
                detail=str(cause),
                model=type(self.model).__name__,
                given=str(list(batch.shape[1:])),
            ) from cause

    def _without_numbers(self) -> ModelError:
        return ModelError(
            QT_TRANSLATE_NOOP("errors", "The model {model} gives no probabilities: its output is NaN."),
            remedy=QT_TRANSLATE_NOOP(
                "errors", "Its training diverged: choose an earlier checkpoint, or train with a lower lr."
            ),
            model=type(self.model).__name__,
        )


def default_transforms(step: Step) -> Pipeline:
    """Resize to the model's natural size, then ToTensor: for weights that do not say what they need."""
    _, height, width = input_shape(step)
    return Pipeline((TRANSFORMS.step("Resize", size=[height, width]), TRANSFORMS.step("ToTensor")))


def _apply(pipeline: Pipeline, image: Image.Image) -> Tensor:
    try:
        return pipeline.build()(image)  # type: ignore[no-any-return]
    except TuduiError:
        raise
    except Exception as cause:  # a transform may fail in any way on an image it does not fit
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "The test transforms cannot take an image of {width}x{height}."),
            remedy=QT_TRANSLATE_NOOP("errors", "Train with Resize in the transforms, or use another image."),
            detail=f"{type(cause).__name__}: {cause}",
            width=image.width,
            height=image.height,
        ) from cause


def _outputs(weights: dict[str, Any], path: Path) -> int:
    """Outputs of the last layer: the length of the last bias, or of the last weight's first axis."""
    shapes = [value.shape for value in weights.values() if isinstance(value, Tensor) and value.dim() > 0]
    if not shapes:
        raise CheckpointError(
            QT_TRANSLATE_NOOP("errors", "{path} holds no model weights."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose another file."),
            path=str(path),
        )
    return int(shapes[-1][0])


def _check_count(names: Sequence[str], outputs: int, path: Path) -> None:
    if len(names) != outputs:
        raise CheckpointError(
            QT_TRANSLATE_NOOP(
                "errors", "{given} class names were given, but the model of {path} has {outputs} outputs."
            ),
            remedy=QT_TRANSLATE_NOOP("errors", "Give as many names as outputs."),
            given=len(names),
            outputs=outputs,
            path=str(path),
        )


def _image_of(picture: Picture | Image.Image) -> Image.Image:
    image = picture.image if isinstance(picture, Picture) else picture
    return image if image.mode == "RGB" else image.convert("RGB")
