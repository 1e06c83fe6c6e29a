"""The script of one layer inside a model: what it makes of a picture, by a forward hook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tudui_gui.core.operations import Step
from tudui_gui.layers.subjects import KernelEdit
from tudui_gui.scripts.maps_script import STATISTICS, model_edits_text
from tudui_gui.scripts.models import model_text
from tudui_gui.scripts.picture_reading import PictureFile, definitions
from tudui_gui.scripts.text import assemble, path_text, transform_text
from tudui_gui.transforms.pipeline import Pipeline

_FRESH = """\
torch.manual_seed({seed})
model = {expression}
"""

_LOADED = """\
model = {expression}
content = torch.load({path}, map_location="cpu", weights_only=True)
model.load_state_dict(content{key})
"""

_CAPTURE = """\
model.eval()
kept = []
layer = model.get_submodule({layer!r})
layer.register_forward_hook(lambda module, inputs, output: kept.append({kept}.clone()))
batch = transform({image}).unsqueeze(0)
with torch.inference_mode():
    model(batch)
output = kept[-1]
print(layer)
print("output:", tuple(output.shape))
"""


def model_layer_script(
    step: Step,
    classes: int,
    layer: str,
    picture: PictureFile | Path | None,
    transforms: Pipeline,
    *,
    seed: int | None = None,
    weights: Path | None = None,
    is_checkpoint: bool = True,
    edits: Sequence[KernelEdit] = (),
    gives_several: bool = False,
) -> str:
    """Text that captures a layer's output for a picture and prints the statistics of every map.

    Parameters
    ----------
    step : Step
        Of ``MODELS``.
    classes : int
    layer : str
        Dotted name; ``""`` is the model itself.
    picture : PictureFile, Path or None
        None for a picture that is in no file: the script names ``image.png`` to be replaced.
    transforms : Pipeline
        What makes the tensor.
    seed : int, optional
        Of fresh weights.
    weights : Path, optional
        The file with the weights; wins over ``seed``.
    is_checkpoint : bool
        Whether that file is a checkpoint of this program or a plain ``state_dict``.
    edits : sequence of KernelEdit
        Kernels put into the model's layers.
    gives_several : bool
        Whether the layer gives several tensors, of which the first is told.
    """
    model = model_text(step, str(classes))
    if weights is None:
        made = _FRESH.format(seed=seed or 0, expression=model.expression)
    else:
        key = '["model"]' if is_checkpoint else ""
        made = _LOADED.format(expression=model.expression, path=path_text(weights), key=key)
    file = picture if isinstance(picture, PictureFile) else PictureFile(picture)
    kept = "output[0]" if gives_several else "output"
    capture = _CAPTURE.format(layer=layer, image=file.expression, kept=kept)
    transform = transform_text("transform", transforms)
    title = f"The feature maps of {layer or 'the output'} in {step.name}."
    body = transform + made + model_edits_text(edits) + capture + STATISTICS.format(place=0, end=1)
    return assemble(title, model.definition, definitions([file]), body)
