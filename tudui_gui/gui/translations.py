"""The language of the window, switched while it runs."""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from tudui_gui.core.errors import TuduiError
from tudui_gui.core.paths import resource
from tudui_gui.core.text import Phrase
from tudui_gui.gui.failures import Failure

logger = logging.getLogger(__name__)

#: Code -> the language's own name.
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}


def describe(failure: Failure | TuduiError) -> str:
    """What happened and what to do, in the person's language; the underlying message on its own line."""
    known = failure if isinstance(failure, Failure) else Failure.of(failure)
    templates = (text for text in (known.what, known.remedy) if text)
    text = " ".join(phrase_text(Phrase(template, known.fields)) for template in templates)
    return f"{text}\n{known.detail}" if known.detail else text


def phrase_text(phrase: Phrase) -> str:
    """A phrase, and those among its fields, in the person's language."""
    fields = {n: phrase_text(v) if isinstance(v, Phrase) else v for n, v in phrase.fields.items()}
    return QCoreApplication.translate("errors", phrase.template).format(**fields)


def catalog_text(text: str) -> str:
    """The translation of an operation's or parameter's help."""
    return QCoreApplication.translate("catalog", text) if text else ""


def system_language() -> str:
    """The code in :data:`LANGUAGES` that suits the system's locale; English if none does."""
    is_chinese = QLocale.system().language() == QLocale.Language.Chinese
    return "zh_CN" if is_chinese else "en"


class Translations(QObject):
    """The installed translators. Main thread only."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._app = app
        self._installed: list[QTranslator] = []
        self.language = "en"

    def set_language(self, code: str) -> None:
        """Show everything in ``code`` (empty: the system's); each widget gets ``QEvent.LanguageChange``."""
        self.language = code if code in LANGUAGES else system_language()
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = []
        QLocale.setDefault(QLocale(self.language))
        if self.language != "en":
            self._install(
                "qtbase_" + self.language, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            )
            self._install("tudui_" + self.language, str(resource("translations")))

    def _install(self, name: str, folder: str) -> None:
        translator = QTranslator(self)
        if translator.load(name, folder):
            self._app.installTranslator(translator)
            self._installed.append(translator)
        else:
            logger.warning("no translation %s in %s", name, folder)
