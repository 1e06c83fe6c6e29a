"""Colours, fonts, spacing and icons: the only place where a colour is written."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QLayout

from tudui_gui.gui.style import style_sheet

#: The grid (px), the gap between cards and inside their edges, the radius of cards.
SPACE = 8
GAP = 12
RADIUS = 8

#: What a person may choose.
MODES = ("system", "light", "dark")


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, as ``#rrggbb``.

    ``accent`` is what is selected, running or yours to press; ``reference`` marks test and reference curves;
    ``series`` are the colours of curves in order, told apart by colour-blind people too; ``classes`` those of
    the points of classes, and ``no_class`` of points without one.
    """

    is_dark: bool
    ground: str
    card: str
    line: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    reference: str
    field: str
    raised: str
    hover: str
    danger: str
    warning: str
    good: str
    series: tuple[str, ...]
    classes: tuple[str, ...]
    no_class: str


LIGHT = Tokens(
    is_dark=False,
    ground="#f4f5f8",
    card="#ffffff",
    line="#dfe3ea",
    text="#1a2030",
    muted="#677084",
    accent="#d9481f",
    accent_hover="#c23d17",
    accent_soft="#fbece6",
    on_accent="#ffffff",
    reference="#1f74d1",
    field="#ffffff",
    raised="#f7f8fb",
    hover="#eceff4",
    danger="#b3261e",
    warning="#8a5a00",
    good="#1a8a5f",
    series=("#d9481f", "#1f74d1", "#1a8a5f", "#8a4fbe", "#b07a00", "#0f8ea3", "#c2417f", "#5b6475"),
    classes=(
        *("#e88f12", "#36abfd", "#06825e", "#f31e0d", "#8d54ff"),
        *("#0e1258", "#621217", "#b759ac", "#4c28d6", "#7d3276"),
    ),
    no_class="#9aa2b1",
)
DARK = Tokens(
    is_dark=True,
    ground="#14171d",
    card="#1b1f27",
    line="#2c3340",
    text="#e7eaf0",
    muted="#8d96a8",
    accent="#f0643c",
    accent_hover="#ff7a54",
    accent_soft="#3a241f",
    on_accent="#ffffff",
    reference="#4aa3ff",
    field="#12151a",
    raised="#232832",
    hover="#2a303b",
    danger="#ff7a70",
    warning="#e0a93a",
    good="#37b58a",
    series=("#f0643c", "#4aa3ff", "#37b58a", "#b98af0", "#e0a93a", "#3fc1d6", "#f07ab0", "#98a2b5"),
    classes=(
        *("#dd7a1e", "#799df1", "#0fd4c2", "#c01811", "#921fb3"),
        *("#f9fe34", "#bbd03c", "#b07e9e", "#1261fd", "#88ffe5"),
    ),
    no_class="#5d6678",
)


class ThemeManager(QObject):
    """Keeps palette, style sheet and icons in step with the system's or the chosen colour scheme.

    Signals
    -------
    theme_changed(object)
        The new :class:`Tokens`; widgets that paint themselves take their colours from it.
    """

    theme_changed = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._mode = "system"
        self.tokens = LIGHT
        app.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def mode(self) -> str:
        """One of :data:`MODES`."""
        return self._mode

    def set_mode(self, mode: str) -> None:
        """Follow the system, or stay light or dark; takes effect at once."""
        self._mode = mode if mode in MODES else "system"
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        self._app.styleHints().setColorScheme(schemes.get(self._mode, Qt.ColorScheme.Unknown))
        self._apply()

    @Slot(Qt.ColorScheme)
    def _follow(self, scheme: Qt.ColorScheme) -> None:
        self._apply()

    def _wanted(self) -> Tokens:
        system_is_dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        is_dark = system_is_dark if self._mode == "system" else self._mode == "dark"
        return DARK if is_dark else LIGHT

    def _apply(self) -> None:
        tokens = self._wanted()
        if tokens is self.tokens and self._app.styleSheet():
            return
        self.tokens = tokens
        QApplication.setPalette(_palette(tokens))
        self._app.setStyleSheet(style_sheet(tokens, monospace_family()))
        self.theme_changed.emit(tokens)


_manager: ThemeManager | None = None


def manager() -> ThemeManager:
    """The one manager of the running ``QApplication``; made on first use."""
    global _manager
    if _manager is None:
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            raise RuntimeError("a theme needs a QApplication")
        _manager = ThemeManager(app)
    return _manager


def tokens() -> Tokens:
    """The colours of the present theme."""
    return manager().tokens


def install(app: QApplication, mode: str) -> None:
    """Give ``app`` the style, fonts and colours of the program."""
    app.setStyle("Fusion")
    app.setFont(_interface_font())
    manager().set_mode(mode)


def page_layout(layout: QLayout) -> None:
    """Give ``layout`` the margins and spacing of a page full of cards."""
    layout.setContentsMargins(GAP, GAP, GAP, GAP)
    layout.setSpacing(GAP)


def monospace_family() -> str:
    """The family of facts about tensors and of code."""
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()


def monospace_font(points: float | None = None) -> QFont:
    """The face for facts about tensors and for code."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPointSizeF(points or QApplication.font().pointSizeF() * 0.9)
    return font


def _interface_font() -> QFont:
    font = QApplication.font()
    available = set(QFontDatabase.families())
    wanted = (
        "Noto Sans CJK SC",
        "Source Han Sans SC",
        "PingFang SC",
        "Microsoft YaHei UI",
        "WenQuanYi Zen Hei",
    )
    font.setFamilies([font.family(), *(family for family in wanted if family in available)])
    font.setPointSizeF(10.0)
    return font


def _palette(tokens: Tokens) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette(QColor(tokens.card), QColor(tokens.ground))
    for role, color in {
        roles.Window: tokens.ground,
        roles.Base: tokens.field,
        roles.AlternateBase: tokens.raised,
        roles.Button: tokens.raised,
        roles.WindowText: tokens.text,
        roles.Text: tokens.text,
        roles.ButtonText: tokens.text,
        roles.ToolTipBase: tokens.card,
        roles.ToolTipText: tokens.text,
        roles.PlaceholderText: tokens.muted,
        roles.Highlight: tokens.accent,
        roles.HighlightedText: tokens.on_accent,
        roles.Accent: tokens.accent,
        roles.Link: tokens.reference,
    }.items():
        palette.setColor(role, QColor(color))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.muted))
    return palette


def icon(name: str, role: str = "muted", active_role: str = "") -> QIcon:
    """A Material Design icon in a colour of the theme; it follows a change of theme by itself.

    Parameters
    ----------
    name : str
        Of the mdi6 set, without its prefix: ``"play"``, ``"content-copy"``.
    role : str
        A field of :class:`Tokens`: ``"muted"``, ``"text"``, ``"accent"``, ``"on_accent"`` ...
    active_role : str
        The colour while selected or checked; ``role`` by default.
    """
    return QIcon(_GlyphEngine(name, role, active_role or role))


@cache
def _icon_font() -> tuple[str, Mapping[str, str]]:
    """Family and characters of Material Design Icons 6, read from the files that qtawesome ships.

    Importing qtawesome itself loads twelve fonts and takes 0.2 s, as long as showing the whole window.
    """
    spec = importlib.util.find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("qtawesome")
    fonts = Path(spec.origin).parent / "fonts"
    number = QFontDatabase.addApplicationFont(str(next(fonts.glob("materialdesignicons6-webfont-*.ttf"))))
    codes = json.loads(next(fonts.glob("materialdesignicons6-webfont-charmap-*.json")).read_text("utf-8"))
    glyphs = {name: chr(int(code, 16)) for name, code in codes.items()}
    return QFontDatabase.applicationFontFamilies(number)[0], glyphs


class _GlyphEngine(QIconEngine):
    """Paints a glyph of the icon font in the colours of the present theme."""

    def __init__(self, name: str, role: str, active_role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role
        self._active_role = active_role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        is_active = state == QIcon.State.On or mode == QIcon.Mode.Selected
        color = QColor(getattr(tokens(), self._active_role if is_active else self._role))
        if mode == QIcon.Mode.Disabled:
            color.setAlphaF(0.45)
        family, glyphs = _icon_font()
        font = QFont(family)
        font.setPixelSize(max(1, round(rect.height() * 0.92)))
        painter.save()
        painter.setPen(color)
        painter.setFont(font)
        painter.drawText(QRectF(rect), Qt.AlignmentFlag.AlignCenter, glyphs[self._name])
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        if size.isEmpty():  # a button that has no room yet
            return QPixmap()
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._name, self._role, self._active_role)
