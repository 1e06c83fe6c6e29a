"""What holds for the code as a whole. Each failure says what to do about it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "tudui_gui").rglob("*.py"))


def run_python(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_imports_point_down():
    code = "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])"
    done = run_python("-c", code)
    assert done.returncode == 0, f"Move the import, or what it needs, to a lower floor:\n{done.stdout}"


@pytest.mark.parametrize("statement", ["import tudui_gui.cli", "import tudui_gui.cli as c; c._parser()"])
def test_the_command_line_loads_neither_qt_nor_torch(statement):
    heavy = ["PySide6", "torch", "torchvision", "numpy", "cv2", "rich"]
    code = f"{statement}; import sys; print([name for name in {heavy} if name in sys.modules])"
    done = run_python("-c", code)
    assert done.stdout.strip() == "[]", "Import it in the function of the command that needs it."


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), "Begin the module with a docstring."


def test_the_constraints_name_every_direct_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    direct = {_name(line) for line in [*project["dependencies"], *extras["test"], *extras["dev"]]}
    text = (ROOT / "constraints.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert direct - {_name(line) for line in lines} <= {"tudui-gui"}
    for line in lines:
        assert re.fullmatch(r"[\w.-]+==[\w.]+(; sys_platform == \"linux\")?", line), line


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-")


def test_the_readme_has_the_two_set_up_commands():
    text = (ROOT / "README.md").read_text("utf-8")
    commands = re.findall(r"^python3 -m venv (\S+) && (.*)$", text, re.MULTILINE)
    assert [venv for venv, _ in commands] == [".venv", ".venv-test"]
    assert commands[0][1].endswith(".venv/bin/tudui-gui")
    assert commands[1][1].endswith(".venv-test/bin/python -m pytest -n 2")
    assert all("-c constraints.txt" in command for _, command in commands)


def test_the_readmes_experiment_is_valid():
    from tudui_gui.training.experiment import Experiment

    text = (ROOT / "README.md").read_text("utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    experiment = Experiment.from_toml(block)
    assert experiment.optimizer.values["momentum"] == 0.9


def test_pictures_named_in_the_documentation_are_there():
    documents = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    for document in documents:
        for name in re.findall(r"!\[[^]]*\]\(([^)]+)\)", document.read_text("utf-8")):
            assert (document.parent / name).is_file(), f"{document.name} shows {name}, which is not there"
