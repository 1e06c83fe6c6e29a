"""The script of a folder run."""

from __future__ import annotations

from tudui_gui.images.reading import IMAGE_SUFFIXES, OPENCV
from tudui_gui.scripts.text import assemble, path_text, read_text, transform_text, wrapped
from tudui_gui.transforms.folder_job import ENDINGS, PICTURES, SEEDS, FolderJob
from tudui_gui.transforms.normalized import normalizations

_READ_BGR = '''\
def read_bgr(path):
    """What cv2.imread gives, for a name in any script: uint8 (height, width, 3), blue first."""
    image = cv2.imdecode(np.fromfile(path, dtype=np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        raise ValueError("OpenCV cannot read it")
    return image
'''

_SEED = '''\
def seed_of(file, copy):
    """A seed that follows from the file's path, not from its place in the list."""
    digest = hashlib.sha256(f"{seed}|{{file}}|{{copy}}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % {seeds}
'''

_FIND = '''\
IMAGE_SUFFIXES = {suffixes}


def images_below(folder):
    """Every image file below, relative to the folder; hidden ones are left out."""
    found = [path.relative_to(folder) for path in folder.{search}("*") if path.is_file()]
    files = [path for path in found if path.suffix.lower() in IMAGE_SUFFIXES]
    shown = [path for path in files if not any(part.startswith(".") for part in path.parts)]
    return sorted((path.as_posix() for path in shown), key=lambda file: (file.rpartition("/")[0], file))
'''

_SAVE_PICTURE = '''\
def save(value, path, done):
    """Write a picture; a tensor of floats is rounded as torchvision.utils.save_image does."""
    if isinstance(value, torch.Tensor):
{undo}        if value.dtype != torch.uint8:
            value = value.mul(255).add(0.5).clamp(0, 255).to(torch.uint8)
        value = transforms.functional.to_pil_image(value)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.asarray(value)).save(path{quality})
'''

_SAVE_NUMBERS = '''\
def save(value, path, done):
    """Write the numbers as they are."""
{undo}    path.parent.mkdir(parents=True, exist_ok=True)
    {write}
'''

_WRITE_ARRAY = "np.save(path, np.asarray(value))"
_WRITE_TENSOR = """\
if isinstance(value, Image.Image):
        value = transforms.functional.pil_to_tensor(value)
    elif isinstance(value, np.ndarray):
        value = torch.from_numpy(value)
    torch.save(value.clone(), path)"""

_UNDO = """\
{margin}if {condition}:
{margin}    mean, std = torch.tensor({mean}), torch.tensor({std})
{margin}    value = value * std[:, None, None] + mean[:, None, None]
"""

_RUN = """\
source, target = Path({source}), Path({target})
for index, file in enumerate(images_below(source), 1):
    try:
        picture = {read}(source / file)
    except (OSError, ValueError) as error:
        print(file, "is left out:", error)
        continue
    for copy in range(1, {copies} + 1):
        torch.manual_seed(seed_of(file, copy))
        values = [picture]
        for step in transform.transforms:
            values.append(step(values[-1]))
        for done in {kept}:
            several = isinstance(values[done], (tuple, list))
            for part, value in enumerate(values[done] if several else [values[done]], 1):
                name = {pattern}.format(
                    stem=Path(file).stem,
                    ending=Path(file).suffix[1:],
                    folder=(source / file).parent.name,
                    copy=copy,
                    index=index,
                    seed=seed_of(file, copy),
                    step={steps}[done],
                    part=part,
                )
                path = target / Path(file).parent / f"{{name}}{ending}"
{existing}                save(value, path, done)
"""

_EXISTING = {
    "refuse": """\
                if path.exists():
                    raise FileExistsError(path)
""",
    "keep": """\
                if path.exists():
                    continue
""",
    "replace": "",
}


def folder_script(job: FolderJob) -> str:
    """Text that writes what :func:`~tudui_gui.transforms.folder_run.apply_to_folder` writes for ``job``.

    An image on which a step fails ends it with PyTorch's message; pictures of more than 8 bits are scaled.
    """
    is_bgr = job.reader == OPENCV
    run = _RUN.format(
        source=path_text(job.source),
        target=path_text(job.target),
        read="read_bgr" if is_bgr else "read_rgb",
        copies=job.copies,
        kept=list(job.kept),
        pattern=repr(job.pattern),
        steps=[job.step_name(done) for done in range(len(job.steps) + 1)],
        ending=ENDINGS[job.format],
        existing=_EXISTING[job.existing],
    )
    suffixes = wrapped(sorted(IMAGE_SUFFIXES))
    return assemble(
        "The transforms applied to every image of a folder.",
        _READ_BGR if is_bgr else read_text(is_deep=True, keyed=True),
        _SEED.format(seed=job.seed, seeds=SEEDS),
        _FIND.format(suffixes=suffixes, search="rglob" if job.deep else "glob"),
        _save(job),
        f"{transform_text('transform', job.pipeline)}\n{run}",
    )


def _save(job: FolderJob) -> str:
    if job.format in PICTURES:
        quality = f", quality={job.quality}" if job.format == "jpeg" else ""
        return _SAVE_PICTURE.format(undo=_undo(job, " " * 8), quality=quality)
    write = _WRITE_ARRAY if job.format == "npy" else _WRITE_TENSOR
    return _SAVE_NUMBERS.format(undo=_undo(job, " " * 4), write=write)


def _undo(job: FolderJob, margin: str) -> str:
    """Python text that undoes each Normalize, the last first, once it was done."""
    if not job.undoes_normalize:
        return ""
    lines = ""
    for place, step in reversed(list(enumerate(job.steps, 1))):
        for each in reversed(normalizations([step])):
            numbers = {name: list(each.values[name]) for name in ("mean", "std")}
            lines += _UNDO.format(margin=margin, condition=f"done >= {place}", **numbers)
    return lines
