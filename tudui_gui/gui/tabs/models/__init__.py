"""The Models tab: the zoo and model files, module by module."""

from __future__ import annotations

from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.models.page import ModelsPage
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.workers import Jobs


def create(session: Session, jobs: Jobs) -> Page:
    """The page. Main thread only."""
    return ModelsPage(session, jobs)
