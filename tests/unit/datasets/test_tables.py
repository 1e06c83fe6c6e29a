import csv
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from torchvision.datasets import ImageFolder

from tests.unit.datasets.samples import write_folder, write_image
from tests.unit.datasets.test_layouts import every_label, kinds, labelled, opened
from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import DatasetError
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.file_search import NAMED_AT_MOST
from tudui_gui.datasets.recognition import recognise
from tudui_gui.datasets.table_layout import read_layout

ROWS = [("a/000.png", "cat"), ("a/001.png", "dog"), ("b/000.png", "cat"), ("b/001.png", "dog")]


@pytest.fixture
def images(tmp_path: Path) -> Path:
    return write_folder(tmp_path, {"a": 5, "b": 5})


def write_table(root: Path, text: str, name: str = "labels.csv", encoding: str = "utf-8") -> Path:
    path = root / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("header", ["", "path{}label\n", "File_Name{}Species\n", "what{}ever\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_tables_of_every_form(images: Path, separator: str, header: str, encoding: str, newline: str) -> None:
    lines = "".join(f"{path}{separator} {label} \n" for path, label in ROWS)
    write_table(images, (header.format(separator) + lines).replace("\n", newline), encoding=encoding)
    dataset = opened("csv", images)
    assert every_label(dataset) == dict(ROWS) and dataset.classes == ("cat", "dog")


@pytest.mark.shared_data
def test_real_photos_listed_as_image_folder_lists_them(tmp_path: Path, shared_data: Path) -> None:
    root = shutil.copytree(shared_data / "hymenoptera_small", tmp_path / "photos")
    theirs = {}
    with (root / "all.csv").open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["image", "width", "part", "label"])
        for part in ("train", "val"):
            folder = ImageFolder(str(root / part))
            for path, label in folder.samples:
                name = Path(path).relative_to(root).as_posix()
                theirs[name] = folder.classes[label]
                writer.writerow([name, 500, part, folder.classes[label]])
    dataset = opened("csv", root)
    assert every_label(dataset) == theirs and dataset.problems == ()
    assert (len(dataset.train), len(dataset.test)) == (32, 16)
    validation = ImageFolder(str(root / "val"))
    for index, (image, label) in enumerate(validation):
        assert np.array_equal(np.asarray(dataset.test.image(index)), np.asarray(image))
        assert dataset.test.labels[index] == label


def test_columns_are_found_or_given(images: Path) -> None:
    text = "id,split,file,note,class\n" + "".join(f"7,x,{path},{name}!,{name}\n" for path, name in ROWS)
    table = write_table(images, text)
    layout = read_layout(table)
    assert (layout.path, layout.label, layout.part, layout.has_header) == (2, 4, None, True)
    assert layout.columns == ("id", "split", "file", "note", "class") and layout.rows[0][2] == "a/000.png"
    assert every_label(opened("csv", images)) == dict(ROWS)
    for column in ("Note", "4"):
        noted = opened("csv", images, label_column=column)
        assert every_label(noted) == {path: f"{label}!" for path, label in ROWS}
    for values in ({"label_column": "nowhere"}, {"path_column": "6"}, {"part_column": "0"}):
        with pytest.raises(DatasetError, match="has no column") as caught:
            opened("csv", images, **values)
        assert "id, split, file, note, class" in str(caught.value)


def test_quotes_blank_lines_and_commas_in_names(tmp_path: Path) -> None:
    write_image(tmp_path / "a, b;c.png")
    write_image(tmp_path / 'say "x".png')
    write_image(tmp_path / "plain.png")
    write_table(tmp_path, '\n"a, b;c.png","x\ny"\n\n"say ""x"".png",z\n  ,\nplain.png,z\n')
    dataset = opened("csv", tmp_path, split="random", test_share=0.4)
    assert every_label(dataset) == {"a, b;c.png": "x\ny", 'say "x".png': "z", "plain.png": "z"}


def test_files_that_are_missing_are_named_one_by_one_and_counted(images: Path) -> None:
    gone = [f"gone{number:03}.png" for number in range(NAMED_AT_MOST + 3)]
    (images / "folder.png").mkdir()
    listed = [*[path for path, _ in ROWS], *gone, "folder.png", "n" * 400 + ".png", "nul\0.png"]
    write_table(images, "".join(f"{path},x\n" for path in listed if "\0" not in path))
    dataset = opened("csv", images)
    assert sorted(every_label(dataset)) == [path for path, _ in ROWS]
    missing = [problem for problem in dataset.problems if problem.kind == "missing_file"]
    assert len(missing) == NAMED_AT_MOST + 1
    assert missing[0].path == images / "gone000.png"
    assert (
        str(missing[0]) == f"{images / 'gone000.png'} is listed, but there is no such file; it is left out."
    )
    assert str(missing[-1]) == "5 more files are listed but not there."


def test_rows_that_say_too_little_or_twice(images: Path) -> None:
    lines = [*(f"{path},{label},train" for path, label in ROWS), "a/002.png,,train", "b/002.png"]
    lines += [
        ",cat,train",
        "a/003.png,cat,",
        "a/004.png,cat,nowhere",
        "a/000.png,dog,train",
        "b/003.png,cat,val",
    ]
    write_table(images, "path,label,split\n" + "\n".join(lines))
    dataset = opened("csv", images, part_column="split")
    assert labelled(dataset.train) == dict(ROWS) and labelled(dataset.test) == {"b/003.png": "cat"}
    assert labelled(dataset.unlabelled) == {"a/002.png": ""}
    texts = [str(problem).removeprefix(str(images)) for problem in dataset.problems]
    line = "/labels.csv, line {}: no path or no known part; it is left out."
    assert texts == [
        *(line.format(number) for number in (7, 8, 9, 10)),
        "/a/000.png is listed more than once; the first line counts.",
        "The class dog is not in test.",
        "/a/002.png is listed without a label.",
    ]
    assert kinds(dataset) == ["bad_row"] * 4 + ["listed_twice", "empty_class", "no_label"]


def test_parts_of_a_table(images: Path) -> None:
    parts = ["Training", "train", "TEST", "validation"]
    rows = "".join(f"{path},{label},{part}\n" for (path, label), part in zip(ROWS, parts, strict=True))
    write_table(images, "path,label,part\n" + rows)
    dataset = opened("csv", images)
    assert labelled(dataset.train) == dict(ROWS[:2]) and labelled(dataset.test) == dict(ROWS[2:3])
    assert dataset.problems[-1].kind == "unused" and "1 rows for val are not used" in str(
        dataset.problems[-1]
    )
    write_table(images, "path,label,part\na/000.png,cat,test\n")
    with pytest.raises(DatasetError, match="rows for test but none for train"):
        opened("csv", images)


def test_one_odd_part_does_not_mix_the_others(images: Path) -> None:
    parts = ["train", "train", "TEST", "banana"]
    rows = "".join(f"{path},{label},{part}\n" for (path, label), part in zip(ROWS, parts, strict=True))
    write_table(images, "path,label,part\n" + rows)
    dataset = opened("csv", images)
    assert labelled(dataset.train) == dict(ROWS[:2]) and labelled(dataset.test) == dict(ROWS[2:3])
    assert "line 5: no path or no known part" in str(dataset.problems[0])
    # Mostly something else: no column of parts.
    write_table(images, "path,label,part\n" + rows.replace("train", "leg"))
    assert read_layout(images / "labels.csv").part is None


def test_a_table_without_labels(images: Path) -> None:
    write_table(images, "a/000.png\na/001.png\n")
    dataset = opened("csv", images)
    assert labelled(dataset.unlabelled) == {"a/000.png": "", "a/001.png": ""} and dataset.classes == ()
    assert kinds(dataset) == ["no_label"] and dataset.problems[0].is_note


def test_where_paths_may_start(images: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "".join(f"{path},{label}\n" for path, label in ROWS)
    elsewhere = write_table(tmp_path_factory.mktemp("tables"), text)
    assert every_label(opened("csv", images, file=str(elsewhere))) == dict(ROWS)
    (images / "inner").mkdir()
    write_table(images / "inner", "../a/000.png,cat\na/001.png,dog\n.\\b\\000.png,cat\n")
    inner = opened("csv", images, file="inner/labels.csv", split="random", test_share=0.4)
    assert sorted(every_label(inner).values()) == ["cat", "cat", "dog"]
    write_table(images, "".join(f"{images / path},{label}\n" for path, label in ROWS))
    assert every_label(opened("csv", images)) == dict(ROWS)
    table = write_table(images, text)
    assert every_label(opened("csv", table)) == dict(ROWS)
    write_table(images, "000.png,cat\n001.png,dog\n")
    bare = opened("csv", images / "a", file="../labels.csv", split="random", test_share=0.5)
    assert every_label(bare) == {"000.png": "cat", "001.png": "dog"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "lists no images"),
        (b"\n\n ,\n", "lists no images"),
        (b"path,label\n", "lists no images"),
        (b"path,label\n,cat\n", "lists no images"),
        (b"\xff\xfep\0a\0t\0h\0", "not a table of UTF-8 text"),
        ("é.png,é\n".encode("latin-1"), "not a table of UTF-8 text"),
        ("路径,标签\na/000.png,猫\n".encode("gbk"), "not a table of UTF-8 text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not a table of UTF-8 text"),
        (b"a/000.png," + b"x" * 200_000 + b"\n", "not a table of UTF-8 text"),
        (b"1,2\n3,4\n", "no column of paths to images; its columns are 1, 2"),
        (b"some text\nwithout any structure\n", "no column of paths to images"),
        (b"x.png,cat\ny.png,dog\n", r"None of the 2 files .* is there, such as x\.png"),
        (b"id,breed\nabc,cat\n", "None of the 1 files"),
    ],
)
def test_what_is_no_table_of_images(images: Path, content: bytes, message: str) -> None:
    (images / "labels.csv").write_bytes(content)
    with pytest.raises(DatasetError, match=message) as caught:
        opened("csv", images)
    assert str(images / "labels.csv") in str(caught.value)


def test_bytes_that_are_no_text_far_down(images: Path) -> None:
    rows = "".join(f"{path},{label}\n" for path, label in ROWS).encode()
    (images / "labels.csv").write_bytes(rows * 5000 + b"\xff.png,cat\n")
    with pytest.raises(DatasetError, match="not a table of UTF-8 text"):
        opened("csv", images)


def test_which_table(images: Path) -> None:
    with pytest.raises(DatasetError, match="holds no CSV file"):
        opened("csv", images)
    write_table(images, "a/000.png,x\n", "one.csv")
    write_table(images, "a/000.png,x\n", "two.tsv")
    with pytest.raises(DatasetError, match=r"several CSV files: one\.csv, two\.tsv"):
        opened("csv", images)
    for values in ({"file": "three.csv"}, {"file": "a"}):
        with pytest.raises(DatasetError, match="cannot be read"):
            opened("csv", images, **values)
    with pytest.raises(DatasetError, match="cannot be read"):
        opened("csv", images / "nowhere")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_not_waited_for(images: Path) -> None:
    os.mkfifo(images / "labels.csv")
    os.mkfifo(images / "pipe.png")
    with pytest.raises(DatasetError, match="not a table"):
        opened("csv", images, file="labels.csv")
    write_table(images, "a/000.png,x\npipe.png,x\n", "other.csv")
    dataset = opened("csv", images, file="other.csv")
    assert list(every_label(dataset)) == ["a/000.png"] and kinds(dataset)[0] == "missing_file"
    assert recognise(images).name == "folder"


def test_reading_a_long_table_can_be_cancelled(images: Path) -> None:
    write_table(images, "a/000.png,x\n" * 5000)
    token = CancelToken()
    token.cancel()
    step = DATASETS.step("csv", root=str(images), file="labels.csv")
    with pytest.raises(Cancelled):
        open_dataset(step, cancel=token)


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
def test_names_of_any_kind(tmp_path: Path) -> None:
    names = ["小土堆.png", "a\nb.png", "{0} {path}.png", "back\\slash.png"]
    for name in names:
        write_image(tmp_path / name)
    with (tmp_path / "labels.csv").open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([(name, "猫 {x}") for name in (*names, "gone {y}.png")])
    dataset = opened("csv", tmp_path, split="random", test_share=0.5)
    assert every_label(dataset) == dict.fromkeys(names, "猫 {x}")
    assert "gone {y}.png is listed" in str(dataset.problems[0])
