"""The images of the open data set: a grid with filters, and the large view in its place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QSlider, QWidget

from tudui_gui.datasets.sources import Dataset, ImageSet
from tudui_gui.gui.tabs.datasets.arranging import Arranger
from tudui_gui.gui.tabs.datasets.browser_actions import BrowserActions, Choice
from tudui_gui.gui.tabs.datasets.browser_bar import BrowserBar
from tudui_gui.gui.tabs.datasets.browser_menu import ImageMenu
from tudui_gui.gui.tabs.datasets.browser_source import thumbnails_of
from tudui_gui.gui.tabs.datasets.browser_work import Arranged, Filters, Followed, Indices, Request
from tudui_gui.gui.tabs.datasets.label_field import LabelField
from tudui_gui.gui.tabs.datasets.large_view import LargeView
from tudui_gui.gui.tabs.datasets.marks import Marked, Markings
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.current_stack import CurrentStack
from tudui_gui.gui.widgets.empty_state import EmptyState
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.tag import Tag
from tudui_gui.gui.widgets.thumbnail_grid import ThumbnailGrid
from tudui_gui.gui.workers import Jobs


class BrowserCard(Card):
    """The middle of the tab.

    Signals
    -------
    part_changed(object)
        The ``ImageSet`` of the part that is shown now.
    label_changed(int)
        The class the grid is filtered by, -1: none.
    current_changed(object, int)
        The ``ImageSet`` and index of the current image; index -1: none.
    send_requested(object, int, str)
        ``ImageSet``, index and the objectName of the tab to open the image in.
    edit_requested(object, str)
        A change of corrections, ``Edits`` -> ``Edits``, to be called off the main thread, and what it does,
        translated.
    digits_requested()
        The button of the empty state.
    large_shown(bool)
        The large view has taken the grid's place, or given it back.
    failed(object)
        A ``Failure`` of copying or exporting.
    noticed(str)
        Something that was done, translated.
    """

    part_changed = Signal(object)
    label_changed = Signal(int)
    current_changed = Signal(object, int)
    send_requested = Signal(object, int, str)
    edit_requested = Signal(object, str)
    digits_requested = Signal()
    large_shown = Signal(bool)
    failed = Signal(object)
    noticed = Signal(str)

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(object_name="browser_card", parent=parent)
        self._jobs = jobs
        self._dataset: Dataset | None = None
        self._indices: Indices = np.arange(0)
        self._arranged: Arranged | None = None
        self._arranger = Arranger(jobs, self)
        self._markings = Markings()
        self._make_widgets()
        self._lay_out()
        self._connect()
        self.retranslate_ui()

    def _make_widgets(self) -> None:
        self._tag = Tag(object_name="dataset_tag")
        self._zoom = named(QSlider(Qt.Orientation.Horizontal), "grid_zoom")
        self._zoom.setRange(32, 160)
        self._zoom.setFixedWidth(88)
        self._send = IconButton("share-outline", "send_image_button")
        self._more = IconButton("dots-vertical", "image_menu_button")
        self.bar = BrowserBar()
        self.label_field = LabelField()
        self.grid = ThumbnailGrid("dataset_grid")
        self._zoom.setValue(72)
        self.grid.set_zoom(72)
        self.large = LargeView(self._jobs)
        self._empty = EmptyState("image-multiple-outline", "dataset_empty")
        self._none = Label(role="muted", object_name="no_match")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = CurrentStack()
        self.menu = ImageMenu(self)
        for widget in (self.grid, self.large):
            self.menu.give_keys_to(widget)
        self.actions_ = BrowserActions(
            self._choice, self._open_dataset, self.menu, self.label_field, self._jobs, self
        )

    def _lay_out(self) -> None:
        for widget in (self._tag, self._zoom, self._send, self._more):
            self.add_to_header(widget)
        for page in (self._empty, self.grid, self.large, self._none):
            self._stack.addWidget(page)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.label_field)
        self.body.addWidget(self._stack, 1)
        self._show_tools(False)

    def _connect(self) -> None:
        self.bar.part_chosen.connect(self._change_part)
        self.bar.label_changed.connect(self.label_changed)
        self.bar.filters_changed.connect(self._filter)
        self.bar.order_changed.connect(self._sort)
        self._zoom.valueChanged.connect(self.grid.set_zoom)
        self.grid.zoom_changed.connect(self._zoom.setValue)
        self.grid.current_changed.connect(self._tell_current)
        self.grid.selection_changed.connect(self._show_count)
        self.grid.large_view_requested.connect(self.open_large)
        self.grid.index_activated.connect(self.open_large)
        self.grid.image_menu_requested.connect(self._open_menu)
        self.grid.digit_typed.connect(self.actions_.label_by_number)
        self.large.moved.connect(self._move)
        self.large.closed.connect(self.close_large)
        self.large.menu_requested.connect(self._open_large_menu)
        self.large.flag_requested.connect(self.actions_.flag)
        self.large.leave_out_requested.connect(self.actions_.leave_out)
        self.large.label_requested.connect(self.actions_.ask_label)
        self.label_field.closed.connect(self._focus_images)
        self.actions_.send_requested.connect(self.send_requested)
        self.actions_.edit_requested.connect(self.edit_requested)
        self.actions_.failed.connect(self.failed)
        self.actions_.noticed.connect(self.noticed)
        self.large.send_requested.connect(self._open_large_send_menu)
        self._send.clicked.connect(self._open_send_menu)
        self._more.clicked.connect(self._open_button_menu)
        self._stack.currentChanged.connect(self._show_bar)
        self._empty.action_requested.connect(self.digits_requested)
        self._arranger.arranged.connect(self._show_arranged)
        self._arranger.given_up.connect(self._keep_order)
        self._arranger.failed.connect(self.failed)

    # -- what is shown -------------------------------------------------------------------------------------

    @property
    def image_set(self) -> ImageSet | None:
        """The part that is shown; :attr:`indices` are its."""
        return None if self._arranged is None else self._arranged.request.image_set

    def _wanted_set(self) -> ImageSet | None:
        """The part that is going to be shown."""
        return None if self._dataset is None else self._dataset.parts.get(self.bar.part, self._dataset.train)

    @property
    def label(self) -> int:
        """The class that is filtered by, or -1."""
        return self.bar.label

    @property
    def indices(self) -> Indices:
        """Indices into :attr:`image_set` of the images in the grid, in order."""
        return self._indices

    def _open_dataset(self) -> Dataset | None:
        return self._dataset

    def _choice(self) -> Choice | None:
        """What an action is for: the selected images, else the current one; in the large view that one."""
        row, rows = self.grid.current, self.grid.selection.rows
        if self._arranged is None or not 0 <= row < len(self._indices):
            return None
        image_set, index = self._arranged.request.image_set, int(self._indices[row])
        chosen = self._indices[rows] if len(rows) and not self.is_large else self._indices[row : row + 1]
        marked = self._markings.of(image_set.key(index))
        return Choice(self._arranged.request.dataset, image_set, chosen, index, marked)

    @property
    def is_large(self) -> bool:
        """Whether the large view stands in the grid's place."""
        return self._stack.currentWidget() is self.large

    def show_dataset(self, dataset: Dataset) -> None:
        """Show another data set from its beginning."""
        self._dataset = dataset
        self._arranger.forget()
        self.bar.show_dataset(dataset)
        self._show_tools(True)
        self.close_large()
        self.label_field.hide()
        self._stack.setCurrentWidget(self.grid)
        self._change_part()
        self.retranslate_ui()

    def update_dataset(self, dataset: Dataset) -> None:
        """Show the same data set with other corrections: filters, selection and place stay."""
        part, before = self.bar.part, self._wanted_set()
        self._dataset = dataset
        self.bar.update_dataset(dataset)
        if self.bar.part != part:
            self.close_large()
            self._change_part()
            return
        if self._wanted_set() is not before:
            self._tell_part()
        self._request(self._followed(), keeps_place=True)

    def set_label(self, label: int) -> None:
        """Filter by a class; -1: by none."""
        self.bar.set_label(label)

    def show_index(self, part: str, index: int) -> None:
        """Show one image large, whatever the filters are."""
        self._show_images(part, [index], opens_large=True)

    def select_in(self, part: str, indices: Sequence[int]) -> None:
        """Select exactly these images of a part and scroll to the first, dropping filters that hide some."""
        self._show_images(part, indices, opens_large=False)

    def _show_images(self, part: str, indices: Sequence[int], *, opens_large: bool) -> None:
        before = self._wanted_set()
        if not len(indices) or not self.bar.set_part(part):
            return
        image_set, wanted = self._wanted_set(), np.asarray(indices, dtype=np.int64)
        assert image_set is not None
        if image_set is not before:
            self._tell_part()
        filters = self.bar.filters
        has_others = filters.label >= 0 and bool((image_set.labels[wanted] != filters.label).any())
        if filters.text or filters.only_flagged or has_others:
            self.bar.clear_filters()
        if not opens_large:
            self.close_large()
        self._request(Followed(image_set, wanted), opens_large=opens_large, keeps_place=image_set is before)

    @Slot(int)
    def open_large(self, row: int) -> None:
        """Show the image in row ``row`` of the grid in its place."""
        image_set = self.image_set
        if image_set is not None and 0 <= row < len(self._indices):
            self.grid.select(row)
            index = int(self._indices[row])
            self.large.show_image(image_set, index, self._markings.of(image_set.key(index)))
            self._stack.setCurrentWidget(self.large)
            self.large.setFocus()

    @Slot()
    def close_large(self) -> None:
        """Back to the grid."""
        if self.is_large:
            self._stack.setCurrentWidget(self.grid)
            self.grid.setFocus()

    @Slot(int)
    def _move(self, by: int) -> None:
        self.open_large(self.grid.current + by)

    @Slot()
    def _change_part(self) -> None:
        if self._dataset is not None:
            self._tell_part()
            self._request(None)

    def _tell_part(self) -> None:
        if (image_set := self._wanted_set()) is not None:
            self.bar.show_images(image_set)
            self.part_changed.emit(image_set)

    @Slot()
    def _filter(self) -> None:
        self._request(self._followed())

    @Slot()
    def _sort(self) -> None:
        self._request(self._followed(), keeps_place=True)

    def _followed(self) -> Followed | None:
        """The selection and the current image, to be found again in another order."""
        if self._arranged is None:
            return None
        rows, current = self.grid.selection.rows, self.grid.current
        index = int(self._indices[current]) if current >= 0 else -1
        first = int(rows[0]) if len(rows) else max(0, current)
        return Followed(self._arranged.request.image_set, self._indices[rows], index, first)

    def _request(
        self, followed: Followed | None, *, keeps_place: bool = False, opens_large: bool = False
    ) -> None:
        dataset, image_set = self._dataset, self._wanted_set()
        if dataset is None or image_set is None:
            return
        request = Request(dataset, image_set, self.bar.filters, followed, keeps_place, opens_large)
        self._arranger.request(request)

    @Slot(object)
    def _show_arranged(self, arranged: Arranged) -> None:
        request = arranged.request
        self._arranged, self._indices = arranged, arranged.indices
        self._markings = Markings(request.dataset.edits, arranged.originals)
        thumbnails = thumbnails_of(arranged, self._markings, self.grid.decoded)
        self.grid.show_source(thumbnails, keeps_place=request.keeps_place)
        if len(arranged.rows) or arranged.current >= 0:
            self.grid.select_rows(arranged.rows, arranged.current)
        if not len(self._indices):
            self._stack.setCurrentWidget(self._none)
        elif (self.is_large or request.opens_large) and arranged.current >= 0:
            self.open_large(arranged.current)
        else:
            self._stack.setCurrentWidget(self.grid)

    @Slot(object)
    def _keep_order(self, applied: Filters) -> None:
        self.bar.set_order(applied.order, applied.descending)

    @Slot()
    def _show_count(self) -> None:
        count, selected = len(self._indices), len(self.grid.selection)
        self._tag.set_text(f"{selected:,} / {count:,}" if selected > 1 else f"{count:,}")

    @Slot(int)
    def _tell_current(self, row: int) -> None:
        image_set, choice = self.image_set, self._choice()
        if image_set is None:
            return
        self._send.setEnabled(choice is not None)
        self.current_changed.emit(image_set, -1 if choice is None else choice.current)
        if choice is None:
            self.menu.show_choice(None, Marked(), ())
        else:
            self.menu.show_choice(choice.path is not None, choice.marked, image_set.classes)

    # -- menus ---------------------------------------------------------------------------------------------

    @Slot(int, object)
    def _open_menu(self, row: int, place: QPoint) -> None:
        self.menu.popup(place)

    @Slot()
    def _open_button_menu(self) -> None:
        self.menu.open_below(self._more)

    @Slot()
    def _open_send_menu(self) -> None:
        self.menu.open_send_menu(self._send)

    @Slot()
    def _open_large_send_menu(self) -> None:
        self.menu.open_send_menu(self.large.send)

    @Slot()
    def _open_large_menu(self) -> None:
        self.menu.open_below(self.large.menu_button)

    @Slot()
    def _focus_images(self) -> None:
        (self.large if self.is_large else self.grid).setFocus()

    @Slot()
    def _show_bar(self) -> None:
        self.bar.setVisible(not self.is_large and self._dataset is not None)
        self.large_shown.emit(self.is_large)

    def _show_tools(self, is_open: bool) -> None:
        for widget in (self.bar, self._zoom, self._send, self._more):
            widget.setVisible(is_open)
        self._send.setEnabled(False)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self._dataset.name if self._dataset else self.tr("Images"))
        self._empty.set_texts(
            self.tr("No data set is open."),
            self.tr("Open the bundled digits"),
            self.tr("scikit-learn's 1,797 handwritten digits"),
        )
        self._none.setText(self.tr("No image fits the filter."))
        self._zoom.setAccessibleName(self.tr("Size of the thumbnails"))
        self._zoom.setToolTip(self.tr("Size of the thumbnails (Ctrl+wheel)"))
        self._send.set_texts(self.tr("Open in another tab"), self.tr("Open the chosen image in another tab"))
        self._more.set_texts(
            self.tr("What can be done with the chosen images"),
            self.tr("Copy, correct the label, flag, leave out, export … the chosen images"),
        )
        self.grid.setAccessibleName(self.tr("Images"))
        self.grid.setToolTip(
            self.tr(
                "Space shows an image large; Ctrl, Shift and Ctrl+A select; F flags, Delete leaves out, "
                "L and digits correct the label; drag images out or right-click for more"
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
