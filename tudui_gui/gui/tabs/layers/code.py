"""The script for the feature maps on the screen."""

from __future__ import annotations

from tudui_gui.gui.tabs.layers.work import ModelLayer, OneLayer, Subject, capped_size
from tudui_gui.images.reading import Picture
from tudui_gui.scripts.images import feature_map_script
from tudui_gui.scripts.layer_script import model_layer_script
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline


def maps_code(picture: Picture, subject: Subject | None, pipeline: Pipeline | None) -> str:
    """Python text that gives the maps of ``picture``; empty where the model's own code is not known.

    ``pipeline`` is what the model's classifier does to this picture, where it has been asked.
    """
    if isinstance(subject, OneLayer):
        return feature_map_script(
            subject.step, picture.path, subject.seed, transforms=_layer_pipeline(picture)
        )
    if isinstance(subject, ModelLayer):
        return _model_code(picture, subject, pipeline)
    return ""


def _layer_pipeline(picture: Picture) -> Pipeline | None:
    height, width = picture.image.height, picture.image.width
    size = capped_size(width, height)
    return None if size == (height, width) else _resized(*size)


def _resized(height: int, width: int) -> Pipeline:
    return Pipeline((TRANSFORMS.step("Resize", size=[height, width]), TRANSFORMS.step("ToTensor")))


def _model_code(picture: Picture, subject: ModelLayer, pipeline: Pipeline | None) -> str:
    model = subject.model
    if model.step is None:
        return ""
    classifier = model.classifier
    own = None if classifier is None else classifier.transforms
    transforms = pipeline or own or _resized(*model.input_shape[1:])
    return model_layer_script(
        model.step,
        len(model.classes),
        subject.layer,
        picture.path,
        transforms,
        seed=model.seed,
        weights=model.path,
        is_checkpoint=classifier is not None and classifier.experiment is not None,
    )
