"""The scripts of a pipeline, run in a fresh interpreter: every tensor is the application's, bit for bit."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.unit.scripts.comparing_pictures import Ran, is_same, run_all
from tests.unit.training.event_files import pictures_below
from tudui_gui.core.operations import Step
from tudui_gui.images.conversion import pictures, to_uint8
from tudui_gui.images.opencv_reading import read_bgr
from tudui_gui.images.reading import OPENCV, read_image
from tudui_gui.scripts.layout import laid_out
from tudui_gui.scripts.picture_reading import PictureFile
from tudui_gui.scripts.transform_script import (
    board_script,
    draws_script,
    mix_script,
    pipeline_text_script,
    stages_script,
)
from tudui_gui.transforms.batch_catalog import BATCH_TRANSFORMS
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.mixing import make_batch, mix
from tudui_gui.transforms.parsing import parse_pipeline
from tudui_gui.transforms.pipeline import Pipeline

step = TRANSFORMS.step
SEED = 11


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


def drawn_picture(size: tuple[int, int] = (72, 48), number: int = 0) -> Image.Image:
    pixels = np.random.default_rng(number).integers(0, 256, (5, 7, 3), dtype=np.uint8)
    return Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC)


@pytest.fixture(scope="module")
def photo(folder: Path) -> Path:
    path = folder / "photo.png"
    drawn_picture().save(path)
    return path


def pipeline_for(name: str) -> Pipeline:
    """The entry behind what it needs."""
    tags = TRANSFORMS[name].tags
    before: list[Step] = [step("Resize", size=[40, 60])] if "needs_array" not in tags else []
    if "needs_tensor" in tags or name in ("RandomErasing", "ToPureTensor", "ToDtype"):
        before.append(step("ToTensor"))
    after = [] if "several" in tags or "makes_tensor" in tags else [step("RandomHorizontalFlip")]
    return Pipeline((*before, step(name), *([] if "needs_array" in tags else after)))


def given(name: str, photo: Path) -> tuple[PictureFile, object]:
    if "needs_array" in TRANSFORMS[name].tags:
        return PictureFile(photo, OPENCV), read_bgr(photo)[1]
    return PictureFile(photo), read_image(photo).image


@pytest.fixture(scope="module")
def ran(photo: Path, folder: Path) -> dict[str, Ran]:
    """All scripts that these tests compare, run in one interpreter."""
    scripts: dict[str, str] = {}
    for name in TRANSFORMS:
        pipeline, (file, _) = pipeline_for(name), given(name, photo)
        scripts[name] = stages_script(pipeline, [file], SEED)
        scripts[f"{name} draws"] = draws_script(pipeline, file, SEED, 3)
    files = dict(odd_files(folder))
    scripts |= {name: stages_script(CROP, [file], 3) for name, file in files.items()}
    scripts["all together"] = stages_script(CROP, list(files.values()), 3)
    scripts["nested draws"] = draws_script(NESTED, PictureFile(photo), 100, 6)
    scripts["nested"] = stages_script(NESTED, [PictureFile(photo)], 104)
    scripts["board"] = board_script(BOARD, PictureFile(photo), 4)
    batch = [PictureFile(path) for path in batch_paths(photo, folder)]
    for name in BATCH_TRANSFORMS:
        chosen = BATCH_TRANSFORMS.step(name, alpha=0.5)
        scripts[name] = mix_script(chosen, TRAIN, batch, LABELS, CLASSES, 7, 8)
    return run_all(scripts, ("stages", "rows", "draws", "images", "mixed", "shares"), folder)


def test_every_entry_gives_the_stages_that_are_shown(ran: dict[str, Ran], photo: Path) -> None:
    for name in TRANSFORMS:
        pipeline, (_, value) = pipeline_for(name), given(name, photo)
        stages = pipeline.stages(value, SEED)  # type: ignore[arg-type]
        assert [stage.problem for stage in stages] == [None] * len(stages), name
        found = ran[name].values["stages"]
        assert len(found) == len(stages)
        for number, stage in enumerate(stages):
            assert is_same(found[number], stage.value), (name, number)


def as_tuples(text: str) -> str:
    """The ``repr`` of a transform, whether it was given lists or tuples."""
    return text.replace("[", "(").replace("]", ")")


def test_every_entry_draws_what_is_shown(ran: dict[str, Ran], photo: Path) -> None:
    differing = 0
    for name in TRANSFORMS:
        pipeline, (_, value) = pipeline_for(name), given(name, photo)
        draws = [pipeline.stages(value, SEED + number, with_facts=False)[-1].value for number in range(3)]  # type: ignore[arg-type]
        assert is_same(ran[f"{name} draws"].values["draws"], draws), name
        sums = re.findall(r"^seed (\d+) shape \(.*\) crc32 (.*)$", ran[f"{name} draws"].printed, re.MULTILINE)
        assert [int(seed) for seed, _ in sums] == [SEED, SEED + 1, SEED + 2]
        differing += len({each for _, each in sums}) > 1
    assert differing > 20


def odd_files(folder: Path) -> Iterator[tuple[str, PictureFile]]:
    """Files that are read otherwise than most."""
    picture = drawn_picture((50, 30), 4)
    turned = Image.Exif()
    turned[0x0112] = 6
    picture.save(folder / "turned.jpg", exif=turned)
    picture.convert("CMYK").save(folder / "cmyk.jpg")
    picture.convert("RGBA").save(folder / "alpha.png")
    picture.convert("P").save(folder / "palette.png", transparency=bytes(range(200)))
    values = np.random.default_rng(0).integers(0, 65536, (20, 30), dtype=np.uint16)
    Image.fromarray(values).save(folder / "deep.png")
    frames = [drawn_picture((20, 16), number) for number in range(4)]
    frames[0].save(folder / "frames.gif", save_all=True, append_images=frames[1:], loop=0)
    frames[0].save(folder / "pages.tif", save_all=True, append_images=frames[1:])
    drawn_picture((160, 120), 5).save(folder / "照片 large.jpg")
    for name in ("turned.jpg", "cmyk.jpg", "alpha.png", "palette.png", "deep.png", "frames.gif"):
        yield name, PictureFile(folder / name)
    yield "frame", PictureFile(folder / "frames.gif", frame=2)
    yield "page", PictureFile(folder / "pages.tif", frame=3)
    yield "reduced", PictureFile(folder / "照片 large.jpg", reduction=4)
    yield "OpenCV", PictureFile(folder / "turned.jpg", OPENCV)
    yield "OpenCV and a name", PictureFile(folder / "照片 large.jpg", OPENCV)
    yield "OpenCV reduced", PictureFile(folder / "照片 large.jpg", OPENCV, reduction=2)
    yield "OpenCV deep", PictureFile(folder / "deep.png", OPENCV)


def as_read(file: PictureFile) -> object:
    assert file.path is not None
    if file.reader == OPENCV:
        return read_bgr(file.path, reduction=file.reduction)[1]
    return read_image(file.path, frame=file.frame or None, reduction=file.reduction).image


CROP = Pipeline(
    (
        step("ToTensor"),
        TRANSFORMS.step_from({"name": "RandomVerticalFlip", "enabled": False}),
        step("RandomCrop", size=12, padding=2),
        step("Normalize"),
    )
)


def test_pictures_are_read_as_in_the_application(ran: dict[str, Ran], folder: Path) -> None:
    expected = {name: shown_stages(CROP, as_read(file), 3) for name, file in odd_files(folder)}
    for name, values in expected.items():
        assert is_same(ran[name].values["stages"], values), name
    assert is_same(ran["all together"].values["rows"], list(expected.values()))
    assert "--- frames.gif, picture 2\ninput: RGB (16, 20)" in ran["all together"].printed


def shown_stages(pipeline: Pipeline, value: object, seed: int) -> list[object]:
    stages = pipeline.stages(value, seed)  # type: ignore[arg-type]
    return [stage.value for stage in stages if stage.step is None or stage.step.enabled]


NESTED = Pipeline(
    (
        step(
            "Compose",
            transforms=[
                step("Resize", size=40),
                step(
                    "RandomApply",
                    p=0.7,
                    transforms=[
                        step(
                            "RandomOrder",
                            transforms=[step("ColorJitter", brightness=0.3, hue=0.2), step("JPEG")],
                        ),
                        step("RandomChoice", transforms=[step("RandomAffine"), step("GaussianBlur")]),
                        TRANSFORMS.step_from({"name": "RandomInvert", "enabled": False}),
                    ],
                ),
            ],
        ),
        step("TenCrop", size=24),
    )
)


def test_containers_within_containers(ran: dict[str, Ran], photo: Path) -> None:
    text = draws_script(NESTED, PictureFile(photo), 100, 6)
    assert max(map(len, text.replace(str(photo), "").splitlines())) <= 100
    picture = read_image(photo).image
    draws = [NESTED.stages(picture, seed)[-1].value for seed in range(100, 106)]
    assert is_same(ran["nested draws"].values["draws"], draws)
    assert is_same(ran["nested"].values["stages"], shown_stages(NESTED, picture, 104))
    assert "TenCrop: 10 pictures, the first: RGB (24, 24)" in ran["nested"].printed


BOARD = Pipeline((step("RandomCrop", size=16), step("Grayscale"), step("ToTensor"), step("FiveCrop", size=5)))


def test_tensorboard_gets_the_stages(ran: dict[str, Ran], photo: Path, folder: Path) -> None:
    assert ran["board"].printed == ""
    found = pictures_below(folder / "logs")
    stages = BOARD.stages(read_image(photo).image, 4)
    names = ["0_input", "1_RandomCrop", "2_Grayscale", "3_ToTensor"]
    for name, stage in zip(names, stages, strict=False):
        assert stage.value is not None and np.array_equal(found[name, 0], to_uint8(stage.value)), name
    for number, crop in enumerate(pictures(stages[-1].value), 1):  # type: ignore[arg-type]
        assert np.array_equal(found[f"4_FiveCrop_{number}", 0], to_uint8(crop))
    assert len(found) == 9


TRAIN = Pipeline((step("RandomResizedCrop", size=16), step("ToTensor")))
LABELS, CLASSES = [0, 2, 1], ["a", "b", "c"]


def batch_paths(photo: Path, folder: Path) -> list[Path]:
    paths = [folder / f"{number}.png" for number in (1, 2)]
    for number, path in enumerate(paths):
        drawn_picture((60, 50), number).save(path)
    return [photo, *paths]


@pytest.mark.parametrize("name", BATCH_TRANSFORMS)
def test_a_mixed_batch(ran: dict[str, Ran], name: str, photo: Path, folder: Path) -> None:
    images = [read_image(path).image for path in batch_paths(photo, folder)]
    batch = make_batch(images, LABELS, CLASSES, TRAIN, 7)
    mixed = mix(BATCH_TRANSFORMS.step(name, alpha=0.5), batch, 8)
    found = ran[name].values
    assert is_same(found["images"], batch.images)
    assert is_same(found["mixed"], mixed.images) and is_same(found["shares"], mixed.shares)


def test_the_pipeline_as_the_tutorial_writes_it() -> None:
    pipeline = Pipeline((step("Resize", size=256), step("GaussianNoise"), step("ToTensor")))
    text = pipeline_text_script(pipeline)
    assert text.splitlines()[2:] == [
        "from torchvision import transforms",
        "from torchvision.transforms import v2",
        "",
        "",
        "transform = transforms.Compose([",
        "    transforms.Resize(256),",
        "    v2.GaussianNoise(),",
        "    transforms.ToTensor(),",
        "])",
    ]
    made: dict[str, object] = {}
    exec(pipeline_text_script(NESTED), made)
    assert as_tuples(repr(made["transform"])) == as_tuples(repr(NESTED.build()))
    assert "Compose([])" in pipeline_text_script(Pipeline())


def test_it_can_be_read_back() -> None:
    for name in TRANSFORMS:
        pipeline = pipeline_for(name)
        assert parse_pipeline(pipeline_text_script(pipeline)) == pipeline
    assert parse_pipeline(stages_script(NESTED, [PictureFile(None)], 3)).source() == NESTED.source()


def test_no_script_imports_what_it_does_not_use(photo: Path) -> None:
    odd = Path("/sklearn/datasets/json # csv/v2 'os.jpg")
    files = [PictureFile(photo), PictureFile(photo, OPENCV), PictureFile(None), PictureFile(odd)]
    for name in TRANSFORMS:
        pipeline = pipeline_for(name)
        scripts = [pipeline_text_script(pipeline), stages_script(pipeline, files, 0)]
        scripts += [draws_script(pipeline, file, 0, 2) for file in files]
        scripts.append(board_script(pipeline, files[0], 0))
        for text in scripts:
            tree = ast.parse(text)
            imported = {
                (alias.asname or alias.name).partition(".")[0]
                for node in ast.walk(tree)
                if isinstance(node, ast.Import | ast.ImportFrom)
                for alias in node.names
            }
            assert imported == imported & {
                node.id for node in ast.walk(tree) if isinstance(node, ast.Name)
            }, text


def test_a_picture_in_no_file_is_to_be_saved_first() -> None:
    text = stages_script(CROP, [PictureFile(None)], 0)
    assert "# The picture is in no file: save it there first.\nstages = [read_rgb('image.png')]" in text


@pytest.mark.parametrize("count", [3, 20, 60])
def test_what_is_laid_out_means_the_same(count: int) -> None:
    text = (
        f"f.g([{', '.join(f'a({i}, b=(1, {i}))' for i in range(count))}], q=lambda x: x[..., ::-1], r='é, (')"
    )
    laid = laid_out(text, 4)
    assert ast.dump(ast.parse(laid)) == ast.dump(ast.parse(text))
    assert all(len(line) <= 100 for line in laid.splitlines()) and ("\n" in laid) == (count > 3)
