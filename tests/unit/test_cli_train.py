"""``tudui-gui train`` as a process: events, interrupts, and what is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from tudui_gui.core.paths import resource, runs_root
from tudui_gui.training.runs import list_runs

DIGITS = str(resource("experiments", "digits.toml"))

posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def start(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-m", "tudui_gui", "train", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def events_of(output: str) -> list[dict]:
    return [json.loads(line) for line in output.splitlines()]


def test_events_are_lines_of_json_with_their_fields():
    process = start(DIGITS, "--set", "training.epochs=1", "--set", "device=cpu", "--json")
    output, errors = process.communicate(timeout=150)
    assert process.returncode == 0, errors
    assert errors == ""
    events = events_of(output)
    started, finished = events[0], events[-1]
    assert started["event"] == "run_started"
    assert (started["train_images"], started["test_images"]) == (1438, 359)
    assert (started["parameters"], started["device"]) == (145578, "cpu")
    assert started["run_dir"] == str(runs_root() / "digits-tudui-1")
    steps = [event for event in events if event["event"] == "step"]
    assert [step["step"] for step in steps] == list(range(1, 24))
    assert set(steps[0]) >= {"epoch", "step", "loss", "lr", "images_per_second"}
    (epoch,) = (event for event in events if event["event"] == "epoch")
    assert set(epoch) >= {"epoch", "train_loss", "test_loss", "test_accuracy", "train_seconds", "seconds"}
    assert epoch["train_seconds"] < epoch["seconds"]
    saved = [event["path"] for event in events if event["event"] == "checkpoint"]
    assert {Path(path).name for path in saved} == {"last.pt", "epoch_1.pt", "best.pt"}
    assert set(finished) >= {"test_accuracy", "seconds", "run_dir"}
    assert (finished["event"], finished["test_accuracy"]) == ("finished", epoch["test_accuracy"])


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_a_checkpoint_to_go_on_from(number, tmp_path):
    run_dir = tmp_path / "run"
    process = start(DIGITS, "--set", "training.epochs=3", "--run-dir", str(run_dir), "--json")
    lines = []
    for line in process.stdout:
        lines.append(line)
        if json.loads(line)["event"] == "step":
            process.send_signal(number)
            break
    rest, errors = process.communicate(timeout=100)
    assert process.returncode == 130, errors
    stopped = events_of("".join(lines) + rest)[-1]
    assert stopped["event"] == "stopped"
    content = torch.load(run_dir / "checkpoints" / "last.pt", weights_only=True)
    assert stopped["checkpoint"] == str(run_dir / "checkpoints" / "last.pt")
    assert content["step"] == stopped["step"]
    assert all(isinstance(tensor, torch.Tensor) for tensor in content["model"].values())
    if number == signal.SIGINT:
        resumed = start("--resume", str(run_dir), "--json")
        output, errors = resumed.communicate(timeout=150)
        assert resumed.returncode == 0, errors
        events = events_of(output)
        assert events[0]["first_step"] == stopped["step"] + 1
        assert [event["epoch"] for event in events if event["event"] == "epoch"] == [1, 2, 3]


@posix
def test_a_reader_that_leaves_does_not_make_python_complain(tmp_path):
    process = start(DIGITS, "--set", "training.epochs=3", "--run-dir", str(tmp_path / "run"), "--json")
    process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(100) == 1
    assert "Traceback" not in errors
    assert "BrokenPipe" not in errors


def test_the_terminal_gets_lines_of_progress():
    process = start(DIGITS, "--set", "training.epochs=1", "--set", "device=cpu")
    output, errors = process.communicate(timeout=150)
    assert process.returncode == 0, errors
    assert output == ""
    assert "1,438 training and 359 test images, 145,578 parameters, on cpu" in errors
    assert "epoch 1/1" in errors
    assert "Finished in" in errors
    (run,) = list_runs()
    assert run.status == "finished"
    assert str(run.path) in errors
