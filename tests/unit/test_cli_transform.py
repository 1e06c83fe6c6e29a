"""``tudui-gui transform``: what it writes, says, and returns."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from tudui_gui import cli, transforming
from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import TransformError
from tudui_gui.core.paths import resource, sample_data
from tudui_gui.images.reading import read_image
from tudui_gui.scripts.transform_script import pipeline_text_script
from tudui_gui.training.experiment import Experiment
from tudui_gui.transforms import user_presets
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.folder_job import seed_of
from tudui_gui.transforms.pipeline import Pipeline
from tudui_gui.transforms.presets import PRESETS

STARS = sample_data("shapes") / "val" / "star"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main(["transform", *map(str, arguments)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_preset_with_copies(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, said, _ = run(capsys, STARS, out, "--pipeline", "cifar_train", "--copies", 2, "--format", "npy")
    count = len(list(STARS.iterdir()))
    assert code == 0 and f"{count} images, {2 * count} files written in" in said
    (preset,) = (preset for preset in PRESETS if preset.name == "cifar_train")
    first = min(STARS.iterdir())
    torch.manual_seed(seed_of(0, first.name, 2))
    expected = preset.pipeline.build()(read_image(first).image)
    assert np.array_equal(np.load(out / f"{first.stem}_2.npy"), expected.numpy())


def test_the_transforms_of_an_experiment(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "experiment.toml"
    experiment = Experiment.load(resource("experiments", "cifar10.toml"))
    path.write_text(experiment.to_toml(), encoding="utf-8")
    assert transforming.pipeline_of(str(path)) == experiment.train_transforms
    assert transforming.pipeline_of(str(path), is_test=True) == experiment.test_transforms
    code, said, _ = run(capsys, STARS, tmp_path / "out", "--pipeline", path, "--test", "--json")
    assert code == 0 and json.loads(said)["written"] == len(list(STARS.iterdir()))


def test_a_python_file_and_a_preset_of_ones_own(tmp_path: Path) -> None:
    pipeline = Pipeline((TRANSFORMS.step("Resize", size=32), TRANSFORMS.step("GaussianNoise")))
    path = tmp_path / "pipeline.py"
    path.write_text(pipeline_text_script(pipeline), encoding="utf-8")
    assert transforming.pipeline_of(str(path)) == pipeline
    user_presets.save("my own", pipeline)
    assert transforming.pipeline_of("my own") == pipeline
    path.write_text("import os\nos.remove('x')\n", encoding="utf-8")
    with pytest.raises(TransformError):
        transforming.pipeline_of(str(path))
    with pytest.raises(TransformError, match="cannot be read as text"):
        transforming.pipeline_of(str(tmp_path / "missing.py"))


def test_a_dry_run_writes_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    arguments = (STARS, tmp_path / "out", "--pipeline", "resize", "--every-step", "--dry-run")
    code, said, _ = run(capsys, *arguments)
    assert code == 0 and not (tmp_path / "out").exists()
    first = min(path.name for path in STARS.iterdir())
    assert said.splitlines()[1] == f"  {first} -> {first.rpartition('.')[0]}_1_Resize.png"
    code, said, _ = run(capsys, *arguments, "--json")
    assert json.loads(said)["files"] == 2 * json.loads(said)["images"]


def test_what_is_left_out_gives_1_and_a_reason(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    source = tmp_path / "photos"
    source.mkdir()
    Image.new("RGB", (8, 8)).save(source / "good.png")
    (source / "bad.png").write_bytes(b"no picture")
    report = tmp_path / "report.csv"
    code, said, _ = run(capsys, source, tmp_path / "out", "--pipeline", "to_tensor", "--report", report)
    lines = said.splitlines()
    assert code == 1 and "The image cannot be read: 1" in lines
    assert any("bad.png" in line and "not an image" in line for line in lines)
    assert len(report.read_text(encoding="utf-8-sig").splitlines()) == 3
    code, _, err = run(capsys, source, tmp_path / "out", "--pipeline", "to_tensor")
    assert code == 1 and "good.png is there already" in err
    code, said, _ = run(
        capsys, source, tmp_path / "out", "--pipeline", "to_tensor", "--existing", "keep", "--json"
    )
    table = json.loads(said)
    assert (code, table["reasons"]) == (1, {"unreadable": 1, "exists": 1})
    (source / "bad.png").unlink()
    assert run(capsys, source, tmp_path / "out", "--pipeline", "to_tensor", "--existing", "keep")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--pipeline", "nothing"), "There is no pipeline named 'nothing'"),
        (("--pipeline", "missing.toml"), "missing.toml"),
        (("--pipeline", "resize", "--pattern", "{name}"), "nothing is called {name}"),
        (("--pipeline", "resize", "--copies", "2", "--pattern", "{stem}"), "needs {copy}"),
        (("--pipeline", "resize", "--quality", "0"), "quality = 0 is not possible"),
    ],
)
def test_what_cannot_start(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    code, said, err = run(capsys, STARS, tmp_path / "out", *arguments)
    assert (code, said) == (1, "") and words in err
    assert not (tmp_path / "out").exists()


def test_wrong_usage_gives_2(tmp_path: Path) -> None:
    for arguments in (
        [str(STARS)],
        [str(STARS), "out"],
        [str(STARS), "out", "--pipeline", "x", "--format", "gif"],
    ):
        with pytest.raises(SystemExit) as caught:
            cli.main(["transform", *arguments])
        assert caught.value.code == 2


def test_interrupted_it_gives_130_and_whole_files(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply = transforming.apply_to_folder

    def interrupted(plan, *, progress, cancel: CancelToken):  # type: ignore[no-untyped-def]
        def stop(state: object) -> None:
            if not cancel.cancelled:
                os.kill(os.getpid(), signal.SIGINT)

        return apply(plan, progress=stop, cancel=cancel)

    monkeypatch.setattr(transforming, "apply_to_folder", interrupted)
    source = tmp_path / "photos"
    source.mkdir()
    for number in range(40):
        Image.new("RGB", (8, 8), (number, 0, 0)).save(source / f"{number:02}.png")
    code, said, _ = run(capsys, source, tmp_path / "out", "--pipeline", "to_tensor")
    assert code == 130 and "--existing keep goes on" in said
    written = list((tmp_path / "out").iterdir())
    assert 0 < len(written) < 40
    monkeypatch.setattr(transforming, "apply_to_folder", apply)
    assert run(capsys, source, tmp_path / "out", "--pipeline", "to_tensor", "--existing", "keep")[0] == 0
    assert len(list((tmp_path / "out").iterdir())) == 40


def test_its_help_loads_no_torch() -> None:
    text = (
        "import sys\nfrom tudui_gui import cli\n"
        "try:\n    cli.main(['transform', '--help'])\n"
        "except SystemExit as done:\n    assert done.code == 0 and 'torch' not in sys.modules, 'torch'\n"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "{stem}_{copy:03}" in done.stdout
