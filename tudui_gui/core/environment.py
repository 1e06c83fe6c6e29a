"""What the machine offers: whether a window can open, writable folders, free space, fonts.

Qt-free: a Qt that lacks a library or a display aborts the whole process, so these questions
are answered before Qt is loaded.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

#: The Debian and Ubuntu package of each system library that Qt's Linux build links against.
DEBIAN_PACKAGES: Mapping[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libzstd.so.1": "libzstd1",
}

_PROBE_SECONDS = 10


@dataclass(frozen=True)
class Obstacle:
    """Why no window can open: what is missing, and how to get it; one line each."""

    what: str
    remedy: str


def window_obstacle(environ: Mapping[str, str] | None = None) -> Obstacle | None:
    """What keeps Qt from opening a window here, or None. Loads no Qt; takes some 50 ms on Linux.

    Parameters
    ----------
    environ : mapping, optional
        The environment variables to judge by; the process's own by default.
    """
    environ = os.environ if environ is None else environ
    qt = qt_folder()
    if qt is None:
        return Obstacle("PySide6, the window toolkit, is not installed.", "Get it: pip install pyside6")
    if not sys.platform.startswith("linux"):
        return None
    platforms = qt_platforms(environ)
    if not platforms:
        return Obstacle(
            "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set.",
            "Start it in a desktop session, through `ssh -X`, or on a virtual display: xvfb-run -a tudui-gui",
        )
    obstacles = [_platform_obstacle(qt, platform, environ) for platform in platforms]
    return None if None in obstacles else obstacles[-1]


def qt_folder() -> Path | None:
    """The folder of the installed PySide6 package, found without importing it."""
    spec = importlib.util.find_spec("PySide6")
    locations = spec.submodule_search_locations if spec else None
    return Path(next(iter(locations))) if locations else None


def qt_platforms(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The platform plugins Qt tries on Linux with these variables, in its order; empty without a display."""
    asked = environ.get("QT_QPA_PLATFORM")
    if asked:
        return tuple(name.partition(":")[0] for name in asked.split(";") if name)
    wayland = ("wayland",) if environ.get("WAYLAND_DISPLAY") else ()
    return wayland + (("xcb",) if environ.get("DISPLAY") else ())


def _platform_obstacle(qt: Path, platform: str, environ: Mapping[str, str]) -> Obstacle | None:
    plugin = _plugin(qt, platform)
    if not plugin.exists():
        return Obstacle(
            f"Qt has no platform named {platform!r}, which QT_QPA_PLATFORM asks for.",
            "Unset QT_QPA_PLATFORM, or set it to xcb, wayland or offscreen.",
        )
    missing = missing_libraries(plugin)
    if missing:
        return Obstacle(
            f"Qt lacks system libraries: {', '.join(missing)}.",
            f"Get them on Debian or Ubuntu: sudo apt-get install {' '.join(packages_of(missing))}",
        )
    return _display_obstacle(platform, environ)


def _plugin(qt: Path, platform: str) -> Path:
    # Qt's Wayland plugin answers to a second name.
    name = "wayland" if platform.startswith("wayland") else platform
    return qt / "Qt" / "plugins" / "platforms" / f"libq{name}.so"


def missing_qt_libraries() -> tuple[str, ...]:
    """Names of the libraries that Qt's X11 plugin needs and this Linux lacks; empty elsewhere."""
    qt = qt_folder()
    if qt is None or not sys.platform.startswith("linux"):
        return ()
    return missing_libraries(_plugin(qt, "xcb"))


def missing_libraries(file: Path) -> tuple[str, ...]:
    """Names of the shared libraries that ``file`` needs, directly or through others, and that are not found.

    Asks ``ldd``, which names all of them at once; the loader itself stops at the first.
    """
    lines = _output_of("ldd", str(file)).splitlines()
    names = [line.split()[0] for line in lines if line.rstrip().endswith("=> not found")]
    return tuple(dict.fromkeys(names))


def packages_of(libraries: tuple[str, ...]) -> tuple[str, ...]:
    """The Debian packages that hold ``libraries``; a library of an unknown package stands for itself."""
    return tuple(dict.fromkeys(DEBIAN_PACKAGES.get(library, library) for library in libraries))


def _display_obstacle(platform: str, environ: Mapping[str, str]) -> Obstacle | None:
    if platform == "xcb" and not _x_server_answers(environ.get("DISPLAY", "")):
        return Obstacle(
            f"The X display {environ.get('DISPLAY') or '(none)'} does not answer or refuses the connection.",
            "Check DISPLAY and XAUTHORITY, or use a virtual display: xvfb-run -a tudui-gui",
        )
    if platform.startswith("wayland") and not _wayland_answers(environ):
        return Obstacle(
            f"The Wayland display {environ.get('WAYLAND_DISPLAY') or '(none)'} does not answer.",
            "Check WAYLAND_DISPLAY and XDG_RUNTIME_DIR, or use a virtual display: xvfb-run -a tudui-gui",
        )
    return None


def _x_server_answers(display: str) -> bool:
    """Connect as Qt will, access rights included."""
    if not display:
        return False
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(os.fsencode(display), None)
    try:
        return bool(xcb.xcb_connection_has_error(connection) == 0)
    finally:
        xcb.xcb_disconnect(connection)


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    name = environ.get("WAYLAND_DISPLAY") or "wayland-0"
    path = Path(environ.get("XDG_RUNTIME_DIR", "")) / name
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_PROBE_SECONDS)
        try:
            connection.connect(str(path))
        except OSError:
            return False
    return True


def is_writable(folder: Path) -> bool:
    """Whether files can be made in ``folder``, or in its nearest parent that exists; leaves none."""
    try:
        with tempfile.TemporaryFile(dir=_existing(folder)):
            return True
    except OSError:
        return False


def free_bytes(folder: Path) -> int:
    """Free space, in bytes, on the disk of ``folder`` or of its nearest parent that exists."""
    return shutil.disk_usage(_existing(folder)).free


def _existing(folder: Path) -> Path:
    folder = folder.absolute()
    return next(path for path in (folder, *folder.parents) if path.exists())


def chinese_fonts() -> tuple[str, ...] | None:
    """Families of installed fonts that cover Chinese, sorted; None where fontconfig cannot be asked."""
    if shutil.which("fc-list") is None:
        return None
    lines = _output_of("fc-list", ":lang=zh", "family").splitlines()
    return tuple(sorted({line.split(",")[0].strip() for line in lines if line.strip()}))


def _output_of(*command: str) -> str:
    """Standard output of a short command; empty if it is not installed or does not end in time."""
    try:
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=_PROBE_SECONDS,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""
