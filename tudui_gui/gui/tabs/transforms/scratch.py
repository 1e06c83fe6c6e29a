"""The pipeline that is tried out on the tab, apart from the experiment's two."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from tudui_gui.core.operations import Operation, Step
from tudui_gui.gui.session import Session
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline


def first_pipeline() -> Pipeline:
    """The tutorial's four: Resize, RandomCrop, ToTensor, Normalize."""
    step = TRANSFORMS.step
    return Pipeline(
        (step("Resize", size=256), step("RandomCrop", size=224), step("ToTensor"), step("Normalize"))
    )


class ScratchPipeline(QObject):
    """A pipeline whose edits can be undone. Main thread only.

    Signals
    -------
    pipeline_changed(object)
        The new ``Pipeline``.
    """

    pipeline_changed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pipeline = first_pipeline()

    @property
    def pipeline(self) -> Pipeline:
        """What is tried out."""
        return self._pipeline

    def edit(self, steps: tuple[Step, ...], merge_key: str = "", text: str = "") -> None:
        """Replace the steps as one undoable edit; edits in a row with one ``merge_key`` become one.

        ``text`` says what it does, translated, for "Undo ...".
        """
        after = Pipeline(steps)
        if after != self._pipeline:
            text = text or self.tr("Edit the pipeline")
            self._session.push_edit(_PipelineEdit(self, after, text, merge_key))

    def add(self, operation: Operation, after: int) -> int:
        """Insert a step with default values behind index ``after``; returns its index."""
        place = after + 1 if 0 <= after < len(self._pipeline.steps) else len(self._pipeline.steps)
        text = self.tr("Add {step}").format(step=operation.name)
        self._splice(place, place, operation.step(), text=text)
        return place

    def remove(self, index: int) -> None:
        """Take a step away."""
        name = self._pipeline.steps[index].name
        self._splice(index, index + 1, text=self.tr("Remove {step}").format(step=name))

    def duplicate(self, index: int) -> None:
        """Put a copy of a step behind it."""
        step = self._pipeline.steps[index]
        self._splice(index + 1, index + 1, step, text=self.tr("Duplicate {step}").format(step=step.name))

    def move(self, index: int, to: int) -> None:
        """Move a step to the place ``to``."""
        steps = list(self._pipeline.steps)
        if 0 <= to < len(steps):
            text = self.tr("Move {step}").format(step=steps[index].name)
            steps.insert(to, steps.pop(index))
            self.edit(tuple(steps), text=text)

    def toggle(self, index: int) -> None:
        """Switch a step on or off."""
        step = self._pipeline.steps[index]
        text = self.tr("Switch {step} off") if step.enabled else self.tr("Switch {step} on")
        changed = replace(step, enabled=not step.enabled)
        self._splice(index, index + 1, changed, text=text.format(step=step.name))

    def change(self, index: int, step: Step, merge_key: str = "") -> None:
        """Give a step other values; changes in a row with one ``merge_key`` are undone together."""
        steps = list(self._pipeline.steps)
        steps[index] = step
        text = self.tr("Change {step}").format(step=step.name)
        self.edit(tuple(steps), f"{index} {merge_key}" if merge_key else "", text)

    def apply(self, pipeline: Pipeline) -> None:
        """Show a pipeline; called by the undo stack."""
        self._pipeline = pipeline
        self.pipeline_changed.emit(pipeline)

    def _splice(self, begin: int, end: int, *steps: Step, text: str) -> None:
        before = self._pipeline.steps
        self.edit((*before[:begin], *steps, *before[end:]), text=text)


class _PipelineEdit(QUndoCommand):
    """One edit of the scratch pipeline."""

    _ID = 2

    def __init__(self, scratch: ScratchPipeline, after: Pipeline, text: str, merge_key: str) -> None:
        super().__init__(text)
        self._scratch = scratch
        self._before = scratch.pipeline
        self._after = after
        self._merge_key = merge_key

    def id(self) -> int:
        return self._ID if self._merge_key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _PipelineEdit) or other._merge_key != self._merge_key:
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True

    def redo(self) -> None:
        self._scratch.apply(self._after)

    def undo(self) -> None:
        self._scratch.apply(self._before)
