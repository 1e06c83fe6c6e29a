"""The real ``main()``, offscreen and on a real X server."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.e2e.driving import drive
from tests.e2e.scenarios import PICTURE
from tudui_gui.core.environment import missing_qt_libraries
from tudui_gui.core.paths import home, resource, runs_root
from tudui_gui.images.reading import read_image
from tudui_gui.prediction.classifier import Classifier
from tudui_gui.training.checkpoint import Checkpoint
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.runs import list_runs, read_metrics


@pytest.fixture(params=["offscreen", "xcb"])
def platform(request) -> dict[str, str]:
    """The variables of a Qt platform."""
    if request.param == "offscreen":
        return {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ""}
    if missing_qt_libraries():
        pytest.skip(f"Qt's X11 plugin lacks {', '.join(missing_qt_libraries())}")
    return {"QT_QPA_PLATFORM": "xcb", "DISPLAY": request.getfixturevalue("xvfb_display")}


def test_every_tab_can_be_visited_and_the_window_closes(platform):
    found = drive("visit_every_tab", **platform)
    assert found["exit_code"] == 0
    assert found["title"].startswith("tudui")
    assert len(set(found["tabs"])) == 6
    assert min(found["colours"]) > 8
    assert "Traceback" not in found["stderr"]
    assert "QThread" not in found["stderr"]
    assert home().is_dir()


@pytest.fixture
def experiment(tmp_path):
    """A file with the digits for one epoch on the CPU."""
    text = Experiment.load(resource("experiments", "digits.toml")).with_value("device", "cpu")
    path = tmp_path / "short.toml"
    path.write_text(text.with_value("training.epochs", 1).to_toml(), encoding="utf-8")
    return path


def test_train_and_predict_with_mouse_keys_and_drop(platform, experiment):
    found = drive("train_and_predict", str(experiment), **platform)
    assert found["exit_code"] == 0
    assert found["ending"] == "RunFinished"
    run_dir = Path(found["run_dir"])
    assert run_dir.parent == runs_root()
    assert len(read_metrics(run_dir)) == 1
    classifier = Classifier.load(run_dir / "checkpoints" / "best.pt")
    guesses = classifier.predict(read_image(PICTURE), len(found["rows"])).top
    assert [name for name, _ in found["rows"]] == [guess.name for guess in guesses]
    for (_, share), guess in zip(found["rows"], guesses, strict=True):
        assert share == pytest.approx(guess.probability, abs=1e-6)


def test_closing_while_training_asks_and_keeps_a_checkpoint(experiment):
    longer = experiment.read_text("utf-8").replace("epochs = 1", "epochs = 500")
    experiment.write_text(longer, encoding="utf-8")
    found = drive("close_while_training", str(experiment), QT_QPA_PLATFORM="offscreen")
    assert found["exit_code"] == 0
    assert found["still_training"] is True
    checkpoint = Checkpoint.load(Path(found["run_dir"]) / "checkpoints" / "last.pt")
    assert checkpoint.progress.step > 0
    (run,) = list_runs()
    assert (run.status, run.can_resume) == ("stopped", True)


def test_ctrl_c_closes_the_window_and_keeps_a_checkpoint(experiment):
    longer = experiment.read_text("utf-8").replace("epochs = 1", "epochs = 500")
    experiment.write_text(longer, encoding="utf-8")
    found = drive("interrupt_while_training", str(experiment), QT_QPA_PLATFORM="offscreen")
    assert found["exit_code"] == 130
    assert found["stderr"] == ""
    checkpoint = Checkpoint.load(Path(found["run_dir"]) / "checkpoints" / "last.pt")
    assert checkpoint.progress.step > 0


@pytest.mark.timeout(400)
def test_the_demo_does_the_whole_job(tmp_path):
    command = [sys.executable, "-m", "tudui_gui", "demo", "--offscreen", "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=380, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["test_accuracy"] >= 0.95
    assert report["predictions"]
    for name in ("datasets", "transforms", "layers", "models", "training", "prediction"):
        with Image.open(tmp_path / f"{name}.png") as picture:
            assert picture.width >= 1000
            assert len(picture.convert("RGB").resize((200, 130)).getcolors(26_000)) > 50
        assert report["seconds"][name] > 0
    assert not home().exists(), "the tour must not touch the person's own work"
