"""Where the experiment's training pipeline and its test pipeline differ, kept up to date."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tudui_gui.gui.session import Session
from tudui_gui.gui.widgets.comparison_view import ComparisonView
from tudui_gui.training.experiment import Experiment
from tudui_gui.transforms.pipeline import Pipeline


class ExperimentComparison(ComparisonView):
    """Follows ``session.experiment``; its button replaces the test pipeline, which can be undone."""

    def __init__(
        self, session: Session, prefix: str, parent: QWidget | None = None, *, is_narrow: bool = False
    ) -> None:
        super().__init__(prefix, parent, is_narrow=is_narrow, can_fix=True)
        self._session = session
        self.pipeline_requested.connect(self._use_for_test)
        session.experiment_changed.connect(self._follow)
        self._follow(session.experiment)

    def title_text(self) -> str:
        return self.tr("Testing and predicting prepare images otherwise than training:")

    @Slot(object)
    def _follow(self, experiment: Experiment) -> None:
        self.compare(experiment.train_transforms, experiment.test_transforms)

    @Slot(object)
    def _use_for_test(self, pipeline: Pipeline) -> None:
        changed = replace(self._session.experiment, test_transforms=pipeline)
        self._session.set_experiment(changed, self.tr("Use the pipeline for test"))
