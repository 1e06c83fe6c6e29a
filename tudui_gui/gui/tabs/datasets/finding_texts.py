"""The words for findings of a scan, in the person's language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from tudui_gui.core.text import Phrase, shown
from tudui_gui.datasets.scan_report import COPIES, ERROR, KINDS, WARNING, Finding
from tudui_gui.datasets.sources import Dataset
from tudui_gui.gui.translations import phrase_text

_NAMED = 3


def kind_text(kind: str) -> str:
    """The heading of a kind."""
    return QCoreApplication.translate("errors", KINDS[kind])


def severity_icon(severity: str) -> tuple[str, str]:
    """Icon and its colour role."""
    if severity == ERROR:
        return "close-octagon-outline", "danger"
    return ("alert-outline", "accent") if severity == WARNING else ("information-outline", "muted")


def finding_text(finding: Finding) -> str:
    """What was found, with whole paths and what the decoder said."""
    text = shown(phrase_text(Phrase(finding.what, finding.fields)))
    return f"{text}\n{shown(finding.detail)}" if finding.detail else text


def brief_text(finding: Finding) -> str:
    """What was found, with names in place of whole paths."""
    path = finding.fields.get("path")
    return _with_fields(finding, {} if path is None else {"path": PurePath(str(path)).name})


def predicate_text(finding: Finding) -> str:
    """What was found, without the file it is about."""
    return _with_fields(finding, dict.fromkeys({"path", "image"} & set(finding.fields), "…"))


def _with_fields(finding: Finding, fields: Mapping[str, object]) -> str:
    return shown(phrase_text(Phrase(finding.what, {**finding.fields, **fields})))


def subject_text(finding: Finding) -> str:
    """What it is about, in a word or two: names of files or of a class."""
    if finding.kind in COPIES:
        names = " = ".join(short_name(key) for key in finding.keys[:_NAMED])
        return f"{names} …" if len(finding.keys) > _NAMED else names
    if finding.keys:
        return short_name(finding.keys[0])
    if "name" in finding.fields:
        return str(finding.fields["name"])
    return "" if finding.path is None else shown(finding.path.name)


def short_name(key: str) -> str:
    """The last part of a key."""
    return shown(key.rpartition("/")[2])


def place_text(dataset: Dataset | None, part: str, index: int) -> str:
    """Part and class of an image."""
    names = {
        "train": QCoreApplication.translate("FindingTexts", "training"),
        "test": QCoreApplication.translate("FindingTexts", "test"),
        "unlabelled": QCoreApplication.translate("FindingTexts", "no label"),
    }
    image_set = None if dataset is None else dataset.parts.get(part)
    label = "" if image_set is None or index >= len(image_set) else image_set.label_name(index)
    return " · ".join(filter(None, (names.get(part, part), label)))
