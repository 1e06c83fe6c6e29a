"""The scripts of the tab, and which of them is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tudui_gui.gui.tabs.transforms.lower_area import BOARD, DRAWS, FOLDER, MIX
from tudui_gui.scripts.folder_script import folder_script
from tudui_gui.scripts.picture_reading import PictureFile
from tudui_gui.scripts.transform_script import (
    board_script,
    draws_script,
    pipeline_text_script,
    stages_script,
)
from tudui_gui.transforms.pipeline import Pipeline

if TYPE_CHECKING:
    from tudui_gui.gui.tabs.transforms.page import TransformsPage

#: What is on the screen: the stages, or what stands below them.
SCREEN, PIPELINE, STAGES = "screen", "pipeline", "stages"


def texts() -> Mapping[str, tuple[str, str]]:
    """Name and tooltip of each kind of script."""
    translate = QCoreApplication.translate
    return {
        SCREEN: (
            translate("TransformsCode", "On screen"),
            translate("TransformsCode", "Every stage, or what is shown below them: a mixed batch, a folder"),
        ),
        PIPELINE: (
            translate("TransformsCode", "Pipeline"),
            translate("TransformsCode", "transforms.Compose alone, as the tutorial writes it"),
        ),
        STAGES: (
            translate("TransformsCode", "Step by step"),
            translate("TransformsCode", "Reads the inputs as here, applies each step and prints its facts"),
        ),
        DRAWS: (
            translate("TransformsCode", "Draws"),
            translate("TransformsCode", "The draws with their seeds, and a checksum of each"),
        ),
        MIX: (
            translate("TransformsCode", "Mix"),
            translate("TransformsCode", "The batch, and MixUp or CutMix on it"),
        ),
        FOLDER: (
            translate("TransformsCode", "Folder"),
            translate("TransformsCode", "Writes the same files as the card Folder"),
        ),
        BOARD: (
            "TensorBoard",
            translate("TransformsCode", "add_image for every stage, with the order of the axes"),
        ),
    }


class PageScripts:
    """The scripts of a page, as it is now. Main thread only."""

    def __init__(self, page: TransformsPage) -> None:
        self._page = page
        self._makers: Mapping[str, Callable[[], str]] = {
            SCREEN: self._screen,
            PIPELINE: self._pipeline,
            STAGES: self._stages,
            DRAWS: self._draws,
            MIX: page.lower_area.mix.code,
            FOLDER: self._folder,
            BOARD: self._board,
        }

    def text(self, kind: str) -> str:
        """The script of this kind; an unknown word stands for what is on the screen. Empty if there is none.

        Raises
        ------
        TuduiError
            There is none because something is wrong.
        """
        return self._makers.get(kind, self._screen)()

    def _screen(self) -> str:
        below = self._page.lower_area
        return self._board() if below.key == BOARD else below.code() or self._stages()

    def _pipeline(self) -> str:
        return pipeline_text_script(self._page.scratch.pipeline)

    def _stages(self) -> str:
        files = [PictureFile.of(each.picture) for each in self._page.input.inputs] or [PictureFile(None)]
        return stages_script(self._page.scratch.pipeline, files, self._page.draws.seed)

    def _draws(self) -> str:
        draws, subject = self._page.draws, self._page.draws.subject
        steps = self._page.scratch.pipeline.steps if subject is None else subject.steps
        return draws_script(Pipeline(steps), self._current, draws.first_seed, draws.count)

    def _folder(self) -> str:
        job = self._page.lower_area.folder.job
        return "" if job is None else folder_script(job)

    def _board(self) -> str:
        return board_script(self._page.scratch.pipeline, self._current, self._page.draws.seed)

    @property
    def _current(self) -> PictureFile:
        shown = self._page.input.input
        return PictureFile(None) if shown is None else PictureFile.of(shown.picture)
