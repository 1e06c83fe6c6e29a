"""Loading by other processes."""

from __future__ import annotations

import multiprocessing
from contextlib import closing
from pathlib import Path

import pytest

from tests.unit.training.builders import epochs, losses, make_dataset, make_experiment
from tudui_gui.training.events import RunFinished, StepDone
from tudui_gui.training.loop import fit


@pytest.mark.slow
def test_workers_give_the_same_numbers_and_end_with_the_run(tmp_path: Path) -> None:
    experiment = make_experiment()
    dataset = make_dataset()
    parallel = experiment.with_value("training.num_workers", 1)
    one = list(fit(experiment, tmp_path / "a", dataset=dataset))
    two = list(fit(parallel, tmp_path / "b", dataset=dataset))
    assert losses(one) == losses(two)
    assert epochs(one) == epochs(two)
    assert multiprocessing.active_children() == []

    with closing(fit(parallel, tmp_path / "c", dataset=dataset)) as events:
        before = []
        for event in events:
            before.append(event)
            if isinstance(event, StepDone):
                break
    assert multiprocessing.active_children() == []
    after = list(fit(None, tmp_path / "c", dataset=dataset, resume=True))
    assert isinstance(after[-1], RunFinished)
    assert losses(before + after) == losses(one)
