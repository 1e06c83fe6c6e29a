"""Models from files, for jobs; the last few are kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from tudui_gui.core.operations import Step
from tudui_gui.gui.session import OpenModel
from tudui_gui.prediction.classifier import Classifier
from tudui_gui.training.checkpoint import FOLDER

#: Models kept at most, and the bytes of their weights.
_MOST_KEPT, _MOST_BYTES = 12, 2**28


def file_title(path: Path) -> str:
    """``"digits-3 · best"`` for a run's checkpoint, else the file's name."""
    return f"{path.parent.parent.name} · {path.stem}" if path.parent.name == FOLDER else path.name


def load_model(path: Path, step: Step | None = None) -> OpenModel:
    """The model in a checkpoint, or plain weights in ``step``'s model. Any thread.

    Raises
    ------
    CheckpointError, ModelError
    """
    classifier = Classifier.load(path, model=step)
    channels, height, width = classifier.input_shape
    return OpenModel(
        name=file_title(path),
        module=classifier.model,
        step=classifier.experiment.model if classifier.experiment is not None else step,
        classes=classifier.classes,
        input_shape=(channels, height, width),
        path=path,
        classifier=classifier,
    )


@dataclass(frozen=True)
class _State:
    """What tells one content of a file from another."""

    size: int
    modified: int
    number: int


class ModelCache:
    """The models of the checkpoints looked at last. Any thread.

    A file that was written anew is read anew. Never holds more than a dozen models or 256 MB of weights,
    except for a single model that is larger.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Path, tuple[_State, int, OpenModel]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def load(self, path: Path) -> OpenModel:
        """The model in the checkpoint ``path``: as :func:`load_model`, which it asks if it must."""
        state = _state(path)
        with self._lock:
            kept = self._kept.get(path)
            if kept is not None and kept[0] == state:
                self._kept.move_to_end(path)
                return kept[2]
        model = load_model(path)
        self._keep(path, state, model)
        return model

    def _keep(self, path: Path, state: _State | None, model: OpenModel) -> None:
        if state is None:
            return
        weights = model.module.state_dict().values()
        with self._lock:
            self._kept[path] = (state, sum(tensor.nbytes for tensor in weights), model)
            self._kept.move_to_end(path)
            while len(self._kept) > 1 and self._is_too_much():
                self._kept.popitem(last=False)

    def _is_too_much(self) -> bool:
        return len(self._kept) > _MOST_KEPT or sum(each[1] for each in self._kept.values()) > _MOST_BYTES


def _state(path: Path) -> _State | None:
    try:
        found = path.stat()
    except OSError:  # reading it will say why
        return None
    return _State(found.st_size, found.st_mtime_ns, found.st_ino)
