"""Weights files: the good, the damaged and the hostile."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from tudui_gui.core.errors import CheckpointError
from tudui_gui.models.files import load_into, load_weights
from tudui_gui.models.zoo import Tudui


class Hostile:
    """Makes a file when it is unpickled."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.target),)


def refusal(path: Path) -> str:
    with pytest.raises(CheckpointError) as caught:
        load_weights(path)
    assert str(path) in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    "wrap", [lambda s: s, lambda s: {"model": s}, lambda s: {"state_dict": s, "epoch": 3}]
)
def test_a_state_dict_wherever_it_lies(tmp_path: Path, wrap: Any) -> None:
    state = Tudui().state_dict()
    torch.save(wrap(state), tmp_path / "w.pth")
    torch.testing.assert_close(load_weights(tmp_path / "w.pth"), dict(state), rtol=0, atol=0)


def test_the_old_format_of_torch_save(tmp_path: Path) -> None:
    state = nn.Linear(2, 2).state_dict()
    torch.save(state, tmp_path / "old.pth", _use_new_zipfile_serialization=False)
    assert load_weights(tmp_path / "old.pth").keys() == state.keys()


@pytest.mark.parametrize("new_format", [True, False])
def test_a_hostile_file_is_not_executed(tmp_path: Path, new_format: bool) -> None:
    target = tmp_path / "executed"
    content = {"model": Hostile(target)}
    torch.save(content, tmp_path / "bad.pth", _use_new_zipfile_serialization=new_format)
    message = refusal(tmp_path / "bad.pth")
    assert not target.exists()
    assert "weights_only=False" not in message
    torch.load(tmp_path / "bad.pth", weights_only=False)
    assert target.exists()  # it would have been


def test_a_plain_pickle_is_not_executed(tmp_path: Path) -> None:
    target = tmp_path / "executed"
    (tmp_path / "bad.pth").write_bytes(pickle.dumps(Hostile(target)))
    assert "weights_only=False" not in refusal(tmp_path / "bad.pth")
    assert not target.exists()


def test_a_whole_model_is_refused_with_advice(tmp_path: Path) -> None:
    torch.save(Tudui(), tmp_path / "whole.pth")
    message = refusal(tmp_path / "whole.pth")
    assert "state_dict()" in message
    assert "Tudui" in message


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99])
def test_truncated_files(tmp_path: Path, share: float) -> None:
    torch.save(Tudui().state_dict(), tmp_path / "w.pth")
    content = (tmp_path / "w.pth").read_bytes()
    (tmp_path / "cut.pth").write_bytes(content[: int(len(content) * share)])
    message = refusal(tmp_path / "cut.pth")
    assert ("empty" if share == 0 else "cut off") in message


def test_damage_in_the_middle(tmp_path: Path) -> None:
    torch.save({"model": Tudui().state_dict()}, tmp_path / "w.pth")
    content = bytearray((tmp_path / "w.pth").read_bytes())
    content[60:160] = b"\x00" * 100
    (tmp_path / "w.pth").write_bytes(content)
    assert "not opened" in refusal(tmp_path / "w.pth")


@pytest.mark.parametrize("content", [b"hello", b"\x89PNG\r\n\x1a\n....", b"PK\x05\x06" + b"\x00" * 18])
def test_files_of_other_kinds(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "w.pth").write_bytes(content)
    assert "not a file of torch.save" in refusal(tmp_path / "w.pth")


@pytest.mark.parametrize("content", [{}, {"model": 3}, [1, 2], torch.zeros(3), {"a": 1}, {1: torch.zeros(1)}])
def test_files_without_weights(tmp_path: Path, content: Any) -> None:
    torch.save(content, tmp_path / "w.pth")
    assert "no model weights" in refusal(tmp_path / "w.pth")


def test_missing_files_and_folders(tmp_path: Path) -> None:
    assert "no file" in refusal(tmp_path / "missing.pth")
    assert "folder" in refusal(tmp_path)


def test_weights_of_another_model_are_explained() -> None:
    with pytest.raises(CheckpointError, match="Tudui") as caught:
        load_into(Tudui(10), Tudui(3).state_dict(), Path("w.pth"))
    assert "model.8.weight" in caught.value.detail


def test_torchs_talk_to_developers_is_not_passed_on(tmp_path: Path) -> None:
    path = tmp_path / "protocol.pth"
    path.write_bytes(pickle.dumps(Hostile(tmp_path / "made"), protocol=4))
    code = f"""
from pathlib import Path
from tudui_gui.core.errors import CheckpointError
from tudui_gui.models.files import load_weights
try:
    load_weights(Path({str(path)!r}))
except CheckpointError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert str(path) in done.stdout and "weights_only" not in done.stdout
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("weights", [3, None, [1, 2]])
def test_what_is_no_state_dict_is_refused(tmp_path: Path, weights: Any) -> None:
    with pytest.raises(CheckpointError, match=r"w\.pt do not belong to the model Linear"):
        load_into(nn.Linear(2, 2), weights, tmp_path / "w.pt")


def test_pytorchs_lists_of_layers_are_cut_and_its_dangerous_advice_left_out(tmp_path: Path) -> None:
    large = nn.Sequential(*(nn.Linear(1, 1) for _ in range(200)))
    with pytest.raises(CheckpointError) as caught:
        load_into(Tudui(), large.state_dict(), tmp_path / "w.pt")
    assert "Missing key(s)" in caught.value.detail and len(caught.value.detail) < 700
    torch.save(nn.Linear(1, 1), tmp_path / "whole.pt")
    message = refusal(tmp_path / "whole.pt")
    assert "Linear" in message and "add_safe_globals" not in message
