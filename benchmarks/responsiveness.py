"""How long the window's event loop is held up while a network trains in it.

    python benchmarks/responsiveness.py [--experiment FILE.toml] [--data-root DIR] [--seconds 30]

The real window is opened on DISPLAY (or offscreen without one), its Train tab is shown, a run is
started and the event loop is asked every 2 ms whether it is still there. Printed are the gaps between
answers in milliseconds: what a mouse click would have waited. Exit code 1 if the 99th percentile is
over 16 ms.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

LIMIT_MS = 16.0
INTERVAL_MS = 2


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Event-loop gaps while training in the real window.")
    parser.add_argument("--experiment", type=Path, help="a TOML file; the bundled digits by default")
    parser.add_argument("--data-root", type=Path, help="torchvision's root for the experiment's data")
    parser.add_argument("--seconds", type=float, default=30.0, help="how long to measure (default 30)")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    return parser.parse_args()


def main() -> int:
    arguments = parse_arguments()
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["TUDUI_HOME"] = home
        from measuring import Measurement  # Qt reads the environment when it is imported

        figures = Measurement(arguments.experiment, arguments.data_root, arguments.seconds).run()
    report(figures, arguments.json)
    return 0 if figures["training"]["p99"] <= LIMIT_MS else 1


def report(figures: dict[str, dict[str, float]], path: Path | None) -> None:
    import json

    for phase, values in figures.items():
        texts = "  ".join(f"{name} {value:,.1f}" for name, value in values.items())
        print(f"{phase:<10} {texts}")
    print(f"limit      p99 {LIMIT_MS} ms   ratio {figures['training']['p99'] / LIMIT_MS:.2f}")
    if path is not None:
        path.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    time.sleep(0)


if __name__ == "__main__":
    sys.exit(main())
