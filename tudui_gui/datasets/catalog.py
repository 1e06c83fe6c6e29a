"""The data sets there are, and the way to open one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from torch.utils.data import ConcatDataset

from tudui_gui.core import paths
from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Catalog, Operation, Step
from tudui_gui.core.parameters import Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.concatenation import CONCAT, Sources, common_folder, concatenated, sources_of
from tudui_gui.datasets.digits import open_digits
from tudui_gui.datasets.own_files import BUNDLED, OPENERS, OWN_FILES, shapes_root
from tudui_gui.datasets.selection import SELECTION, select
from tudui_gui.datasets.sources import Collection, Dataset
from tudui_gui.datasets.torchvision_sets import DOWNLOADED, GENERATED, TORCHVISION_OPENERS


def every_source() -> Catalog:
    """:data:`DATASETS`, for a parameter of one of its own operations."""
    return DATASETS


DATASETS = Catalog(
    QT_TRANSLATE_NOOP("errors", "data set"),
    [
        Operation(
            "digits",
            open_digits,
            "sklearn.datasets.load_digits",
            help=QT_TRANSLATE_NOOP(
                "catalog", "scikit-learn's 1,797 handwritten digits, bundled, as RGB images of 32x32."
            ),
            tags=frozenset({"bundled"}),
            parameters=SELECTION,
        ),
        *BUNDLED,
        *GENERATED,
        *DOWNLOADED,
        *OWN_FILES,
        Operation(
            CONCAT,
            ConcatDataset,
            "ConcatDataset",
            (
                Sources(
                    name="sources",
                    default=(),
                    catalog=every_source,
                    written=Written.BY_POSITION,
                    help=QT_TRANSLATE_NOOP("catalog", "The data sets whose images are put together."),
                ),
                *SELECTION,
            ),
            help=QT_TRANSLATE_NOOP("catalog", "Several data sets as one: their classes and images together."),
            tags=frozenset({"join"}),
        ),
    ],
)

#: Each reads what lies below a root (the bundled sets need none) and may raise ``DatasetError``.
_OPENERS: dict[str, Callable[[Step, Path, CancelToken], Collection]] = {
    "digits": open_digits,
    **TORCHVISION_OPENERS,
    **OPENERS,
}


def root_of(step: Step, data_root: Path | None = None) -> Path:
    """The folder ``step`` is opened from, absolute.

    Its ``root``, relative to the current folder; without one ``data_root``, else ``core.paths.data_root()``.
    ``shapes`` lies with the program. Of several sources it is the folder that theirs lie in, if there is one.
    """
    if step.name == "shapes":
        return shapes_root(step)
    if step.name == CONCAT:
        common = common_folder([root_of(source, data_root) for source in sources_of(step)])
        return common or (data_root or paths.data_root()).absolute()
    root = step.values.get("root")
    chosen = Path(root).expanduser() if root is not None else data_root or paths.data_root()
    return chosen.absolute()


def open_dataset(step: Step, *, data_root: Path | None = None, cancel: CancelToken | None = None) -> Dataset:
    """Open the data set that ``step`` describes. Reads files; call it off the main thread.

    Parameters
    ----------
    step : Step
        Of :data:`DATASETS`.
    data_root : Path, optional
        Where data lie when the step names no ``root``; default ``core.paths.data_root()``.
    cancel : CancelToken, optional
        Polled between files.

    Raises
    ------
    DatasetError
        Files missing, damaged or unreadable: names them, and what to do.
    Cancelled
    """
    token = cancel or CancelToken()
    if step.name == CONCAT:
        opened = [
            open_dataset(source, data_root=data_root, cancel=token) for source in step.values["sources"]
        ]
        return select(concatenated(opened), step)
    return select(_OPENERS[step.name](step, root_of(step, data_root), token), step)
