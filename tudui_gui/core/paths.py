"""Where things lie: the person's work, and the files shipped with the program."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def home() -> Path:
    """The folder of the person's work: ``$TUDUI_HOME``, else ``~/tudui-gui``."""
    configured = os.environ.get("TUDUI_HOME")
    return Path(configured).expanduser() if configured else Path.home() / "tudui-gui"


def data_root() -> Path:
    """Default torchvision root: ``home()/data``."""
    return home() / "data"


def runs_root() -> Path:
    """The folder of all runs: ``home()/runs``."""
    return home() / "runs"


def _shipped(folder: str) -> Path:
    inside_wheel = _PACKAGE / folder
    return inside_wheel if inside_wheel.is_dir() else _PACKAGE.parent / folder


def resource(*parts: str) -> Path:
    """A file under ``resources/``, in the wheel or in a checkout."""
    return _shipped("resources").joinpath(*parts)


def sample_data(*parts: str) -> Path:
    """A folder of the drawn sample sets under ``data/``, in the wheel or in a checkout."""
    return _shipped("data").joinpath(*parts)
