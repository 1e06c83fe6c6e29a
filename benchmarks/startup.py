"""How soon the window is on the screen, beside labelme's, and whether it answers while torch loads.

    python benchmarks/startup.py LABELME [--repeats 7]

LABELME is the path of labelme's command, of an environment of its own. Both programs are started in
turn on DISPLAY (X11), after one start each to warm the disk; xdotool tells when a window of the
program is mapped on the screen. Printed are the medians in seconds, the ratio ours / labelme, and
the longest time the event loop was held up until every tab stood. Exit code 1 if the ratio is over 1
or the loop was held up for more than 0.3 s.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GAP_LIMIT = 0.3
_PATIENCE = 60


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time until the window is on the screen.")
    parser.add_argument("labelme", help="labelme's command")
    parser.add_argument("--repeats", type=int, default=7)
    arguments = parser.parse_args()
    if not os.environ.get("DISPLAY") or shutil.which("xdotool") is None:
        parser.error("a DISPLAY (xvfb-run -a ...) and xdotool are needed")
    return arguments


def seconds_until_shown(command: list[str], environment: dict[str, str]) -> float:
    """Start ``command``, wait until one of its windows is mapped, end it."""
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while time.perf_counter() - began < _PATIENCE:
            if _has_window(process.pid):
                return time.perf_counter() - began
            if process.poll() is not None:
                raise SystemExit(f"{command[0]} ended with {process.returncode} before it showed a window")
            time.sleep(0.005)
        raise SystemExit(f"{command[0]} shows no window within {_PATIENCE} s")
    finally:
        process.kill()
        process.wait()


def _has_window(pid: int) -> bool:
    """Whether a visible window of a real size belongs to ``pid``."""
    search = ["xdotool", "search", "--onlyvisible", "--pid", str(pid), "--name", "."]
    found = subprocess.run(search, capture_output=True, text=True, check=False).stdout.split()
    return any(_height(window) > 200 for window in found)


def _height(window: str) -> int:
    command = ["xdotool", "getwindowgeometry", "--shell", window]
    lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    return next((int(line[7:]) for line in lines if line.startswith("HEIGHT=")), 0)


def longest_gap(environment: dict[str, str]) -> float:
    """Seconds the event loop was held up at most, from the shown shell until every tab stood."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from measuring import LoopWatch\n"
        "from tudui_gui.gui.app import create_app\n"
        "app, window = create_app(['startup'])\n"
        "watch = LoopWatch()\n"
        "window.first_painted.connect(watch.start)\n"
        "def end():\n"
        "    print(watch.stop()['max'] / 1000)\n"
        "    window.close()\n"
        "window.ready.connect(end)\n"
        "window.show()\n"
        "app.exec()\n"
    )
    command = [sys.executable, "-c", program, str(Path(__file__).resolve().parent)]
    output = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    return float(output.split()[-1])


def main() -> int:
    arguments = parse_arguments()
    programs = {"tudui-gui": [sys.executable, "-m", "tudui_gui"], "labelme": [arguments.labelme]}
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    # An X server without any client starts anew, and refuses whoever comes meanwhile.
    client = subprocess.Popen(["xdotool", "search", "--sync", "--name", "^no window has this name$"])
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "TUDUI_HOME": home}
        for repeat in range(arguments.repeats + 1):
            for name, command in programs.items():
                shown = seconds_until_shown(command, environment)
                if repeat:
                    seconds[name].append(shown)
        gap = statistics.median(longest_gap(environment) for _ in range(3))
    client.kill()
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    ratio = medians["tudui-gui"] / medians["labelme"]
    for name, median in medians.items():
        print(f"{name:<10} {median:.2f} s   ({min(seconds[name]):.2f} .. {max(seconds[name]):.2f})")
    print(f"ratio      {ratio:.2f}")
    print(f"event loop held up for at most {gap:.2f} s while torch loads (median of 3)")
    return 0 if ratio <= 1.0 and gap <= GAP_LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
