"""Scripts of a pipeline: as the tutorial writes it, a picture step by step, many draws, a mixed batch."""

from __future__ import annotations

from collections.abc import Sequence

from tudui_gui.core.operations import Step
from tudui_gui.images.reading import OPENCV
from tudui_gui.scripts.layout import in_brackets
from tudui_gui.scripts.picture_reading import PictureFile, definitions, remark
from tudui_gui.scripts.text import assemble, transform_text
from tudui_gui.transforms.nested import flattened
from tudui_gui.transforms.normalized import normalizations
from tudui_gui.transforms.pipeline import Pipeline

_DESCRIBE = '''\
def describe(name, value):
    """Type, shape and range of {what}; mean and standard deviation per channel."""
{several}    if isinstance(value, Image.Image):
        kind = f"{{value.mode}} {{(value.height, value.width)}}"
        value = transforms.functional.pil_to_tensor(value)
{array}    else:
        kind = f"{{value.dtype}} {{tuple(value.shape)}}"
    channels = value.flatten(1) if value.is_floating_point() else value.flatten(1).double()
    print(f"{{name}}: {{kind}} min={{channels.min():.4f}} max={{channels.max():.4f}}")
    print("  mean", " ".join(f"{{mean:.4f}}" for mean in channels.mean(1)))
    print("  std", " ".join(f"{{std:.4f}}" for std in channels.std(1, unbiased=False)))
'''
_SEVERAL = """\
    if isinstance(value, (tuple, list)):
        name, value = f"{name}: {len(value)} pictures, the first", value[0]
"""
_ARRAY = """\
    elif isinstance(value, np.ndarray):
        kind = f"{value.dtype} {value.shape}"
        value = torch.from_numpy(value).movedim(-1, 0)
"""

_STAGES = """\
{remark}stages = [{picture}]
describe("input", stages[0])
torch.manual_seed({seed})
for step in transform.transforms:
    stages.append(step(stages[-1]))
    describe(type(step).__name__, stages[-1])
"""

_ROWS = """\
{remark}pictures = {pictures}
rows = []
for name, picture in pictures:
    print(f"--- {{name}}")
    stages = [picture]
    describe("input", stages[0])
    torch.manual_seed({seed})
    for step in transform.transforms:
        stages.append(step(stages[-1]))
        describe(type(step).__name__, stages[-1])
    rows.append(stages)
"""

_CHECKSUM = '''\
def checksum(value):
    """Tells whether two results are the same, bit for bit."""
{several}    return f"{{zlib.crc32(np.asarray(value).tobytes()):08x}}"
'''
_SEVERAL_SUMS = """\
    if isinstance(value, (tuple, list)):
        return " ".join(checksum(each) for each in value)
"""

_SAVE = '''\
def save(value, path):
    """Write a picture, or a tensor as torchvision writes it{undone}."""
    if isinstance(value, torch.Tensor):
{undo}        save_image(value, path)
    else:
        Image.fromarray(np.asarray(value)).save(path)
'''

_UNDO = """\
        mean, std = torch.tensor({mean}), torch.tensor({std})
        value = value * std[:, None, None] + mean[:, None, None]
"""

_DRAWS = """\
{remark}picture = {picture}
draws = []
for number in range({count}):
    torch.manual_seed({seed} + number)
    result = transform(picture)
    print("seed", {seed} + number, "shape", tuple(np.shape({first})), "crc32", checksum(result))
    # save(result, f"draw_{{{seed} + number}}.png")
    draws.append(result)
"""

_ADD = '''\
def add(name, value):
    """Tensors are (channel, height, width); of other pictures TensorBoard must be told the order."""
    if isinstance(value, (tuple, list)):
        for number, each in enumerate(value, 1):
            add(f"{name}_{number}", each)
    elif isinstance(value, torch.Tensor):
        writer.add_image(name, value, dataformats="CHW")
    else:
        array = np.asarray(value)
        writer.add_image(name, array, dataformats="HWC" if array.ndim == 3 else "HW")
'''

_BOARD = """\
writer = SummaryWriter("logs")  # then: tensorboard --logdir logs
{remark}value = {picture}
add("0_input", value)
torch.manual_seed({seed})
for number, step in enumerate(transform.transforms, 1):
    value = step(value)
    add(f"{{number}}_{{type(step).__name__}}", value)
writer.close()
"""

_MIX = """\
{remark}pictures = {pictures}
classes = {classes}
labels = torch.tensor({labels})

images = []
for number, picture in enumerate(pictures):
    torch.manual_seed({batch_seed} + number)
    images.append(transform(picture))
images = torch.stack(images)

torch.manual_seed({mix_seed})
mix = {mix}
mixed, shares = mix(images, labels)
print("images", tuple(mixed.shape), "crc32", checksum(mixed))
for row in shares:
    print(", ".join(f"{{classes[i]}} {{row[i]:.4f}}" for i in row.nonzero().flatten().tolist()))
"""


def pipeline_text_script(pipeline: Pipeline) -> str:
    """The enabled steps as the tutorial writes them: the imports, and ``transforms.Compose([...])``."""
    return assemble("The transforms, one after the other.", transform_text("transform", pipeline))


def stages_script(pipeline: Pipeline, pictures: Sequence[PictureFile], seed: int) -> str:
    """Text that applies the enabled steps one by one and prints what each of them makes.

    Parameters
    ----------
    pipeline : Pipeline
    pictures : sequence of PictureFile
        One: the script's ``stages`` are those of :meth:`Pipeline.stages` without the steps switched off.
        Several: its ``rows`` hold them for each picture, all with the same seed.
    seed : int
        As given to :meth:`Pipeline.stages`.
    """
    fields = {"seed": seed, "remark": remark(pictures)}
    if len(pictures) == 1:
        body = _STAGES.format(picture=pictures[0].expression, **fields)
    else:
        named = [f"({_name(each)!r}, {each.expression})" for each in pictures]
        body = _ROWS.format(pictures=in_brackets(named), **fields)
    transform = transform_text("transform", pipeline)
    describe = _describe(pipeline, pictures)
    return assemble("A picture after each step.", definitions(pictures), describe, f"{transform}\n{body}")


def draws_script(pipeline: Pipeline, picture: PictureFile, seed: int, count: int) -> str:
    """Text that draws ``count`` times, with the seeds ``seed``, ``seed + 1`` ..., and prints checksums.

    Its ``draws`` are the last values of :meth:`Pipeline.stages` with those seeds. A line that writes each
    draw as PNG is there, behind a comment sign.
    """
    several = _gives_several(pipeline)
    body = _DRAWS.format(
        picture=picture.expression,
        seed=seed,
        count=count,
        remark=remark([picture]),
        first="result[0]" if several else "result",
    )
    checksum = _CHECKSUM.format(several=_SEVERAL_SUMS if several else "")
    transform = transform_text("transform", pipeline)
    title = "A picture transformed with several seeds."
    return assemble(title, definitions([picture]), checksum, _save(pipeline), f"{transform}\n{body}")


def board_script(pipeline: Pipeline, picture: PictureFile, seed: int) -> str:
    """Text that writes the picture and what each enabled step makes of it for TensorBoard, below ``logs``."""
    body = _BOARD.format(picture=picture.expression, seed=seed, remark=remark([picture]))
    transform = transform_text("transform", pipeline)
    title = "A picture after each step, for TensorBoard."
    return assemble(title, definitions([picture]), _ADD, f"{transform}\n{body}")


def mix_script(
    mix: Step,
    pipeline: Pipeline,
    pictures: Sequence[PictureFile],
    labels: Sequence[int],
    classes: Sequence[str],
    seed: int,
    mix_seed: int,
) -> str:
    """Text that makes a batch and mixes it: ``mixing.mix(mix, mixing.make_batch(..., seed), mix_seed)``.

    Parameters
    ----------
    mix : Step
        Of ``batch_catalog.BATCH_TRANSFORMS``.
    pipeline : Pipeline
        Makes float tensors of one size; picture ``n`` with the seed ``seed + n``.
    pictures, labels : sequence
        ``labels`` are indices in ``classes``.
    """
    body = _MIX.format(
        pictures=in_brackets([each.expression for each in pictures]),
        classes=in_brackets([repr(name) for name in classes]) if len(str(classes)) > 80 else list(classes),
        labels=list(labels),
        batch_seed=seed,
        mix_seed=mix_seed,
        mix=_with_argument(mix.source(), f"num_classes={len(classes)}"),
        remark=remark(pictures),
    )
    checksum = _CHECKSUM.format(several="")
    transform = transform_text("transform", pipeline)
    return assemble(
        "A batch, mixed with its labels.", definitions(pictures), checksum, f"{transform}\n{body}"
    )


def _describe(pipeline: Pipeline, pictures: Sequence[PictureFile]) -> str:
    has_arrays = any(each.reader == OPENCV for each in pictures)
    return _DESCRIBE.format(
        what="a picture, array or tensor" if has_arrays else "a picture or tensor",
        several=_SEVERAL if _gives_several(pipeline) else "",
        array=_ARRAY if has_arrays else "",
    )


def _save(pipeline: Pipeline) -> str:
    undone = list(reversed(normalizations(pipeline.enabled_steps)))
    lines = "".join(
        _UNDO.format(**{name: list(step.values[name]) for name in ("mean", "std")}) for step in undone
    )
    return _SAVE.format(undone=", Normalize undone" if undone else "", undo=lines)


def _gives_several(pipeline: Pipeline) -> bool:
    return any("several" in step.operation.tags for step in flattened(pipeline.steps))


def _name(picture: PictureFile) -> str:
    if picture.path is None:
        return "image.png"
    return f"{picture.path.name}, picture {picture.frame}" if picture.frame else picture.path.name


def _with_argument(call: str, argument: str) -> str:
    """The text of a call with one more argument."""
    return f"{call[:-1]}{'' if call.endswith('()') else ', '}{argument})"
