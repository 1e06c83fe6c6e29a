"""The script of one layer inside a model: what it makes of a picture, by a forward hook."""

from __future__ import annotations

from pathlib import Path

from tudui_gui.core.operations import Step
from tudui_gui.scripts.models import model_text
from tudui_gui.scripts.text import assemble, path_text, reading, transform_text
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
layer.register_forward_hook(lambda module, inputs, output: kept.append(output.clone()))
with torch.inference_mode():
    model(transform(read_rgb({image})).unsqueeze(0))
output = kept[-1]
print(layer)
print("output:", tuple(output.shape))
maps = output[0] if output.ndim > 3 else output
for channel, values in enumerate(maps.double()):
    smallest, largest = values.min(), values.max()
    mean, std = values.mean(), values.std(unbiased=False)
    print(f"{{channel}}: min={{smallest:.4f}} max={{largest:.4f}} mean={{mean:.4f}} std={{std:.4f}}")
"""


def model_layer_script(
    step: Step,
    classes: int,
    layer: str,
    image_path: Path | None,
    transforms: Pipeline,
    *,
    seed: int | None = None,
    weights: Path | None = None,
    is_checkpoint: bool = True,
) -> str:
    """Text that captures a layer's output for a picture and prints the statistics of every map.

    Parameters
    ----------
    step : Step
        Of ``MODELS``.
    classes : int
    layer : str
        Dotted name.
    image_path : Path or None
        None for a picture that is in no file: the script names ``image.png`` to be replaced.
    transforms : Pipeline
        What makes the tensor.
    seed : int, optional
        Of fresh weights.
    weights : Path, optional
        The file with the weights; wins over ``seed``.
    is_checkpoint : bool
        Whether that file is a checkpoint of this program or a plain ``state_dict``.
    """
    model = model_text(step, str(classes))
    if weights is None:
        made = _FRESH.format(seed=seed or 0, expression=model.expression)
    else:
        key = '["model"]' if is_checkpoint else ""
        made = _LOADED.format(expression=model.expression, path=path_text(weights), key=key)
    capture = _CAPTURE.format(layer=layer, image=path_text(image_path))
    transform = transform_text("transform", transforms)
    title = f"The feature maps of {layer} in {step.name}."
    return assemble(title, model.definition, reading(image_path), transform + made + capture)
