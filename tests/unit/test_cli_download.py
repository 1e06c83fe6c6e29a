"""``tudui-gui download``: what it fetches, says and returns."""

from __future__ import annotations

import io
import os
import shlex
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from rich.console import Console
from torchvision import datasets

from tests.unit.datasets.http_server import serving
from tests.unit.datasets.samples import small_mnist, write_files
from tests.unit.datasets.torchvision_samples import SETS
from tudui_gui import cli
from tudui_gui.core.errors import DatasetError
from tudui_gui.core.paths import data_root, resource
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.downloads import Progress
from tudui_gui.downloading import _Display, fetch_set, step_of

posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def test_a_set_is_fetched_and_opens(tmp_path, monkeypatch, capsys):
    files = SETS["food101"][0](monkeypatch)
    with serving(files) as server:
        arguments = ["download", "food101", "--data-root", str(tmp_path), "--mirror", server.address]
        assert cli.main(arguments) == cli.OK
        said = capsys.readouterr()
        assert said.out == "" and said.err.splitlines()[-1] == f"food101 is in {tmp_path}."
        assert "food-101.tar.gz: 0.0 MB fetched" in said.err and "food-101.tar.gz: unpacked" in said.err
        assert len(open_dataset(DATASETS.step("food101"), data_root=tmp_path).train) == 9
        server.requests.clear()
        assert cli.main(arguments) == cli.OK
        assert server.requests == [] and "already" in capsys.readouterr().err


def test_without_a_folder_it_comes_into_the_programs(monkeypatch):
    with serving(SETS["svhn"][0](monkeypatch)) as server:
        assert cli.main(["download", "svhn", "--mirror", server.address]) == cli.OK
    assert {path.name for path in data_root().iterdir()} == {"train_32x32.mat", "test_32x32.mat"}


def test_a_version_is_chosen(tmp_path, monkeypatch, capsys):
    with serving(SETS["imagenette"][0](monkeypatch)) as server:
        arguments = ["download", "imagenette", "--data-root", str(tmp_path), "--mirror", server.address]
        assert cli.main([*arguments, "--set", "size=160px"]) == cli.OK
        assert [path.name for path in tmp_path.iterdir()] == ["imagenette2-160"]
        assert cli.main([*arguments, "--set", "size=80px"]) == cli.FAILED
        assert "full, 320px, 160px" in capsys.readouterr().err
        assert cli.main([*arguments, "--set", "side=80px"]) == cli.FAILED
        assert "no parameter named 'side'" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["cifar11", "folder", "digits"])
def test_a_set_that_is_not_to_download_is_said_with_those_that_are(name, capsys):
    assert cli.main(["download", name]) == cli.FAILED
    said = capsys.readouterr().err
    assert f"There is no data set '{name}' to download" in said and "imagenette" in said
    assert "shapes" not in said


def test_a_mirror_is_an_address(capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(["download", "mnist", "--mirror", "/media/usb"])
    assert caught.value.code == cli.USAGE and "http://" in capsys.readouterr().err


def test_no_network_is_said_with_files_and_folder(tmp_path, capsys):
    arguments = ["download", "mnist", "--data-root", str(tmp_path), "--mirror", "http://127.0.0.1:9"]
    assert cli.main(arguments) == cli.FAILED
    said = capsys.readouterr().err
    assert said.startswith("tudui-gui: train-images-idx3-ubyte.gz could not be fetched")
    assert "t10k-labels-idx1-ubyte.gz" in said and str(tmp_path / "MNIST" / "raw") in said


@pytest.mark.parametrize("as_json", [False, True])
def test_a_missing_set_names_the_command(as_json, tmp_path, capsys):
    digits = str(resource("experiments", "digits.toml"))
    arguments = ["train", digits, "--set", "dataset.source=cifar10", "--data-root", str(tmp_path)]
    assert cli.main([*arguments, *(["--json"] if as_json else [])]) == cli.FAILED
    advice = f"On the command line: tudui-gui download cifar10 --data-root {tmp_path}"
    assert (advice in capsys.readouterr().err) == (not as_json)


def test_the_named_command_is_the_one_to_type(tmp_path):
    with pytest.raises(DatasetError) as caught:
        open_dataset(DATASETS.step("emnist", subset="digits", root=str(tmp_path / "two words")))
    words = shlex.split(caught.value.fields["command"])
    options = cli._parser().parse_args(words[1:])
    step = step_of(options.name, options.set)
    assert (step.values["subset"], options.data_root) == ("digits", tmp_path / "two words")


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_nothing_half_valid(number, tmp_path):
    content = np.random.RandomState(1).bytes(2_000_000)
    with serving({"train-images-idx3-ubyte.gz": content}) as server:
        server.stall_after = 1_000_000
        command = [sys.executable, "-m", "tudui_gui", "download", "mnist", "--data-root", str(tmp_path)]
        process = subprocess.Popen([*command, "--mirror", server.address], stderr=subprocess.PIPE, text=True)
        assert server.stalled.wait(60)
        process.send_signal(number)
        began = time.monotonic()
        _, said = process.communicate(timeout=30)
        assert time.monotonic() - began < 5
    assert process.returncode == cli.INTERRUPTED
    assert "Stopped. What came is kept" in said and "Traceback" not in said
    parts = list(tmp_path.rglob("*"))
    assert {path.name for path in parts} <= {"MNIST", "raw", "train-images-idx3-ubyte.gz.part"}
    assert all(content.startswith(path.read_bytes()) for path in parts if path.is_file())


def test_the_progress_line_has_bytes_speed_and_time_left():
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=120, color_system=None)
    with _Display(console) as display:
        display(Progress("food-101.tar.gz", 1_500_000_000, 5_000_000_000, 12_500_000.0, 280.4, 1, 2))
        display._bar.refresh()
        shown = stream.getvalue()
        assert "food-101.tar.gz (1/2)" in shown
        assert "1.5 GB of 5.0 GB  12.5 MB/s  4:40 left" in shown
        display(Progress("food-101.tar.gz", 10, 5_000_000_000, 0.0, None, 1, 2, unpacking=True))
        display._bar.refresh()
        assert "unpacking" in stream.getvalue().removeprefix(shown)


def test_a_path_with_brackets_is_shown_as_it_is(tmp_path):
    root = write_files(tmp_path / "[red]data", {})
    write_files(root / "MNIST" / "raw", small_mnist())
    stream = io.StringIO()
    step = DATASETS.step("mnist", root=str(root))
    assert fetch_set(step, console=Console(file=stream, width=500))
    assert stream.getvalue() == f"mnist is in {root} already.\n"
    assert len(datasets.MNIST(str(root))) == 20
