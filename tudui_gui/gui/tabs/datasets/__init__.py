"""The Datasets tab: open data, look at it, know it, see its batches."""

from __future__ import annotations

from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.datasets.page import DatasetsPage
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.workers import Jobs


def create(session: Session, jobs: Jobs) -> Page:
    """The page ``datasets_tab``."""
    return DatasetsPage(session, jobs)
