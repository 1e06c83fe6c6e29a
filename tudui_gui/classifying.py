"""What ``tudui-gui predict`` and ``evaluate`` answer, as JSON-ready values and as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tudui_gui.core.errors import TuduiError
from tudui_gui.images.reading import read_image
from tudui_gui.prediction.classifier import Classifier
from tudui_gui.prediction.testing import CheckpointTest


def answer(classifier: Classifier, path: Path, top: int) -> dict[str, Any]:
    """The ``top`` classes of an image file, or the error that kept it from being read."""
    try:
        guesses = classifier.predict(read_image(path), top).top
    except TuduiError as error:
        return {"image": str(path), "predictions": [], "error": str(error)}
    predictions = [{"class": g.name, "index": g.index, "probability": g.probability} for g in guesses]
    return {"image": str(path), "predictions": predictions, "error": None}


def answer_text(answer: dict[str, Any]) -> str:
    """An :func:`answer` as lines of text."""
    if answer["error"]:
        return f"{answer['image']}: {answer['error']}"
    guesses = (f"    {guess['class']}: {guess['probability']:.2%}" for guess in answer["predictions"])
    return "\n".join((f"{answer['image']}:", *guesses))


def evaluation_lines(test: CheckpointTest) -> Iterator[str]:
    """How a checkpoint did on the test images, in all and for each class."""
    yield f"{test.images:,} test images of {test.dataset}"
    yield f"loss {test.loss:.4f}, accuracy {test.accuracy:.2%}"
    for name, accuracy in test.class_accuracies.items():
        yield f"    {name}: {accuracy:.2%}"
