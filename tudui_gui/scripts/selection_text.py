"""Python text that splits, corrects and cuts the parts of a data set, as ``datasets.selection`` does."""

from __future__ import annotations

from pathlib import Path

from tudui_gui.core.operations import Step
from tudui_gui.datasets.selection import SELECTION, SPLIT_SEED, TEST_SHARE

IMAGES = '''\
class Images(Dataset):
    """Pictures and labels of entries (picture, class name, key); the label is -1 where there is none."""

    def __init__(self, entries, classes, transform):
        numbers = {name: label for label, name in enumerate(classes)}
        self.pictures = [picture for picture, _, _ in entries]
        self.labels = [numbers.get(name, -1) for _, name, _ in entries]
        self.transform = transform

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        return self.transform(read_picture(self.pictures[index])), self.labels[index]
'''

_SPLIT = '''\
def split(entries, classes, share, seed):
    """Entries for training and for test: the same share of every class, always the same."""
    random = np.random.RandomState(seed)
    is_test = np.zeros(len(entries), dtype=bool)
    for members in by_class(entries, classes):
        order = random.permutation(len(members))
        is_test[np.array(members)[order[: int(len(members) * share + 0.5)]]] = True
    return divided(entries, is_test)
'''

_SPLIT_AT_RANDOM = '''\
def split_at_random(entries, share, seed):
    """Entries for training and for test, whatever the class, always the same."""
    is_test = np.zeros(len(entries), dtype=bool)
    order = np.random.RandomState(seed).permutation(len(entries))
    is_test[order[: int(len(entries) * share + 0.5)]] = True
    return divided(entries, is_test)
'''

_DIVIDED = '''\
def divided(entries, is_test):
    """The entries that are not for test, and those that are."""
    train = [entry for entry, test in zip(entries, is_test) if not test]
    return train, [entry for entry, test in zip(entries, is_test) if test]
'''

_BY_CLASS = '''\
def by_class(entries, classes):
    """The places of the entries of each class."""
    places = {name: [] for name in classes}
    for place, (_, name, _) in enumerate(entries):
        places[name].append(place)
    return [members for members in places.values() if members]
'''

_BY_DIGEST = '''\
def by_digest(entries, classes, seed):
    """The places of the entries of each class, in an order that no other image changes."""

    def digest(place):
        return hashlib.sha256(f"{seed}/{entries[place][2]}".encode("utf-8", "surrogatepass")).digest()

    return [sorted(members, key=digest) for members in by_class(entries, classes)]
'''

_CORRECTED = '''\
def corrected(classes, train, test, unlabelled, file, share, seed):
    """Apply the corrected labels of a JSON file, and leave out what it says.

    Images that had no label and have one now are shared between training and test.
    """
    edits = json.loads(Path(file).read_text(encoding="utf-8-sig"))
    labels, left_out = edits["labels"], set(edits["left_out"])
    keys = {key for _, _, key in [*train, *test, *unlabelled]}
    classes = [*classes, *sorted({name for key, name in labels.items() if key in keys} - set(classes))]
    train, test, others = (
        [(picture, labels.get(key, name), key) for picture, name, key in part]
        for part in (train, test, unlabelled)
    )
    new = [entry for entry in others if entry[1] is not None]
    is_test = np.zeros(len(new), dtype=bool)
    for members in by_digest(new, classes, seed):
        is_test[members[: int(len(members) * share + 0.5)]] = True
    for_train, for_test = divided(new, is_test)
    still = [entry for entry in others if entry[1] is None]
    parts = (train + for_train, test + for_test, still)
    return classes, *([entry for entry in part if entry[2] not in left_out] for part in parts)
'''

_LIMITED = '''\
def limited(entries, classes, limit, seed):
    """At most so many entries of each class, in their order."""
    kept = [place for members in by_digest(entries, classes, seed) for place in members[:limit]]
    return [entries[place] for place in sorted(kept)]
'''

JOINED = '''\
def joined(sources):
    """Several sources as one: their classes united, and the number of each put before its keys."""
    classes = list(dict.fromkeys(name for source in sources for name in source[0]))
    parts = [[], [], []]
    for number, (_, *found) in enumerate(sources):
        for part, entries in zip(parts, found):
            part += [(picture, name, f"{number}/{key}") for picture, name, key in entries]
    return classes, *parts
'''

_EVERY = (_DIVIDED, _BY_CLASS, _BY_DIGEST, _SPLIT, _SPLIT_AT_RANDOM, _CORRECTED, _LIMITED)


def is_selected(step: Step) -> bool:
    """Whether ``step`` asks for more than its source's own parts."""
    return step.values["split"] != "own" or any(step.values[name] for name in ("per_class", "edits"))


def selecting(step: Step, has_test: bool | None) -> str:
    """Lines from ``classes, train, test, unlabelled`` of a source to what is for training and for test.

    Parameters
    ----------
    step : Step
    has_test : bool or None
        Whether the source has a test part of its own; None: the script sees.
    """
    values = {**{parameter.name: parameter.default for parameter in SELECTION}, **step.values}
    is_own, seed = values["split"] == "own", values["split_seed"]
    share, split_seed = (TEST_SHARE, SPLIT_SEED) if is_own else (values["test_share"], seed)
    lines = _splitting(values["split"], has_test, f"{share}, {split_seed}")
    if values["edits"]:
        file = str(Path(values["edits"]).expanduser().absolute())
        given = f"classes, train, test, unlabelled, {file!r}, {share}, {split_seed}"
        lines += f"classes, train, test, unlabelled = corrected({given})\n"
    if values["per_class"] is not None:
        for part in ("train", "test"):
            lines += f"{part} = limited({part}, classes, {values['per_class']}, {seed})\n"
    return lines


def _splitting(method: str, has_test: bool | None, how: str) -> str:
    whole = {True: "train + test", False: "train", None: "train + (test or [])"}[has_test]
    if method == "random":
        return f"train, test = split_at_random({whole}, {how})\n"
    if method == "stratified":
        return f"train, test = split({whole}, classes, {how})\n"
    if has_test is None:
        return f"if test is None:\n    train, test = split(train, classes, {how})\n"
    return "" if has_test else f"train, test = split(train, classes, {how})\n"


def functions_for(lines: str) -> tuple[str, ...]:
    """The functions that ``lines`` and these functions call, in the order to write them."""
    used: list[str] = []
    for text in reversed(_EVERY):
        name = text.partition("(")[0].removeprefix("def ")
        if any(f"{name}(" in caller for caller in (lines, *used)):
            used.insert(0, text)
    return tuple(used)
