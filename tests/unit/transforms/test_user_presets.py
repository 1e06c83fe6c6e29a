"""Presets of a person: written, read, renamed and removed as files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tudui_gui.core.errors import StorageError, TransformError
from tudui_gui.transforms import user_presets
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline
from tudui_gui.transforms.user_presets import PresetExistsError, load, remove, rename, save

step = TRANSFORMS.step
FIRST = Pipeline((step("Resize", size=(3, 4)), replace(step("ToTensor"), enabled=False)))
SECOND = Pipeline((step("RandomApply", transforms=[step("Pad", padding=2), step("RandomOrder")]),))


def test_there_are_none_at_first() -> None:
    assert load() == user_presets.UserPresets()


@pytest.mark.parametrize("name", ["mine", "CIFAR: 训练", "a/b\\c?*", "..", "CON", "x" * 80, "mine "])
def test_any_name_is_kept(name: str) -> None:
    saved = save(name, FIRST)
    assert saved.path.parent == user_presets.presets_folder()
    assert load().presets == (saved,)
    assert load().presets[0].name == name.strip()
    assert load().presets[0].pipeline == FIRST


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\0b"])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(TransformError, match="no name"):
        save(name, FIRST)
    assert load().presets == ()


def test_every_operation_survives() -> None:
    pipeline = Pipeline(tuple(operation.step() for operation in TRANSFORMS.values()))
    save("all", pipeline)
    assert load().presets[0].pipeline == pipeline


def test_overwriting_is_asked_for() -> None:
    save("mine", FIRST)
    with pytest.raises(PresetExistsError):
        save("mine", SECOND)
    assert load().presets[0].pipeline == FIRST
    save("mine", SECOND, overwrite=True)
    assert [preset.pipeline for preset in load().presets] == [SECOND]


def test_renaming() -> None:
    save("mine", FIRST)
    save("other", SECOND)
    with pytest.raises(PresetExistsError):
        rename("mine", "other")
    rename("mine", "Best")
    rename("Best", "Best")
    assert [(each.name, each.pipeline) for each in load().presets] == [("Best", FIRST), ("other", SECOND)]
    with pytest.raises(TransformError, match="no preset"):
        rename("mine", "x")


def test_what_was_removed_can_be_had_back() -> None:
    save("mine", SECOND)
    removed = remove("mine")
    assert load().presets == () and not removed.path.exists()
    save(removed.name, removed.pipeline)
    assert load().presets == (removed,)
    remove("mine")
    with pytest.raises(TransformError, match="no preset"):
        remove("mine")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"name = 3",
        b"name = 'a'\n[[transforms]]\nname = 'Nothing'",
        b"name = 'a'\ntransforms = [3]",
        b"name = 'a'\n[[transforms]]\nname = 'Resize'\nsize = -1",
        b"x = " + b"[" * 5000,
        b"#" * 2**21,
    ],
)
def test_a_damaged_file_is_named_and_the_others_are_there(content: bytes) -> None:
    saved = save("mine", FIRST)
    bad = saved.path.with_name("bad.toml")
    bad.write_bytes(content)
    found = load()
    assert found.presets == (saved,)
    assert [problem.fields["path"] for problem in found.problems] == [str(bad)]
    assert bad.exists()


def test_two_files_of_one_name() -> None:
    saved = save("mine", FIRST)
    saved.path.with_name("copy.toml").write_bytes(saved.path.read_bytes())
    found = load()
    assert [preset.name for preset in found.presets] == ["mine"]
    assert len(found.problems) == 1 and "'mine'" in str(found.problems[0])


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("TUDUI_HOME", str(tmp_path / "file"))
    with pytest.raises(StorageError):
        save("mine", FIRST)
    assert load().presets == ()
