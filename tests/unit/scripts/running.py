"""Running a generated script as a learner would: a fresh interpreter that does not know this program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_BLOCKED = """\
import importlib.abc, runpy, sys

class Blocked(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("tudui_gui", "PySide6"):
            raise ImportError(f"the script imports {name}")

sys.meta_path.insert(0, Blocked())
runpy.run_path(sys.argv[1], run_name="__main__")
"""


def run_script(text: str, folder: Path) -> str:
    """What the script prints."""
    script = folder / "script.py"
    script.write_text(text, encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _BLOCKED, str(script)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert done.returncode == 0, f"{text}\n{done.stderr}"
    return done.stdout
