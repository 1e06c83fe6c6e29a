"""The Chinese translation: complete, up to date with the sources, and compiled."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from tudui_gui.core.errors import ParameterError
from tudui_gui.core.operations import Catalog
from tudui_gui.core.parameters import Integer
from tudui_gui.core.paths import resource
from tudui_gui.gui.translations import LANGUAGES, Translations, catalog_text, describe
from tudui_gui.transforms.catalog import TRANSFORMS

SOURCES = Path(__file__).resolve().parent.parent.parent / "tudui_gui"
TOOL = resource("translations", "update.py")
CODES = sorted(code for code in LANGUAGES if code != "en")


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations_update", TOOL)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=CODES)
def ts(request: pytest.FixtureRequest) -> Path:
    return resource("translations", f"tudui_{request.param}.ts")


@pytest.fixture(scope="module")
def messages(ts: Path) -> dict[tuple[str, str, str], tuple[str, str]]:
    found: dict[tuple[str, str, str], tuple[str, str]] = _tool().messages(ts)
    assert len(found) > 500
    return found


@pytest.fixture
def translations(qapp: QApplication) -> Iterator[Translations]:
    """The window's translators; English again afterwards."""
    translations = Translations(qapp)
    yield translations
    translations.set_language("en")
    translations.deleteLater()


def test_no_string_is_untranslated(messages: dict[tuple[str, str, str], tuple[str, str]]) -> None:
    untranslated = [key for key, (text, state) in messages.items() if state or not text.strip()]
    assert untranslated == []


def test_translations_are_up_to_date_with_the_sources_and_compiled() -> None:
    done = subprocess.run([sys.executable, str(TOOL), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_every_marked_text_is_found_in_its_context(
    messages: dict[tuple[str, str, str], tuple[str, str]],
) -> None:
    """``lupdate`` misreads some ways of calling ``translate``; Python's parser says what is there."""
    marked = {text for path in SOURCES.rglob("*.py") for text in _marked_texts(path)}
    found = {(context, source) for context, source, _ in messages}
    assert marked - found == set()
    assert found - marked == set()


def test_placeholders_are_those_of_the_source(
    messages: dict[tuple[str, str, str], tuple[str, str]],
) -> None:
    changed = {
        source: text
        for (_, source, _), (text, _) in messages.items()
        if sorted(re.findall(r"{[^{}]*}", source)) != sorted(re.findall(r"{[^{}]*}", text))
    }
    assert changed == {}


def test_ends_of_sentences_and_ellipses_are_those_of_the_source(
    messages: dict[tuple[str, str, str], tuple[str, str]],
) -> None:
    ends = {".": "。", "?": "？", "…": "…", ":": "："}
    changed = {
        source: text
        for (_, source, _), (text, _) in messages.items()
        if ends.get(source[-1:], "") != (text[-1:] if text[-1:] in ends.values() else "")
    }
    assert changed == {}


def test_compiled_file_gives_every_translation(
    ts: Path, messages: dict[tuple[str, str, str], tuple[str, str]]
) -> None:
    translator = QTranslator()
    assert translator.load(str(ts.with_suffix(".qm")))
    different = {
        key: shown
        for key, (text, _) in messages.items()
        if (shown := translator.translate(*key[:2], key[2] or None)) != text
    }
    assert different == {}


def test_language_is_switched_while_the_program_runs(translations: Translations) -> None:
    translations.set_language("zh_CN")
    assert QCoreApplication.translate("MainWindow", "Datasets") == "数据集"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    translations.set_language("en")
    assert QCoreApplication.translate("MainWindow", "Datasets") == "Datasets"


def test_error_names_its_values_in_the_language_of_the_window(translations: Translations) -> None:
    parameter = Integer(name="batch_size", default=64, minimum=1, maximum=512)
    with pytest.raises(ParameterError) as caught:
        parameter.check(0, "DataLoader")
    translations.set_language("zh_CN")
    text = describe(caught.value)
    assert "DataLoader：batch_size = 0 不可用。" in text
    assert "可用的值：从 1 到 512 的整数。" in text


def test_help_of_a_catalog_is_translated(translations: Translations) -> None:
    translations.set_language("zh_CN")
    assert _untranslated_help(TRANSFORMS) == []


def _untranslated_help(catalog: Catalog) -> list[str]:
    helps = [o.help for o in catalog.values()]
    helps += [parameter.help for o in catalog.values() for parameter in o.parameters]
    return [text for text in helps if text and catalog_text(text).isascii()]


def _marked_texts(path: Path) -> Iterator[tuple[str, str]]:
    """(context, text) of each ``self.tr``, ``translate`` and ``QT_TRANSLATE_NOOP`` with literal texts."""
    yield from _texts_below(ast.parse(path.read_text(encoding="utf-8")), "")


def _texts_below(node: ast.AST, class_name: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.ClassDef):
        class_name = node.name
    if isinstance(node, ast.Call):
        literals = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        texts = [value for value in literals if isinstance(value, str)]
        name = ast.unparse(node.func).rpartition(".")[2]
        if name == "tr" and len(texts) == 1:
            yield class_name, texts[0]
        elif name in ("tr", "translate", "QT_TRANSLATE_NOOP") and len(texts) == 2:
            yield texts[0], texts[1]
    for child in ast.iter_child_nodes(node):
        yield from _texts_below(child, class_name)
