"""The script for the feature maps on the screen."""

from __future__ import annotations

from tudui_gui.gui.tabs.layers.work import MapRequest, MapResult, ModelLayer, capped_size
from tudui_gui.images.reading import PIL, Picture
from tudui_gui.layers.chains import FIRST_OF
from tudui_gui.scripts.layer_script import model_layer_script
from tudui_gui.scripts.maps_script import maps_script
from tudui_gui.scripts.picture_reading import PictureFile
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline


def maps_code(request: MapRequest, result: MapResult | None) -> str:
    """Python text that gives the maps of ``request``; empty where the model's own code is not known.

    ``result`` is what was computed last: it may know which transforms the model's classifier uses for the
    picture, and whether the layer gives several tensors.
    """
    subject = request.subject
    if isinstance(subject, ModelLayer):
        return _model_code(request, subject, result if _is_of(result, request, subject) else None)
    files = [_file(picture) for picture in request.inputs]
    return maps_script(subject, files, request.index, _layer_pipeline(request.inputs))


def _is_of(result: MapResult | None, request: MapRequest, subject: ModelLayer) -> bool:
    """Whether ``result`` is of the same picture and the same layer."""
    if result is None or result.request.picture is not request.picture:
        return False
    before = result.request.subject
    return isinstance(before, ModelLayer) and before.model is subject.model and before.layer == subject.layer


def _file(picture: Picture) -> PictureFile:
    """Where a script finds the picture; it is read by Pillow, whose pixels go into layers."""
    return PictureFile(picture.path, PIL, picture.frame, picture.reduction)


def _layer_pipeline(pictures: tuple[Picture, ...]) -> Pipeline:
    """All pictures as large as the first one is, or may be."""
    first = pictures[0].image
    size = capped_size(first.width, first.height)
    same = all((each.image.height, each.image.width) == size for each in pictures)
    return _sized(None if same else size)


def _sized(size: tuple[int, int] | None, *, is_gray: bool = False) -> Pipeline:
    resized = () if size is None else (TRANSFORMS.step("Resize", size=list(size)),)
    gray = (TRANSFORMS.step("Grayscale"),) if is_gray else ()
    return Pipeline((*resized, *gray, TRANSFORMS.step("ToTensor")))


def _model_code(request: MapRequest, subject: ModelLayer, result: MapResult | None) -> str:
    model = subject.model
    if model.step is None:
        return ""
    channels, height, width = model.input_shape
    classifier = model.classifier
    transforms = None if result is None else result.prepared.pipeline
    if transforms is None and classifier is not None:
        transforms = classifier.transforms
    return model_layer_script(
        model.step,
        len(model.classes),
        subject.layer,
        _file(request.picture),
        transforms or _sized((height, width), is_gray=channels == 1),
        seed=model.seed,
        weights=model.path,
        is_checkpoint=classifier is not None and classifier.experiment is not None,
        edits=subject.edits,
        gives_several=result is not None and any(note.template == FIRST_OF for note in result.notes),
    )
