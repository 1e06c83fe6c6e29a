"""How fast the Transforms tab follows the hand, and how little it gets in the way.

    python benchmarks/transforms.py [--edits 200] [--seconds 4] [--only edit|large|overhead] [--json FILE]

Printed, each with its limit:

- edit: a 768x512 photograph through Resize(480), RandomCrop(448), ToTensor and Normalize; milliseconds from
  a changed parameter until all stages are painted in the real window, with their facts and histograms; each
  step that has parameters is edited in turn. Counted is how many stages were computed anew for one from the
  edited step on;
- large: a value is dragged, 60 values a second, over a photograph of 24 megapixels, once the size of a Resize
  that is followed by the tutorial's steps, once the sigma of a blur in front of ToTensor and Normalize;
  milliseconds from a value until a preview of it or of a newer one is painted, and the longest time the event
  loop is held up meanwhile; seconds from the last value until the exact stages are painted, and the longest
  time the loop is held up by that (torchvision copies the pixels of a PIL image while Python waits);
- overhead: the time of ``Pipeline.stages`` over that of torchvision's four objects called one after another
  on the 768x512 photograph, in turns: without facts (the same pixels, kept for each stage, with what was
  drawn), and with them, which is extra work for the eye.

The real window is used, on DISPLAY or offscreen without one. Exit code 1 if a limit is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from datasets import report


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Figures of the Transforms tab.")
    parser.add_argument("--edits", type=int, default=200, help="edits that are timed (default 200)")
    parser.add_argument(
        "--seconds", type=float, default=4.0, help="how long each value is dragged (default 4)"
    )
    parser.add_argument("--only", choices=("edit", "large", "overhead"), help="one part alone")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    return parser.parse_args()


def main() -> int:
    arguments = parse_arguments()
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["TUDUI_HOME"] = str(Path(home) / "home")
        from transform_figures import Figures  # Qt reads the environment when it is imported

        figures = Figures(Path(home), arguments).run()
    return report(figures, arguments.json)


if __name__ == "__main__":
    sys.exit(main())
