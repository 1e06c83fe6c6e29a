"""One of several pictures in a file, large pictures, and modes: compared with Pillow called directly."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tudui_gui.core.cancellation import Cancelled, CancelToken, heeding
from tudui_gui.core.errors import ImageError
from tudui_gui.images import inspection, rgb
from tudui_gui.images.inspection import ASKED_PIXELS, FileFacts, free_memory, inspect
from tudui_gui.images.reading import read_image
from tudui_gui.images.rgb import to_rgb

RNG = np.random.default_rng(1)


def animation(tmp_path: Path, kind: str, count: int = 5) -> Path:
    """A square that moves over a picture of noise, transparent in places."""
    frames = []
    for number in range(count):
        pixels = np.full((12, 16, 3), (20, 90, 200), dtype=np.uint8)
        pixels[2:6, number : number + 4] = RNG.integers(0, 256, (4, 4, 3))
        frames.append(Image.fromarray(pixels))
    path = tmp_path / f"moving.{kind.lower()}"
    options = {"lossless": True} if kind == "WEBP" else {}
    frames[0].save(path, format=kind, save_all=True, append_images=frames[1:], **options)
    return path


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF", "MPO"])
def test_each_frame_is_the_one_pillow_seeks(kind: str, tmp_path: Path) -> None:
    count = 3 if kind == "MPO" else 5
    path = animation(tmp_path, kind, count)
    assert inspect(path).frames == count
    for number in (0, 1, count - 1, 2):
        picture = read_image(path, frame=number)
        with Image.open(path) as image:
            image.seek(number)
            expected = np.asarray(image.convert("RGB"))
        assert picture.frame == number and picture.reader == "PIL"
        assert np.array_equal(picture.image, expected)
        assert not any("several" in note for note in picture.notes)
    assert any("the first was taken" in note for note in read_image(path).notes)


def test_pages_may_differ_in_size_and_mode(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    pages = [Image.new("RGB", (8, 6), "red"), Image.new("L", (3, 5), 77), Image.new("1", (4, 4), 1)]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    read = [read_image(path, frame=number) for number in range(3)]
    assert [picture.size for picture in read] == [(8, 6), (3, 5), (4, 4)]
    assert [picture.mode for picture in read] == ["RGB", "L", "1"]
    assert read[1].image.getpixel((0, 0)) == (77, 77, 77)
    facts = inspect(path, 1)
    assert (facts.size, facts.mode, facts.frames) == ((3, 5), "L", 3)


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "PNG", "WEBP"])
def test_a_number_that_is_not_there(kind: str, tmp_path: Path) -> None:
    path = animation(tmp_path, kind, 3)
    with pytest.raises(ImageError, match=r"holds no picture number 4.*Choose a smaller"):
        read_image(path, frame=3)


def test_a_single_picture_has_one_frame(tmp_path: Path) -> None:
    path = tmp_path / "one.png"
    Image.new("RGBA", (7, 5)).save(path)
    assert inspect(path) == FileFacts("PNG", "RGBA", (7, 5), 1)
    assert inspect(path.read_bytes()).size == (7, 5)
    with pytest.raises(ImageError, match="holds no picture number 2"):
        read_image(path, frame=1)


def test_a_damaged_later_frame_leaves_the_first_alone(tmp_path: Path) -> None:
    path = animation(tmp_path, "TIFF")
    second = path.read_bytes()
    path.write_bytes(second[: len(second) * 3 // 5])
    with pytest.raises(ImageError, match=r"moving\.tiff (is damaged|holds no picture)"):
        read_image(path, frame=4)
    with pytest.raises(ImageError, match=r"moving\.tiff"):
        inspect(path, 4)


def test_seeking_can_be_cancelled(tmp_path: Path) -> None:
    path, token = animation(tmp_path, "GIF"), CancelToken()
    token.cancel()
    with heeding(token), pytest.raises(Cancelled):
        read_image(path, frame=4)


@pytest.mark.parametrize("reduction", [2, 4, 8])
def test_a_jpeg_is_opened_reduced_as_draft_does(reduction: int, tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    Image.effect_noise((203, 101), 60).convert("RGB").save(path)
    picture = read_image(path, reduction=reduction)
    with Image.open(path) as image:
        image.draft("RGB", (203 // reduction, 101 // reduction))
        assert np.array_equal(picture.image, image)
    assert picture.image.size == (-(-203 // reduction), -(-101 // reduction))
    assert picture.size == (203, 101) and picture.reduction == reduction
    assert read_image(path, reduction=8, max_pixels=400).image.size == (26, 13)


def test_other_formats_are_opened_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    Image.new("L", (64, 64)).save(path)
    with pytest.raises(ImageError, match=r"large\.png \(PNG\) can only be opened as a whole"):
        read_image(path, reduction=2)


def png_header(width: int, height: int, bits: int = 8, colours: int = 2) -> bytes:
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, 0)
    end = struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk)) + end


def test_a_huge_picture_is_known_by_its_header() -> None:
    facts = inspect(png_header(20_000, 20_000))
    assert facts.is_huge and facts.pixels == 400_000_000
    # Pillow's RGB has four bytes a pixel, looking at it takes nine.
    assert facts.memory() == 400_000_000 * 13
    assert facts.reduction == 1
    assert not inspect(png_header(10_000, 10_000)).is_huge
    with pytest.raises(ImageError, match="400,000,000 pixels"):
        read_image(png_header(20_000, 20_000))


@pytest.mark.parametrize(
    ("size", "expected"), [((20_000, 20_000), 2), ((40_000, 40_000), 4), ((65_000, 65_000), 8)]
)
def test_a_huge_jpeg_is_reduced_until_nobody_need_be_asked(size: tuple[int, int], expected: int) -> None:
    facts = FileFacts("JPEG", "RGB", size, 1)
    assert facts.reduction == expected
    assert facts.memory(reduction=expected) <= ASKED_PIXELS * 13
    assert FileFacts("JPEG", "RGB", (64, 64), 1).reduction == 1


def test_memory_counts_the_files_own_pixels() -> None:
    def memory(mode: str, reader: str = "PIL") -> int:
        return FileFacts("TIFF", mode, (10, 10), 1).memory(reader)

    assert memory("RGB") == 1300 and memory("RGBA") == 1700 and memory("1") == 1400
    assert memory("I;16") == 1500 and memory("RGB", "OpenCV") == 1600
    assert free_memory() > 0


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA", "RGBX", "CMYK", "YCbCr", "LAB", "HSV"])
def test_modes_of_eight_bits_are_pillows_conversion_and_told(mode: str) -> None:
    image = Image.fromarray(RNG.integers(0, 256, (6, 9, 3), dtype=np.uint8))
    given = Image.new("LAB", (9, 6), (90, 20, 30)) if mode == "LAB" else image.convert(mode)
    converted, notes = to_rgb(given.copy())
    assert np.array_equal(converted, given.convert("RGB"))
    assert notes
    assert any("Transparency" in note for note in notes) == (mode in ("LA", "PA", "RGBA"))


@pytest.mark.parametrize("mode", ["RGB", "L", "P"])
def test_a_transparent_colour_is_told(mode: str, tmp_path: Path) -> None:
    path = tmp_path / "key.png"
    image = Image.new("RGB", (4, 4), "red").convert(mode)
    image.save(path, transparency=(255, 0, 0) if mode == "RGB" else 0)
    assert any("Transparency was dropped" in note for note in read_image(path).notes)
    assert inspect(path).has_key


@pytest.mark.parametrize("dtype", [np.uint16, np.int32, np.float32])
def test_strips_change_nothing(dtype: type, monkeypatch: pytest.MonkeyPatch) -> None:
    values = (RNG.random((50, 7)) * 60_000).astype(dtype)
    values[13, 2] = 0
    whole, notes = to_rgb(Image.fromarray(values))
    monkeypatch.setattr(rgb, "_STRIP", 20)
    strips, notes_of_strips = to_rgb(Image.fromarray(values))
    assert np.array_equal(whole, strips) and notes == notes_of_strips
    if dtype is np.uint16:
        assert np.array_equal(np.asarray(whole)[..., 1], np.rint(values / 257))


def test_one_pixel_in_every_mode(tmp_path: Path) -> None:
    for mode, colour in {
        "1": 1,
        "L": 9,
        "LA": (9, 3),
        "P": 1,
        "RGBA": (1, 2, 3, 4),
        "I;16": 514,
        "F": 0.5,
    }.items():
        path = tmp_path / f"one-{mode.replace(';', '')}.tif"
        Image.new(mode, (1, 1), colour).save(path)
        assert read_image(path).image.size == (1, 1)
    assert read_image(tmp_path / "one-I16.tif").image.getpixel((0, 0)) == (2, 2, 2)
    assert read_image(tmp_path / "one-F.tif").image.getpixel((0, 0)) == (128, 128, 128)


def test_too_little_memory_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(self: Image.Image) -> None:
        raise MemoryError

    path = tmp_path / "large.bmp"
    Image.new("RGB", (9, 9)).save(path)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", refuse)
    with pytest.raises(ImageError, match=r"not enough memory to open .*large\.bmp.* Make it smaller"):
        read_image(path)


HUGE = """
import resource, sys
from pathlib import Path
from tudui_gui.images.inspection import inspect
from tudui_gui.images.reading import read_image
path = Path(sys.argv[1])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
facts = inspect(path)
assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000
picture = read_image(path, max_pixels=facts.pixels)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(picture.image.size, peak * 1024 < facts.memory())
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in kilobytes on Linux")
def test_a_huge_picture_takes_no_more_memory_than_was_said(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    Image.new("1", (12_000, 10_000)).save(path)
    assert inspect(path).is_huge
    ran = subprocess.run(
        [sys.executable, "-c", HUGE, str(path)], capture_output=True, text=True, check=True, env=os.environ
    )
    assert ran.stdout.split(") ")[1].strip() == "True"


def test_a_counting_that_fails_leaves_one(monkeypatch: pytest.MonkeyPatch) -> None:
    class Odd(Image.Image):
        @property
        def n_frames(self) -> int:
            raise SyntaxError("odd")

    assert inspection._count(Odd()) == 1
    stream = BytesIO()
    Image.new("L", (2, 2)).save(stream, "PNG")
    assert inspect(stream.getvalue()).frames == 1
