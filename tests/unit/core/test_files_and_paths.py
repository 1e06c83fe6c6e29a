"""Writing whole files or none, and finding what is shipped."""

from __future__ import annotations

import os
import pickle
import stat
from pathlib import Path

import pytest

from tudui_gui.core import paths
from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import DatasetError, StorageError, TuduiError
from tudui_gui.core.files import atomic_write, write_text


def test_the_file_appears_whole_with_its_folder(tmp_path):
    target = tmp_path / "new" / "metrics.csv"
    write_text(target, "精度\n")
    assert target.read_text(encoding="utf-8") == "精度\n"
    assert [path.name for path in target.parent.iterdir()] == ["metrics.csv"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("is_linked", [False, True])
def test_a_pipe_or_device_is_not_replaced_by_a_file(tmp_path, is_linked):
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    with pytest.raises(StorageError, match="a device or a pipe"):
        write_text(link if is_linked else pipe, "table")
    assert stat.S_ISFIFO(pipe.stat().st_mode) and link.is_symlink()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link", "pipe"]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "last.pt"
    write_text(target, "old")
    with pytest.raises(ValueError, match="half way"), atomic_write(target) as stream:
        stream.write(b"new, but")
        raise ValueError("half way")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_others_may_read_what_the_umask_allows(tmp_path):
    ordinary = tmp_path / "ordinary"
    ordinary.write_text("")
    write_text(tmp_path / "atomic", "")
    assert stat.S_IMODE((tmp_path / "atomic").stat().st_mode) == stat.S_IMODE(ordinary.stat().st_mode)


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError) as caught:
        write_text(tmp_path / "file" / "run" / "metrics.csv", "")
    assert "metrics.csv" in str(caught.value)
    assert caught.value.detail


def test_a_folder_in_the_files_place_is_said_and_leaves_nothing(tmp_path):
    (tmp_path / "last.pt").mkdir()
    with pytest.raises(StorageError):
        write_text(tmp_path / "last.pt", "")
    assert [path.name for path in tmp_path.iterdir()] == ["last.pt"]


def test_home_follows_the_variable(monkeypatch, tmp_path):
    monkeypatch.setenv("TUDUI_HOME", str(tmp_path))
    assert (paths.home(), paths.data_root(), paths.runs_root()) == (
        tmp_path,
        tmp_path / "data",
        tmp_path / "runs",
    )
    monkeypatch.setenv("TUDUI_HOME", "~/lab")
    assert paths.home() == Path.home() / "lab"
    monkeypatch.delenv("TUDUI_HOME")
    assert paths.home() == Path.home() / "tudui-gui"


def test_shipped_files_are_found():
    assert paths.resource("experiments", "digits.toml").is_file()
    assert paths.sample_data("shapes").is_dir()


def test_errors_say_what_and_what_to_do_and_keep_the_detail():
    error = DatasetError("No images in {path}.", remedy="Choose another folder.", detail="ENOENT", path="/x")
    assert str(error) == "No images in /x. Choose another folder.\nENOENT"
    assert error.templates == ("No images in {path}.", "Choose another folder.")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.fields) == (DatasetError, str(error), error.fields)
    assert isinstance(again, TuduiError)


def test_cancellation_is_seen_by_the_work():
    token = CancelToken()
    token.raise_if_cancelled()
    token.cancel()
    assert token.cancelled
    with pytest.raises(Cancelled):
        token.raise_if_cancelled()
