"""Scripts about one picture: through a pipeline, through layers, through a trained model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tudui_gui.core.operations import Step
from tudui_gui.layers.subjects import Chain, OneLayer
from tudui_gui.scripts.maps_script import maps_script
from tudui_gui.scripts.models import model_text
from tudui_gui.scripts.picture_reading import PictureFile
from tudui_gui.scripts.text import assemble, path_text, reading, transform_text
from tudui_gui.scripts.transform_script import stages_script
from tudui_gui.training.experiment import Experiment
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

_PREDICT = """\
classes = {classes!r}
{transform}
model = {model}
model.load_state_dict(torch.load({checkpoint}, map_location="cpu", weights_only=True)["model"])
model.eval()

batch = transform(read_rgb({image})).unsqueeze(0)
with torch.inference_mode():
    probabilities = model(batch).softmax(1)[0]
best = probabilities.topk(min({top}, len(classes)))
for probability, index in zip(best.values.tolist(), best.indices.tolist()):
    print(f"{{classes[index]}}: {{probability:.4%}}")
"""


_TO_TENSOR = Pipeline((TRANSFORMS.step("ToTensor"),))


def pipeline_script(pipeline: Pipeline, image_path: Path | None, seed: int) -> str:
    """Text that applies the enabled steps one by one and prints what each of them makes.

    Parameters
    ----------
    pipeline : Pipeline
    image_path : Path or None
        None for a picture that is in no file: the script names ``image.png`` to be replaced.
    seed : int
        As given to :meth:`Pipeline.stages`.
    """
    return stages_script(pipeline, [PictureFile(image_path)], seed)


def feature_map_script(
    layers: Step | Sequence[Step],
    image_path: Path | None,
    seed: int,
    *,
    transforms: Pipeline | None = None,
) -> str:
    """Text that sends a picture through a layer, or a chain of them, and prints the statistics of every map.

    Parameters
    ----------
    layers : Step or sequence of Step
        Of ``LAYERS``; their weights are drawn in order after ``torch.manual_seed(seed)``; in training mode.
    image_path : Path or None
        As for :func:`pipeline_script`.
    seed : int
    transforms : Pipeline, optional
        What makes the tensor; default ``ToTensor`` alone.
    """
    subject = OneLayer(layers, seed) if isinstance(layers, Step) else Chain(tuple(layers), seed)
    return maps_script(subject, [PictureFile(image_path)], 0, transforms or _TO_TENSOR)


def prediction_script(
    checkpoint_path: Path,
    image_path: Path | None,
    experiment: Experiment,
    classes: Sequence[str],
    *,
    transforms: Pipeline | None = None,
    top: int = 5,
) -> str:
    """Text that loads a checkpoint, classifies a picture and prints the ``top`` classes with probabilities.

    Parameters
    ----------
    checkpoint_path : Path
        A checkpoint of this program: a dict whose ``"model"`` is the ``state_dict``.
    image_path : Path or None
        As for :func:`pipeline_script`.
    experiment : Experiment
        The one in the checkpoint: its test transforms and model.
    classes : sequence of str
    transforms : Pipeline, optional
        What the classifier does to this picture (``Classifier.pipeline_for``); default the test transforms.
    top : int
    """
    model = model_text(experiment.model, str(len(classes)))
    predict = _PREDICT.format(
        classes=list(classes),
        transform=transform_text("transform", transforms or experiment.test_transforms),
        model=model.expression,
        checkpoint=path_text(checkpoint_path),
        image=path_text(image_path),
        top=top,
    )
    return assemble(
        "A picture classified by a trained model.", model.definition, reading(image_path), predict
    )
