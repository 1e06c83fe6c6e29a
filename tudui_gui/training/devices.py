"""From the experiment's ``device`` to a torch device that is really there."""

from __future__ import annotations

import re

import torch

from tudui_gui.core.errors import ExperimentError
from tudui_gui.core.text import QT_TRANSLATE_NOOP

DEVICE_WORDS = "auto, cpu, cuda, cuda:0, cuda:1 ..., mps"
_DEVICE = re.compile(r"auto|cpu|mps|cuda(:\d{1,3})?")


def is_device_text(text: object) -> bool:
    """Whether ``text`` is one of :data:`DEVICE_WORDS`; says nothing about this machine."""
    return isinstance(text, str) and _DEVICE.fullmatch(text) is not None


def available_devices() -> tuple[str, ...]:
    """The values of ``device`` that work on this machine."""
    cuda = tuple(f"cuda:{index}" for index in range(torch.cuda.device_count()))
    return ("auto", "cpu", *(("cuda",) if cuda else ()), *cuda, *(("mps",) if _has_mps() else ()))


def resolve_device(text: str) -> torch.device:
    """The torch device for ``text``; ``auto`` takes CUDA, else MPS, else the CPU.

    Raises
    ------
    ExperimentError
        When the device is not there, naming those that are.
    """
    if text == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "mps" if _has_mps() else "cpu")
    if not is_device_text(text) or text not in available_devices():
        raise ExperimentError(
            QT_TRANSLATE_NOOP("errors", "device = {value} is not available on this machine."),
            remedy=QT_TRANSLATE_NOOP("errors", "Allowed: {allowed}."),
            parameter="device",
            value=repr(text),
            allowed=", ".join(available_devices()),
        )
    return torch.device(text)


def _has_mps() -> bool:
    return bool(torch.backends.mps.is_available())
