"""Every kind of file there is, good and bad, through the only way in."""

from __future__ import annotations

import os
import struct
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from torchvision.datasets.folder import pil_loader

from tudui_gui.core.errors import ImageError
from tudui_gui.images.reading import IMAGE_SUFFIXES, is_image_path, read_image, read_thumbnail

RNG = np.random.default_rng(0)
PIXELS = RNG.integers(0, 256, (6, 9, 3), dtype=np.uint8)
ORIENTATION = 0x0112


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = BytesIO()
    image.save(stream, format=kind, **options)
    return stream.getvalue()


def photo() -> Image.Image:
    return Image.fromarray(PIXELS)


@pytest.mark.parametrize(
    "kind", ["PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF", "PPM", "TGA", "ICO", "JPEG2000"]
)
def test_pixels_are_those_of_torchvisions_loader(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"photo.{kind.lower()}"
    path.write_bytes(saved(photo(), kind))
    picture = read_image(path)
    assert picture.image.mode == "RGB"
    assert (picture.format, picture.size, picture.path) == (kind, picture.image.size, path)
    assert np.array_equal(picture.image, pil_loader(str(path)))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "YCbCr"])
def test_modes_of_eight_bits_are_converted_as_torchvision_does(mode: str, tmp_path: Path) -> None:
    kind = "TIFF" if mode in ("CMYK", "YCbCr") else "PNG"
    path = tmp_path / "photo"
    path.write_bytes(saved(photo().convert(mode), kind))
    picture = read_image(path)
    assert picture.mode == mode
    assert picture.notes
    assert np.array_equal(picture.image, pil_loader(str(path)))


def test_a_cmyk_jpeg_is_converted_as_torchvision_does(tmp_path: Path) -> None:
    path = tmp_path / "print.jpg"
    path.write_bytes(saved(photo().convert("CMYK"), "JPEG"))
    picture = read_image(path)
    assert picture.mode == "CMYK"
    assert np.array_equal(picture.image, pil_loader(str(path)))


def test_a_palette_with_transparency_raises_no_warning() -> None:
    image = photo().quantize(16)
    picture = read_image(saved(image, "PNG", transparency=bytes(range(16))))
    assert np.array_equal(picture.image, image.convert("RGB"))


def test_an_image_in_rgb_needs_no_notes() -> None:
    picture = read_image(saved(photo(), "PNG"))
    assert picture.notes == ()
    assert picture.path is None
    assert np.array_equal(picture.image, PIXELS)


def test_sixteen_bits_are_scaled_not_clipped() -> None:
    values = np.array([[0, 257, 1000], [32768, 65000, 65535]], dtype=np.uint16)
    picture = read_image(saved(Image.fromarray(values), "PNG"))
    expected = np.rint(values / 257).astype(np.uint8)
    assert picture.mode.startswith("I")
    assert np.array_equal(picture.image, np.repeat(expected[..., None], 3, axis=2))
    assert any("16-bit" in note for note in picture.notes)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([[0, 65535]], [[0, 255]]),
        ([[0, 200]], [[0, 200]]),
        ([[-100, 100]], [[0, 255]]),
        ([[0, 1_000_000]], [[0, 255]]),
        ([[-5, -5]], [[0, 0]]),
    ],
)
def test_32_bit_whole_numbers(values: list[list[int]], expected: list[list[int]]) -> None:
    picture = read_image(saved(Image.fromarray(np.array(values, dtype=np.int32)), "TIFF"))
    assert picture.mode == "I"
    assert np.asarray(picture.image)[..., 0].tolist() == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([[0.0, 0.5, 1.0]], [[0, 128, 255]]),
        ([[0.0, 100.4, 255.0]], [[0, 100, 255]]),
        ([[-1.0, 0.0, 1.0]], [[0, 128, 255]]),
        ([[np.nan, 0.5, np.inf]], [[0, 128, 0]]),
        ([[np.nan, np.nan]], [[0, 0]]),
    ],
)
def test_float_images(values: list[list[float]], expected: list[list[int]]) -> None:
    picture = read_image(saved(Image.fromarray(np.array(values, dtype=np.float32)), "TIFF"))
    assert picture.mode == "F"
    assert np.asarray(picture.image)[..., 0].tolist() == expected


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied_once(kind: str, orientation: int) -> None:
    image = Image.fromarray(np.kron([[0, 80, 160], [200, 120, 40]], np.ones((16, 16))).astype(np.uint8))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    picture = read_image(saved(image.convert("RGB"), kind, exif=exif))
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
    expected = image if orientation == 1 else image.transpose(Image.Transpose(turns[orientation]))
    assert picture.size == image.size
    assert picture.image.size == expected.size
    difference = np.asarray(picture.image)[..., 0].astype(int) - np.asarray(expected)
    assert abs(difference).mean() < 10
    assert bool(picture.notes) == (orientation != 1)


def test_damaged_exif_is_ignored_and_told() -> None:
    data = saved(photo(), "JPEG", exif=b"Exif\x00\x00" + b"II*\x00\xff\xff\xff\x7f" + bytes(range(40)))
    picture = read_image(data)
    with Image.open(BytesIO(saved(photo(), "JPEG"))) as sound:
        assert np.array_equal(picture.image, sound)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "TIFF", "PNG"])
def test_of_several_pictures_the_first_is_taken(kind: str) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    options = {"lossless": True} if kind == "WEBP" else {}
    picture = read_image(saved(frames[0], kind, save_all=True, append_images=frames[1:], **options))
    assert any("several pictures" in note for note in picture.notes)
    red, green, blue = picture.image.getpixel((4, 4))
    assert red > 240 and green < 10 and blue < 10


def test_one_pixel() -> None:
    assert read_image(saved(Image.new("RGB", (1, 1), "red"), "PNG")).image.getpixel((0, 0)) == (255, 0, 0)


@pytest.mark.parametrize("name", ["小土堆.png", "фото.png", "صورة.png", "🐜 ant.png", "a'b\"c{0}.png"])
def test_names_in_any_script(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(saved(photo(), "PNG"))
    assert read_image(path).path == path
    path.write_bytes(b"")
    with pytest.raises(ImageError) as caught:
        read_image(path)
    assert name in str(caught.value)


def test_a_name_that_is_no_text_can_still_be_told() -> None:
    with pytest.raises(ImageError) as caught:
        read_image(Path(os.fsdecode(b"/nowhere/\xff\xfe.png")))
    assert "does not exist" in str(caught.value)
    str(caught.value).encode("utf-8")


def message(source: Path | bytes, **options: int) -> str:
    with pytest.raises(ImageError) as caught:
        read_image(source, **options)
    return str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    assert "gone.png does not exist" in message(tmp_path / "gone.png")
    (tmp_path / "file").write_bytes(b"x")
    assert "does not exist" in message(tmp_path / "file" / "inside.png")


def test_a_name_no_system_takes() -> None:
    assert "cannot be read" in message(Path("a\0b.png"))
    assert "cannot be read" in message(Path("a" * 5000))


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in message(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert "is not an image" in message(tmp_path / "pipe.png")


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()
    assert "empty.png is empty" in message(tmp_path / "empty.png")
    assert "is empty" in message(b"")


def test_text_named_jpg(tmp_path: Path) -> None:
    path = tmp_path / "notes.jpg"
    path.write_text("these are my notes\n" * 50, encoding="utf-8")
    assert "notes.jpg is not an image" in message(path)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF"])
def test_a_truncated_file(kind: str) -> None:
    noise = Image.fromarray(RNG.integers(0, 256, (64, 64, 3), dtype=np.uint8))
    data = saved(noise, kind)
    text = message(data[: len(data) * 2 // 3])
    assert "damaged or cut off" in text
    assert len(text.splitlines()) == 2


def png_header(width: int, height: int, bits: int = 8, colours: int = 2) -> bytes:
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, 0)
    end = struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk)) + end


@pytest.mark.parametrize("edge", [15_000, 60_000])
def test_too_large_is_refused_before_decoding(edge: int) -> None:
    text = message(png_header(edge, edge))
    assert f"{edge * edge:,} pixels" in text
    assert "200,000,000" in text


def test_the_limit_counts_pixels() -> None:
    data = saved(photo(), "PNG")
    assert read_image(data, max_pixels=54).size == (9, 6)
    assert "54 pixels, the limit is 53" in message(data, max_pixels=53)


def test_a_size_at_which_pillow_would_warn_raises_no_warning() -> None:
    assert "damaged or cut off" in message(png_header(9_500, 9_500, bits=1, colours=0))


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.png"
    path.write_bytes(saved(photo(), "PNG"))
    path.chmod(0)
    if os.access(path, os.R_OK):  # an administrator reads everything: let the system's answer come from here

        def refuse(*args: object, **options: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    assert "mine.png may not be read" in message(path)


def test_damaged_bytes_give_a_picture_or_an_image_error() -> None:
    rng = np.random.default_rng(7)
    formats = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "TGA", "ICO", "JPEG2000", "PPM")
    outcomes = {"picture": 0, "error": 0}
    for kind in formats:
        data = np.frombuffer(saved(photo(), kind), dtype=np.uint8)
        for _ in range(40):
            damaged = data.copy()
            places = rng.integers(0, len(data), rng.integers(1, 12))
            damaged[places] = rng.integers(0, 256, len(places))
            try:
                assert read_image(damaged.tobytes(), max_pixels=1_000_000).image.mode == "RGB"
                outcomes["picture"] += 1
            except ImageError as error:
                assert str(error)
                outcomes["error"] += 1
    assert min(outcomes.values()) > 20


def test_many_threads_read_at_once(tmp_path: Path) -> None:
    paths = [tmp_path / f"{i}.png" for i in range(40)]
    for i, path in enumerate(paths):
        path.write_bytes(saved(Image.new("RGB", (20, 20), (i, i, i)), "PNG"))
    filters = list(warnings.filters)
    with ThreadPoolExecutor(8) as pool:
        pictures = list(pool.map(read_image, paths))
    assert [picture.image.getpixel((0, 0))[0] for picture in pictures] == list(range(40))
    assert list(warnings.filters) == filters


def test_names_of_images() -> None:
    assert is_image_path(Path("A/B.JPG"))
    assert not is_image_path(Path("A/B.txt"))
    assert not is_image_path(Path("A/jpg"))
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in IMAGE_SUFFIXES)


@pytest.mark.shared_data
def test_real_photographs(shared_data: Path) -> None:
    paths = sorted((shared_data / "hymenoptera_small").rglob("*.jpg"))
    assert len(paths) > 20
    for path in paths[:10]:
        assert np.array_equal(read_image(path).image, pil_loader(str(path)))


@pytest.mark.parametrize(
    ("size", "side"), [((640, 480), 128), ((480, 640), 100), ((90, 60), 128), ((1600, 8), 64)]
)
def test_a_jpeg_is_decoded_only_as_large_as_a_thumbnail_needs(
    tmp_path: Path, size: tuple[int, int], side: int
) -> None:
    path = tmp_path / "wide.jpg"
    Image.linear_gradient("L").resize(size).convert("RGB").save(path, quality=95)
    small = read_thumbnail(path, side)
    plain = Image.open(path)
    plain.draft(None, tuple(max(1, side * edge // max(size)) for edge in size))
    assert small.mode == "RGB" and np.array_equal(np.asarray(small), np.asarray(plain))
    assert min(side, max(size)) <= max(small.size) <= max(size)
    if max(size) >= 2 * side and min(size) > 8:
        assert max(small.size) < max(size)


def test_a_thumbnail_is_upright_and_refused_as_the_image_is(tmp_path: Path) -> None:
    path = tmp_path / "turned.jpg"
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    Image.linear_gradient("L").resize((640, 320)).convert("RGB").save(path, exif=exif)
    small, whole = read_thumbnail(path, 80), read_image(path).image
    assert whole.size == (320, 640) and small.height == 2 * small.width
    expected = np.asarray(whole.resize(small.size, Image.Resampling.BOX), dtype=float)
    assert np.abs(np.asarray(small, dtype=float) - expected).mean() < 4
    with pytest.raises(ImageError, match="too large: 640 x 320"):
        read_thumbnail(path, 80, max_pixels=1000)
    (tmp_path / "cut.jpg").write_bytes(path.read_bytes()[:800])
    with pytest.raises(ImageError, match=r"cut\.jpg is damaged"):
        read_thumbnail(tmp_path / "cut.jpg", 80)


def test_a_huge_picture_gives_a_small_thumbnail(tmp_path: Path) -> None:
    for size, expected in (((4000, 2000), (500, 250)), ((9000, 1), (500, 1)), ((500, 300), (500, 300))):
        path = tmp_path / "huge.png"
        whole = Image.linear_gradient("L").resize(size).convert("RGB")
        whole.save(path)
        small = read_thumbnail(path, 125)
        assert small.mode == "RGB" and small.size == expected
        box = np.asarray(whole.resize(expected, Image.Resampling.BOX), dtype=float)
        assert np.abs(np.asarray(small, dtype=float) - box).max() <= 1
