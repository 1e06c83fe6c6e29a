"""The script of feature maps: pictures through a fresh layer or a chain of them, edited kernels put in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from tudui_gui.core.operations import Step
from tudui_gui.layers.chains import active, layer_name
from tudui_gui.layers.subjects import Chain, Kernel, KernelEdit, OneLayer
from tudui_gui.scripts.layout import in_brackets
from tudui_gui.scripts.picture_reading import PictureFile, definitions
from tudui_gui.scripts.text import assemble, indented, transform_text
from tudui_gui.transforms.pipeline import Pipeline

_NAMED = "# Pictures that are in no file are named here as if they were: save them there first.\n"

#: Prints the statistics of every map in ``output``, that of picture ``place``.
STATISTICS = """\
maps = output[{place}].reshape(-1, *output.shape[-2:]) if output.dim() > 3 else output[{place}:{end}]
for channel, values in enumerate(maps.double()):
    values = values[values.isfinite()]
    if not len(values):
        print(f"{{channel}}: no finite number")
        continue
    smallest, largest = values.min(), values.max()
    mean, std = values.mean(), values.std(unbiased=False)
    print(f"{{channel}}: min={{smallest:.4f}} max={{largest:.4f}} mean={{mean:.4f}} std={{std:.4f}}")
"""

_LAYER = """\
torch.manual_seed({seed})
layer = {layer}
with torch.no_grad():
{run}print(layer)
print("output:", tuple({shown}.shape))
"""

_CHAIN = """\
torch.manual_seed({seed})
layers = nn.Sequential(
{layers})
with torch.no_grad():
{run}print("output:", tuple(output.shape))
"""

_ROWS = """\
rows = batch.permute(0, 2, 1, 3).reshape(-1, batch.shape[1], batch.shape[3])
print("each row of the pictures is a sequence:", tuple(rows.shape))
"""
_ROWS_RUN = """\
made = layer(rows)
output = made.reshape(len(batch), batch.shape[2], *made.shape[1:]).permute(0, 2, 1, 3)
"""
_VOLUME_RUN = """\
made = layer(batch.unsqueeze(1))  # the channels are the depth
output = made.flatten(1, 2)
"""


def maps_script(
    subject: OneLayer | Chain, files: Sequence[PictureFile], index: int, transforms: Pipeline
) -> str:
    """Text that sends pictures through a layer or a chain and prints the statistics of every map of one.

    Bit for bit what ``layers.chains.run_layer`` and ``run_chain`` give.

    Parameters
    ----------
    subject : OneLayer or Chain
    files : sequence of PictureFile
        The batch; of those in no file the script makes up names.
    index : int
        The picture whose maps are told.
    transforms : Pipeline
        What makes a tensor of each picture.
    """
    run = _layer_text(subject) if isinstance(subject, OneLayer) else _chain_text(subject)
    parts = [
        transform_text("transform", transforms),
        batch_text(files),
        'print("input:", tuple(batch.shape))\n',
        run,
        STATISTICS.format(place=index, end=index + 1),
    ]
    title = (
        "The feature maps of a picture." if len(files) == 1 else "The feature maps of a batch of pictures."
    )
    return assemble(title, definitions(files), "".join(parts))


def batch_text(files: Sequence[PictureFile]) -> str:
    """Python text that makes ``batch`` of pictures by ``transform``."""
    texts = [_expression(file, number, len(files)) for number, file in enumerate(files)]
    remark = _NAMED if any(file.path is None for file in files) else ""
    if len(texts) == 1:
        return f"{remark}batch = transform({texts[0]}).unsqueeze(0)\n"
    images = f"images = {in_brackets(texts)}\n"
    return f"{remark}{images}batch = torch.stack([transform(image) for image in images])\n"


def _expression(file: PictureFile, number: int, count: int) -> str:
    if file.path is None and count > 1:
        return file.expression.replace("image.png", f"image_{number}.png")
    return file.expression


def _layer_text(subject: OneLayer) -> str:
    step, tags = subject.step, subject.step.operation.tags
    edits = edits_text("layer", subject.edits)
    before, run, shown = "", "output = layer(batch)\n", "output"
    if "dimensions:1" in tags:
        before, run, shown = _ROWS, _ROWS_RUN, "made"
    elif "dimensions:3" in tags:
        run, shown = _VOLUME_RUN, "made"
    elif "needs_indices" in tags:
        before, run = f"pooled, places = {_pool(step)}(batch)\n", "output = layer(pooled, places)\n"
    elif step.values.get("return_indices"):
        run = "output, indices = layer(batch)\n"
    run = indented(edits + run)
    return before + _LAYER.format(seed=subject.seed, layer=step.source(), run=run, shown=shown)


def _pool(step: Step) -> str:
    """The pool whose places a ``MaxUnpool2d`` is given: it has the same parameters."""
    return step.source().replace("MaxUnpool2d(", "MaxPool2d(", 1).removesuffix(")") + ", return_indices=True)"


def _chain_text(chain: Chain) -> str:
    places = active(chain)
    steps = [chain.steps[place] for place in places]
    names = {str(place): index for index, place in enumerate(places)}
    edits = "".join(
        edits_text(f"layers[{names[layer]}]", group)
        for layer, group in _by_layer(chain.edits)
        if layer in names
    )
    last = int(layer_name(chain, chain.layer))
    whole = last == len(steps) - 1
    run = f"output = {'layers' if whole else f'layers[: {last + 1}]'}(batch)\n"
    if whole and steps[last].values.get("return_indices"):
        run = "output, indices = layers(batch)\n"
    layers = "".join(f"    {step.source()},\n" for step in steps)
    return _CHAIN.format(seed=chain.seed, layers=layers, run=indented(edits + run))


def _by_layer(edits: Iterable[KernelEdit]) -> list[tuple[str, list[KernelEdit]]]:
    groups: dict[str, list[KernelEdit]] = {}
    for edit in edits:
        groups.setdefault(edit.layer, []).append(edit)
    return list(groups.items())


def model_edits_text(edits: Sequence[KernelEdit]) -> str:
    """Python text that puts edited kernels into ``model``; empty without any."""
    if not edits:
        return ""
    lines = "".join(edits_text(f"model.get_submodule({layer!r})", group) for layer, group in _by_layer(edits))
    return f"with torch.no_grad():\n{indented(lines)}"


def edits_text(layer: str, edits: Sequence[KernelEdit]) -> str:
    """Python text that puts edited kernels into ``layer``, an expression: a line for those that are alike."""
    groups: dict[Kernel, list[int]] = {}
    for edit in edits:
        groups.setdefault(edit.kernel, []).append(edit.channel)
    return "".join(
        f"{layer}.weight[{_places(channels)}] = torch.tensor({_numbers(_shared(kernel))})\n"
        for kernel, channels in groups.items()
    )


def _places(channels: Sequence[int]) -> str:
    return str(channels[0]) if len(channels) == 1 else str(sorted(channels))


def _shared(kernel: Kernel) -> object:
    """The slice of one input channel, where those of all are alike: PyTorch repeats it."""
    has_slices = len(kernel) > 1 and isinstance(kernel[0], tuple) and len(set(kernel)) == 1
    return kernel[0] if has_slices else kernel


def _numbers(values: object) -> str:
    if isinstance(values, tuple):
        return f"[{', '.join(map(_numbers, values))}]"
    number = np.float32(values)  # type: ignore[arg-type]
    if not np.isfinite(number):
        return f"{'-' if number < 0 else ''}torch.{'nan' if np.isnan(number) else 'inf'}"
    return np.format_float_positional(number, unique=True, trim="0")  # as few digits as give the same float32
