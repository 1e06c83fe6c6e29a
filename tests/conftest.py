"""Fixtures of every test: an isolated home, no display, seeds, and one trained run to look at."""

from __future__ import annotations

import os
import random
import select
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy
import pytest

#: The folder with the real data of the tests marked ``shared_data``.
SHARED_DATA = os.environ.get("TUDUI_SHARED_DATA")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--headed", action="store_true", help="show the windows instead of running offscreen")


def pytest_configure(config: pytest.Config) -> None:
    # Interpreters that tests start find the same checkout, installed or not.
    root = str(Path(__file__).resolve().parent.parent)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    if not config.getoption("--headed"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if SHARED_DATA and Path(SHARED_DATA).is_dir():
        return
    skip = pytest.mark.skip(reason="TUDUI_SHARED_DATA names no folder with real data")
    for item in items:
        if item.get_closest_marker("shared_data"):
            item.add_marker(skip)


@pytest.fixture
def shared_data() -> Path:
    """The folder with real data: ``cifar-10-batches-py/`` and ``hymenoptera_small/``."""
    if not SHARED_DATA:
        pytest.skip("TUDUI_SHARED_DATA is not set")
    return Path(SHARED_DATA)


@pytest.fixture(autouse=True)
def isolated_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test; nothing of the person's work or settings is read or written."""
    home = tmp_path_factory.mktemp("home")
    variables = {
        "TUDUI_HOME": home / "tudui-gui",
        "HOME": home,
        "USERPROFILE": home,
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_CACHE_HOME": home / ".cache",
    }
    for name, folder in variables.items():
        monkeypatch.setenv(name, str(folder))
    monkeypatch.chdir(home)
    return home


@pytest.fixture(autouse=True)
def same_random_numbers() -> None:
    """Every test starts from the same state of Python's and numpy's generators; torch's if it is loaded."""
    random.seed(0)
    numpy.random.seed(0)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(0)


@pytest.fixture(scope="session")
def trained_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run folder of one epoch on the bundled digits, trained once; treat it as read-only."""
    from tudui_gui.core.paths import resource
    from tudui_gui.training.events import RunFinished
    from tudui_gui.training.experiment import Experiment
    from tudui_gui.training.recording import run

    run_dir = tmp_path_factory.mktemp("trained") / "run"
    experiment = Experiment.load(resource("experiments", "digits.toml"))
    experiment = experiment.with_value("training.epochs", 1).with_value("device", "cpu")
    closing = list(run(experiment, run_dir))[-1]
    assert isinstance(closing, RunFinished), closing
    return run_dir


@pytest.fixture(scope="session")
def xvfb_display() -> Iterator[str]:
    """A virtual X display, such as ``":99"``, served for the whole session."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    reader, writer = os.pipe()
    with tempfile.TemporaryFile() as log:
        command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
        server = subprocess.Popen(command, pass_fds=[writer], stdout=log, stderr=log)
        os.close(writer)
        try:
            yield f":{_first_line(reader)}"
        finally:
            os.close(reader)
            server.terminate()
            server.wait(10)


def _first_line(descriptor: int) -> str:
    ready, _, _ = select.select([descriptor], [], [], 20)
    line = os.read(descriptor, 100).decode().strip() if ready else ""
    if not line:
        pytest.skip("Xvfb does not start here")
    return line
