"""Theme, icons, preferences, languages, notifier: what surrounds the pages."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QSize
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tudui_gui.core.errors import DatasetError, ParameterError
from tudui_gui.core.text import Phrase
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.imaging import from_qimage
from tudui_gui.gui.notifier import LogEntry, Notifier
from tudui_gui.gui.preferences import Preferences, folder, load_geometry, save_geometry
from tudui_gui.gui.translations import Translations, describe
from tudui_gui.gui.widgets.page import Page

# -- theme ---------------------------------------------------------------------------------------------------


def luminance(color: str) -> float:
    parts = [c / 255 for c in QColor(color).getRgb()[:3]]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


def contrast(first: str, second: str) -> float:
    low, high = sorted([luminance(first), luminance(second)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK])
def test_text_can_be_read_on_every_ground(tokens: theme.Tokens) -> None:
    for ground in (tokens.ground, tokens.card, tokens.field, tokens.raised):
        assert contrast(tokens.text, ground) >= 7
        assert contrast(tokens.muted, ground) >= 4.4
        assert contrast(tokens.danger, ground) >= 4.5


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK])
def test_curves_stand_out_and_differ(tokens: theme.Tokens) -> None:
    assert len(set(tokens.series)) == len(tokens.series) >= 8
    for color in tokens.series:
        assert contrast(color, tokens.card) >= 3


def test_the_theme_is_switched_live(qapp: QApplication, qtbot: QtBot) -> None:
    manager = theme.manager()
    manager.set_mode("light")
    with qtbot.waitSignal(manager.theme_changed) as changed:
        manager.set_mode("dark")
    assert changed.args == [theme.DARK]
    assert QApplication.palette().color(QPalette.ColorRole.Window) == QColor(theme.DARK.ground)
    assert theme.DARK.card in qapp.styleSheet()
    manager.set_mode("light")
    assert theme.tokens() is theme.LIGHT


def test_an_unknown_mode_follows_the_system(qtbot: QtBot) -> None:
    theme.manager().set_mode("pink")
    assert theme.manager().mode == "system"


def strongest_color(icon: QIcon, state: QIcon.State = QIcon.State.Off) -> tuple[int, ...]:
    image = icon.pixmap(QSize(48, 48), QIcon.Mode.Normal, state).toImage()
    opaque = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    return max(opaque, key=QColor.alpha).getRgb()[:3]


def test_icons_follow_theme_and_state(qtbot: QtBot) -> None:
    icon = theme.icon("play", "muted", "accent")
    assert strongest_color(icon) == QColor(theme.LIGHT.muted).getRgb()[:3]
    assert strongest_color(icon, QIcon.State.On) == QColor(theme.LIGHT.accent).getRgb()[:3]
    theme.manager().set_mode("dark")
    assert strongest_color(icon) == QColor(theme.DARK.muted).getRgb()[:3]
    theme.manager().set_mode("light")


def test_the_icon_font_is_not_loaded_through_qtawesome(qtbot: QtBot) -> None:
    theme.icon("play").pixmap(QSize(16, 16))
    assert from_qimage(theme.icon("play").pixmap(QSize(16, 16)).toImage()).any()


# -- preferences ---------------------------------------------------------------------------------------------


def test_preferences_come_back(tmp_path: Path) -> None:
    path = tmp_path / "preferences.toml"
    first = Preferences(path)
    first.set("window.theme", "dark")
    first.set("datasets.recent", ["/a", "/数据"])
    first.save()
    second = Preferences(path)
    assert second.get("window.theme", "system") == "dark"
    assert second.get("datasets.recent", list[str]()) == ["/a", "/数据"]
    assert "[window]" in path.read_text("utf-8")


def test_values_of_another_type_give_the_default(tmp_path: Path) -> None:
    path = tmp_path / "preferences.toml"
    path.write_text('[window]\ntheme = 3\nzoom = "large"\n', "utf-8")
    preferences = Preferences(path)
    assert preferences.get("window.theme", "system") == "system"
    assert preferences.get("window.zoom", 96) == 96
    assert preferences.get("window.theme.deeper", "none") == "none"


@pytest.mark.parametrize("content", [b"[window\ntheme", b"\xff\xfe\x00", b"a = 1\na = 2"])
def test_a_damaged_file_is_set_aside(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "preferences.toml"
    path.write_bytes(content)
    preferences = Preferences(path)
    assert preferences.get("window.theme", "system") == "system"
    assert (tmp_path / "preferences.toml.damaged").read_bytes() == content
    assert "damaged" in caplog.text
    preferences.set("window.theme", "light")
    preferences.save()
    assert Preferences(path).get("window.theme", "") == "light"


def test_preferences_that_cannot_be_written_do_not_raise(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    Preferences(blocked / "preferences.toml").save()
    assert "cannot be written" in caplog.text


def test_the_folder_is_the_home_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUDUI_HOME", str(tmp_path))
    assert folder() == tmp_path


def test_geometry_lies_apart_and_survives_damage(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    save_geometry(path, {"geometry": QByteArray(b"\x00\x01\xff")})
    assert load_geometry(path)["geometry"].data() == b"\x00\x01\xff"
    path.write_text("[1, 2")
    assert load_geometry(path) == {}


# -- languages -----------------------------------------------------------------------------------------------


def test_chinese_is_installed_and_taken_away_again(qapp: QApplication) -> None:
    translations = Translations(qapp)
    translations.set_language("zh_CN")
    error = ParameterError("Resize", "size", 0, Phrase("a whole number"))
    chinese = describe(error)
    translations.set_language("en")
    assert chinese != str(error)
    assert "Resize" in chinese and "size" in chinese
    assert describe(error) == str(error)


def test_widgets_hear_of_the_language(qapp: QApplication, qtbot: QtBot) -> None:
    class Heard(Page):
        count = 0

        def retranslate_ui(self) -> None:
            self.count += 1

    page = Heard(None, None)  # type: ignore[arg-type] - it asks neither for anything
    qtbot.addWidget(page)
    translations = Translations(qapp)
    translations.set_language("zh_CN")
    translations.set_language("en")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
    assert page.count >= 1


def test_braces_in_values_are_left_alone() -> None:
    error = DatasetError("{path} is odd.", path="{weird}/{0}")
    assert describe(error) == "{weird}/{0} is odd."


# -- notifier ------------------------------------------------------------------------------------------------


class Heard:
    def __init__(self) -> None:
        self.notifier = Notifier()
        self.entries: list[LogEntry] = []
        self.failures: list[Failure] = []
        self.notifier.logged.connect(self.entries.append)
        self.notifier.failed.connect(self.failures.append)


def test_records_exceptions_and_threads_reach_the_notifier(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *caught: before.append(caught[1]))
    monkeypatch.setattr(threading, "excepthook", lambda caught: before.append(caught.exc_value))
    heard = Heard()
    heard.notifier.install()
    try:
        logging.getLogger("tudui_gui.test").warning("careful")
        error = ValueError("from the main thread")
        sys.excepthook(ValueError, error, None)
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: len(heard.failures) == 2)
    finally:
        heard.notifier.uninstall()
    assert [failure.kind for failure in heard.failures] == ["ValueError", "ZeroDivisionError"]
    assert any("careful" in entry.text for entry in heard.entries)
    assert before[0] is error
    assert len(before) == 2


def test_everything_is_put_back(qtbot: QtBot) -> None:
    hooks = (sys.excepthook, threading.excepthook, list(logging.getLogger().handlers))
    heard = Heard()
    heard.notifier.install()
    heard.notifier.uninstall()
    heard.notifier.uninstall()
    assert (sys.excepthook, threading.excepthook, list(logging.getLogger().handlers)) == hooks


def test_an_interrupt_is_no_failure(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", lambda *caught: None)
    heard = Heard()
    heard.notifier.install()
    try:
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    finally:
        heard.notifier.uninstall()
    assert heard.failures == []
