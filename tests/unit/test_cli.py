"""The command line in this process: what is understood, said and returned."""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
import types

import pytest
import torch

from tudui_gui import __version__, cli
from tudui_gui.core import environment
from tudui_gui.core.environment import Obstacle
from tudui_gui.core.paths import resource, sample_data
from tudui_gui.datasets.catalog import DATASETS
from tudui_gui.images.reading import read_image
from tudui_gui.layers.catalog import LAYERS
from tudui_gui.layers.losses import LOSSES
from tudui_gui.models.zoo import MODELS
from tudui_gui.prediction.classifier import Classifier
from tudui_gui.scripts import training_script
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.optimizers import OPTIMIZERS
from tudui_gui.training.runs import list_runs, read_metrics
from tudui_gui.transforms.catalog import TRANSFORMS

DIGITS = str(resource("experiments", "digits.toml"))
CATALOGS = {
    "datasets": DATASETS,
    "transforms": TRANSFORMS,
    "layers": LAYERS,
    "losses": LOSSES,
    "optimizers": OPTIMIZERS,
    "models": MODELS,
}


def usage_error(capsys, *arguments) -> str:
    with pytest.raises(SystemExit) as caught:
        cli.main(list(arguments))
    assert caught.value.code == cli.USAGE
    return capsys.readouterr().err


def test_version_and_help(capsys):
    for option, text in (("--version", f"tudui-gui {__version__}\n"), ("--help", "Without a command")):
        with pytest.raises(SystemExit) as caught:
            cli.main([option])
        assert caught.value.code == 0
        assert text in capsys.readouterr().out


@pytest.mark.parametrize("command", cli._COMMANDS)
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main([command, "--help"])
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: tudui-gui {command} ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--nonsense"], "COMMAND"),
        (["catalog", "colours"], "invalid choice"),
        (["train"], "one of the two"),
        (["train", DIGITS, "--resume", "run"], "one of the two"),
        (["train", "--resume", "run", "--set", "seed=1"], "leave out"),
        (["predict", "last.pt", "image.png", "--top", "0"], "at least 1"),
        (["predict", "last.pt"], "IMAGE"),
    ],
)
def test_wrong_usage_ends_with_2(arguments, message, capsys):
    assert message in usage_error(capsys, *arguments)


@pytest.fixture
def window(monkeypatch):
    """Records the arguments the window is opened with, in place of opening one."""
    opened = []

    def main(argv):
        opened.append(argv)
        return 0

    module = types.ModuleType("tudui_gui.gui.app")
    module.main = main
    monkeypatch.setitem(sys.modules, "tudui_gui.gui.app", module)
    monkeypatch.setattr("tudui_gui.gui.app", module, raising=False)
    monkeypatch.setattr(environment, "window_obstacle", lambda environ=None: None)
    return opened


def test_no_argument_opens_the_window(window):
    assert cli.main([]) == cli.OK
    assert window == [["tudui-gui"]]


def test_paths_are_handed_to_the_window(window, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "train").mkdir()
    assert cli.main(["./train", DIGITS]) == cli.OK
    assert window == [["tudui-gui", "./train", DIGITS]]


@pytest.mark.parametrize(
    ("argument", "hint"), [("trian", "did you mean the command train"), ("cat.jpg", "no file, folder")]
)
def test_a_path_that_is_not_there_is_said_before_the_window(window, argument, hint, capsys):
    assert cli.main([argument]) == cli.USAGE
    assert hint in capsys.readouterr().err
    assert window == []


def test_without_a_window_three_lines_say_why(monkeypatch, capsys):
    obstacle = Obstacle("Qt lacks libxcb-icccm.so.4.", "apt-get install libxcb-icccm4")
    monkeypatch.setattr(environment, "window_obstacle", lambda environ=None: obstacle)
    assert cli.main([]) == cli.USAGE
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert obstacle.what in lines[0]
    assert lines[1] == obstacle.remedy
    assert "train, evaluate, predict" in lines[2]


@pytest.mark.parametrize("offscreen", [True, False])
def test_demo_runs_offscreen_where_no_window_can_open(monkeypatch, tmp_path, offscreen):
    shown = []
    module = types.ModuleType("tudui_gui.gui.demo")
    module.run = lambda out, offscreen: shown.append((out, offscreen)) or 0
    monkeypatch.setitem(sys.modules, "tudui_gui.gui.demo", module)
    monkeypatch.setattr("tudui_gui.gui.demo", module, raising=False)
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if not sys.platform.startswith("linux") and not offscreen:
        pytest.skip("there is always a display")
    arguments = ["demo", "--out", str(tmp_path)] + (["--offscreen"] if offscreen else [])
    assert cli.main(arguments) == cli.OK
    assert shown == [(tmp_path, True)]


@pytest.mark.parametrize("kind", CATALOGS)
def test_catalogs_have_every_entry_with_its_parameters(kind, capsys):
    assert cli.main(["catalog", kind, "--json"]) == cli.OK
    entries = json.loads(capsys.readouterr().out)
    assert entries == json.loads(json.dumps(CATALOGS[kind].describe()))
    assert cli.main(["catalog", kind]) == cli.OK
    text = capsys.readouterr().out
    for operation in CATALOGS[kind].values():
        assert f"{operation.name}  ({operation.qualname})" in text
        for parameter in operation.parameters:
            assert f"{parameter.name} = " in text


def test_script_prints_the_script_of_the_changed_experiment(capsys):
    assert cli.main(["script", DIGITS, "--set", "optimizer.lr=0.5"]) == cli.OK
    experiment = Experiment.load(DIGITS).with_value("optimizer.lr", 0.5)
    assert capsys.readouterr().out == training_script(experiment)


@pytest.mark.parametrize(
    ("setting", "message"),
    [("optimizer.lr=fast", "lr"), ("optimizer.lr", "KEY=VALUE"), ("optimizer.speed=1", "speed")],
)
def test_a_wrong_setting_is_said(setting, message, capsys):
    assert cli.main(["script", DIGITS, "--set", setting]) == cli.FAILED
    assert message in capsys.readouterr().err


def test_evaluate_repeats_the_test_pass_of_the_training(trained_run, capsys):
    checkpoint = trained_run / "checkpoints" / "last.pt"
    assert cli.main(["evaluate", str(checkpoint), "--json"]) == cli.OK
    result = json.loads(capsys.readouterr().out)
    (epoch,) = read_metrics(trained_run)
    assert result["test_accuracy"] == epoch.test_accuracy
    assert result["test_loss"] == pytest.approx(epoch.test_loss, rel=1e-6)
    assert result["test_images"] == sum(map(sum, result["confusion"]))
    right = sum(row[index] for index, row in enumerate(result["confusion"]))
    assert right / result["test_images"] == epoch.test_accuracy
    assert cli.main(["evaluate", str(checkpoint)]) == cli.OK
    assert f"accuracy {epoch.test_accuracy:.2%}" in capsys.readouterr().out


@pytest.fixture
def images(tmp_path):
    """A good image, a broken one and one that is not there."""
    broken = tmp_path / "broken.jpg"
    broken.write_text("no picture")
    good = next((sample_data("shapes") / "val" / "star").iterdir())
    return [good, broken, tmp_path / "missing.png"]


def test_predict_answers_for_each_image_in_order(trained_run, images, capsys):
    checkpoint = str(trained_run / "checkpoints" / "last.pt")
    assert cli.main(["predict", checkpoint, *map(str, images), "--json", "--top", "3"]) == cli.FAILED
    answers = json.loads(capsys.readouterr().out)
    assert [answer["image"] for answer in answers] == list(map(str, images))
    assert answers[0]["error"] is None
    guesses = Classifier.load(trained_run / "checkpoints" / "last.pt").predict(read_image(images[0]), 3).top
    assert answers[0]["predictions"] == [
        {"class": guess.name, "index": guess.index, "probability": guess.probability} for guess in guesses
    ]
    for answer in answers[1:]:
        assert answer["predictions"] == []
        assert answer["image"] in answer["error"]


def test_predict_succeeds_when_every_image_does(trained_run, images, capsys):
    checkpoint = str(trained_run / "checkpoints" / "last.pt")
    assert cli.main(["predict", checkpoint, str(images[0]), "--classes", "cifar10"]) == cli.OK
    printed = capsys.readouterr().out
    assert len(printed.splitlines()) == 6
    assert any(name in printed for name in ("airplane", "truck", "frog", "ship", "cat", "dog", "deer"))


def test_predict_takes_bare_weights_with_the_models_name(trained_run, images, tmp_path, capsys):
    weights = tmp_path / "weights.pth"
    torch.save(torch.load(trained_run / "checkpoints" / "last.pt", weights_only=True)["model"], weights)
    assert cli.main(["predict", str(weights), str(images[0])]) == cli.FAILED
    assert "model" in capsys.readouterr().err
    assert cli.main(["predict", str(weights), str(images[0]), "--model", "tudui", "--json"]) == cli.OK
    (answer,) = json.loads(capsys.readouterr().out)
    assert sum(guess["probability"] for guess in answer["predictions"]) <= 1 + 1e-6


def test_a_wrong_number_of_class_names_is_said(trained_run, images, capsys):
    checkpoint = str(trained_run / "checkpoints" / "last.pt")
    assert cli.main(["predict", checkpoint, str(images[0]), "--classes", "shapes"]) == cli.FAILED
    assert "4" in capsys.readouterr().err


def test_a_file_of_another_format_is_said(tmp_path, capsys):
    wrong = tmp_path / "last.pt"
    wrong.write_bytes(b"not a checkpoint")
    assert cli.main(["evaluate", str(wrong)]) == cli.FAILED
    assert str(wrong) in capsys.readouterr().err


def test_training_that_cannot_start_fails_with_an_event_and_is_on_record(tmp_path, capsys):
    arguments = ["train", DIGITS, "--set", "dataset.source=cifar10", "--data-root", str(tmp_path), "--json"]
    assert cli.main(arguments) == cli.FAILED
    (line,) = capsys.readouterr().out.splitlines()
    event = json.loads(line)
    assert event["event"] == "failed"
    assert "data_batch_1" in event["message"]
    (run,) = list_runs()
    assert (run.name, run.status) == ("cifar10-tudui-1", "failed")


def test_an_experiment_with_errors_fails_with_an_event(tmp_path, capsys):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(resource("experiments", "digits.toml").read_text().replace("SGD", "SDG"))
    assert cli.main(["train", str(wrong), "--json"]) == cli.FAILED
    assert json.loads(capsys.readouterr().out)["event"] == "failed"
    assert cli.main(["train", str(wrong)]) == cli.FAILED
    assert "SGD" in capsys.readouterr().err


def test_numbers_json_does_not_have_become_null(capsys):
    cli._print_json({"loss": math.nan, "lr": [math.inf, 0.5], "name": "nan"})
    assert json.loads(capsys.readouterr().out) == {"loss": None, "lr": [None, 0.5], "name": "nan"}


def test_python_m_is_the_same(monkeypatch, capsys):
    import runpy

    monkeypatch.setattr(sys, "argv", ["tudui_gui", "--version"])
    with pytest.raises(SystemExit):
        runpy.run_module("tudui_gui", run_name="__main__")
    assert __version__ in capsys.readouterr().out


def test_names_the_terminal_has_no_letters_for_are_escaped(trained_run, images, tmp_path):
    checkpoint = trained_run / "checkpoints" / "best.pt"
    picture = tmp_path / "\u6570.png"
    shutil.copyfile(images[0], picture)
    command = [sys.executable, "-m", "tudui_gui", "predict", str(checkpoint), str(picture)]
    environ = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (cli.OK, "")
    assert "\\u6570.png" in done.stdout


def test_a_run_that_cannot_be_written_is_said_without_a_traceback(tmp_path):
    (tmp_path / "file").write_text("in the way")
    command = [
        sys.executable,
        "-m",
        "tudui_gui",
        "train",
        DIGITS,
        "--run-dir",
        str(tmp_path / "file" / "run"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == cli.FAILED
    assert "experiment.toml cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
