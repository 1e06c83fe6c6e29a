"""A program of its own: its first loader's worker sends Ctrl+C while it starts. Writes the batch's shape.

In a fresh interpreter, because there multiprocessing's helper process does not run yet.
"""

import signal
import sys
from typing import Any

import numpy as np

from tudui_gui.datasets.loading import make_loader
from tudui_gui.datasets.sources import ArrayImageSet
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline


class InterruptedImages(ArrayImageSet):
    """Sends Ctrl+C to the process that unpickles it, as a terminal does while a worker starts."""

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        signal.raise_signal(signal.SIGINT)


def main() -> None:
    images = InterruptedImages(("a",), [0, 0], np.zeros((2, 4, 4, 3), np.uint8))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    pipeline = Pipeline((TRANSFORMS.step("ToTensor"),))
    loader = make_loader(images, pipeline, batch_size=2, shuffle=False, num_workers=1)
    pixels, _ = next(iter(loader))
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == before
    sys.stdout.write(str(tuple(pixels.shape)))


if __name__ == "__main__":
    main()
