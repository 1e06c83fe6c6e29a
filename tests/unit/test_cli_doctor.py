"""The doctor's findings and what it makes of errors it may meet."""

from __future__ import annotations

import dataclasses
import importlib
import json

import pytest
import torch

from tudui_gui import cli, doctor
from tudui_gui.core import environment
from tudui_gui.core.environment import Obstacle
from tudui_gui.core.paths import home


def test_a_machine_that_has_all_is_well(capsys):
    assert cli.main(["doctor", "--json"]) == cli.OK
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is True
    assert report["versions"]["torch"] == torch.__version__.split("+")[0]
    assert report["devices"][0]["name"] == "cpu"
    assert report["window"] is None
    assert report["torch_problem"] is None
    assert {folder["name"]: folder["writable"] for folder in report["folders"]} == {
        "home": True,
        "data": True,
        "runs": True,
    }
    assert report["folders"][0]["path"] == str(home())
    assert cli.main(["doctor"]) == cli.OK
    text = capsys.readouterr().out
    assert "PROBLEM" not in text
    assert str(home()) in text


def test_looking_makes_no_folders():
    doctor.examine()
    assert not home().exists()


def test_missing_libraries_are_named_and_end_with_1(monkeypatch, capsys):
    lacking = ("libxcb-icccm.so.4", "libxcb-keysyms.so.1")
    monkeypatch.setattr(environment, "missing_qt_libraries", lambda: lacking)
    obstacle = Obstacle("Qt lacks system libraries.", "sudo apt-get install ...")
    monkeypatch.setattr(environment, "window_obstacle", lambda environ=None: obstacle)
    assert cli.main(["doctor"]) == cli.FAILED
    text = capsys.readouterr().out
    assert "libxcb-icccm.so.4 (Debian, Ubuntu: libxcb-icccm4)" in text
    assert "libxcb-keysyms1" in text
    assert "PROBLEM: Qt lacks system libraries." in text
    assert cli.main(["doctor", "--json"]) == cli.FAILED
    report = json.loads(capsys.readouterr().out)
    assert report["missing_libraries"]["libxcb-icccm.so.4"] == "libxcb-icccm4"


def test_a_torch_and_a_torchvision_that_do_not_fit_are_recognised(monkeypatch, capsys):
    real = importlib.import_module

    def mismatched(name, package=None):
        if name == "torchvision":
            raise RuntimeError("operator torchvision::nms does not exist")
        return real(name, package)

    monkeypatch.setattr(importlib, "import_module", mismatched)
    assert cli.main(["doctor"]) == cli.FAILED
    text = capsys.readouterr().out
    assert "torchvision::nms" in text
    assert "Install both from one place" in text


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ModuleNotFoundError("No module named 'torch'", name="torch"), "pip install torch torchvision"),
        (OSError("libcudart.so.13: cannot open shared object file"), "libcudart.so.13"),
        (ImportError(""), "ImportError"),
    ],
)
def test_other_errors_of_importing_torch_come_with_a_remedy(error, words):
    obstacle = doctor.explain_import_error(error)
    assert words in f"{obstacle.what} {obstacle.remedy}"


def test_cuda_is_explained(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert doctor.cuda_reason().startswith("Available")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.version, "cuda", None)
    assert "without CUDA" in doctor.cuda_reason()
    monkeypatch.setattr(torch.version, "cuda", "13.2")
    monkeypatch.setattr(doctor, "_NVIDIA_DRIVER", home())
    assert "no NVIDIA driver" in doctor.cuda_reason()


def test_a_driver_that_is_too_old_is_told_in_pytorchs_words(monkeypatch, tmp_path):
    import warnings

    def warning():
        warnings.warn(
            "CUDA initialization: The NVIDIA driver is too old (found version 11040).", stacklevel=1
        )
        return False

    monkeypatch.setattr(torch.cuda, "is_available", warning)
    monkeypatch.setattr(torch.version, "cuda", "13.2")
    monkeypatch.setattr(doctor, "_NVIDIA_DRIVER", tmp_path)
    assert "driver is too old" in doctor.cuda_reason()


def test_hidden_gpus_are_noticed(monkeypatch, tmp_path):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.version, "cuda", "13.2")
    monkeypatch.setattr(doctor, "_NVIDIA_DRIVER", tmp_path)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    assert "CUDA_VISIBLE_DEVICES" in doctor.cuda_reason()


@pytest.mark.parametrize(
    ("fonts", "words"), [([], "fonts-noto-cjk"), (["A", "B", "C"], "A and 2 more"), (["A"], "A")]
)
def test_fonts_for_chinese_are_told(fonts, words):
    report = dataclasses.replace(doctor.examine(), chinese_fonts=fonts)
    assert words in doctor.to_text(report).splitlines()[-1]


def test_a_folder_that_cannot_be_written_is_told():
    folder = doctor.Folder("home", "/read/only", False, 10**9)
    report = dataclasses.replace(doctor.examine(), folders=[folder])
    assert "/read/only: NOT WRITABLE: set TUDUI_HOME" in doctor.to_text(report)
