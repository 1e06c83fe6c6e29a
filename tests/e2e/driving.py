"""Driving the real program: ``tudui-gui`` in a process of its own, operated from within by a scenario.

A scenario is a generator function in :mod:`tests.e2e.scenarios`. It gets the window once every tab stands,
works it with mouse, keys and drops, yields a condition whenever it must wait, and puts what it saw into
``found``.
"""

from __future__ import annotations

import faulthandler
import importlib
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Generator
from typing import Any

Scenario = Callable[[Any, dict[str, Any]], Generator[Callable[[], bool], None, None]]

_WAIT_SECONDS = 45

#: After this time the child says where it hangs, and ends.
_PATIENCE_SECONDS = 130


def drive(scenario: str, *arguments: str, timeout: int = 150, **variables: str) -> dict[str, Any]:
    """Run ``tudui-gui ARGUMENTS`` under a scenario; what it found, and the exit code as ``exit_code``."""
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.e2e.driving", scenario, *arguments]
    done = subprocess.run(
        command,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert done.returncode == 0, f"{done.returncode}\n{done.stdout}\n{done.stderr}"
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    found["stderr"] = done.stderr
    return found


def _main() -> int:
    """The child: the real ``main`` with a scenario hung into ``create_app``."""
    from PySide6.QtCore import QTimer

    from tudui_gui import cli
    from tudui_gui.gui import app as real

    faulthandler.dump_traceback_later(_PATIENCE_SECONDS, exit=True)
    found: dict[str, Any] = {}
    scenario = getattr(importlib.import_module("tests.e2e.scenarios"), sys.argv[1])
    create_app = real.create_app

    def create_driven(argv: list[str]) -> Any:
        app, window = create_app(argv)
        window.ready.connect(lambda: _Player(window, scenario, found))
        QTimer.singleShot(1000 * _WAIT_SECONDS, window, lambda: found or app.exit(4))
        return app, window

    real.create_app = create_driven
    code = cli.main(sys.argv[2:])
    sys.stdout.write(json.dumps({**found, "exit_code": code}) + "\n")
    return 1 if "error" in found else 0


class _Player:
    """Plays a scenario step by step from the event loop, then closes the window as a person does."""

    def __init__(self, window: Any, scenario: Scenario, found: dict[str, Any]) -> None:
        from PySide6.QtCore import QElapsedTimer, QTimer

        self._window = window
        self._found = found
        found["started"] = True
        self._steps = scenario(window, found)
        self._condition: Callable[[], bool] = lambda: True
        self._waited = QElapsedTimer()
        self._waited.start()
        self._timer = QTimer(window)
        self._timer.setInterval(20)
        self._timer.timeout.connect(self._step)
        self._timer.start()
        window.player = self

    def _step(self) -> None:
        try:
            if not self._condition():
                if self._waited.elapsed() > 1000 * _WAIT_SECONDS:
                    raise TimeoutError(
                        f"still waiting in line {self._steps.gi_frame.f_lineno} of the scenario"
                    )
                return
            self._condition = next(self._steps)
            self._waited.restart()
        except StopIteration:
            self._end()
        except Exception:
            self._found["error"] = True
            traceback.print_exc()
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._window.close()


if __name__ == "__main__":
    sys.exit(_main())
