"""The four cards below the stages, kept up to date with the inputs and the pipeline."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.board_card import BoardCard
from tudui_gui.gui.tabs.transforms.board_work import BoardSubject
from tudui_gui.gui.tabs.transforms.draws_card import DrawsCard
from tudui_gui.gui.tabs.transforms.folder_card import FolderCard
from tudui_gui.gui.tabs.transforms.lower_area import BOARD, DRAWS, FOLDER, MIX, LowerArea
from tudui_gui.gui.tabs.transforms.mix_card import MixCard
from tudui_gui.gui.tabs.transforms.stage_work import Input, ShownRow
from tudui_gui.gui.workers import Jobs
from tudui_gui.images.reading import PIL
from tudui_gui.scripts.folder_script import folder_script
from tudui_gui.scripts.picture_reading import PictureFile
from tudui_gui.transforms.pipeline import Pipeline


class LowerCards(LowerArea):
    """Draws, Mix, Folder and TensorBoard.

    Attributes
    ----------
    draws : DrawsCard
    mix : MixCard
    folder : FolderCard
    board : BoardCard

    Signals
    -------
    code_changed()
        :meth:`code` is another one.
    failed(object)
        A ``Failure`` to be shown on the page.
    """

    code_changed = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        self.draws = DrawsCard(session, jobs)
        self.mix = MixCard(session, jobs)
        self.folder = FolderCard(session, jobs)
        self.board = BoardCard(jobs)
        self._inputs: tuple[Input, ...] = ()
        self._current = 0
        self._pipeline = Pipeline()
        cards = {DRAWS: self.draws, MIX: self.mix, FOLDER: self.folder, BOARD: self.board}
        super().__init__(session, cards, parent)
        self.draws.draws_changed.connect(self.code_changed)
        self.draws.draws_changed.connect(self._show_board)
        self.draws.seed_changed.connect(self._show_board)
        self.mix.mix_changed.connect(self.code_changed)
        self.folder.job_changed.connect(self.code_changed)
        self.key_chosen.connect(self.code_changed)
        self.draws.failed.connect(self.failed)
        self.board.failed.connect(self.failed)

    def show_subject(self, inputs: tuple[Input, ...], current: int, pipeline: Pipeline, chosen: int) -> None:
        """Work with ``inputs`` (one is ``current``) and ``pipeline``, whose step ``chosen`` leads."""
        self._inputs, self._current, self._pipeline = inputs, current, pipeline
        shown = self._input
        self.draws.show_subject(shown.value if shown else None, pipeline, chosen)
        self.mix.show_subject(inputs, pipeline)
        self.folder.show_pipeline(pipeline, shown.picture.reader if shown else PIL)
        self._show_board()

    def show_row(self, row: ShownRow) -> None:
        """Say how the stages of the current input are handed to TensorBoard."""
        self.board.show_stages(row.facts, row.stages)

    def code(self) -> str:
        """The script of the card that is shown; empty where that of the stages stands for it."""
        if self.key == MIX:
            return self.mix.code()
        if self.key == FOLDER and self.folder.job is not None:
            return folder_script(self.folder.job)
        if self.key == DRAWS and self._input is not None:
            return self.draws.code(PictureFile.of(self._input.picture))
        return ""

    @property
    def _input(self) -> Input | None:
        return self._inputs[self._current] if 0 <= self._current < len(self._inputs) else None

    @Slot()
    def _show_board(self) -> None:
        if not self._inputs:
            self.board.show_subject(BoardSubject())
            return
        draws, subject = self.draws, self.draws.subject
        self.board.show_subject(
            BoardSubject(
                inputs=tuple((each.name, each.value) for each in self._inputs),
                pipeline=self._pipeline,
                seed=draws.seed,
                draws=Pipeline(subject.steps if subject is not None else ()),
                name=subject.steps[-1].name if subject is not None and subject.is_step else "pipeline",
                first_seed=draws.first_seed,
                count=draws.count,
                current=self._current,
            )
        )
