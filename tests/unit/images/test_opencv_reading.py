"""What the OpenCV reader gives is what ``cv2.imread`` gives, bit for bit, and what it does is told."""

from __future__ import annotations

import os
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from tudui_gui.core.errors import ImageError
from tudui_gui.images.opencv import bgr_to_rgb, imread, smaller
from tudui_gui.images.opencv_reading import as_bgr, read_bgr
from tudui_gui.images.reading import Picture, read_image

RNG = np.random.default_rng(2)
PIXELS = RNG.integers(0, 256, (10, 14, 3), dtype=np.uint8)
ORIENTATION = 0x0112


def photo(mode: str = "RGB") -> Image.Image:
    if mode == "I;16":
        return Image.fromarray(RNG.integers(0, 65536, (10, 14), dtype=np.uint16))
    image = Image.fromarray(PIXELS).convert(mode)
    if mode in ("LA", "RGBA"):
        image.putalpha(Image.fromarray(PIXELS[..., 0]))
    return image


@pytest.mark.parametrize(
    ("name", "mode", "note"),
    [
        ("photo.jpg", "RGB", ""),
        ("photo.png", "RGB", ""),
        ("photo.bmp", "RGB", ""),
        ("photo.webp", "RGB", ""),
        ("photo.tif", "RGB", ""),
        ("print.jpg", "CMYK", "CMYK"),
        ("grey.png", "L", "gray channel was repeated"),
        ("clear.png", "RGBA", "Transparency was dropped"),
        ("grey_clear.png", "LA", "Transparency was dropped"),
        ("palette.png", "P", "Palette"),
        ("ink.png", "1", "gray channel was repeated"),
        ("deep.png", "I;16", "upper 8 of 16 bits"),
        ("deep.tif", "I;16", "upper 8 of 16 bits"),
        ("小土堆.png", "RGB", ""),
    ],
)
def test_the_array_is_that_of_imread(name: str, mode: str, note: str, tmp_path: Path) -> None:
    path = tmp_path / name
    photo(mode).save(path)
    picture, array = read_bgr(path)
    expected = cv2.imread(str(path))
    assert array.dtype == np.uint8 and array.shape == (10, 14, 3)
    assert np.array_equal(array, expected)
    assert np.array_equal(picture.image, cv2.cvtColor(expected, cv2.COLOR_BGR2RGB))
    assert (picture.reader, picture.path, picture.mode, picture.size) == ("OpenCV", path, mode, (14, 10))
    assert picture.notes == () if not note else any(note in each for each in picture.notes)


def test_sixteen_bits_lose_their_lower_half(tmp_path: Path) -> None:
    path = tmp_path / "deep.png"
    values = RNG.integers(0, 65536, (5, 6), dtype=np.uint16)
    Image.fromarray(values).save(path)
    assert np.array_equal(read_bgr(path)[1][..., 0], values // 256)
    assert np.array_equal(np.asarray(read_image(path).image)[..., 0], np.rint(values / 257))


@pytest.mark.parametrize("kind", ["jpg", "png", "webp"])
def test_it_is_turned_upright_as_imread_does(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"turned.{kind}"
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    photo().save(path, exif=exif)
    picture, array = read_bgr(path)
    assert array.shape == (14, 10, 3) and np.array_equal(array, cv2.imread(str(path)))
    assert any("turned upright" in note for note in picture.notes)
    assert picture.size == (14, 10) and picture.image.size == (10, 14)


def test_of_several_pictures_it_is_the_first(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    photo().save(path, save_all=True, append_images=[Image.new("RGB", (3, 3), "red")])
    picture, array = read_bgr(path)
    assert np.array_equal(array, PIXELS[..., ::-1])
    assert any("the first was taken" in note for note in picture.notes)


@pytest.mark.parametrize("reduction", [2, 4, 8])
def test_a_jpeg_may_be_reduced(reduction: int, tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    Image.effect_noise((160, 96), 50).convert("RGB").save(path)
    flag = getattr(cv2, f"IMREAD_REDUCED_COLOR_{reduction}")
    picture, array = read_bgr(path, reduction=reduction)
    assert np.array_equal(array, cv2.imread(str(path), flag))
    assert picture.image.size == (160 // reduction, 96 // reduction) and picture.size == (160, 96)


@pytest.mark.parametrize(("name", "mode"), [("icon.tga", "RGB"), ("values.tif", "F")])
def test_what_opencv_cannot_read_is_told(name: str, mode: str, tmp_path: Path) -> None:
    path = tmp_path / name
    image = Image.fromarray(RNG.random((4, 4), dtype=np.float32)) if mode == "F" else photo()
    image.save(path)
    assert cv2.imread(str(path)) is None
    with pytest.raises(ImageError, match=rf"OpenCV .* cannot read .*{name}.* Read it with PIL"):
        read_bgr(path)


def test_a_gif_is_read_where_this_opencv_can(tmp_path: Path) -> None:
    path = tmp_path / "moving.gif"
    photo().quantize(8).save(path, save_all=True, append_images=[Image.new("RGB", (14, 10)).quantize(2)])
    expected = cv2.imread(str(path))
    if expected is None:
        with pytest.raises(ImageError, match=r"cannot read .*moving\.gif \(GIF, mode P\)"):
            read_bgr(path)
    else:
        assert np.array_equal(read_bgr(path)[1], expected)


def test_what_opencv_cannot_decode_is_an_error_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "moving.gif"
    photo().quantize(8).save(path)
    monkeypatch.setattr("tudui_gui.images.opencv_reading.imread", lambda path, reduction: None)
    with pytest.raises(ImageError) as caught:
        read_bgr(path)
    assert "(GIF, mode P)" in str(caught.value) and cv2.__version__ in str(caught.value)


def test_a_cut_off_jpeg_is_told_though_imread_is_silent(tmp_path: Path) -> None:
    path = tmp_path / "cut.jpg"
    Image.effect_noise((64, 64), 50).convert("RGB").save(path)
    path.write_bytes(path.read_bytes()[:1500])
    expected = cv2.imread(str(path))
    assert expected is not None
    picture, array = read_bgr(path)
    assert np.array_equal(array, expected)
    assert any("damaged or cut off" in note for note in picture.notes)


def test_bad_files_are_those_of_the_other_reader(tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "notes.jpg").write_text("no image")
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    for name in ("empty.png", "folder.jpg", "notes.jpg", "broken.png", "gone.png"):
        texts = []
        for read in (read_image, read_bgr):
            with pytest.raises(ImageError) as caught:
                read(tmp_path / name)  # type: ignore[operator]
            texts.append(str(caught.value))
        assert texts[0] == texts[1] and name in texts[0]


def test_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    photo().save(path)
    with pytest.raises(ImageError, match="140 pixels, the limit is 139"):
        read_bgr(path, max_pixels=139)


def test_a_picture_in_no_file_is_that_of_a_png(tmp_path: Path) -> None:
    photo().save(tmp_path / "photo.png")
    picture, array = as_bgr(Picture(photo(), None, "", "RGB", (14, 10)))
    assert np.array_equal(array, cv2.imread(str(tmp_path / "photo.png")))
    assert picture.reader == "OpenCV" and any("in no file" in note for note in picture.notes)


def test_colours_are_put_in_order() -> None:
    assert np.array_equal(bgr_to_rgb(PIXELS), PIXELS[..., ::-1])


def test_a_smaller_array_is_the_mean_of_blocks() -> None:
    array = RNG.integers(0, 256, (9, 13, 3), dtype=np.uint8)
    blocks = array[:8, :12].reshape(2, 4, 3, 4, 3).mean(axis=(1, 3))
    assert np.abs(smaller(array, 4).astype(float) - blocks).max() <= 0.5
    assert smaller(array[:2], 4).shape == (1, 3, 3)


@pytest.mark.parametrize("name", ["photo.png", "小土堆.jpg", "🐜.webp"])
def test_the_way_round_for_windows_gives_the_same(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    photo().save(path)
    expected = cv2.imread(str(path))
    monkeypatch.setattr("tudui_gui.images.opencv._can_open", lambda name: False)
    monkeypatch.setattr(cv2, "imread", None)
    assert np.array_equal(imread(path), expected)
    assert imread(tmp_path / "gone.png") is None
    (tmp_path / "empty.png").touch()
    assert imread(tmp_path / "empty.png") is None


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"ph\xffoto.png")
    photo().save(path)
    assert np.array_equal(read_bgr(path)[1], PIXELS[..., ::-1])
