import errno
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from torchvision import datasets

from tests.unit.datasets.http_server import FileServer, serving
from tests.unit.datasets.samples import gz, md5, small_cifar, small_mnist, tar_gz, write_files
from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import DatasetError, StorageError
from tudui_gui.datasets import downloads
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.downloads import Progress, download, download_files
from tudui_gui.datasets.remote_files import RemoteFile, files_of

CONTENT = np.random.RandomState(4).bytes(1_500_000)
ARCHIVE = tar_gz({"set/a.bin": CONTENT, "set/deeper/b.txt": b"b"})


@pytest.fixture
def server() -> Iterator[FileServer]:
    with serving({"set.tar.gz": ARCHIVE}) as server:
        yield server


def remote(server: FileServer, **changes: Any) -> RemoteFile:
    fields = {
        "url": f"{server.address}/set.tar.gz",
        "md5": md5(ARCHIVE),
        "name": "set.tar.gz",
        "folder": "",
        "unpacked": ("set",),
    }
    return RemoteFile(**{**fields, **changes})


def fetch(root: Path, *files: RemoteFile, cancel: CancelToken | None = None) -> list[Progress]:
    seen: list[Progress] = []
    download_files(files, root, progress=seen.append, cancel=cancel or CancelToken())
    return seen


def names(root: Path) -> set[str]:
    return {path.name for path in root.iterdir()}


def test_a_file_is_fetched_checked_and_unpacked(tmp_path: Path, server: FileServer) -> None:
    seen = fetch(tmp_path / "new", remote(server))
    assert (tmp_path / "new" / "set" / "a.bin").read_bytes() == CONTENT
    assert (tmp_path / "new" / "set" / "deeper" / "b.txt").read_bytes() == b"b"
    assert names(tmp_path / "new") == {"set"}
    fetched = [progress for progress in seen if not progress.unpacking]
    assert fetched[0].bytes_done == 0 and fetched[-1].bytes_done == len(ARCHIVE)
    assert {progress.bytes_total for progress in fetched} == {len(ARCHIVE)}
    assert fetched[-1].bytes_per_second > 0 and fetched[-1].seconds_left == 0
    assert seen[-1].unpacking and seen[-1].bytes_done == len(ARCHIVE)


def test_an_old_folder_is_replaced_and_neighbours_are_left_alone(tmp_path: Path, server: FileServer) -> None:
    write_files(tmp_path, {"set/old.bin": b"old", "other/file": b"mine"})
    fetch(tmp_path, remote(server))
    assert names(tmp_path / "set") == {"a.bin", "deeper"} and names(tmp_path) == {"set", "other"}


def test_a_part_is_continued(tmp_path: Path, server: FileServer) -> None:
    write_files(tmp_path, {"set.tar.gz.part": ARCHIVE[:400_000]})
    seen = fetch(tmp_path, remote(server))
    assert server.requests == [("set.tar.gz", "bytes=400000-")]
    assert seen[0].bytes_done == 400_000 and names(tmp_path) == {"set"}


def test_a_server_without_ranges_starts_anew(tmp_path: Path, server: FileServer) -> None:
    server.ranges = False
    write_files(tmp_path, {"set.tar.gz.part": ARCHIVE[:400_000]})
    fetch(tmp_path, remote(server))
    assert (tmp_path / "set" / "a.bin").read_bytes() == CONTENT


def test_a_complete_part_or_file_needs_no_server(tmp_path: Path) -> None:
    file = RemoteFile("http://127.0.0.1:9/set.tar.gz", md5(ARCHIVE), "set.tar.gz", "", ("set",))
    write_files(tmp_path, {"part/set.tar.gz.part": ARCHIVE, "whole/set.tar.gz": ARCHIVE})
    fetch(tmp_path / "part", file)
    fetch(tmp_path / "whole", file)
    assert names(tmp_path / "part") == {"set"} and names(tmp_path / "whole") == {"set", "set.tar.gz"}


def test_a_part_longer_than_the_file_is_fetched_anew(tmp_path: Path, server: FileServer) -> None:
    write_files(tmp_path, {"set.tar.gz.part": ARCHIVE + b"more"})
    fetch(tmp_path, remote(server))
    assert names(tmp_path) == {"set"} and len(server.requests) == 2


def test_cut_connections_are_taken_up_again(tmp_path: Path, server: FileServer) -> None:
    server.cut_after = 300_000
    fetch(tmp_path, remote(server))
    assert (tmp_path / "set" / "a.bin").read_bytes() == CONTENT
    assert [asked for _, asked in server.requests[:3]] == [None, "bytes=300000-", "bytes=600000-"]


def test_a_connection_that_keeps_breaking_keeps_the_part(tmp_path: Path, server: FileServer) -> None:
    server.cut_after = 0
    write_files(tmp_path, {"set.tar.gz.part": ARCHIVE[:1000]})
    with pytest.raises(DatasetError, match="could not be fetched") as caught:
        fetch(tmp_path, remote(server))
    assert "the connection ended after 1000 of" in str(caught.value)
    assert (tmp_path / "set.tar.gz.part").read_bytes() == ARCHIVE[:1000]


def test_a_length_the_server_does_not_tell(tmp_path: Path, server: FileServer) -> None:
    server.tells_length = False
    seen = fetch(tmp_path, remote(server))
    assert seen[0].bytes_total is None and seen[0].seconds_left is None and names(tmp_path) == {"set"}


def test_redirects_and_other_addresses(tmp_path: Path, server: FileServer) -> None:
    missing, moved = f"{server.address}/missing", f"{server.address}/moved/set.tar.gz"
    fetch(tmp_path, remote(server, url=missing, other_urls=(moved,)))
    assert [path for path, _ in server.requests] == ["missing", "moved/set.tar.gz", "set.tar.gz"]


def test_a_wrong_checksum_deletes_the_part_and_says_so(tmp_path: Path, server: FileServer) -> None:
    server.files["set.tar.gz"] = b"something else"
    with pytest.raises(DatasetError, match=r"set\.tar\.gz .* wrong checksum and was deleted"):
        fetch(tmp_path, remote(server))
    assert names(tmp_path) == set()


def test_no_connection_names_file_address_and_place(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/set.tar.gz"
        with pytest.raises(DatasetError) as caught:
            fetch(tmp_path, RemoteFile(url, md5(ARCHIVE), "set.tar.gz", "", ("set",)))
    assert all(text in str(caught.value) for text in (url, "set.tar.gz", str(tmp_path)))


def test_a_missing_file_is_an_error_at_once(tmp_path: Path, server: FileServer) -> None:
    with pytest.raises(DatasetError, match="404"):
        fetch(tmp_path, remote(server, url=f"{server.address}/nothing"))
    assert len(server.requests) == 1 and not list(tmp_path.iterdir())


def test_cancelling_leaves_only_the_part_and_the_next_attempt_goes_on(
    tmp_path: Path, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "_SECONDS_BETWEEN_REPORTS", 0)
    token = CancelToken()
    server.cut_after = 300_000

    def cancel_on_progress(progress: Progress) -> None:
        if progress.bytes_done:
            token.cancel()

    with pytest.raises(Cancelled):
        download_files([remote(server)], tmp_path, progress=cancel_on_progress, cancel=token)
    assert names(tmp_path) == {"set.tar.gz.part"}
    left = (tmp_path / "set.tar.gz.part").read_bytes()
    assert 0 < len(left) <= 600_000 and ARCHIVE.startswith(left)
    fetch(tmp_path, remote(server))
    assert names(tmp_path) == {"set"}


def test_cancelling_while_unpacking_leaves_all_as_it_was(tmp_path: Path, server: FileServer) -> None:
    write_files(tmp_path, {"set/old.bin": b"old"})
    token = CancelToken()

    def cancel_when_unpacking(progress: Progress) -> None:
        if progress.unpacking:
            token.cancel()

    with pytest.raises(Cancelled):
        download_files([remote(server)], tmp_path, progress=cancel_when_unpacking, cancel=token)
    assert names(tmp_path) == {"set", "set.tar.gz.part"} and names(tmp_path / "set") == {"old.bin"}


@pytest.mark.parametrize("members", [{"../evil": b"x"}, {"/evil": b"x"}, {"other/a": b"x"}])
def test_an_unsafe_or_foreign_archive_is_refused(
    tmp_path: Path, server: FileServer, members: dict[str, bytes]
) -> None:
    server.files["set.tar.gz"] = tar_gz(members)
    with pytest.raises(DatasetError, match="cannot be unpacked"):
        fetch(tmp_path / "root", remote(server, md5=md5(server.files["set.tar.gz"])))
    assert names(tmp_path) == {"root"} and names(tmp_path / "root") == {"set.tar.gz.part"}


def test_content_that_is_no_archive_is_refused(tmp_path: Path, server: FileServer) -> None:
    for content in (b"", b"text", ARCHIVE[:1000], gz(b"no tar")):
        server.files["set.tar.gz"] = content
        with pytest.raises(DatasetError, match="cannot be unpacked"):
            fetch(tmp_path, remote(server, md5=md5(content)))
        (tmp_path / "set.tar.gz.part").unlink()


def test_a_full_disk_is_said(tmp_path: Path, server: FileServer) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device here that is always full")
    (tmp_path / "set.tar.gz.part").symlink_to("/dev/full")
    with pytest.raises(StorageError, match=os.strerror(errno.ENOSPC)):
        fetch(tmp_path, remote(server))


def test_a_root_that_is_a_file_is_said(tmp_path: Path, server: FileServer) -> None:
    write_files(tmp_path, {"root": b""})
    with pytest.raises(StorageError, match="root"):
        fetch(tmp_path / "root", remote(server))


def test_mnist_arrives_in_torchvisions_layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = {f"{name}.gz": gz(content) for name, content in small_mnist().items()}
    monkeypatch.setattr(
        datasets.MNIST, "resources", [(name, md5(packed[name])) for name, _ in datasets.MNIST.resources]
    )
    step = DATASETS.step("mnist")
    seen: list[Progress] = []
    with serving(packed) as server:
        download(step, tmp_path, progress=seen.append, cancel=CancelToken(), mirror=server.address)
    assert len(datasets.MNIST(str(tmp_path), train=True)) == len(open_dataset(step, data_root=tmp_path).train)
    assert names(tmp_path / "MNIST" / "raw") == set(small_mnist()) and names(tmp_path) == {"MNIST"}
    assert {(progress.number, progress.count) for progress in seen} == {(n, 4) for n in (1, 2, 3, 4)}


def test_cifar_arrives_in_torchvisions_layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tar_gz(small_cifar(datasets.CIFAR10, monkeypatch))
    monkeypatch.setattr(datasets.CIFAR10, "tgz_md5", md5(archive))
    step = DATASETS.step("cifar10")
    with serving({"mirror/cifar-10-python.tar.gz": archive}) as server:
        mirror = f"{server.address}/mirror/"
        download(step, tmp_path, progress=lambda _: None, cancel=CancelToken(), mirror=mirror)
    assert len(datasets.CIFAR10(str(tmp_path), train=False)) == len(
        open_dataset(step, data_root=tmp_path).test
    )


def test_addresses_and_checksums_are_torchvisions() -> None:
    (cifar,) = files_of(DATASETS.step("cifar10"))
    assert (cifar.url, cifar.md5) == (datasets.CIFAR10.url, datasets.CIFAR10.tgz_md5)
    (cifar100,) = files_of(DATASETS.step("cifar100"))
    assert cifar100.unpacked == ("cifar-100-python",)
    (stl,) = files_of(DATASETS.step("stl10"))
    assert stl.unpacked == ("stl10_binary",)
    fashion = files_of(DATASETS.step("fashion_mnist"))
    assert [(file.name, file.md5) for file in fashion] == datasets.FashionMNIST.resources
    assert all(file.url == datasets.FashionMNIST.mirrors[0] + file.name for file in fashion)
    assert {file.folder for file in fashion} == {"FashionMNIST/raw"}
    assert files_of(DATASETS.step("digits")) == files_of(DATASETS.step("folder")) == ()
