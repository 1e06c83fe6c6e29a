"""What ``tudui-gui catalog`` lists."""

from __future__ import annotations

from collections.abc import Iterator

from tudui_gui.core.operations import Catalog
from tudui_gui.datasets.catalog import DATASETS
from tudui_gui.layers.catalog import LAYERS
from tudui_gui.layers.losses import LOSSES
from tudui_gui.models.zoo import MODELS
from tudui_gui.training.optimizers import OPTIMIZERS
from tudui_gui.transforms.catalog import TRANSFORMS

#: By the word of the command line.
CATALOGS: dict[str, Catalog] = {
    "datasets": DATASETS,
    "transforms": TRANSFORMS,
    "layers": LAYERS,
    "losses": LOSSES,
    "optimizers": OPTIMIZERS,
    "models": MODELS,
}


def catalog_lines(catalog: Catalog) -> Iterator[str]:
    """A line for each entry, and an indented one for each of its parameters."""
    for entry in catalog.describe():
        yield f"{entry['name']}  ({entry['python']})  {entry['help']}"
        for parameter in entry["parameters"]:
            yield "    {name} = {default}: {allowed}. {help}".format(**parameter)
