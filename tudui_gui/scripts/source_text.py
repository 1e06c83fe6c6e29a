"""Python text of functions that find a data set's images: their files or numbers, classes' names and keys.

Each gives ``(classes, train, test, unlabelled)``, where ``test`` is None for a set that comes in one part. An
entry of a part is ``(picture, class name, key)``; a picture is a path, or a data set and a number in it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.datasets.name_patterns import label_finder, regular_expression
from tudui_gui.datasets.own_files import SHAPES_PATTERN
from tudui_gui.datasets.photos import NAMES
from tudui_gui.datasets.table_layout import PARTS, read_layout
from tudui_gui.datasets.tables import table_path
from tudui_gui.images.reading import IMAGE_SUFFIXES
from tudui_gui.scripts.text import wrapped

#: The endings of pictures' names.
PICTURES = f"PICTURES = {wrapped(sorted(IMAGE_SUFFIXES))}\n"

FILES_IN = '''\
def files_in(root, below="", suffixes=PICTURES, deep=True):
    """Paths from ``root`` of the files with these endings below a folder, sorted by folder and name.

    Hidden files and folders do not count, nor does a link back to a folder that it lies in.
    """
    found = []
    for place, folders, names in os.walk(root / below, followlinks=True):
        if Path(place).resolve() in [above.resolve() for above in Path(place).parents]:
            folders[:], names = [], []
        folders[:] = [name for name in folders if deep and name[0] != "."]
        names = [name for name in names if name[0] != "." and name.lower().endswith(suffixes)]
        found += [(place, name) for name in names if os.path.isfile(os.path.join(place, name))]
    return [Path(place, name).relative_to(root).as_posix() for place, name in sorted(found)]
'''

COLLECTED = '''\
def collected(root, classes, train, test=(), more=()):
    """Classes, training, test and images without label, of (path from ``root``, class name or None).

    Test images of a class that training does not have are left out.
    """
    train, test, more = list(train), list(test), list(more)
    if classes is None:
        classes = sorted({name for _, name in train if name is not None})
    known, parts = set(classes), []
    for part in (train, test):
        parts.append([(Path(root, key), name, key) for key, name in part if name in known])
    unlabelled = [(Path(root, key), None, key) for key, name in train + test + more if name is None]
    return classes, parts[0], parts[1] or None, unlabelled
'''

SUBFOLDERS = '''\
def subfolders(folder):
    """Names of the folders in a folder, sorted; hidden ones do not count."""
    return sorted(name for name in os.listdir(folder) if name[0] != "." and os.path.isdir(folder / name))
'''

IN_CLASS_FOLDERS = '''\
def in_class_folders(root, part):
    """(path, class name) of the images in a folder per class; images beside these have no label."""
    found = []
    for name in subfolders(root / part):
        found += [(file, name) for file in files_in(root, Path(part, name))]
    return found + [(file, None) for file in files_in(root, part, deep=False)]
'''

_CLASS_FOLDERS = '''\
def class_folders(root):
    """train/<class>/* with test/<class>/* or val/<class>/*, or <class>/* alone."""
    root = Path(root).resolve()
    folders = subfolders(root)
    train = "train" if "train" in folders else ""
    test, more = [], []
    for name in ("test", "val"):
        if name in folders and not test:
            found = in_class_folders(root, name)
            if any(label is not None for _, label in found):
                test = found
            else:
                more = more or found
    return collected(root, subfolders(root / train), in_class_folders(root, train), test, more)
'''

_PAIRED_FOLDERS = '''\
def by_stem(names, kind):
    """The folders whose name ends in image(s) or label(s), by what stands before that."""
    form = re.compile(rf"(.*?)[ _-]?({kind})", re.IGNORECASE | re.DOTALL)
    found = {name: form.fullmatch(name) for name in names}
    return {match[1]: name for name, match in found.items() if match}


def pairs(root, part, only=None):
    """(path, label) of images in <class>_image with their labels in <class>_label."""
    names = subfolders(root / part)
    images, texts = by_stem(names, "images?|imgs?"), by_stem(names, "labels?")
    found = []
    for stem in sorted({*images, *texts}) if only is None else [only]:
        labels = {}
        if stem in texts:
            folder = Path(part, texts[stem]).as_posix()
            for file in files_in(root, folder, (".txt",)):
                labels[file[len(folder) : file.rindex(".")]] = first_line(root / file)
        if stem in images:
            folder = Path(part, images[stem]).as_posix()
            for file in files_in(root, folder):
                found.append((file, labels.get(file[len(folder) : file.rindex(".")])))
    return found


def first_line(path):
    """The name in the first line of a text file; None if there is none."""
    try:
        with open(path, "rb") as stream:
            line = stream.readline(1001)
        name = line.decode("utf-8-sig").partition("\\r")[0].strip()
    except (OSError, UnicodeDecodeError):
        return None
    return None if len(line) > 1000 or "\\0" in name else name or None


def paired_folders(root):
    """Images with label files, in train and test (or val), or directly."""
    root = Path(root).resolve()
    folders = subfolders(root)
    if "train" in folders:
        test = next((name for name in ("test", "val") if name in folders), None)
        if test is None:
            return collected(root, None, pairs(root, "train"))
        names = subfolders(root / test)
        has_pairs = by_stem(names, "images?|imgs?").keys() & by_stem(names, "labels?").keys()
        tests = pairs(root, test) if has_pairs else in_class_folders(root, test)
        return collected(root, None, pairs(root, "train"), tests)
    stems = by_stem(folders, "images?|imgs?").keys() & by_stem(folders, "labels?").keys()
    test = next((name for name in ("test", "val") if name in stems), None)
    if "train" in stems and test is not None:
        return collected(root, None, pairs(root, "", "train"), pairs(root, "", test))
    return collected(root, None, pairs(root, ""))
'''

_NAMED_FILES = '''\
def named_files(root, pattern, folders):
    """Images with the label in the name; ``folders`` of the path before the name count too."""
    root = Path(root).resolve()
    names, form = subfolders(root), re.compile(pattern, re.DOTALL)
    test = next((name for name in ("test", "val") if name in names and "train" in names), None)

    def named(part):
        for file in files_in(root, part):
            found = form.fullmatch("/".join(file.split("/")[-1 - folders :]).rpartition(".")[0])
            yield file, found["label"].strip() or None if found else None

    if test is None:
        return collected(root, None, named(""))
    return collected(root, None, named("train"), named(test))
'''

_PLAIN_FOLDER = '''\
def plain_folder(root, label):
    """All images below a folder, of one class or without label."""
    root = Path(root).resolve()
    return collected(root, None, [(file, label) for file in files_in(root)])
'''

_TABLE = f'''\
PARTS = {wrapped(PARTS)}


def table(root, file, separator, header, path, label=None, part=None):
    """The images that a CSV lists; ``path``, ``label`` and ``part`` are numbers of columns, from 0."""
    start = os.path.relpath(os.path.dirname(file), root)
    starts = ["" if start == "." else start, ""]
    parts, seen = {{"train": [], "test": [], "val": []}}, set()
    with open(file, encoding="utf-8-sig", newline="") as stream:
        rows = [[cell.strip() for cell in row] for row in csv.reader(stream, delimiter=separator)]
    for row in [row for row in rows if any(row)][header:]:
        cells = [row[n] if n is not None and n < len(row) else "" for n in (path, label, part)]
        name = "train" if part is None else PARTS.get(cells[2].lower())
        key = existing(root, starts, cells[0]) if cells[0] and name else None
        if key is not None and key not in seen:
            seen.add(key)
            parts[name].append((key, cells[1] or None))
    return collected(root, None, parts["train"], parts["test"] or parts["val"])


def existing(root, starts, path):
    """Where the file that a table names is, as seen from ``root``; None: nowhere."""
    if "//" in path or "./" in path:
        path = str(Path(path))
    for start in starts:
        for spelling in (path, path.replace("\\\\", "/")):
            key = os.path.join(start, spelling)
            if os.path.isfile(os.path.join(root, key)):
                return key.removeprefix(f"{{root}}{{os.sep}}").replace(os.sep, "/")
    return None
'''

_PHOTOS = f'''\
def photos():
    """scikit-learn's two photographs, which have no label."""
    folder = Path(sklearn.__file__).parent / "datasets" / "images"
    return [], [], None, [(folder / name, None, name) for name in {NAMES!r}]
'''

#: Texts that functions of other sources need, in the order they are written.
_FINDING = (PICTURES, FILES_IN, SUBFOLDERS, COLLECTED)


def file_source(step: Step, root: Path) -> tuple[tuple[str, ...], str]:
    """The functions that find the images of a person's files, and the call that does.

    Parameters
    ----------
    step : Step
        Of ``folder``, ``paired_folders``, ``named_files``, ``csv``, ``plain_folder``, ``shapes``, ``photos``.
    root : Path
        Absolute.

    Raises
    ------
    DatasetError
        A CSV cannot be read, or a pattern is none.
    """
    return _SOURCES[step.name](step, root)


def _folder(step: Step, root: Path) -> tuple[tuple[str, ...], str]:
    return (*_FINDING, IN_CLASS_FOLDERS, _CLASS_FOLDERS), f"class_folders({str(root)!r})"


def _paired(step: Step, root: Path) -> tuple[tuple[str, ...], str]:
    return (*_FINDING, IN_CLASS_FOLDERS, _PAIRED_FOLDERS), f"paired_folders({str(root)!r})"


def _named(step: Step, root: Path) -> tuple[tuple[str, ...], str]:
    pattern = step.values.get("pattern", SHAPES_PATTERN)
    label_finder(pattern)  # says what is wrong with it
    expression, folders = regular_expression(pattern), pattern.count("/")
    return (*_FINDING, _NAMED_FILES), f"named_files({str(root)!r}, {expression!r}, {folders})"


def _shapes(step: Step, root: Path) -> tuple[tuple[str, ...], str]:
    forms = {"class_folders": _folder, "image_label_folders": _paired, "file_names": _named}
    return forms[step.values["layout"]](step, root)


def _plain(step: Step, root: Path) -> tuple[tuple[str, ...], str]:
    label = step.values["label"] or None
    return (PICTURES, FILES_IN, COLLECTED, _PLAIN_FOLDER), f"plain_folder({str(root)!r}, {label!r})"


def _csv(step: Step, root: Path) -> tuple[tuple[str, ...], str]:
    values = step.values
    file = table_path(root, values["file"], CancelToken())
    columns = {name: values[name] for name in ("path_column", "label_column", "part_column")}
    layout = read_layout(file, **columns)
    folder = root if root.is_dir() else root.parent
    optional = (("label", layout.label), ("part", layout.part))
    named = "".join(f", {name}={column}" for name, column in optional if column is not None)
    arguments = f"{layout.separator!r}, {layout.has_header}, {layout.path}{named}"
    return (COLLECTED, _TABLE), f"table({str(folder)!r}, {str(file)!r}, {arguments})"


def _photos(step: Step, root: Path) -> tuple[tuple[str, ...], str]:
    return (_PHOTOS,), "photos()"


_SOURCES: dict[str, Callable[[Step, Path], tuple[tuple[str, ...], str]]] = {
    "folder": _folder,
    "paired_folders": _paired,
    "named_files": _named,
    "csv": _csv,
    "plain_folder": _plain,
    "shapes": _shapes,
    "photos": _photos,
}
