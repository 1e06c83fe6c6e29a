"""A pipeline from its Python text, read with ``ast`` against the catalog; the text is never run.

Taken over are ``Compose([...])``, a plain list, single calls, and whole scripts with imports and assignments.
"""

from __future__ import annotations

import ast
import textwrap
import warnings
from collections.abc import Iterable
from dataclasses import dataclass

from tudui_gui.core.errors import TransformError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.transforms.parse_error import ParseError, at_line, joined
from tudui_gui.transforms.pipeline import Pipeline, checked_length
from tudui_gui.transforms.python_script import Found, Script

#: Characters; no script with a pipeline is longer.
LONGEST_TEXT = 200_000


@dataclass(frozen=True)
class Candidate:
    """A pipeline that a text holds.

    Attributes
    ----------
    name : str
        What the text calls it, such as ``trans_compose`` or ``data_transforms['train']``; may be empty.
    line : int
        Where it begins, from 1.
    pipeline : Pipeline or None
        None if there are ``problems``.
    problems : tuple of ParseError
        Each line that cannot be taken over, and why.
    """

    name: str
    line: int
    pipeline: Pipeline | None
    problems: tuple[ParseError, ...] = ()


def parse_pipeline(text: str) -> Pipeline:
    """The pipeline that ``text`` holds; of several the last. Any thread.

    Raises
    ------
    ParseError
        For the first line that cannot be taken over; ``all`` has the others.
    """
    last = candidates(text)[-1]
    if last.pipeline is None:
        raise joined(list(last.problems))
    return last.pipeline


def candidates(text: str) -> tuple[Candidate, ...]:
    """Every pipeline in ``text``, in its order, at least one. Any thread.

    Where there is no ``Compose``, the lists are taken; where there is no list, all single transforms as one.

    Raises
    ------
    ParseError
        If the text is no Python, or holds no transform.
    """
    tree, offset = _parsed(text)
    try:
        found = Script().read(tree.body)
    except RecursionError as cause:
        raise _too_deep() from cause
    for rank in ("compose", "list"):
        chosen = [each for each in found if each.kind == rank]
        if chosen:
            return tuple(_candidate(each, offset) for each in chosen)
    singles = [each for each in found if each.kind == "single"]
    if not singles:
        raise ParseError(
            QT_TRANSLATE_NOOP("errors", "There is no transform in this text."),
            remedy=QT_TRANSLATE_NOOP(
                "errors", "Paste a Compose([...]), a list of transforms, or calls such as Resize(256)."
            ),
            line=1,
        )
    return (_joined_singles(singles, offset),)


def _candidate(found: Found, offset: int) -> Candidate:
    line = max(1, found.line + offset)
    if isinstance(found.value, ParseError):
        return Candidate(found.name, line, None, found.value.moved(offset).all)
    try:
        return Candidate(found.name, line, Pipeline(checked_length(found.value)))
    except TransformError as problem:
        return Candidate(found.name, line, None, (at_line(line, problem),))


def _joined_singles(found: Iterable[Found], offset: int) -> Candidate:
    parts = list(found)
    problems = [each.value for each in parts if isinstance(each.value, ParseError)]
    steps = [step for each in parts if not isinstance(each.value, ParseError) for step in each.value]
    value: tuple[Step, ...] | ParseError = joined(problems) if problems else tuple(steps)
    return _candidate(Found("", parts[0].line, "single", value), offset)


def _parsed(text: str) -> tuple[ast.Module, int]:
    """The syntax of ``text``, and what to add to its lines."""
    if len(text) > LONGEST_TEXT:
        raise ParseError(QT_TRANSLATE_NOOP("errors", "This text is too long to be a pipeline."), line=1)
    plain = textwrap.dedent(_without_prompts(text.lstrip("\ufeff").expandtabs(4)))
    try:
        return _syntax(plain), 0
    except SyntaxError as cause:
        problem = cause
    try:  # lines from the middle of a list
        return _syntax(f"[\n{plain}\n]"), -1
    except SyntaxError:
        raise ParseError(
            QT_TRANSLATE_NOOP("errors", "Line {line}: this is not Python."),
            remedy=QT_TRANSLATE_NOOP("errors", "See whether brackets and quotes are complete."),
            detail=str(problem.msg),
            line=max(1, min(problem.lineno or 1, plain.count("\n") + 1)),
        ) from problem


def _syntax(text: str) -> ast.Module:
    """The syntax tree. Raises ``SyntaxError`` or :class:`ParseError`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of "\p" in a path, for example
            return ast.parse(text)
    except (RecursionError, MemoryError) as cause:
        raise _too_deep() from cause
    except ValueError as cause:  # a NUL, or a number of thousands of digits
        raise SyntaxError(str(cause)) from cause


def _too_deep() -> ParseError:
    return ParseError(QT_TRANSLATE_NOOP("errors", "This text is nested too deeply."), line=1)


def _without_prompts(text: str) -> str:
    """``>>>`` and ``...`` of a copied session are taken away; nothing if there are none."""
    lines = text.split("\n")
    if not any(line.lstrip().startswith(">>>") for line in lines):
        return text
    return "\n".join(_after_prompt(line) for line in lines)


def _after_prompt(line: str) -> str:
    bare = line.lstrip()
    for prompt in (">>> ", "... ", ">>>", "..."):
        if bare.startswith(prompt):
            return bare[len(prompt) :]
    return ""  # what the session printed
