"""The Layers tab: feature maps of pictures, and small matrices worked by hand."""

from __future__ import annotations

from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.layers.page import LayersPage
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.workers import Jobs


def create(session: Session, jobs: Jobs) -> Page:
    """The page. Main thread only."""
    return LayersPage(session, jobs)
