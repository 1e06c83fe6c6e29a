"""``tudui-gui scan``: a data set looked through on a terminal, its progress written to standard error."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.core.text import shown
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.recognition import candidates
from tudui_gui.datasets.scan import scan
from tudui_gui.datasets.scan_report import ERROR, KINDS, NOTE, WARNING, Finding, ScanProgress, ScanReport
from tudui_gui.datasets.sources import Dataset
from tudui_gui.stopping import stopping_on_signals
from tudui_gui.training.experiment import Experiment

#: So many findings of a kind are written out; JSON has all findings.
LISTED = 20

_STAGES = {"images": "looking at images", "comparing": "comparing"}


def chosen_step(options: argparse.Namespace) -> Step:
    """The data set that the options name. Raises ``TuduiError``; ``SystemExit`` when they do not fit."""
    if (options.folder is None) == (options.experiment is None):
        options.parser.error("name a FOLDER or an --experiment, one of the two")
    if options.folder is None and options.layout is not None:
        options.parser.error("--layout says how to read a FOLDER: leave it out with --experiment")
    if options.experiment is None and options.data_root is not None:
        options.parser.error("--data-root is the folder of an experiment's data set: name FOLDER alone")
    if options.experiment is not None:
        experiment = Experiment.load(options.experiment)
        return (experiment.with_root(options.data_root) if options.data_root else experiment).dataset
    folder = options.folder.absolute()
    readings = candidates(folder)
    if options.layout is None:
        return readings[0]
    # A reading knows what goes with the layout, such as the pattern of the names.
    known = [step for step in readings if step.name == options.layout]
    return known[0] if known else DATASETS.step(options.layout, root=str(folder))


def scanned(step: Step, console: Console | None = None) -> tuple[Dataset, ScanReport] | None:
    """The data set and what is wrong with it; None after Ctrl+C. Main thread.

    Raises
    ------
    DatasetError
        It cannot be opened.
    """
    token = CancelToken()
    shows = _Display(console or Console(stderr=True, highlight=False))
    try:
        with stopping_on_signals(token), shows as display:
            dataset = open_dataset(step, cancel=token)
            return dataset, scan(dataset, progress=display, cancel=token)
    except Cancelled:
        return None


def to_json(dataset: Dataset, report: ScanReport) -> dict[str, Any]:
    """The report with what was scanned, as plain values."""
    parts = {name: len(part) for name, part in dataset.parts.items()}
    about = {"name": dataset.name, "source": dataset.step.name, "classes": list(dataset.classes)}
    return {"dataset": {**about, "parts": parts}, **report.to_json()}


def lines(dataset: Dataset, report: ScanReport) -> Iterator[str]:
    """The report for people: the findings by kind, and a last line with their number."""
    counts = ", ".join(f"{len(part):,} {_PARTS[name]}" for name, part in dataset.parts.items())
    yield f"{dataset.name} ({dataset.step.name}): classes: {len(dataset.classes):,}; {counts}"
    yield f"{report.images:,} images scanned in {report.seconds:.1f} s"
    for kind, found in groupby(report.findings, key=lambda finding: finding.kind):
        findings = list(found)
        yield ""
        yield f"{KINDS[kind]}: {report.counts[kind]:,}"
        yield from (f"  {finding.severity}: {_one_line(str(finding))}" for finding in findings[:LISTED])
        if len(findings) > LISTED:
            yield _rest(findings[LISTED:])
    yield ""
    yield _verdict(report)


_PARTS = {
    "train": "for training",
    "test": "for test",
    "unlabelled": "without a label",
    "left_out": "left out",
}


def _rest(findings: Sequence[Finding]) -> str:
    """The line about those that are not written out."""
    named = sum(finding.count == 1 for finding in findings)
    count = sum(finding.count for finding in findings)
    told = "lists them all" if named == count else f"lists {named:,} of them and counts the others"
    return f"  and {count:,} more: --json {told}"


def _verdict(report: ScanReport) -> str:
    severities: Counter[str] = Counter()
    for finding in report.findings:
        severities[finding.severity] += finding.count
    said = [_counted(severities[name], name) for name in (ERROR, WARNING, NOTE) if severities[name]]
    if report.is_clean:
        return "Nothing wrong was found" + (f": {', '.join(said)}." if said else ".")
    return f"Found: {', '.join(said)}."


def _counted(count: int, name: str) -> str:
    return f"{count:,} {name}{'s' if count != 1 else ''}"


def _one_line(text: str) -> str:
    return shown(text).replace("\n", " ")


class _Display:
    """A progress bar on a terminal; nothing elsewhere."""

    def __init__(self, console: Console) -> None:
        self._bar = Bar(
            TextColumn("{task.fields[stage]}"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._stage = ""
        self._task = self._bar.add_task("", total=None, stage="opening")

    def __enter__(self) -> _Display:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def __call__(self, state: ScanProgress) -> None:
        """Show how far the scan is."""
        if state.stage != self._stage:
            self._stage = state.stage
            self._bar.reset(self._task, stage=_STAGES[state.stage])
        self._bar.update(self._task, completed=state.done, total=state.total)
