"""The real ``main()``, offscreen and on a real X server."""

from __future__ import annotations

import pytest

from tests.e2e.driving import drive
from tudui_gui.core.environment import missing_qt_libraries
from tudui_gui.core.paths import home


@pytest.fixture(params=["offscreen", "xcb"])
def platform(request) -> dict[str, str]:
    """The variables of a Qt platform."""
    if request.param == "offscreen":
        return {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ""}
    if missing_qt_libraries():
        pytest.skip(f"Qt's X11 plugin lacks {', '.join(missing_qt_libraries())}")
    return {"QT_QPA_PLATFORM": "xcb", "DISPLAY": request.getfixturevalue("xvfb_display")}


@pytest.mark.slow
def test_every_tab_can_be_visited_and_the_window_closes(platform):
    found = drive("visit_every_tab", **platform)
    assert found["exit_code"] == 0
    assert found["title"].startswith("tudui")
    assert len(set(found["tabs"])) == 6
    assert min(found["colours"]) > 8
    assert "Traceback" not in found["stderr"]
    assert "QThread" not in found["stderr"]
    assert home().is_dir()
