"""What a folder run is to do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tudui_gui.core.operations import Step
from tudui_gui.images.reading import PIL
from tudui_gui.transforms.nested import flattened
from tudui_gui.transforms.pipeline import Pipeline

#: Endings by format; the first two are pictures, the others hold the numbers themselves.
ENDINGS = {"png": ".png", "jpeg": ".jpg", "npy": ".npy", "pt": ".pt"}
PICTURES = frozenset({"png", "jpeg"})

#: What happens to files that are there already: nothing starts, they stay, or they are replaced.
EXISTING = ("refuse", "keep", "replace")

#: Seeds are smaller, so that each of them can be entered as a seed in the window.
SEEDS = 2_000_000_000


def seed_of(seed: int, file: str, copy: int) -> int:
    """The seed of a copy: what ``torch.manual_seed`` is given before the pipeline runs.

    The first four bytes of the SHA-256 of ``"SEED|FILE|COPY"``, as a big-endian number, modulo
    :data:`SEEDS`. It follows from the file's path below the source folder, not from its place in the list:
    the order of the files, other files and the number of threads change nothing.

    Parameters
    ----------
    seed : int
        The run's.
    file : str
        Relative to the source folder, with ``/``.
    copy : int
        From 1.
    """
    text = f"{seed}|{file}|{copy}".encode("utf-8", "surrogateescape")
    return int.from_bytes(hashlib.sha256(text).digest()[:4], "big") % SEEDS


@dataclass(frozen=True)
class FolderJob:
    """A pipeline, the folder it is applied to, and how the results are kept. Values are checked by
    :func:`~tudui_gui.transforms.folder_plan.plan_folder`.

    Attributes
    ----------
    source, target : Path
        Sub-folders of ``source`` are made again below ``target``.
    pipeline : Pipeline
    copies : int
        Results for each image, each with a seed of its own (:func:`seed_of`).
    seed : int
    pattern : str
        See :data:`~tudui_gui.transforms.folder_names.FIELDS`; the ending is added.
    format : str
        ``"png"``, ``"jpeg"``; ``"npy"`` (``numpy.load``), ``"pt"`` (``torch.load``).
    quality : int
        Of JPEG, 1 to 100.
    undo_normalize : bool or None
        Whether Normalize is undone before a tensor is kept. None: in pictures, not in ``npy`` and ``pt``.
    every_step : bool
        Keep the result of each enabled step, not of the last alone.
    deep : bool
        Whether sub-folders are gone through too.
    existing : str
        One of :data:`EXISTING`.
    reader : str
        ``"PIL"`` or ``"OpenCV"``: the array that ``cv2.imread`` gives, blue first.
    may_be_inside : bool
        Whether ``target`` may lie inside ``source``; what is in it is then no source.
    """

    source: Path
    target: Path
    pipeline: Pipeline
    copies: int = 1
    seed: int = 0
    pattern: str = "{stem}"
    format: str = "png"
    quality: int = 95
    undo_normalize: bool | None = None
    every_step: bool = False
    deep: bool = True
    existing: str = "refuse"
    may_be_inside: bool = False
    reader: str = PIL

    @property
    def undoes_normalize(self) -> bool:
        """:attr:`undo_normalize`, decided."""
        return self.format in PICTURES if self.undo_normalize is None else self.undo_normalize

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The enabled steps."""
        return self.pipeline.enabled_steps

    @cached_property
    def kept(self) -> tuple[int, ...]:
        """How many of the steps have run where a result is kept; 0 is the picture itself."""
        count = len(self.steps)
        return tuple(range(1, count + 1)) if self.every_step and count else (count,)

    def step_name(self, done: int) -> str:
        """``"2_RandomCrop"`` for what the second step gives; ``"0_input"`` for the picture itself."""
        return f"{done}_{self.steps[done - 1].name}" if done else "0_input"

    def gives_several(self, done: int) -> bool:
        """Whether the first ``done`` steps may give several pictures (FiveCrop, TenCrop)."""
        return any("several" in step.operation.tags for step in flattened(self.steps[:done]))


def usual_pattern(job: FolderJob) -> str:
    """The shortest pattern that keeps copies, steps and parts of ``job`` apart: ``{stem}_{copy}``."""
    wanted = {
        "copy": job.copies > 1,
        "step": len(job.kept) > 1,
        "part": job.gives_several(job.kept[-1]),
    }
    return "_".join(["{stem}", *(f"{{{field}}}" for field, is_wanted in wanted.items() if is_wanted)])
