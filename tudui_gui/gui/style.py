"""The style sheet, made from the theme's tokens."""

from __future__ import annotations

from dataclasses import asdict
from string import Template
from typing import TYPE_CHECKING

from tudui_gui.core.paths import resource

if TYPE_CHECKING:
    from tudui_gui.gui.theme import Tokens


def style_sheet(tokens: Tokens, monospace: str) -> str:
    """Qt style sheet text in the colours of ``tokens``."""
    icons = resource("icons").as_posix()
    return _TEMPLATE.substitute(asdict(tokens), monospace=monospace, icons=icons)


_TEMPLATE = Template("""
QMainWindow, QDialog, QMainWindow > QWidget { background: $ground; }
QToolTip { background: $card; color: $text; border: 1px solid $line; padding: 4px 6px; }

QFrame#card, Card { background: $card; border: 1px solid $line; border-radius: 8px; }
QFrame[role="comparison"] { background: $raised; border: 1px solid $warning; border-radius: 8px; }
QLabel { color: $text; background: transparent; }
QLabel[role="title"] { font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; font-size: 15pt; }
QLabel[role="big"] { font-weight: 600; font-size: 17pt; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="error"] { color: $danger; }
QLabel[role="hint"] { color: $warning; }
QLabel[role="mono"] { color: $muted; font-family: "$monospace"; font-size: 9pt; }
QLabel[role="mono"][dense="true"] { font-size: 8pt; }
QLabel[role="tag"] { color: $text; background: $raised; border: 1px solid $line; border-radius: 4px;
    font-family: "$monospace"; font-size: 8.5pt; padding: 2px 9px; }

QPushButton { background: $raised; color: $text; border: 1px solid $line; border-radius: 6px;
    padding: 5px 12px; min-height: 18px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:checked { border-color: $accent; color: $accent; }
QPushButton:disabled { color: $muted; background: $ground; }
QPushButton:focus { border: 1px solid $reference; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent;
    font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; }
QPushButton[role="primary"]:disabled { background: $line; border-color: $line; color: $muted; }
QPushButton[role="primary"]:focus { border: 2px solid $text; padding: 4px 11px; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: $reference;
    padding: 2px 4px; }
QPushButton[role="link"]:focus { border: 1px solid $reference; }
QToolButton { background: transparent; color: $muted; border: 1px solid transparent; border-radius: 6px;
    padding: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:checked { background: $accent_soft; }
QToolButton[role="fold"] { color: $text; font-weight: 600; padding: 2px; }
QToolButton[role="fold"]:checked { background: transparent; }
QToolButton[role="fold"]:hover { background: $hover; }
QToolButton:focus { border: 1px solid $reference; }
QToolButton[dense="true"] { padding: 2px; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit, QTextEdit, QTreeView, QListView, QTableView {
    background: $field; color: $text; border: 1px solid $line; border-radius: 6px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox { padding: 4px 8px; min-height: 18px; }
QLineEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover, QComboBox:hover { border-color: $muted; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus,
QTreeView:focus, QListView:focus, QTableView:focus { border: 1px solid $reference; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled { color: $muted;
    background: $ground; }
QLineEdit[invalid="true"], QSpinBox[invalid="true"], QComboBox[invalid="true"] { border: 1px solid $danger; }
QAbstractSpinBox { padding-right: 20px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QAbstractSpinBox QLineEdit:hover { border: none;
    background: transparent; padding: 0; min-height: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { subcontrol-origin: border; width: 18px;
    height: 13px; border: none; background: transparent; right: 3px; }
QAbstractSpinBox::up-button { subcontrol-position: top right; top: 2px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; bottom: 2px; }
QAbstractSpinBox::up-arrow { image: url("$icons/chevron-up.svg"); width: 11px; height: 11px; }
QAbstractSpinBox::down-arrow { image: url("$icons/chevron-down.svg"); width: 11px; height: 11px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$icons/chevron-down.svg"); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: $card; border: 1px solid $line; border-radius: 0; outline: 0; }
QListView[role="plain"], QTreeView[role="plain"], QTableView[role="plain"] { border: 1px solid transparent;
    background: transparent; }
QListView[role="plain"]:focus, QTreeView[role="plain"]:focus, QTableView[role="plain"]:focus {
    border: 1px solid $reference; }
QAbstractItemView::item { padding: 3px 4px; }
QAbstractItemView::item:hover { background: $hover; }
QAbstractItemView::item:selected { background: $accent_soft; color: $text; }
QHeaderView { background: $card; border: none; }
QHeaderView::section { background: $card; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: 4px 6px; }
QPlainTextEdit[role="code"], QTextEdit[role="code"] { font-family: "$monospace"; }

QCheckBox, QRadioButton { color: $text; spacing: 7px; padding: 2px; border: 1px solid transparent;
    border-radius: 4px; background: transparent; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid $reference; }
QCheckBox::indicator, QRadioButton::indicator { width: 16px; height: 16px; border: 1px solid $muted;
    background: $field; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$icons/check.svg"); }
QRadioButton::indicator:checked { border: 5px solid $accent; width: 8px; height: 8px; }
QCheckBox::indicator:disabled { border-color: $line; }
QListView::indicator { width: 12px; height: 12px; border: 1px solid $muted; border-radius: 3px;
    background: $field; }
QListView::indicator:checked { background: $accent; border-color: $accent; image: url("$icons/check.svg"); }
QGraphicsView { background: transparent; border: none; }

QScrollArea, QScrollArea > QWidget > QWidget[role="scrolled"] { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: $raised; border: none; border-radius: 3px; max-height: 6px; min-height: 6px;
    text-align: center; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSlider::groove:horizontal { background: $line; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $reference; border-radius: 2px; }
QSlider::handle:horizontal { background: $card; border: 1px solid $muted; width: 12px; height: 12px;
    margin: -5px 0; border-radius: 7px; }
QSlider:focus { border: 1px solid $reference; border-radius: 4px; }
QSplitter::handle { background: transparent; }

QTabWidget#tabs::pane { border: none; border-top: 1px solid $line; background: $ground; }
QTabWidget#tabs::tab-bar { left: 12px; }
QTabWidget#tabs { background: $card; }
QTabBar#tab_bar { background: transparent; font-size: 10.5pt; }
QTabBar#tab_bar::tab { background: transparent; color: $muted; padding: 0 14px; height: 44px; min-width: 40px;
    border: none; border-bottom: 2px solid transparent; }
QTabBar#tab_bar::tab:hover { color: $text; }
QTabBar#tab_bar::tab:selected { color: $text; font-weight: 600; border-bottom: 2px solid $accent; }
QTabBar#tab_bar::tab:focus { color: $accent; }

QMenuBar { background: $card; color: $text; border: none; }
QMenuBar::item { background: transparent; padding: 4px 10px; border-radius: 4px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $card; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMainWindow > QStatusBar { background: $card; border-top: 1px solid $line; color: $muted; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; }
QDockWidget { color: $text; }
QDockWidget::title { background: $card; border-bottom: 1px solid $line; padding: 7px 12px; }
QDockWidget > QWidget { background: $card; }

QFrame[role="popup"] { background: $card; border: 1px solid $line; }
Banner { background: $accent_soft; border: none; border-bottom: 1px solid $accent; }
DropArea { background: $card; border: 2px dashed $line; border-radius: 12px; }
DropArea[hot="true"], DropArea:focus { border-color: $accent; }
""")
