"""Downloads when something is wrong: stalled servers, full disks, no network, hostile archives."""

from __future__ import annotations

import errno
import io
import os
import shutil
import tarfile
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from torchvision import datasets

from tests.unit.datasets.http_server import FileServer, serving
from tests.unit.datasets.samples import gz, md5, tar_gz, write_files
from tests.unit.datasets.torchvision_samples import SETS
from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import DatasetError, StorageError
from tudui_gui.datasets import downloads, responses, transfer, unpacking
from tudui_gui.datasets.catalog import DATASETS
from tudui_gui.datasets.downloads import Progress, download, download_files
from tudui_gui.datasets.recognition import is_on_disk
from tudui_gui.datasets.remote_files import RemoteFile

CONTENT = np.random.RandomState(4).bytes(1_500_000)
ARCHIVE = tar_gz({"set/a.bin": CONTENT})


@pytest.fixture
def server() -> Iterator[FileServer]:
    with serving({"set.tar.gz": ARCHIVE}) as server:
        yield server


def remote(server: FileServer, name: str = "set.tar.gz", *unpacked: str, folder: str = "") -> RemoteFile:
    checksum = md5(server.files[name])
    return RemoteFile(f"{server.address}/{name}", checksum, name, folder, unpacked or ("set",))


def fetch(root: Path, *files: RemoteFile, cancel: CancelToken | None = None) -> list[Progress]:
    seen: list[Progress] = []
    download_files(files, root, progress=seen.append, cancel=cancel or CancelToken())
    return seen


def names(root: Path) -> set[str]:
    return {path.name for path in root.iterdir()}


# --- connections


@pytest.mark.parametrize("stall_after", [-1, 0, 300_000])
def test_a_stalled_connection_is_cancelled_within_a_second(
    stall_after: int, tmp_path: Path, server: FileServer
) -> None:
    server.stall_after = stall_after
    token, cancelled_at = CancelToken(), []

    def cancel() -> None:
        assert server.stalled.wait(30)
        cancelled_at.append(time.monotonic())
        token.cancel()

    thread = threading.Thread(target=cancel)
    thread.start()
    with pytest.raises(Cancelled):
        fetch(tmp_path, remote(server), cancel=token)
    thread.join()
    assert time.monotonic() - cancelled_at[0] < 1
    part = tmp_path / "set.tar.gz.part"
    assert not part.exists() or ARCHIVE.startswith(part.read_bytes())
    server.stall_after = None
    fetch(tmp_path, remote(server))
    assert names(tmp_path) == {"set"} and (tmp_path / "set" / "a.bin").read_bytes() == CONTENT


def test_a_pause_keeps_the_connection(tmp_path: Path, server: FileServer) -> None:
    server.stall_after = 300_000
    threading.Timer(0.4, server.goes_on.set).start()
    fetch(tmp_path, remote(server))
    assert server.requests == [("set.tar.gz", None)] and names(tmp_path) == {"set"}


def test_a_connection_that_stays_silent_is_taken_up_again(
    tmp_path: Path, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(responses, "_TIMEOUT_SECONDS", 0.3)
    server.stall_after = 600_000
    fetch(tmp_path, remote(server))
    starts = [int(asked[6:-1]) if asked else 0 for _, asked in server.requests]
    assert starts == [0, 600_000, 1_200_000] and names(tmp_path) == {"set"}


def test_a_server_that_never_answers_is_said(
    tmp_path: Path, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(responses, "_TIMEOUT_SECONDS", 0.1)
    server.stall_after = -1
    with pytest.raises(DatasetError, match=r"could not be fetched(.|\n)*timed out"):
        fetch(tmp_path, remote(server))


def test_no_thread_is_left_reading(tmp_path: Path, server: FileServer) -> None:
    server.stall_after = 300_000
    token = CancelToken()
    threading.Thread(target=lambda: (server.stalled.wait(30), token.cancel())).start()
    with pytest.raises(Cancelled):
        fetch(tmp_path, remote(server), cancel=token)
    server.goes_on.set()
    for thread in [thread for thread in threading.enumerate() if thread.name == "download"]:
        thread.join(10)
        assert not thread.is_alive()


def test_without_network_every_missing_file_is_named_with_its_folder(tmp_path: Path) -> None:
    step = DATASETS.step("kmnist")
    with pytest.raises(DatasetError) as caught:
        download(
            step, tmp_path, progress=lambda _: None, cancel=CancelToken(), mirror="http://127.0.0.1:9/there"
        )
    text = str(caught.value)
    assert all(name in text for name, _ in datasets.KMNIST.resources)
    assert str(tmp_path / "KMNIST" / "raw") in text and "http://127.0.0.1:9/there/t10k-labels" in text
    assert "Check the network" in text and not is_on_disk(step.with_values(root=str(tmp_path)))


def test_files_that_are_there_are_not_asked_for(tmp_path: Path, server: FileServer) -> None:
    server.files["a.gz"], server.files["b.gz"] = gz(b"a"), gz(b"b")
    write_files(tmp_path / "raw", {"b.gz": server.files["b.gz"]})
    with pytest.raises(DatasetError) as caught:
        fetch(
            tmp_path,
            RemoteFile("http://127.0.0.1:9/a.gz", md5(server.files["a.gz"]), "a.gz", "raw", ("a",)),
            remote(server, "b.gz", "b", folder="raw"),
        )
    assert caught.value.fields["files"] == "a.gz" and server.requests == []


def test_a_file_put_there_with_a_wrong_checksum_is_said(tmp_path: Path) -> None:
    write_files(tmp_path, {"set.tar.gz": b"half of it"})
    file = RemoteFile("http://127.0.0.1:9/set.tar.gz", md5(ARCHIVE), "set.tar.gz", "", ("set",))
    with pytest.raises(DatasetError, match=f"{tmp_path}/set.tar.gz: its checksum is not {file.md5}"):
        fetch(tmp_path, file)
    assert (tmp_path / "set.tar.gz").read_bytes() == b"half of it"


# --- files that stay as they are


def test_a_plain_file_is_renamed_into_place_after_its_checksum(tmp_path: Path, server: FileServer) -> None:
    server.files["x.mat"] = CONTENT
    server.cut_after = 400_000
    fetch(tmp_path, remote(server, "x.mat", "x.mat", folder="set"))
    assert names(tmp_path / "set") == {"x.mat"} and (tmp_path / "set" / "x.mat").read_bytes() == CONTENT


def test_a_wrong_plain_file_is_replaced_only_by_the_right_one(tmp_path: Path, server: FileServer) -> None:
    server.files["x.mat"] = CONTENT
    file = remote(server, "x.mat", "x.mat")
    write_files(tmp_path, {"x.mat": b"old"})
    server.files["x.mat"] = b"something else"
    with pytest.raises(DatasetError, match="wrong checksum"):
        fetch(tmp_path, file)
    assert names(tmp_path) == {"x.mat"} and (tmp_path / "x.mat").read_bytes() == b"old"
    server.files["x.mat"] = CONTENT
    fetch(tmp_path, file)
    assert names(tmp_path) == {"x.mat"} and (tmp_path / "x.mat").read_bytes() == CONTENT


def test_half_of_a_set_is_not_taken_for_the_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    step = DATASETS.step("svhn", root=str(tmp_path))
    files = SETS["svhn"][0](monkeypatch)
    with serving({"train_32x32.mat": files["train_32x32.mat"]}) as server:
        with pytest.raises(DatasetError, match="test_32x32"):
            download(step, tmp_path, progress=lambda _: None, cancel=CancelToken(), mirror=server.address)
        assert not is_on_disk(step) and names(tmp_path) == {"train_32x32.mat.part"}
        server.files.update(files)
        server.requests.clear()
        download(step, tmp_path, progress=lambda _: None, cancel=CancelToken(), mirror=server.address)
        assert [path for path, _ in server.requests] == ["test_32x32.mat"]
    assert is_on_disk(step) and names(tmp_path) == set(files)


# --- the disk


def test_too_little_space_is_said_with_the_numbers_before_anything_is_written(
    tmp_path: Path, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=2_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(StorageError) as caught:
        fetch(tmp_path / "new", remote(server))
    text = str(caught.value)
    assert "needs 3.0 MB" in text and "2.0 MB are free" in text and "Free 1.0 MB" in text
    assert str(tmp_path / "new") in text
    assert not (tmp_path / "new").exists() or not list((tmp_path / "new").rglob("*.part"))


def test_the_space_counts_what_is_still_to_come_and_all_that_is_unpacked(
    tmp_path: Path, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    needed: list[int] = []
    monkeypatch.setattr(downloads, "require_space", lambda name, folder, count: needed.append(count))
    server.files.update({"a.tar.gz": tar_gz({"a/x": CONTENT[:5000]}), "b.mat": CONTENT[:7000]})
    first = remote(server, "a.tar.gz", "a")
    second = RemoteFile(
        f"{server.address}/b.mat", md5(CONTENT[:7000]), "b.mat", "", ("b.mat",), size=6900, unpacked_size=1
    )
    write_files(tmp_path, {"a.tar.gz.part": server.files["a.tar.gz"][:1000]})
    fetch(tmp_path, first, second)
    size = len(server.files["a.tar.gz"])
    assert needed == [size - 1000 + 6900 + size, 7000]


def test_a_disk_that_fills_up_keeps_the_part(
    tmp_path: Path, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, real = [], transfer._write

    def write(stream: Any, chunk: bytes, path: Path) -> None:
        class Full:
            def write(self, data: bytes) -> int:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        written.append(len(chunk))
        real(Full() if sum(written) > 700_000 else stream, chunk, path)

    monkeypatch.setattr(transfer, "_write", write)
    with pytest.raises(StorageError, match=os.strerror(errno.ENOSPC)):
        fetch(tmp_path, remote(server))
    left = (tmp_path / "set.tar.gz.part").read_bytes()
    assert ARCHIVE.startswith(left) and len(left) <= 700_000
    monkeypatch.setattr(transfer, "_write", real)
    fetch(tmp_path, remote(server))
    assert names(tmp_path) == {"set"} and server.requests[-1] == ("set.tar.gz", f"bytes={len(left)}-")


def test_a_disk_that_fills_up_while_unpacking_leaves_all_as_it_was(
    tmp_path: Path, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {"set/old.bin": b"old"})

    def full(self: Any, source: Any, name: str) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(unpacking._Target, "write", full)
        with pytest.raises(StorageError, match=os.strerror(errno.ENOSPC)):
            fetch(tmp_path, remote(server))
    assert names(tmp_path) == {"set", "set.tar.gz.part"} and names(tmp_path / "set") == {"old.bin"}
    server.requests.clear()
    fetch(tmp_path, remote(server))
    assert names(tmp_path) == {"set"} and server.requests == []


# --- archives


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_a_zip_of_gz_files_is_unpacked_flat(tmp_path: Path, server: FileServer) -> None:
    content = {
        "gzip/a.gz": gz(CONTENT),
        "gzip/b.gz": gz(b"b"),
        "gzip/about.txt": b"x",
        "other/c.gz": gz(b"c"),
    }
    server.files["z.zip"] = zipped(content)
    seen = fetch(tmp_path, remote(server, "z.zip", "a", folder="raw"))
    assert names(tmp_path) == {"raw"} and names(tmp_path / "raw") == {"a", "b"}
    assert (tmp_path / "raw" / "a").read_bytes() == CONTENT
    assert seen[-1].unpacking and seen[-1].bytes_done == seen[-1].bytes_total


def encrypted_zip() -> bytes:
    content = bytearray(zipped({"gzip/a.gz": gz(b"a")}))
    directory = content.index(b"PK\x01\x02")
    content[6] |= 1
    content[directory + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        zipped({"../evil.gz": gz(b"x"), "gzip/a.gz": gz(b"a")}),
        zipped({"/evil.gz": gz(b"x"), "gzip/a.gz": gz(b"a")}),
        zipped({"gzip/../../evil.gz": gz(b"x"), "gzip/a.gz": gz(b"a")}),
        zipped({"gzip/b.gz": gz(b"b")}),
        zipped({"gzip/a.gz": b"no gzip"}),
        zipped({"gzip/a.gz": gz(CONTENT)})[:-100],
        encrypted_zip(),
        b"no zip",
        b"",
    ],
)
def test_an_unsafe_foreign_or_damaged_zip_is_refused(
    content: bytes, tmp_path: Path, server: FileServer
) -> None:
    server.files["z.zip"] = content
    with pytest.raises(DatasetError, match=r"z\.zip\.part cannot be unpacked"):
        fetch(tmp_path / "root", remote(server, "z.zip", "a"))
    assert names(tmp_path) == {"root"} and names(tmp_path / "root") == {"z.zip.part"}


def member(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def test_links_and_devices_are_not_unpacked(tmp_path: Path, server: FileServer) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as tar:
        tar.addfile(member("set/link", tarfile.SYMTYPE, str(outside)))
        tar.addfile(member("set/folder", tarfile.SYMTYPE, str(tmp_path)))
        tar.addfile(member("set/hard", tarfile.LNKTYPE, "../../outside.txt"))
        tar.addfile(member("set/pipe", tarfile.FIFOTYPE))
        tar.addfile(member("set/device", tarfile.CHRTYPE))
        for name in ("set/a.txt", "set/folder/outside.txt"):
            info = tarfile.TarInfo(name)
            info.size = 1
            tar.addfile(info, io.BytesIO(b"a"))
    server.files["set.tar.gz"] = stream.getvalue()
    fetch(tmp_path / "root", remote(server))
    unpacked = tmp_path / "root" / "set"
    assert names(unpacked) == {"a.txt", "folder"} and names(unpacked / "folder") == {"outside.txt"}
    assert outside.read_text() == "mine" and not any(path.is_symlink() for path in unpacked.rglob("*"))


@pytest.mark.parametrize(
    "members", [{"set": b"x", "set/a": b"y"}, {"set/a": b"x", "set/a/b": b"y"}, {"": b"x"}]
)
def test_names_that_contradict_each_other_are_refused(
    members: dict[str, bytes], tmp_path: Path, server: FileServer
) -> None:
    server.files["set.tar.gz"] = tar_gz(members)
    with pytest.raises(DatasetError, match="cannot be unpacked"):
        fetch(tmp_path, remote(server))
    assert names(tmp_path) == {"set.tar.gz.part"}


@pytest.mark.parametrize("kind", ["tar", "gz", "zip"])
def test_what_grows_beyond_measure_is_refused(
    kind: str, tmp_path: Path, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "_ALWAYS_ALLOWED_BYTES", 1_000_000)
    zeros = bytes(3_000_000)
    contents = {
        "set.tar.gz": tar_gz({"set/a": zeros}),
        "set.gz": gz(zeros),
        "set.zip": zipped({"gzip/set.gz": gz(zeros)}),
    }
    name = {"tar": "set.tar.gz", "gz": "set.gz", "zip": "set.zip"}[kind]
    server.files[name] = contents[name]
    with pytest.raises(DatasetError, match=r"cannot be unpacked(.|\n)*beyond all measure"):
        fetch(tmp_path, remote(server, name))
    assert names(tmp_path) == {f"{name}.part"}


def test_too_many_files_are_refused(
    tmp_path: Path, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "_MOST_FILES", 3)
    server.files["set.tar.gz"] = tar_gz({f"set/{number}": b"" for number in range(4)})
    with pytest.raises(DatasetError, match=r"cannot be unpacked(.|\n)*more than 3 files"):
        fetch(tmp_path, remote(server))
    assert names(tmp_path) == {"set.tar.gz.part"}


def test_many_small_files_are_reported_a_few_times_a_second(tmp_path: Path, server: FileServer) -> None:
    server.files["set.tar.gz"] = tar_gz({f"set/{number}": b"x" for number in range(3000)})
    began = time.monotonic()
    seen = fetch(tmp_path, remote(server))
    unpacking_reports = [progress for progress in seen if progress.unpacking]
    assert len(unpacking_reports) <= 12 * (time.monotonic() - began) + 5
    assert unpacking_reports[-1].bytes_done == unpacking_reports[-1].bytes_total
