"""What the status bar and Help say about the machine. Imports torch."""

from __future__ import annotations

import platform

import cv2
import numpy as np
import psutil
import PySide6
import torch
import torchvision
from PySide6.QtCore import QCoreApplication

from tudui_gui import __version__
from tudui_gui.core.paths import home

_PROCESS = psutil.Process()


def resident_bytes() -> int:
    """Memory of this process, in bytes."""
    return int(_PROCESS.memory_info().rss)


def device_text() -> str:
    """The device that ``auto`` stands for, with its threads, and torch's version."""
    return f"{_device_name()}    torch {torch.__version__.partition('+')[0]}"


def report() -> str:
    """Versions, devices and folders, to copy into a bug report."""
    facts = {
        "tudui-gui": __version__,
        "Python": platform.python_version(),
        "system": platform.platform(),
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "PySide6": PySide6.__version__,
        "numpy": np.__version__,
        "OpenCV": cv2.__version__,
        "device": _device_name(),
        "CUDA": _cuda_text(),
        "memory": f"{psutil.virtual_memory().total / 2**30:.1f} GiB",
        "home": str(home()),
    }
    return "\n".join(f"{key:<12} {value}" for key, value in facts.items())


def _device_name() -> str:
    if torch.cuda.is_available():
        return torch.cuda.get_device_name()
    if torch.backends.mps.is_available():
        return "MPS"
    capability = torch.backends.cpu.get_cpu_capability().lower()
    threads = QCoreApplication.translate("Machine", "threads: {count}").format(count=torch.get_num_threads())
    return f"CPU  ·  {threads}  ·  {capability}"


def _cuda_text() -> str:
    if torch.version.cuda is None:
        return "this torch is built without CUDA"
    if not torch.cuda.is_available():
        return f"{torch.version.cuda}, but no device is available"
    return f"{torch.version.cuda}, {torch.cuda.device_count()} devices"
