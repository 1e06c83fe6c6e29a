"""The built wheel in a clean environment: it holds everything it needs and starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tudui_gui import __version__

ROOT = Path(__file__).resolve().parent.parent

#: Opens the real window, waits until every tab stands, closes it, and says where things came from.
DRIVER = """\
import json
from pathlib import Path

from PySide6.QtCore import QTimer

import tudui_gui
from tudui_gui.core import paths
from tudui_gui.gui.app import create_app

app, window = create_app(["tudui-gui"])
window.ready.connect(app.quit)
deadline = QTimer(singleShot=True, interval=100_000)
deadline.timeout.connect(lambda: app.exit(3))
deadline.start()
window.show()
code = app.exec()
found = {
    "code": code,
    "title": window.windowTitle(),
    "tabs": window.tabs.count(),
    "package": str(Path(tudui_gui.__file__).parent),
    "experiment": str(paths.resource("experiments", "digits.toml")),
    "shapes": len(list(paths.sample_data("shapes").rglob("*.png"))),
}
window.close()
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=150, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory) -> Path:
    """The interpreter of an environment that holds the wheel alone.

    The wheel's dependencies, some gigabytes, are not installed again: a ``.pth`` file adds the site-packages
    of the environment the tests run in. A ``.pth`` file there, such as that of an editable install, is not
    obeyed, so that the program itself can come from nowhere but the wheel.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    interpreter = scripts / ("python.exe" if os.name == "nt" else "python")
    install = [interpreter, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel]
    done = subprocess.run(install, capture_output=True, text=True, timeout=150, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    site = {"base": str(folder), "platbase": str(folder)}
    target = Path(sysconfig.get_path("purelib", scheme="venv", vars=site))
    (target / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return interpreter


def run(command, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )


def test_the_wheel_carries_what_is_shipped_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    resources = [path.relative_to(ROOT) for path in (ROOT / "resources").rglob("*") if path.is_file()]
    wanted = {f"tudui_gui/{path.as_posix()}" for path in resources if "__pycache__" not in path.parts}
    assert wanted <= set(names)
    folders = {name.rpartition("/")[0] for name in names}
    layouts = ("shapes/train/circle", "shapes_with_label_files/train/circle_label", "shapes_named/train")
    assert {f"tudui_gui/data/{layout}" for layout in layouts} <= folders
    tops = {name.partition("/")[0] for name in names}
    assert tops == {"tudui_gui", f"tudui_gui-{__version__}.dist-info"}


def test_the_commands_run(python, tmp_path):
    done = run([python.with_name("tudui-gui"), "--version"], tmp_path)
    assert (done.stdout, done.returncode) == (f"tudui-gui {__version__}\n", 0), done.stderr
    done = run([python.with_name("tudui-gui"), "doctor", "--json"], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["versions"]["tudui-gui"] == __version__


def test_the_window_opens_from_the_wheel(python, tmp_path):
    done = run([python, "-c", DRIVER], tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    environment = str(python.parent.parent)
    assert found["code"] == 0
    assert found["title"].startswith("tudui")
    assert found["tabs"] == 6
    assert found["package"].startswith(environment)
    assert found["experiment"].startswith(environment)
    assert Path(found["experiment"]).is_file()
    assert found["shapes"] == 104
