"""t-SNE in a process of its own: run by :func:`tudui_gui.datasets.embedding.tsne`, which can end it at once.

Standard input: a line of JSON (``shape``, ``perplexity``, ``seed``, ``iterations``), then the features as raw
float32. Standard output: ``iteration N`` lines, then ``result KL`` and the points as raw float32. The process
ends when its input is closed, so that none is left over when the program dies.
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
from contextlib import redirect_stdout
from io import TextIOBase
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE

Floats = npt.NDArray[np.float32]

#: Wider features are first brought to so many components by PCA.
COMPONENTS = 50
_NICENESS = 5


class _Reporter(TextIOBase):
    """Makes ``iteration N`` lines of what scikit-learn prints."""

    def __init__(self, output: BinaryIO) -> None:
        self._output = output

    def write(self, text: str) -> int:
        found = re.search(r"Iteration (\d+):", text)
        if found:
            self._output.write(f"iteration {found[1]}\n".encode())
            self._output.flush()
        return len(text)


def embed(features: Floats, perplexity: float, seed: int, iterations: int) -> tuple[Floats, float]:
    """Points float32 (N, 2) and the Kullback-Leibler divergence; prints as scikit-learn's ``verbose=2``."""
    if min(features.shape) > COMPONENTS:
        features = PCA(COMPONENTS, random_state=seed).fit_transform(features)
    model = TSNE(perplexity=perplexity, random_state=seed, max_iter=iterations, verbose=2)
    return model.fit_transform(features), float(model.kl_divergence_)


def main() -> None:
    """Serve one request."""
    output = _private_output()
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    request = json.loads(sys.stdin.buffer.readline())
    count, width = request.pop("shape")
    content = sys.stdin.buffer.read(count * width * 4)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    features = np.frombuffer(content, np.float32).reshape(count, width).copy()
    with redirect_stdout(_Reporter(output)):
        points, divergence = embed(features, **request)
    output.write(f"result {divergence!r}\n".encode() + np.ascontiguousarray(points, np.float32).tobytes())
    output.flush()
    os._exit(0)  # the other thread still reads


def _private_output() -> BinaryIO:
    """Standard output for the protocol alone; what libraries print goes nowhere."""
    output = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return output


def _end_with_the_parent() -> None:
    while sys.stdin.buffer.read(1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
