"""Draw the sample set ``shapes`` in three layouts: python data/draw_shapes.py [FOLDER].

Four classes of coloured figures, 64x64 PNG, at seeded places, sizes, angles and colours.
"""

from __future__ import annotations

import colorsys
import math
import random
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

SIZE = 64
OVERSAMPLING = 4
COUNTS = {"train": 20, "val": 6}
#: In the layouts with label files and with labels in the names.
FEWER = {"train": 10, "val": 3}

Point = tuple[float, float]


def regular(corners: int, angle: float, radii: tuple[float, ...] = (1.0,)) -> list[Point]:
    """Corners of a polygon around the origin; radii are used in turn."""
    turns = [angle + math.tau * k / corners for k in range(corners)]
    return [
        (radii[k % len(radii)] * math.cos(turn), radii[k % len(radii)] * math.sin(turn))
        for k, turn in enumerate(turns)
    ]


OUTLINES: dict[str, Callable[[float], list[Point]]] = {
    "circle": lambda angle: regular(72, angle),
    "square": lambda angle: regular(4, angle),
    "star": lambda angle: regular(10, angle, (1.0, 0.42)),
    "triangle": lambda angle: regular(3, angle),
}


def colour(rng: random.Random, lightness: tuple[float, float]) -> tuple[int, ...]:
    """A random hue at a lightness within bounds."""
    rgb = colorsys.hls_to_rgb(rng.random(), rng.uniform(*lightness), rng.uniform(0.4, 0.9))
    return tuple(round(255 * channel) for channel in rgb)


def draw(shape: str, rng: random.Random) -> Image.Image:
    """One picture: a figure on a plain ground, one of them light and the other dark."""
    bounds = [(0.1, 0.35), (0.65, 0.9)]
    rng.shuffle(bounds)
    large = SIZE * OVERSAMPLING
    image = Image.new("RGB", (large, large), colour(rng, bounds[0]))
    radius = rng.uniform(0.2, 0.42) * large
    x, y = (rng.uniform(radius, large - radius) for _ in range(2))
    outline = [(x + radius * dx, y + radius * dy) for dx, dy in OUTLINES[shape](rng.uniform(0, math.tau))]
    ImageDraw.Draw(image).polygon(outline, fill=colour(rng, bounds[1]))
    return image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)


def write(root: Path, part: str, shape: str, number: int, picture: Image.Image) -> None:
    """Save a picture in the three layouts of the tutorial; in the last two only the first of each class."""
    name = f"{shape}_{number:02}"
    files = [root / "shapes" / part / shape / f"{name}.png"]
    if number < FEWER[part]:
        labels = root / "shapes_with_label_files" / part
        files += [labels / f"{shape}_image" / f"{name}.png", root / "shapes_named" / part / f"{name}.png"]
        label_file = labels / f"{shape}_label" / f"{name}.txt"
        label_file.parent.mkdir(parents=True, exist_ok=True)
        label_file.write_bytes(shape.encode())
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        picture.save(file, optimize=True)


def main(root: Path) -> None:
    """Draw all pictures below ``root``; the same ones every time."""
    rng = random.Random(20)
    for part, count in COUNTS.items():
        for shape in OUTLINES:
            for number in range(count):
                write(root, part, shape, number, draw(shape, rng))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
