"""The Predict tab: what a trained model makes of pictures and drawings."""

from __future__ import annotations

from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.prediction.page import PredictionPage
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.workers import Jobs


def create(session: Session, jobs: Jobs) -> Page:
    """The page for the tab bar."""
    return PredictionPage(session, jobs)
