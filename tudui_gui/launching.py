"""The experiment and the run that the words of a command line describe."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Generator, Iterable

from tudui_gui.training import recording, runs
from tudui_gui.training.control import Control
from tudui_gui.training.events import Event
from tudui_gui.training.experiment import Experiment


def experiment_of(options: Namespace) -> Experiment:
    """The experiment file with ``--set`` and ``--data-root`` applied. Raises ``ExperimentError``."""
    experiment = Experiment.load(options.experiment).with_overrides(options.set)
    return experiment.with_root(options.data_root) if options.data_root else experiment


def events_of(options: Namespace, control: Control) -> Generator[Event, None, None]:
    """The events of a new run, or of one that goes on with ``--resume``."""
    if options.resume:
        return recording.run(None, options.resume, control=control, resume=True, data_root=options.data_root)
    experiment = experiment_of(options)
    run_dir = options.run_dir or runs.new_run_dir(experiment)
    return recording.run(experiment, run_dir, control=control)


def last_of(events: Iterable[Event], show: Callable[[Event], None]) -> Event | None:
    """Show every event; return the one that closed the run."""
    event: Event | None = None
    for event in events:
        show(event)
    return event
