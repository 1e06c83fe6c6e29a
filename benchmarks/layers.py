"""How fast the Layers tab follows the hand, and how much memory it takes.

    python benchmarks/layers.py [--edits 120] [--seconds 4] [--only PART] [--json FILE]

Printed, each with its limit:

- arithmetic: a number of the 5x5 input of the tutorial's convolution is changed; milliseconds until the whole
  view is painted again. Once more with 12x12 numbers in three channels and four kernels;
- maps: a 224x224 photograph through ``Conv2d(3, 64, 3)``; milliseconds from an edited kernel until its maps
  are painted, the layer computed anew. Beside it, in the same run: the time that the layer alone takes, and
  the longest time that the event loop is held up while kernels are edited 30 times a second;
- layers: milliseconds from another photograph until all layers of ResNet-18 are listed with their statistics;
  beside it the time of the plain forward pass;
- epochs: milliseconds from a move of the slider until the maps of another checkpoint are painted, the first
  time (the file is read) and later;
- memory: megabytes that the process grows by while a layer gives 1280 maps of 224x224 (257 MB), the most and
  afterwards; only some of the maps are kept.

The real window is used, on DISPLAY or offscreen without one. Exit code 1 if a limit is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from datasets import report

PARTS = ("arithmetic", "maps", "layers", "epochs", "memory")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Figures of the Layers tab.")
    parser.add_argument("--edits", type=int, default=120, help="edits that are timed (default 120)")
    parser.add_argument(
        "--seconds", type=float, default=4.0, help="how long kernels are edited in a row (default 4)"
    )
    parser.add_argument("--only", choices=PARTS, help="one part alone")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    return parser.parse_args()


def main() -> int:
    arguments = parse_arguments()
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["TUDUI_HOME"] = str(Path(home) / "home")
        from layer_figures import Figures  # Qt reads the environment when it is imported

        figures = Figures(Path(home), arguments).run()
    return report(figures, arguments.json)


if __name__ == "__main__":
    sys.exit(main())
