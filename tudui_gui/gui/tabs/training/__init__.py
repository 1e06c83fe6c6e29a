"""The Train tab: describe an experiment, run it, watch it, compare runs."""

from __future__ import annotations

from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.training.page import TrainingPage
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.workers import Jobs


def create(session: Session, jobs: Jobs) -> Page:
    """The page for the tab bar."""
    return TrainingPage(session, jobs)
