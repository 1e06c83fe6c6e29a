"""What the machine offers, asked without Qt."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tudui_gui.core import environment
from tudui_gui.core.environment import (
    DEBIAN_PACKAGES,
    Obstacle,
    chinese_fonts,
    free_bytes,
    is_writable,
    missing_libraries,
    missing_qt_libraries,
    packages_of,
    qt_folder,
    qt_platforms,
    window_obstacle,
)

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux's loader and X")


@pytest.mark.parametrize(
    ("variables", "platforms"),
    [
        ({}, ()),
        ({"DISPLAY": ":0"}, ("xcb",)),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, ("wayland", "xcb")),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, ("offscreen",)),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600;xcb"}, ("vnc", "xcb")),
        ({"QT_QPA_PLATFORM": "", "DISPLAY": ":0"}, ("xcb",)),
    ],
)
def test_platforms_are_those_qt_would_try(variables, platforms):
    assert qt_platforms(variables) == platforms


def test_offscreen_needs_no_display():
    assert window_obstacle({"QT_QPA_PLATFORM": "offscreen"}) is None


@linux
def test_no_display_is_said_with_a_way_out():
    obstacle = window_obstacle({})
    assert obstacle is not None
    assert "DISPLAY" in obstacle.what
    assert "xvfb-run" in obstacle.remedy


@linux
def test_a_display_nobody_serves_is_found_out_before_qt():
    if missing_qt_libraries():
        pytest.skip(f"the X11 plugin lacks {missing_qt_libraries()}")
    obstacle = window_obstacle({"DISPLAY": ":4711"})
    assert obstacle is not None
    assert ":4711" in obstacle.what


@linux
def test_a_served_display_is_no_obstacle(xvfb_display):
    if missing_qt_libraries():
        pytest.skip(f"the X11 plugin lacks {missing_qt_libraries()}")
    assert window_obstacle({"DISPLAY": xvfb_display}) is None


@linux
def test_an_unknown_platform_is_named():
    obstacle = window_obstacle({"QT_QPA_PLATFORM": "xbc"})
    assert obstacle is not None
    assert "'xbc'" in obstacle.what


@linux
def test_a_dead_wayland_display_is_no_obstacle_if_x_answers(monkeypatch):
    answers = {"wayland": Obstacle("dead", ""), "xcb": None}
    monkeypatch.setattr(environment, "_platform_obstacle", lambda qt, platform, environ: answers[platform])
    variables = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}
    assert window_obstacle(variables) is None
    answers["xcb"] = Obstacle("dead too", "")
    assert window_obstacle(variables) == Obstacle("dead too", "")


@linux
def test_wayland_without_a_socket_does_not_answer(tmp_path):
    variables = {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)}
    obstacle = environment._display_obstacle("wayland", variables)
    assert obstacle is not None
    assert "wayland-9" in obstacle.what


def test_without_pyside_the_obstacle_is_pyside(monkeypatch):
    monkeypatch.setattr(environment, "qt_folder", lambda: None)
    obstacle = window_obstacle({"DISPLAY": ":0"})
    assert obstacle is not None
    assert "PySide6" in obstacle.what


@linux
def test_missing_libraries_are_all_named_with_their_packages(monkeypatch):
    listing = (
        "\tlibxcb-icccm.so.4 => not found\n"
        "\tlibxcb.so.1 => /lib/libxcb.so.1 (0x0001)\n"
        "\tlibxcb-keysyms.so.1 => not found\n"
        "\tlibxcb-icccm.so.4 => not found\n"
    )
    monkeypatch.setattr(environment, "_output_of", lambda *command: listing)
    assert missing_libraries(Path("libqxcb.so")) == ("libxcb-icccm.so.4", "libxcb-keysyms.so.1")
    obstacle = window_obstacle({"DISPLAY": ":0"})
    assert obstacle is not None
    assert "libxcb-icccm.so.4, libxcb-keysyms.so.1" in obstacle.what
    assert obstacle.remedy.endswith("apt-get install libxcb-icccm4 libxcb-keysyms1")


@linux
def test_every_system_library_of_qt_has_a_known_package():
    qt = qt_folder()
    assert qt is not None
    if shutil.which("readelf") is None:
        pytest.skip("readelf is not installed")
    files = [qt / "Qt" / "plugins" / "platforms" / "libqxcb.so"]
    files += [qt / "Qt" / "lib" / f"libQt6{name}.so.6" for name in ("Gui", "Widgets", "DBus", "XcbQpa")]
    text = subprocess.run(["readelf", "-d", *files], capture_output=True, text=True, check=True).stdout
    needed = {name for name in re.findall(r"NEEDED.*\[(.*)\]", text) if not name.startswith("libQt6")}
    always_there = {"libc.so.6", "libm.so.6", "libstdc++.so.6", "libgcc_s.so.1", "libz.so.1"}
    always_there |= {"libpthread.so.0", "libdl.so.2"}
    assert needed - always_there <= set(DEBIAN_PACKAGES)


def test_a_library_of_an_unknown_package_stands_for_itself():
    assert packages_of(("libglib-2.0.so.0", "libgthread-2.0.so.0", "libnew.so.1")) == (
        "libglib2.0-0",
        "libnew.so.1",
    )


def test_writable_follows_the_nearest_existing_parent(tmp_path):
    assert is_writable(tmp_path / "not" / "yet")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_not_writable(tmp_path):
    tmp_path.chmod(0o500)
    assert not is_writable(tmp_path)


def test_a_file_in_the_way_is_not_writable(tmp_path):
    (tmp_path / "file").write_text("")
    assert not is_writable(tmp_path / "file" / "folder")


def test_free_space_is_the_disks(tmp_path):
    assert free_bytes(tmp_path / "later") == pytest.approx(shutil.disk_usage(tmp_path).free, rel=0.05)


def test_fonts_are_read_from_fontconfig(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/fc-list")
    monkeypatch.setattr(environment, "_output_of", lambda *c: "Noto Sans CJK SC,思源\nAR PL UMing\n\n")
    assert chinese_fonts() == ("AR PL UMing", "Noto Sans CJK SC")


def test_fonts_are_unknown_without_fontconfig(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert chinese_fonts() is None


def test_a_command_that_is_not_there_says_nothing():
    assert environment._output_of("no-such-command-anywhere") == ""
