"""The Transforms tab: a picture after every step of a pipeline."""

from __future__ import annotations

from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.page import TransformsPage
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.workers import Jobs


def create(session: Session, jobs: Jobs) -> Page:
    """The page ``transforms_tab``."""
    return TransformsPage(session, jobs)
