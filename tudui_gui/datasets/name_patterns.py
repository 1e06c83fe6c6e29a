"""Labels in file names: a pattern that says where, what it yields, and a pattern guessed from the names.

A pattern is matched against the whole file name without its ending; with ``/`` in it, against as many of the
last folders too. Upper and lower case differ.

=========  =============================================
{label}    the label: as short as the rest allows
``*``      any characters, or none
``?``      any one character
``#``      digits, as many as there are
=========  =============================================

``{label}_*`` finds ``cat`` in ``cat_01.jpg``; ``{label}_#`` finds ``red_panda`` in ``red_panda_01.jpg``;
``{label}/*`` is a folder per class.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tudui_gui.core.errors import DatasetError
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase
from tudui_gui.datasets.sources import shown

DEFAULT_PATTERN = "{label}_*"
_LABEL = "{label}"

#: Tried in this order: the stricter ones first.
_GUESSES = tuple(
    form.replace("~", mark)
    for form in ("{label}~#", "#~{label}", "{label}~*~#", "{label}~*", "*~{label}")
    for mark in ("_", "-", ".", " ", "")
    if mark or "*" not in form
)
_GUESSED_FROM = 2000

#: What cameras and programs call pictures of anything.
_NO_LABELS = re.compile(
    r"(img|image|images|dsc|dscn|dscf|pic|picture|photo|pxl|mvi|vid|screenshot|scan|frame|file|untitled|p"
    r"|train|test|val|\W*|\d{4,})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class NamePreview:
    """What a pattern yields.

    Attributes
    ----------
    rows : tuple of (str, str or None)
        The first names and the label of each; None: the name does not fit.
    classes : dict of str to int
        Each label there is and how often, sorted by label.
    matched, total : int
        Names that fit, of all.
    """

    rows: tuple[tuple[str, str | None], ...]
    classes: dict[str, int]
    matched: int
    total: int


def label_finder(pattern: str) -> Callable[[str], str | None]:
    """The function from an image's path to its label, None if it does not fit.

    Parameters
    ----------
    pattern : str
        As the module says. The function takes paths with ``/``.

    Raises
    ------
    DatasetError
        The pattern has no ``{label}`` or more than one, nothing that ends the label, or other braces.
    """
    _check(pattern)
    parts = pattern.count("/") + 1
    expression = re.compile(regular_expression(pattern), re.DOTALL)

    def find(path: str) -> str | None:
        found = expression.fullmatch(_stem("/".join(path.rsplit("/", parts)[-parts:])))
        return (found["label"].strip() or None) if found else None

    return find


def preview_names(names: Sequence[str], pattern: str, limit: int = 200) -> NamePreview:
    """What ``pattern`` yields for ``names``, as ``file_search.list_images`` gives them. Touches no file.

    Parameters
    ----------
    names : sequence of str
    pattern : str
    limit : int
        So many rows at most.

    Raises
    ------
    DatasetError
        The pattern is wrong; says why.
    """
    find = label_finder(pattern)
    labels = [find(name) for name in names]
    rows = [
        (shown(name), None if label is None else shown(label))
        for name, label in zip(names[:limit], labels[:limit], strict=True)
    ]
    counts = Counter(shown(label) for label in labels if label is not None)
    return NamePreview(tuple(rows), dict(sorted(counts.items())), counts.total(), len(names))


def suggest_pattern(names: Sequence[str]) -> str | None:
    """The first of some usual patterns that gives nine of ten names a sensible label; None: there is none.

    Labels are sensible when there are at least two, each on three names or more on average (ten if they are
    numbers), and they are not what cameras give (``IMG``, ``DSC``, a date). Looks at 2,000 names at most.
    """
    sample = names[:: len(names) // _GUESSED_FROM + 1]
    stems = [_stem(name.rsplit("/", 1)[-1]) for name in sample]
    return next((pattern for pattern in _GUESSES if _is_sensible(pattern, stems)), None)


def _is_sensible(pattern: str, stems: Sequence[str]) -> bool:
    expression = re.compile(regular_expression(pattern), re.DOTALL)
    found = [match["label"].strip() for stem in stems if (match := expression.fullmatch(stem))]
    labels = set(found)
    # Numbers are more often counters than labels.
    each = 10 if all(map(str.isdecimal, labels)) else 3
    return (
        len(found) >= 0.9 * len(stems)
        and 2 <= len(labels) <= len(found) / each
        and not any(_NO_LABELS.fullmatch(label) or label != label.strip("_-. ") for label in labels)
    )


def _stem(name: str) -> str:
    """``name`` without its ending."""
    dot = name.rfind(".")
    return name[:dot] if dot > name.rfind("/") + 1 else name


def regular_expression(pattern: str) -> str:
    """The regular expression for ``pattern``.

    Whatever follows a wildcard may be found where it first fits: so nothing is tried twice (an atomic group),
    and no pattern takes long, however many wildcards it has.
    """
    pieces = [piece for piece in re.split(r"(\{label\}|\*+)", pattern) if piece]
    text, rest = "", pieces
    while rest:
        piece, *rest = rest
        wild = {"{": "(?P<label>[^/]+?)", "*": "[^/]*?"}.get(piece[0])
        if wild is None:
            text += _fixed(piece)
        elif rest and rest[0][0] not in "{*" and len(rest) > 1:
            text += f"(?>{wild}{_fixed(rest[0])})"
            rest = rest[1:]
        else:
            text += wild
    return text


def _fixed(piece: str) -> str:
    once = re.sub("#+", "#", piece)
    return "".join({"?": "[^/]", "#": r"\d++"}.get(sign) or re.escape(sign) for sign in once)


def _check(pattern: str) -> None:
    reason = None
    if pattern.count(_LABEL) != 1:
        reason = _NOT_ONE_LABEL
    elif set(pattern.replace(_LABEL, "")) & set("{}"):
        reason = _OTHER_BRACES
    elif f"*{_LABEL}" in pattern or f"{_LABEL}*" in pattern:
        reason = _ENDLESS
    elif pattern.startswith("/") or pattern.endswith("/") or "//" in pattern:
        reason = _EMPTY_FOLDER
    if reason is not None:
        raise DatasetError(
            QT_TRANSLATE_NOOP("errors", "{pattern} is no pattern for names: {reason}."),
            remedy=_EXAMPLES,
            pattern=repr(shown(pattern)),
            reason=Phrase(reason),
            label=_LABEL,
        )


_NOT_ONE_LABEL = QT_TRANSLATE_NOOP("errors", "it must say once where the label is")
_OTHER_BRACES = QT_TRANSLATE_NOOP("errors", "braces may stand around the word label only")
_ENDLESS = QT_TRANSLATE_NOOP("errors", "between the label and a * there must be something else")
_EMPTY_FOLDER = QT_TRANSLATE_NOOP("errors", "a / must stand between two names")
_EXAMPLES = QT_TRANSLATE_NOOP(
    "errors",
    "Examples: {label}_* for cat_01.jpg, {label}_# for red_panda_01.jpg; "
    "* stands for anything, ? for one character, # for digits.",
)
