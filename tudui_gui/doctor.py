"""What this machine has and lacks for the program: versions, devices, display, folders, fonts. Qt-free."""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import platform
import sys
import warnings
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tudui_gui import __version__
from tudui_gui.core import environment, paths
from tudui_gui.core.environment import Obstacle

#: Distributions whose versions decide how the program behaves.
PACKAGES = ("torch", "torchvision", "PySide6", "numpy", "pillow", "opencv-python", "tensorboard")

_NVIDIA_DRIVER = Path("/proc/driver/nvidia/version")


@dataclass(frozen=True)
class Device:
    """A device PyTorch can compute on. ``memory`` in bytes, None where PyTorch does not say."""

    name: str
    description: str
    memory: int | None = None


@dataclass(frozen=True)
class Folder:
    """A folder the program writes to. ``free`` is the free space of its disk in bytes."""

    name: str
    path: str
    writable: bool
    free: int


@dataclass(frozen=True)
class Report:
    """All findings, ready for JSON by ``dataclasses.asdict``.

    Attributes
    ----------
    ok : bool
        Whether the window could open and PyTorch can be used.
    versions : dict of str
        Version by name; None for a package that is not installed.
    devices : list of Device
    cuda : str
        Why CUDA is or is not available.
    torch_problem : Obstacle or None
        Why torch and torchvision cannot be used.
    window : Obstacle or None
        Why no window could open.
    missing_libraries : dict of str
        Debian package of each system library that Qt's X11 plugin lacks.
    folders : list of Folder
    chinese_fonts : list of str or None
        Font families that cover Chinese; None where the system cannot be asked.
    """

    ok: bool
    versions: dict[str, str | None]
    devices: list[Device]
    cuda: str
    torch_problem: Obstacle | None
    window: Obstacle | None
    missing_libraries: dict[str, str]
    folders: list[Folder]
    chinese_fonts: list[str] | None

    def to_json(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        return asdict(self)


def examine() -> Report:
    """Look at everything. Imports torch; takes a few seconds."""
    torch_problem = find_torch_problem()
    window = environment.window_obstacle()
    missing = environment.missing_qt_libraries()
    fonts = environment.chinese_fonts()
    return Report(
        ok=torch_problem is None and window is None,
        versions=versions(),
        devices=[] if torch_problem else list(_devices()),
        cuda="PyTorch cannot be used." if torch_problem else cuda_reason(),
        torch_problem=torch_problem,
        window=window,
        missing_libraries={name: environment.packages_of((name,))[0] for name in missing},
        folders=[
            _folder("home", paths.home()),
            _folder("data", paths.data_root()),
            _folder("runs", paths.runs_root()),
        ],
        chinese_fonts=None if fonts is None else list(fonts),
    )


def versions() -> dict[str, str | None]:
    """Versions of the program, Python, the system and :data:`PACKAGES`, read without importing them."""
    found: dict[str, str | None] = {
        "tudui-gui": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
    }
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = None
    return found


def find_torch_problem() -> Obstacle | None:
    """Why torch or torchvision cannot be imported, and the way out; None when both can."""
    try:
        importlib.import_module("torch")
        importlib.import_module("torchvision")
    except (ImportError, OSError, RuntimeError) as cause:
        return explain_import_error(cause)
    return None


def explain_import_error(cause: Exception) -> Obstacle:
    """The way out of an error met while importing torch or torchvision."""
    message = (str(cause).strip() or type(cause).__name__).splitlines()[0]
    if "torchvision::nms does not exist" in message or "torchvision has CUDA" in message:
        return Obstacle(
            f"torch {_version('torch')} and torchvision {_version('torchvision')} do not fit: {message}",
            "Install both from one place. A CPU-only torch needs the CPU-only torchvision beside it: "
            "pip uninstall torch torchvision, then install both in one pip command with the same index.",
        )
    if isinstance(cause, ModuleNotFoundError) and cause.name in ("torch", "torchvision"):
        return Obstacle(f"{cause.name} is not installed.", "Get both: pip install torch torchvision")
    return Obstacle(
        f"PyTorch cannot be loaded: {message}",
        "Install it again: pip install --force-reinstall torch torchvision",
    )


def _version(package: str) -> str:
    return versions()[package] or "(not installed)"


def _devices() -> Iterator[Device]:
    import torch

    yield Device("cpu", f"{platform.processor() or platform.machine()}, {torch.get_num_threads()} threads")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for index in range(torch.cuda.device_count() if torch.cuda.is_available() else 0):
            properties = torch.cuda.get_device_properties(index)
            yield Device(f"cuda:{index}", properties.name, properties.total_memory)
    if torch.backends.mps.is_available():
        yield Device("mps", "Apple GPU through Metal")


def cuda_reason() -> str:
    """Why CUDA is, or is not, available to PyTorch. Needs an importable torch."""
    import torch

    # PyTorch tells of a driver that is too old, or of a broken one, in a warning.
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        available = torch.cuda.is_available()
    told = next((str(warning.message).strip().splitlines()[0] for warning in caught), "")
    if available:
        return f"Available: PyTorch was built with CUDA {torch.version.cuda} and the driver works."
    if torch.version.cuda is None:
        return f"Not available: this PyTorch ({torch.__version__}) was built without CUDA."
    if sys.platform.startswith("linux") and not _NVIDIA_DRIVER.exists():
        return "Not available: this machine has no NVIDIA driver (no NVIDIA GPU, or it is not installed)."
    if os.environ.get("CUDA_VISIBLE_DEVICES") in ("", "-1"):
        return "Not available: CUDA_VISIBLE_DEVICES hides every GPU."
    return f"Not available: {told or 'the driver offers no GPU that this PyTorch can use.'}"


def _folder(name: str, path: Path) -> Folder:
    return Folder(name, str(path), environment.is_writable(path), environment.free_bytes(path))


def to_text(report: Report) -> str:
    """The report for a person, one finding a line; problems carry their remedy below."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield from (f"{name:<14} {version or 'not installed'}" for name, version in report.versions.items())
    yield ""
    yield from (_device_line(device) for device in report.devices)
    yield f"{'CUDA':<14} {report.cuda}"
    yield from _verdict("PyTorch", report.torch_problem, "torch and torchvision work together")
    yield from _verdict("window", report.window, "can open")
    for library, package in report.missing_libraries.items():
        yield f"{'missing':<14} {library} (Debian, Ubuntu: {package})"
    yield ""
    yield from (_folder_line(folder) for folder in report.folders)
    yield _font_line(report.chinese_fonts)


def _device_line(device: Device) -> str:
    memory = f", {_gigabytes(device.memory)}" if device.memory else ""
    return f"{device.name:<14} {device.description}{memory}"


def _verdict(subject: str, obstacle: Obstacle | None, good: str) -> Iterator[str]:
    if obstacle is None:
        yield f"{subject:<14} {good}"
        return
    yield f"{subject:<14} PROBLEM: {obstacle.what}"
    yield f"{'':<14} {obstacle.remedy}"


def _folder_line(folder: Folder) -> str:
    state = "writable" if folder.writable else "NOT WRITABLE: set TUDUI_HOME to a folder of yours"
    return f"{folder.name:<14} {folder.path}: {state}, {_gigabytes(folder.free)} free"


def _font_line(fonts: list[str] | None) -> str:
    if fonts is None:
        finding = (
            "unknown (fc-list is not installed)" if sys.platform.startswith("linux") else "the system's own"
        )
    elif fonts:
        finding = f"{fonts[0]} and {len(fonts) - 1} more" if len(fonts) > 1 else fonts[0]
    else:
        finding = "none. Get one on Debian or Ubuntu: sudo apt-get install fonts-noto-cjk"
    return f"{'Chinese fonts':<14} {finding}"


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB"
