"""What docs/data-sets.md says is what the program takes."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.unit.training.builders import make_experiment
from tudui_gui.datasets.catalog import DATASETS
from tudui_gui.datasets.edits import Edits
from tudui_gui.datasets.selection import SELECTION, SELECTION_NAMES

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "data-sets.md").read_text("utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)


def rows() -> dict[str, str]:
    """The last column of the table of sources, by source."""
    lines = TEXT.split("## Layouts")[0].splitlines()
    cells = [line.strip("|").split("|") for line in lines if line.startswith("| `")]
    return {
        name: last for first, *_, last in cells for name in re.findall(r"`(\w+)`", first) if name != "source"
    }


@pytest.mark.parametrize("block", BLOCKS)
def test_every_table_is_valid(block: str) -> None:
    table = tomllib.loads(block)["dataset"]
    experiment = make_experiment(dataset=table)
    assert experiment.dataset.name == table["source"]
    given = {name: value for name, value in table.items() if name not in ("source", "sources")}
    assert {name: experiment.dataset.values[name] for name in given} == given


def test_every_source_and_its_values_are_named() -> None:
    assert set(rows()) == set(DATASETS)
    for name, last in rows().items():
        own = {parameter.name for parameter in DATASETS[name].parameters} - SELECTION_NAMES
        assert set(re.findall(r"`(\w+)`", re.sub(r"\(.*?\)", "", last))) == own, name


def test_the_defaults_of_the_selection() -> None:
    for parameter in SELECTION:
        default = {None: "none", "own": '`"own"`'}.get(parameter.default, f"`{parameter.default}`")
        assert f"| `{parameter.name}` | {default} |" in TEXT


def test_the_file_of_corrections(tmp_path: Path) -> None:
    (block,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    (tmp_path / "edits.json").write_text(block)
    edits = Edits.load(tmp_path / "edits.json")
    assert edits.labels == {"train/ants/0013035.jpg": "bees"} and len(edits.keys) == 3
    edits.save(tmp_path / "again.json")
    assert json.loads((tmp_path / "again.json").read_text()) == json.loads(block)
