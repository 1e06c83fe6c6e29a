"""The problems card: scanned, read, shown, left out and exported by mouse and keys."""

from __future__ import annotations

import csv
import json
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QProgressBar, QPushButton, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.datasets_page import shown_page
from tests.unit.datasets.samples import write_folder
from tudui_gui.core.cancellation import CancelToken
from tudui_gui.datasets import scan_files
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.scan import scan
from tudui_gui.datasets.scan_report import Finding
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.datasets.findings_model import DETAIL_ROLE, FindingsModel
from tudui_gui.gui.tabs.datasets.page import DatasetsPage
from tudui_gui.gui.tabs.datasets.problems_card import ProblemsCard
from tudui_gui.gui.workers import Jobs

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[DatasetsPage]:
    with shown_page(qtbot, session, jobs) as made:
        yield made


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    """A folder with a broken file, two leaks, a copy in its class and one in another, and a class of none."""
    counts = {"train/cat": 6, "train/dog": 6, "test/cat": 4, "test/dog": 4, "train/none": 0, "test/none": 0}
    root = write_folder(tmp_path / "pets", counts, (40, 30))
    (root / "train" / "cat" / "000.png").write_bytes(b"no image")
    shutil.copy(root / "train" / "cat" / "001.png", root / "test" / "cat" / "leak1.png")
    shutil.copy(root / "train" / "dog" / "001.png", root / "test" / "dog" / "leak2.png")
    shutil.copy(root / "train" / "cat" / "002.png", root / "train" / "cat" / "again.png")
    shutil.copy(root / "train" / "cat" / "003.png", root / "train" / "dog" / "wrong.png")
    return root


def scanned(qtbot: QtBot, page: DatasetsPage, jobs: Jobs, root: Path) -> ProblemsCard:
    page.open_paths([root])
    assert jobs.wait_idle()
    click(qtbot, page, "right_column_switch_problems")
    click(qtbot, page, "scan_button")
    assert jobs.wait_idle(30_000)
    return page.problems


def click(qtbot: QtBot, page: QWidget, name: str) -> None:
    button = page.findChild(QWidget, name)
    assert button is not None and button.isVisible() and button.isEnabled(), name
    qtbot.mouseClick(button, LEFT)


def view_of(page: QWidget) -> QTreeView:
    view = page.findChild(QTreeView, "problems_list")
    assert view is not None
    return view


def kinds(page: QWidget) -> dict[str, QModelIndex]:
    model = view_of(page).model()
    assert isinstance(model, FindingsModel)
    return {
        model.kind_at(index): index
        for row in range(model.rowCount())
        if (index := model.index(row, 0)).isValid()
    }


def row_of(page: QWidget, kind: str, row: int = 0) -> QModelIndex:
    return view_of(page).model().index(row, 0, kinds(page)[kind])


def press_at(qtbot: QtBot, page: QWidget, index: QModelIndex, *, double: bool = False) -> None:
    view = view_of(page)
    view.scrollTo(index)
    place = view.visualRect(index).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=place)
    if double:
        qtbot.mouseDClick(view.viewport(), LEFT, pos=place)


def label(page: QWidget, name: str) -> str:
    widget = page.findChild(QWidget, name)
    assert widget is not None
    return str(widget.text()) if widget.isVisible() else ""


def chosen(page: DatasetsPage) -> list[str]:
    """Names of the images selected in the grid."""
    image_set, grid = page.browser.image_set, page.browser.grid
    assert image_set is not None
    return sorted(image_set.name(int(page.browser.indices[row])) for row in grid.selected)


def test_before_a_scan_it_says_what_a_scan_does(page: DatasetsPage, qtbot: QtBot) -> None:
    click(qtbot, page, "right_column_switch_problems")
    assert "leaks from training into test" in label(page, "problems_none")
    assert label(page, "problems_tag") == ""


def test_without_a_data_set_there_is_nothing_to_scan(qtbot: QtBot, jobs: Jobs) -> None:
    card = ProblemsCard(jobs)
    qtbot.addWidget(card)
    card.show()
    button = card.findChild(QPushButton, "scan_button")
    assert button is not None and not button.isEnabled() and "Open a data set" in label(card, "problems_none")


def test_findings_are_grouped_with_counts(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, spoiled: Path
) -> None:
    scanned(qtbot, page, jobs, spoiled)
    found = kinds(page)
    assert list(found)[:4] == ["unreadable", "leak", "label_conflict", "duplicate"]
    model = view_of(page).model()
    assert model.rowCount(found["leak"]) == 2 and found["leak"].data(DETAIL_ROLE) == "Found: 2"
    leak = row_of(page, "leak")
    assert leak.data() == "001.png = leak1.png"
    assert leak.data(DETAIL_ROLE) == "training · cat = test · cat"
    assert [model.index(row, 0, leak).data() for row in range(model.rowCount(leak))] == [
        "001.png",
        "leak1.png",
    ]
    broken = row_of(page, "unreadable")
    assert broken.data() == "000.png" and broken.data(DETAIL_ROLE).startswith("… is not an image")
    report = page.problems.found.report
    assert report is not None and label(page, "problems_none").startswith(f"Scanned images: {report.images}")
    count = sum(finding.severity != "note" for finding in report.findings)
    assert label(page, "problems_tag") == str(count)
    assert page.right_column.switch.findChild(QPushButton, "right_column_switch_problems").text() == (
        f"Problems ({count})"
    )
    dataset = open_dataset(DATASETS.step("folder", root=str(spoiled)))
    expected = scan(dataset, progress=lambda state: None, cancel=CancelToken())
    assert report.findings == expected.findings


def test_files_that_are_counted_count(qtbot: QtBot, page: DatasetsPage, jobs: Jobs, tmp_path: Path) -> None:
    write_folder(tmp_path, {"a": 6, "b": 6})
    there = [f"{name}/{number:03}.png,{name}" for name in ("a", "b") for number in range(6)]
    gone = [f"gone{number}.png,a" for number in range(194)]
    (tmp_path / "list.csv").write_text("\n".join(["path,label", *there, *gone]))
    click(qtbot, page, "right_column_switch_problems")
    with qtbot.waitSignal(page.problems.count_changed, check_params_cb=lambda count: count == 194):
        page.problems.show_dataset(open_dataset(DATASETS.step("csv", root=str(tmp_path))))
    missing = kinds(page)["missing_file"]
    assert label(page, "problems_tag") == "194" and missing.data(DETAIL_ROLE) == "Found: 194"
    assert view_of(page).model().rowCount(missing) == 51
    assert row_of(page, "missing_file", 50).data(DETAIL_ROLE) == "144 more files are listed but not there."


def test_every_index_knows_its_parent(qtbot: QtBot, page: DatasetsPage, jobs: Jobs, spoiled: Path) -> None:
    scanned(qtbot, page, jobs, spoiled)
    model, seen = view_of(page).model(), 0
    pending = [QModelIndex()]
    while pending:
        above = pending.pop()
        for row in range(model.rowCount(above)):
            index = model.index(row, 0, above)
            assert index.parent() == above and index.row() == row
            assert index.data() and index.data(Qt.ItemDataRole.ToolTipRole)
            pending.append(index)
            seen += 1
    report = page.problems.found.report
    images = sum(len(finding.images) for finding in report.findings if len(finding.images) > 1)
    assert seen == len(report.counts) + len(report.findings) + images


def test_choosing_a_finding_says_what_and_where(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, spoiled: Path
) -> None:
    scanned(qtbot, page, jobs, spoiled)
    press_at(qtbot, page, row_of(page, "unreadable"))
    assert str(spoiled / "train" / "cat" / "000.png") in label(page, "finding_text")
    press_at(qtbot, page, row_of(page, "leak"))
    assert "train/cat/001.png, test/cat/leak1.png" in label(page, "finding_text")


def test_a_double_click_shows_a_broken_image_large(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, spoiled: Path
) -> None:
    scanned(qtbot, page, jobs, spoiled)
    press_at(qtbot, page, row_of(page, "unreadable"), double=True)
    assert jobs.wait_idle()
    assert page.browser.large.isVisible() and "000.png" in label(page, "large_view_problem")
    assert label(page, "large_view_pixel") == ""  # there is no pixel to point at
    qtbot.keyClick(page.browser.large, Qt.Key.Key_Right)
    assert jobs.wait_idle() and label(page, "large_view_problem") == ""
    assert "Point at a pixel" in label(page, "large_view_pixel")


def test_enter_selects_the_copies_in_the_grid_and_unfolds_them(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, spoiled: Path
) -> None:
    scanned(qtbot, page, jobs, spoiled)
    view, duplicate = view_of(page), row_of(page, "duplicate")
    press_at(qtbot, page, duplicate)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert jobs.wait_idle()
    assert view.isExpanded(duplicate) and page.browser.grid.isVisible()
    assert chosen(page) == ["cat/002.png", "cat/again.png"]


def test_an_image_of_a_leak_is_shown_in_its_part(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, spoiled: Path
) -> None:
    scanned(qtbot, page, jobs, spoiled)
    leak = row_of(page, "leak")
    view_of(page).setExpanded(leak, True)
    press_at(qtbot, page, view_of(page).model().index(1, 0, leak), double=True)
    assert jobs.wait_idle()
    assert page.browser.large.isVisible() and page.browser.image_set is page.session.dataset.test
    assert page.session.current_image[1] == page.problems.found.findings[1].images[1][1]


def test_leaving_out_a_leak_takes_the_training_copy_and_can_be_undone(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, session: Session, spoiled: Path
) -> None:
    card = scanned(qtbot, page, jobs, spoiled)
    before = card.lines
    press_at(qtbot, page, row_of(page, "leak"))
    assert label(page, "leave_out_findings_button") == "Leave out of training (1)"
    click(qtbot, page, "leave_out_findings_button")
    assert jobs.wait_idle()
    assert session.dataset is not None and session.dataset.edits.left_out == {"train/cat/001.png"}
    assert len(kinds(page)["leak"].model().index(0, 0, kinds(page)["leak"]).data()) > 0
    assert view_of(page).model().rowCount(kinds(page)["leak"]) == 1
    assert not any("leak1" in line for line in card.lines) and len(card.lines) == len(before) - 1
    for finding in card.found.findings:
        for (part, index), key in zip(finding.images, finding.keys, strict=True):
            assert session.dataset.parts[part].key(index) == key
    session.undo_stack.undo()
    assert jobs.wait_idle()
    assert not session.dataset.edits.left_out and card.lines == before


def test_delete_on_a_kind_leaves_out_all_of_it(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, session: Session, spoiled: Path
) -> None:
    scanned(qtbot, page, jobs, spoiled)
    press_at(qtbot, page, kinds(page)["leak"])
    view_of(page).setFocus()
    qtbot.keyClick(view_of(page), Qt.Key.Key_Delete)
    assert jobs.wait_idle()
    assert session.dataset.edits.left_out == {"train/cat/001.png", "train/dog/001.png"}
    assert "leak" not in kinds(page)


def test_several_findings_go_at_once(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, session: Session, spoiled: Path
) -> None:
    scanned(qtbot, page, jobs, spoiled)
    view = view_of(page)
    press_at(qtbot, page, row_of(page, "unreadable"))
    for kind in ("label_conflict", "duplicate"):
        view.scrollTo(row_of(page, kind))
        place = view.visualRect(row_of(page, kind)).center()
        qtbot.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, place)
    click(qtbot, page, "leave_out_findings_button")
    assert jobs.wait_idle()
    names = {"cat/000.png", "cat/003.png", "dog/wrong.png", "cat/again.png"}
    assert session.dataset.edits.left_out == {f"train/{name}" for name in names}


def test_the_menu_leaves_out_the_whole_kind(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, session: Session, spoiled: Path
) -> None:
    scanned(qtbot, page, jobs, spoiled)
    press_at(qtbot, page, row_of(page, "leak", 1))
    action = page.findChild(QAction, "leave_found_kind_out")
    assert action is not None
    action.trigger()
    assert jobs.wait_idle()
    assert session.dataset.edits.left_out == {"train/cat/001.png", "train/dog/001.png"}


def test_findings_about_classes_cannot_be_left_out(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, spoiled: Path
) -> None:
    scanned(qtbot, page, jobs, spoiled)
    press_at(qtbot, page, row_of(page, "empty_class"))
    assert label(page, "leave_out_findings_button") == "" and "none" in label(page, "finding_text")


def test_another_data_set_starts_anew(qtbot: QtBot, page: DatasetsPage, jobs: Jobs, spoiled: Path) -> None:
    card = scanned(qtbot, page, jobs, spoiled)
    page.open_step(DATASETS.step("digits"))
    assert jobs.wait_idle()
    assert card.found.report is None and "leak" not in kinds(page)


def test_a_label_corrected_while_it_scans_does_not_lose_the_scan(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, session: Session, spoiled: Path
) -> None:
    page.open_paths([spoiled])
    assert jobs.wait_idle()
    card = page.problems
    card.start_scan()
    card.leave_out_requested.emit(["train/cat/001.png"])
    assert jobs.wait_idle(30_000)
    assert session.dataset.edits.left_out == {"train/cat/001.png"}
    assert card.found.report is not None and card.found.dataset is session.dataset
    assert sum(finding.kind == "leak" for finding in card.found.findings) == 1


def test_progress_and_stop(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_folder(tmp_path / "slow", {"train/a": 150, "test/a": 150}, (20, 20))
    page.open_paths([root])
    assert jobs.wait_idle()
    click(qtbot, page, "right_column_switch_problems")
    before = page.problems.lines

    may_look = threading.Semaphore(0)
    look = scan_files.look_at_files

    def slow(*arguments: object, **others: object) -> object:
        assert may_look.acquire(timeout=10)
        return look(*arguments, **others)

    def has_begun() -> bool:
        may_look.release()
        return bar.isVisible() and bar.value() > 0

    monkeypatch.setattr(scan_files, "look_at_files", slow)
    click(qtbot, page, "scan_button")
    bar = page.findChild(QProgressBar, "scan_progress")
    assert bar is not None
    qtbot.waitUntil(has_begun)
    assert label(page, "scan_text").startswith("Looked at: ") and "of 300" in label(page, "scan_text")
    assert label(page, "scan_button") == ""
    click(qtbot, page, "cancel_scan_button")
    assert label(page, "scan_button") == "Scan" and not bar.isVisible()
    may_look.release(1000)
    assert jobs.wait_idle()
    assert page.problems.lines == before and page.problems.found.report is None


def test_a_scan_that_fails_says_why(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*arguments: object, **others: object) -> object:
        raise MemoryError

    monkeypatch.setattr("tudui_gui.gui.tabs.datasets.scan_work.scan", failing)
    click(qtbot, page, "right_column_switch_problems")
    click(qtbot, page, "scan_button")
    assert jobs.wait_idle()
    assert "not enough memory" in label(page, "problems_none") and label(page, "scan_button") == "Scan"


@pytest.mark.parametrize("suffix", [".json", ".csv"])
def test_findings_are_exported(
    suffix: str,
    qtbot: QtBot,
    page: DatasetsPage,
    jobs: Jobs,
    spoiled: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    card = scanned(qtbot, page, jobs, spoiled)
    file = tmp_path / f"found{suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(file), ""))
    with qtbot.waitSignal(card.noticed) as told:
        click(qtbot, page, "export_findings_button")
    assert str(file) in told.args[0]
    if suffix == ".json":
        table = json.loads(file.read_text(encoding="utf-8"))
        assert table["counts"] == card.found.report.counts
        assert [finding["text"] for finding in table["findings"]] == list(map(str, card.found.findings))
    else:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        keys = [key for finding in card.found.findings for key in finding.keys]
        assert [row["key"] for row in rows if row["key"]] == keys
        assert {row["kind"] for row in rows} == set(card.found.report.counts)


def test_an_export_that_cannot_be_written_is_said(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, spoiled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned(qtbot, page, jobs, spoiled)
    target = spoiled / "train" / "cat" / "001.png" / "x.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(target), ""))
    click(qtbot, page, "export_findings_button")
    assert jobs.wait_idle()
    assert page.banner.isVisible() and "cannot be written" in page.banner.text


def test_thousands_of_findings_stay_quick(qtbot: QtBot, page: DatasetsPage) -> None:
    findings = tuple(
        Finding(
            "leak",
            "error",
            "{images}",
            {"images": str(n)},
            (("train", n), ("test", n)),
            (f"train/{n}", f"test/{n}"),
        )
        for n in range(20_000)
    )
    click(qtbot, page, "right_column_switch_problems")
    view = page.problems._view
    started = time.perf_counter()
    view.show_findings(page.session.dataset, findings)
    assert time.perf_counter() - started < 0.1
    assert not view.isExpanded(kinds(page)["leak"])
    press_at(qtbot, page, kinds(page)["leak"])
    started = time.perf_counter()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert time.perf_counter() - started < 0.1
    assert len(view.chosen_keys) == 20_000  # of the kind, whether it has a row or not
    assert view.currentIndex().data(DETAIL_ROLE) == "Found: 20,000; first 1,000 listed"
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().data() == "999 = 999"


def test_the_choice_of_facts_or_problems_is_kept(qtbot: QtBot, page: DatasetsPage, session: Session) -> None:
    assert page.classes.isVisible() and not page.problems.isVisible()
    click(qtbot, page, "right_column_switch_problems")
    assert page.problems.isVisible() and not page.classes.isVisible()
    assert session.preferences.get("datasets.right", "") == "problems"


def test_nothing_is_cut_off_in_the_smallest_window(
    qtbot: QtBot, page: DatasetsPage, jobs: Jobs, spoiled: Path
) -> None:
    page.resize(1024, 580)
    card = scanned(qtbot, page, jobs, spoiled)
    press_at(qtbot, page, row_of(page, "leak"))
    inside = page.right_column.rect()
    for name in (
        "problems_list",
        "finding_text",
        "leave_out_findings_button",
        "problems_none",
        "scan_button",
    ):
        widget = card.findChild(QWidget, name)
        assert widget is not None and widget.isVisible(), name
        corner = widget.mapTo(page.right_column, widget.rect().bottomRight())
        assert inside.contains(corner), name
    assert view_of(page).height() >= 3 * view_of(page).sizeHintForRow(0)
