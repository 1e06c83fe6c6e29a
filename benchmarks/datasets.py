"""How fast the Datasets tab is, and how little it gets in the way.

    python benchmarks/datasets.py [--data-root DIR] [--images 100000] [--scan-images 60000] [--json FILE]

Printed, each with its limit:

- a folder of 100,000 small JPEGs: seconds from opening to the first screen of thumbnails, the longest time
  the event loop is held up meanwhile and while the grid is scrolled from end to end, and what the memory of
  the process grows by;
- thumbnails per second of a processor core, as a ratio to a plain Pillow loop with ``draft()`` and
  ``thumbnail()``, run in turns with it;
- with ``--data-root`` (torchvision's root with CIFAR-10): seconds to its first thumbnails and for the mean
  and standard deviation of 50,000 images; seconds to scan its images as PNG files, as a ratio to a plain
  loop that decodes them.

The real window is used, on DISPLAY or offscreen without one. Exit code 1 if a limit is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Figures of the Datasets tab.")
    parser.add_argument("--data-root", type=Path, help="torchvision's root with CIFAR-10")
    parser.add_argument("--images", type=int, default=100_000, help="files in the large folder")
    parser.add_argument("--scan-images", type=int, default=60_000, help="PNG files to scan")
    parser.add_argument("--only", choices=("folder", "grid", "cifar", "scan"), help="one part alone")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    return parser.parse_args()


def main() -> int:
    arguments = parse_arguments()
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["TUDUI_HOME"] = str(Path(home) / "home")
        from dataset_figures import Figures  # Qt reads the environment when it is imported

        figures = Figures(Path(home), arguments).run()
    return report(figures, arguments.json)


def report(figures: dict[str, tuple[float, float, bool]], path: Path | None) -> int:
    """Print name, figure and limit; the flag says whether the limit is a lower one."""
    import json

    missed = 0
    for name, (figure, limit, at_least) in figures.items():
        kept = figure >= limit if at_least else figure <= limit
        missed += not kept
        word = "at least" if at_least else "at most"
        print(f"{name:<58} {figure:>9.3f}   {word} {limit:g}   {'ok' if kept else 'MISSED'}")
    if path is not None:
        path.write_text(json.dumps({name: row[0] for name, row in figures.items()}, indent=2) + "\n", "utf-8")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
