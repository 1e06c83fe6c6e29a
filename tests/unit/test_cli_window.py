"""``tudui-gui`` where no window can open: three lines and code 2, never an abort of Qt."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux's loader and X")


def open_window(**variables: str) -> subprocess.CompletedProcess[str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, "-m", "tudui_gui"],
        env={**environment, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def assert_explained(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 3, done.stderr
    assert "no window can open" in lines[0]
    assert "train, evaluate, predict" in lines[2] and "download, scan" in lines[2]
    for word in words:
        assert word in done.stderr


def test_without_a_display():
    assert_explained(open_window(), "DISPLAY", "xvfb-run")


def test_with_a_display_nobody_serves():
    assert_explained(open_window(DISPLAY=":4711"), ":4711" if _x11_is_complete() else "apt-get")


def test_with_an_unknown_platform():
    assert_explained(open_window(QT_QPA_PLATFORM="nonsense"), "nonsense")


def test_with_missing_libraries(tmp_path):
    loader = tmp_path / "ldd"
    loader.write_text('#!/bin/sh\nprintf "\\tlibxcb-cursor.so.0 => not found\\n"\n')
    loader.chmod(0o755)
    path = os.pathsep.join([str(tmp_path), os.environ["PATH"]])
    assert_explained(open_window(DISPLAY=":0", PATH=path), "libxcb-cursor.so.0", "libxcb-cursor0")


def _x11_is_complete() -> bool:
    from tudui_gui.core.environment import missing_qt_libraries

    return not missing_qt_libraries()
