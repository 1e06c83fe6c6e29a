"""Bring the translations up to date with the sources: ``python resources/translations/update.py [--check]``.

Needs an environment with PySide6. Each ``tudui_*.ts`` beside this file gets the strings of
``tudui_gui/**/*.py`` (strings that are no longer there are dropped), then its ``.qm`` is compiled.
Translate what is new with ``pyside6-linguist`` or in the ``.ts`` itself, and run this again.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
SOURCES = FOLDER.parent.parent / "tudui_gui"

#: No line numbers and one fixed order, so that a diff shows nothing but changed strings.
_LUPDATE_OPTIONS = (
    *("-silent", "-extensions", "py", "-locations", "none", "-sort-messages", "-no-obsolete"),
    *("-disable-heuristic", "similartext"),
)


def main(arguments: list[str] | None = None) -> int:
    """Update every language, or only check: 1 when something is to be done."""
    parser = argparse.ArgumentParser(description="Update the translations, or check them.")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 when something is to be done"
    )
    checking = parser.parse_args(arguments).check
    languages = sorted(FOLDER.glob("tudui_*.ts"))
    problems = [problem for ts in languages for problem in (check(ts) if checking else update(ts))]
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


def update(ts: Path) -> list[str]:
    """Write the strings of the sources into ``ts`` and compile it; what is left to translate."""
    _run("pyside6-lupdate", *_LUPDATE_OPTIONS, str(SOURCES), "-ts", str(ts))
    _run("pyside6-lrelease", "-silent", str(ts), "-qm", str(ts.with_suffix(".qm")))
    return _untranslated(ts)


def check(ts: Path) -> list[str]:
    """What :func:`update` would change or leave undone; the files stay as they are."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder, ts.name)
        shutil.copyfile(ts, fresh)
        problems = update(fresh)
        if messages(fresh) != messages(ts):
            problems.append(f"{ts.name} is not up to date: run {Path(__file__).name}")
        compiled = ts.with_suffix(".qm")
        if not compiled.is_file() or compiled.read_bytes() != fresh.with_suffix(".qm").read_bytes():
            problems.append(f"{compiled.name} is not up to date: run {Path(__file__).name}")
    return problems


def messages(ts: Path) -> dict[tuple[str, str, str], tuple[str, str]]:
    """(context, source, comment) -> (translation, its state: ``""`` when finished)."""
    return {
        (context.findtext("name", ""), message.findtext("source", ""), message.findtext("comment", "")): (
            translation.text or "",
            translation.get("type", ""),
        )
        for context in ElementTree.parse(ts).getroot().iter("context")
        for message in context.iter("message")
        for translation in message.iter("translation")
    }


def _untranslated(ts: Path) -> list[str]:
    problems = []
    for (context, source, comment), (translation, state) in messages(ts).items():
        if not context:
            problems.append(f"{source}: {comment!r} is not seen as text: call translate() by that name")
        elif state or not translation:
            problems.append(f"{ts.name}: {context}: {source!r} is not translated")
    return problems


def _run(tool: str, *arguments: str) -> None:
    """Run a tool of PySide6 installed beside this Python."""
    command = shutil.which(tool, path=str(Path(sys.executable).parent))
    if command is None:
        raise SystemExit(f"{tool} is not beside {sys.executable}: pip install pyside6")
    done = subprocess.run([command, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{tool} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    raise SystemExit(main())
