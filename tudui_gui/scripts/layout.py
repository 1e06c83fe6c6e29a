"""Long expressions of a script on several lines."""

from __future__ import annotations

import ast
from collections.abc import Sequence

_WIDTH = 100


def laid_out(text: str, indent: int = 0, *, before: int = 0, after: int = 0) -> str:
    """The Python expression ``text`` broken as it is read most easily: one argument or element a line.

    Parameters
    ----------
    text : str
        On one line; it stays there if it fits.
    indent : int
        How far the line that it begins in is moved to the right; its other lines follow that.
    before, after : int
        Letters in front of it and behind it on its line.
    """
    if indent + before + len(text) + after <= _WIDTH:
        return text
    tree = ast.parse(text, mode="eval").body
    parts = _parts(text, tree)
    if not parts:
        return text
    if isinstance(tree, ast.Call) and len(parts) == 1 and tree.args and isinstance(tree.args[0], ast.List):
        # As the tutorial writes a Compose: both brackets open and close together.
        inner = [element for _, element in _parts(parts[0][1], ast.parse(parts[0][1], mode="eval").body)]
        return f"{_segment(text, tree.func)}({in_brackets(inner, indent)})"
    opening = f"{_segment(text, tree.func)}(" if isinstance(tree, ast.Call) else text[0]
    return f"{opening}\n{_lines(parts, indent + 4)}{' ' * indent}{text[-1]}"


def in_brackets(items: Sequence[str], indent: int = 0) -> str:
    """A list of the expressions ``items``, each beginning a line."""
    return f"[\n{_lines([('', item) for item in items], indent + 4)}{' ' * indent}]" if items else "[]"


def _lines(parts: Sequence[tuple[str, str]], indent: int) -> str:
    laid = (name + laid_out(text, indent, before=len(name), after=1) for name, text in parts)
    return "".join(f"{' ' * indent}{line},\n" for line in laid)


def _parts(text: str, tree: ast.expr) -> list[tuple[str, str]]:
    """What stands between the brackets of a call, list or tuple: each argument's name and its text."""
    if isinstance(tree, ast.Call):
        by_name = [(f"{each.arg}=", _segment(text, each.value)) for each in tree.keywords]
        return [*(("", _segment(text, each)) for each in tree.args), *by_name]
    if isinstance(tree, ast.List | ast.Tuple):
        return [("", _segment(text, each)) for each in tree.elts]
    return []


def _segment(text: str, node: ast.expr) -> str:
    return ast.get_source_segment(text, node) or ""
