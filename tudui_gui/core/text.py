"""Marking text for translation in code that must not import Qt.

Qt-free packages keep their messages and help in English and mark them with
:func:`QT_TRANSLATE_NOOP`; ``lupdate`` finds the marks by that name and
``gui.translations`` shows the translation.
"""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - lupdate looks for this name
    """Return ``text`` unchanged; ``context`` is ``"errors"``, ``"catalog"`` or ``"events"``."""
    return text
