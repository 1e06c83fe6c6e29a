"""The inputs of the tab: which there are, in which order, and how each is read."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.transforms.input_work import MOST_INPUTS, Loaded, Question, Reading, Source, read_work
from tudui_gui.gui.tabs.transforms.stage_work import Input
from tudui_gui.gui.workers import Job, Jobs, Progress
from tudui_gui.images.reading import OPENCV, PIL

#: The key of the job that opens pictures in place of others; those that read one again begin with it.
KEY = "transforms.input"


@dataclass(frozen=True, eq=False)
class Row:
    """One input; ``number`` names it as long as it is there, however it is read and wherever it stands."""

    number: int
    loaded: Loaded


@dataclass(frozen=True)
class _Order:
    """What is to become of what was read: in place of row ``replaces`` (None: of no row; -1: of all)."""

    replaces: int | None
    #: The row is read again in another way; if it is gone, nothing is wanted any more.
    is_again: bool = False


@dataclass(frozen=True, eq=False)
class Asked:
    """A question, and what becomes of the picture when it is answered."""

    order: _Order
    question: Question


@dataclass(frozen=True, eq=False)
class _Result:
    order: _Order
    reading: Reading


class InputList(QObject):
    """One to six inputs, one of them the current one; read in jobs. Main thread only.

    Signals
    -------
    inputs_changed()
        Others, in another order, or read otherwise.
    current_changed()
        Another one is the current one.
    question_changed()
        :attr:`question` is another one.
    settled()
        Nothing is being read any more, whatever came of it.
    succeeded()
        Something was read and nothing failed.
    failed(object)
        A tuple of ``Failure``: what could not be read. The other inputs stay.
    left_out(int)
        So many were not opened, because there is room for six.
    """

    inputs_changed = Signal()
    current_changed = Signal()
    question_changed = Signal()
    settled = Signal()
    succeeded = Signal()
    failed = Signal(object)
    left_out = Signal(int)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._numbers = itertools.count()
        self._rows: tuple[Row, ...] = ()
        self._current = -1
        self._reader = PIL
        self._asked: tuple[Asked, ...] = ()
        self._title = ""
        self._underway: set[int] = set()
        jobs.job_ended.connect(self._settle)

    def set_title(self, title: str) -> None:
        """What its jobs are called in the status bar, translated."""
        self._title = title

    @property
    def rows(self) -> tuple[Row, ...]:
        """What there is, in order."""
        return self._rows

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The inputs, in order."""
        return tuple(row.loaded.input for row in self._rows)

    @property
    def current(self) -> int:
        """The place of the current one; -1 if there is none."""
        return self._current

    @property
    def row(self) -> Row | None:
        """The current one."""
        return self._rows[self._current] if self._rows else None

    @property
    def reader(self) -> str:
        """The reader of the current input, and of what is opened next."""
        return self._reader

    @property
    def question(self) -> Question | None:
        """What a person has to be asked now."""
        return self._asked[0].question if self._asked else None

    @property
    def has_room(self) -> bool:
        """Whether another one can be added."""
        return len(self._rows) < MOST_INPUTS

    def open(self, sources: Sequence[Source]) -> None:
        """One picture takes the place of the current one, several take the place of all."""
        row = self.row
        replaces = row.number if row is not None and len(sources) == 1 else -1
        if replaces < 0:
            for each in self._rows:
                self._jobs.cancel(f"{KEY}.{each.number}")
        self._drop_questions()
        self._read(_Order(replaces), self._fitting(sources, MOST_INPUTS))

    def add(self, sources: Sequence[Source]) -> None:
        """Put pictures behind the others, as many as there is room for."""
        self._read(_Order(None), self._fitting(sources, MOST_INPUTS - len(self._rows)))

    def replace(self, index: int, source: Source) -> None:
        """Put a picture in the place of another."""
        number = self._rows[index].number
        self._read(_Order(number), self._fitting((source,), 1))

    def remove(self, index: int) -> None:
        """Take an input away; the last one stays."""
        if len(self._rows) > 1 and 0 <= index < len(self._rows):
            self._jobs.cancel(f"{KEY}.{self._rows[index].number}")
            rows = (*self._rows[:index], *self._rows[index + 1 :])
            current = self._current - 1 if index < self._current else self._current
            self._set_rows(rows, min(current, len(rows) - 1))

    def move(self, index: int, to: int) -> None:
        """Put an input in another place; the current one stays the current one."""
        rows, row = list(self._rows), self.row
        if row is None or index == to or not (0 <= index < len(rows) and 0 <= to < len(rows)):
            return
        rows.insert(to, rows.pop(index))
        self._set_rows(tuple(rows), rows.index(row))

    def choose(self, index: int) -> None:
        """Make another one the current one."""
        if 0 <= index < len(self._rows) and index != self._current:
            self._current = index
            self._reader = self._rows[index].loaded.source.reader
            self.current_changed.emit()

    def set_reader(self, reader: str) -> None:
        """Read the current input, and those that are opened from now on, with PIL or with OpenCV."""
        self._reader = reader
        row = self.row
        if row is not None:
            source = row.loaded.source
            frame = 0 if reader == OPENCV else source.frame
            self._again(row, replace(source, reader=reader, frame=frame))

    def set_frame(self, frame: int) -> None:
        """Take another picture of the current input's file, counted from 0."""
        row = self.row
        if row is not None:
            self._again(row, replace(row.loaded.source, frame=frame))

    def answer(self, reduction: int | None) -> None:
        """Open the large picture as a whole (1) or reduced, or leave it (None); then the next question."""
        asked, *rest = self._asked
        self._asked = tuple(rest)
        self.question_changed.emit()
        if reduction is not None:
            source = replace(asked.question.source, reduction=reduction, is_allowed=True)
            self._read(asked.order, (source,))

    def _fitting(self, sources: Sequence[Source], room: int) -> tuple[Source, ...]:
        if len(sources) > room:
            self.left_out.emit(len(sources) - room)
        return tuple(replace(source, reader=self._reader) for source in sources[:room])

    def _again(self, row: Row, source: Source) -> None:
        self._read(_Order(row.number, is_again=True), (source,))

    def _read(self, order: _Order, sources: tuple[Source, ...]) -> None:
        if sources:
            work, key = partial(_work, order, sources), _key(order)
            job = self._jobs.submit(work, done=self._take, failed=self._fail, key=key, title=self._title)
            self._underway.add(job.number)

    @Slot(object)
    def _take(self, result: _Result) -> None:
        order, reading = result.order, result.reading
        if order.is_again and self._place(order.replaces) is None:
            return
        asked = tuple(Asked(_after(order, reading), question) for question in reading.questions)
        if asked:
            self._asked = (*self._asked, *asked)
            self.question_changed.emit()
        if reading.loaded:
            self._put(order, reading.loaded)
        if reading.failures:
            self.failed.emit(reading.failures)
        elif reading.loaded:
            self.succeeded.emit()

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self.failed.emit((failure,))

    def _put(self, order: _Order, loaded: Sequence[Loaded]) -> None:
        place = self._place(order.replaces)
        if place is not None:
            number = self._rows[place].number
            rows = (*self._rows[:place], Row(number, loaded[0]), *self._rows[place + 1 :])
            self._set_rows(rows, self._current if order.is_again else place)
        elif order.replaces == -1:
            self._set_rows(self._new_rows(loaded), 0)
        else:  # Meanwhile there may be less room than there was.
            fitting = loaded[: MOST_INPUTS - len(self._rows)]
            if len(fitting) < len(loaded):
                self.left_out.emit(len(loaded) - len(fitting))
            if fitting:
                self._set_rows((*self._rows, *self._new_rows(fitting)), len(self._rows))

    def _new_rows(self, loaded: Sequence[Loaded]) -> tuple[Row, ...]:
        return tuple(Row(next(self._numbers), each) for each in loaded)

    def _place(self, number: int | None) -> int | None:
        return next((place for place, row in enumerate(self._rows) if row.number == number), None)

    def _set_rows(self, rows: tuple[Row, ...], current: int) -> None:
        self._rows, self._current = rows, current
        self._reader = rows[current].loaded.source.reader
        self.inputs_changed.emit()

    def _drop_questions(self) -> None:
        if self._asked:
            self._asked = ()
            self.question_changed.emit()

    @Slot(object)
    def _settle(self, job: Job) -> None:
        if job.number not in self._underway:
            return
        self._underway.remove(job.number)
        row = self.row
        if not self._underway and row is not None:
            # What could not be read in the wanted way is still read as before.
            self._reader = row.loaded.source.reader
            self.settled.emit()


def _key(order: _Order) -> str | None:
    if order.replaces is None:
        return None
    return KEY if order.replaces < 0 else f"{KEY}.{order.replaces}"


def _after(order: _Order, reading: Reading) -> _Order:
    """What becomes of a picture that is asked about: it joins those that were opened with it."""
    return order if len(reading.outcomes) == 1 else _Order(None)


def _work(order: _Order, sources: Sequence[Source], token: CancelToken, progress: Progress) -> _Result:
    return _Result(order, read_work(sources, token, progress))
