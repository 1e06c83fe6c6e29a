"""``tudui-gui transform``: a pipeline applied to a folder on a terminal, its progress on standard error."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import TransformError
from tudui_gui.core.text import QT_TRANSLATE_NOOP, shown
from tudui_gui.stopping import stopping_on_signals
from tudui_gui.training.experiment import Experiment
from tudui_gui.transforms import user_presets
from tudui_gui.transforms.folder_job import FolderJob, usual_pattern
from tudui_gui.transforms.folder_plan import FolderPlan, plan_folder, preview
from tudui_gui.transforms.folder_report import REASONS, FolderReport
from tudui_gui.transforms.folder_run import FolderProgress, apply_to_folder
from tudui_gui.transforms.parsing import parse_pipeline
from tudui_gui.transforms.pipeline import Pipeline
from tudui_gui.transforms.presets import PRESETS

#: So many of what was left out are written out; JSON has all of it.
LISTED = 20


def job_of(options: argparse.Namespace) -> FolderJob:
    """What the options ask for. Raises ``TuduiError``."""
    job = FolderJob(
        source=options.folder,
        target=options.out,
        pipeline=pipeline_of(options.pipeline, is_test=options.test),
        copies=options.copies,
        seed=options.seed,
        format=options.format,
        quality=options.quality,
        undo_normalize=None if options.normalized is None else options.normalized == "undo",
        every_step=options.every_step,
        existing=options.existing,
        may_be_inside=options.inside,
        reader=options.reader,
    )
    return replace(job, pattern=options.pattern or usual_pattern(job))


def pipeline_of(name: str, *, is_test: bool = False) -> Pipeline:
    """The pipeline that ``name`` stands for. Raises ``TuduiError``.

    Parameters
    ----------
    name : str
        A preset, the program's or a person's own; an experiment's ``.toml``; a ``.py`` file, which is read,
        never run.
    is_test : bool
        Of an experiment the transforms for test.
    """
    known = {preset.name: preset.pipeline for preset in user_presets.load().presets}
    known |= {preset.name: preset.pipeline for preset in PRESETS}
    if name in known:
        return known[name]
    path = Path(name)
    if path.suffix.lower() == ".toml":
        experiment = Experiment.load(path)
        return experiment.test_transforms if is_test else experiment.train_transforms
    if path.suffix.lower() == ".py":
        return parse_pipeline(_text_of(path))
    raise TransformError(
        QT_TRANSLATE_NOOP("errors", "There is no pipeline named {name}."),
        remedy=QT_TRANSLATE_NOOP("errors", "Allowed: {allowed}."),
        name=repr(name),
        allowed=", ".join(known),
    )


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as cause:
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "{path} cannot be read as text."), detail=str(cause), path=shown(path)
        ) from cause


def planned(options: argparse.Namespace) -> FolderPlan | None:
    """The checked job; None after Ctrl+C. Raises ``TuduiError``. Main thread."""
    token = CancelToken()
    try:
        with stopping_on_signals(token):
            return plan_folder(job_of(options), cancel=token)
    except Cancelled:
        return None


def transformed(
    plan: FolderPlan, options: argparse.Namespace, console: Console | None = None
) -> FolderReport:
    """The report of the run, cancelled by Ctrl+C; written as a table where ``--report`` says. Main thread.

    Raises
    ------
    StorageError
        The table cannot be written.
    """
    token = CancelToken()
    shows = _Display(console or Console(stderr=True, highlight=False))
    with stopping_on_signals(token), shows as display:
        report = apply_to_folder(plan, progress=display, cancel=token)
    if options.report:
        report.write_csv(options.report)
    return report


def succeeded(report: FolderReport | None) -> bool | None:
    """Whether nothing is missing but what was there already; None if it was interrupted."""
    if report is None:
        return True
    if report.cancelled:
        return None
    return report.error is None and not set(report.reasons) - {"exists"}


def to_json(plan: FolderPlan, report: FolderReport | None) -> dict[str, Any]:
    """The report, or without one the plan, as plain values."""
    if report is not None:
        return report.to_json()
    first = [{"source": shown(file), "file": shown(name)} for file, name in preview(plan, LISTED)]
    return {"images": len(plan.files), "files": plan.count, "first": first}


def lines(plan: FolderPlan, report: FolderReport | None) -> Iterator[str]:
    """The report, or without one the plan, for people."""
    if report is not None:
        yield from _report_lines(report)
        return
    yield f"{len(plan.files):,} images, {plan.count:,} files would be written to {shown(plan.job.target)}"
    yield from (f"  {shown(file)} -> {shown(name)}" for file, name in preview(plan, LISTED))


def _report_lines(report: FolderReport) -> Iterator[str]:
    of = f" of {len(report.plan.files):,}" if report.images < len(report.plan.files) else ""
    yield f"{report.images:,}{of} images, {len(report.written):,} files written in {report.seconds:.1f} s"
    for reason, count in report.reasons.items():
        found = [each for each in report.skipped if each.reason == reason]
        yield f"{REASONS[reason]}: {count:,}"
        yield from (f"  {_told(each.source, each.name, each.error)}" for each in found[:LISTED])
        if count > LISTED:
            yield f"  and {count - LISTED:,} more: --json and --report list them all"
    if report.error is not None:
        yield f"Stopped: {_one_line(report.error)}"
    if report.cancelled:
        yield "Interrupted: whole files stay; --existing keep goes on with the rest."


def _told(source: str, name: str, error: object) -> str:
    return shown(name) if error is None else f"{shown(source)}: {_one_line(error)}"


def _one_line(error: object) -> str:
    return shown(error).replace("\n", " ")


class _Display:
    """A progress bar on a terminal; nothing elsewhere."""

    def __init__(self, console: Console) -> None:
        self._bar = Bar(
            TextColumn("transforming"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("{task.fields[written]:,} written, {task.fields[skipped]:,} left out"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None, written=0, skipped=0)

    def __enter__(self) -> _Display:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def __call__(self, state: FolderProgress) -> None:
        """Show how far the run is."""
        self._bar.update(
            self._task,
            completed=state.done,
            total=state.total,
            written=state.written,
            skipped=state.skipped,
        )
