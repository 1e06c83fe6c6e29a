"""Corrections: changing them by value, keeping them in a file, finding that file again."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tudui_gui.core.errors import DatasetError, StorageError
from tudui_gui.core.paths import home
from tudui_gui.datasets.catalog import DATASETS
from tudui_gui.datasets.edits import Edits, edits_file
from tudui_gui.datasets.selection import source_values

SOME = (
    Edits()
    .with_label(["train/a.png", "b.png"], "bee")
    .with_flags(["b.png", "c.png"], True)
    .with_left_out(["d.png"], True)
)


def test_each_change_gives_other_edits_and_leaves_the_old_ones() -> None:
    before = Edits()
    after = before.with_label(["a"], "ant").with_flags(["a", "b"], True).with_left_out(["c"], True)
    assert before == Edits() and not before
    assert dict(after.labels) == {"a": "ant"}
    assert (after.flags, after.left_out) == ({"a", "b"}, {"c"})
    assert after.keys == {"a", "b", "c"}
    undone = after.with_label(["a"], None).with_flags(["a", "b"], False).with_left_out(["c"], False)
    assert undone == before and hash(undone) == hash(before)


def test_edits_compare_by_value() -> None:
    again = Edits({"b.png": "bee", "train/a.png": "bee"}, frozenset({"c.png", "b.png"}), frozenset({"d.png"}))
    assert again == SOME and hash(again) == hash(SOME)
    assert again != SOME.with_label(["b.png"], "ant")


def test_an_empty_name_takes_the_correction_back() -> None:
    assert SOME.with_label(["b.png"], "").labels == {"train/a.png": "bee"}


def test_taking_back_what_was_never_there_changes_nothing() -> None:
    assert SOME.with_left_out(["x"], False).with_flags(["x"], False).with_label(["x"], None) == SOME


def test_edits_cannot_be_changed_from_outside() -> None:
    labels = {"a": "ant"}
    edits = Edits(labels)
    labels["a"] = "bee"
    assert edits.labels["a"] == "ant"
    with pytest.raises(TypeError):
        edits.labels["a"] = "bee"  # type: ignore[index]
    with pytest.raises(AttributeError):
        edits.flags = frozenset()  # type: ignore[misc]


def test_edits_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(SOME)) == SOME


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    SOME.save(tmp_path / "new" / "edits.json")
    assert Edits.load(tmp_path / "new" / "edits.json") == SOME
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["edits.json"]


def test_the_file_is_the_same_whatever_the_order_of_the_edits(tmp_path: Path) -> None:
    other = Edits().with_left_out(["d.png"], True).with_flags(["c.png"], True).with_flags(["b.png"], True)
    other = other.with_label(["b.png"], "bee").with_label(["train/a.png"], "bee")
    SOME.save(tmp_path / "one")
    other.save(tmp_path / "other")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


@pytest.mark.parametrize("name", ["蚂蚁 🐜.jpg", "two\nlines.jpg", "caf\udce9.jpg", 'quote".jpg'])
def test_names_of_any_kind_survive(tmp_path: Path, name: str) -> None:
    edits = Edits().with_label([name], f"class {name}").with_flags([name], True)
    edits.save(tmp_path / "edits.json")
    assert Edits.load(tmp_path / "edits.json") == edits


def test_a_failed_save_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "edits.json"
    SOME.save(path)

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StorageError, match="No space left"):
        Edits().save(path)
    monkeypatch.undo()
    assert Edits.load(path) == SOME
    assert [each.name for each in tmp_path.iterdir()] == ["edits.json"]


GOOD: dict[str, Any] = {"version": 1, "labels": {}, "flags": [], "left_out": []}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe not UTF-8",
        b"[]",
        b'"text"',
        b"1",
        b"[" * 100_000,
        *(
            json.dumps({**GOOD, **change}).encode()
            for change in (
                {"version": 2},
                {"version": True},
                {"version": 1.0},
                {"labels": ["a"]},
                {"labels": {"a": 3}},
                {"labels": {"a": ""}},
                {"labels": None},
                {"flags": "abc"},
                {"flags": [1]},
                {"left_out": {"a": True}},
                {"left_out": None},
            )
        ),
        json.dumps({"version": 1}).encode(),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "edits.json"
    path.write_bytes(content)
    with pytest.raises(DatasetError, match="cannot be read") as caught:
        Edits.load(path)
    assert str(path) in str(caught.value) and "Put the file back" in str(caught.value)
    assert caught.value.detail


def test_a_byte_order_mark_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "edits.json"
    SOME.save(path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert Edits.load(path) == SOME


def test_a_missing_file_a_folder_and_an_odd_name_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.json", tmp_path, tmp_path / "caf\udce9", Path("nul\0")):
        with pytest.raises(DatasetError, match="cannot be read") as caught:
            Edits.load(path)
        str(caught.value).encode("utf-8")


def test_every_source_has_a_file_of_its_own() -> None:
    steps = [
        DATASETS.step("digits"),
        DATASETS.step("shapes"),
        DATASETS.step("folder", root="/ants"),
        DATASETS.step("folder", root="/bees"),
        DATASETS.step("concat", sources=[{"source": "folder", "root": "/ants"}, {"source": "digits"}]),
        DATASETS.step("concat", sources=[{"source": "folder", "root": "/bees"}, {"source": "digits"}]),
    ]
    files = [edits_file(step.name, source_values(step)) for step in steps]
    assert len(set(files)) == len(files)
    assert {file.parent for file in files} == {home() / "edits"}
    assert files[0].name.startswith("digits-")


def test_split_and_cut_do_not_change_the_file() -> None:
    sources = [{"source": "folder", "root": "/ants"}, {"source": "digits", "per_class": 3}]
    one = DATASETS.step("concat", sources=sources)
    other = DATASETS.step(
        "concat", sources=[sources[0], {"source": "digits", "split": "random"}], split="random", per_class=5
    )
    assert edits_file(one.name, source_values(one)) == edits_file(other.name, source_values(other))


def test_another_process_finds_the_same_file() -> None:
    code = (
        "from tudui_gui.datasets.catalog import DATASETS; "
        "from tudui_gui.datasets.edits import edits_file; "
        "from tudui_gui.datasets.selection import source_values; "
        "step = DATASETS.step('concat', sources=[{'source': 'digits'}, {'source': 'folder', 'root': '/a'}]); "
        "print(edits_file(step.name, source_values(step)))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=120
        ).stdout
        for _ in range(2)
    }
    step = DATASETS.step("concat", sources=[{"source": "digits"}, {"source": "folder", "root": "/a"}])
    assert found == {f"{edits_file(step.name, source_values(step))}\n"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(DatasetError, match=r"pipe\.json cannot be read"):
        Edits.load(tmp_path / "pipe.json")
