"""The transforms that a pasted script makes, statement by statement; nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.transforms.parse_error import ParseError
from tudui_gui.transforms.python_values import Composed, Values, is_too_much

Kind = Literal["compose", "list", "single"]


@dataclass(frozen=True)
class Found:
    """Transforms in a script.

    Attributes
    ----------
    name : str
        The variable, the argument or the key that holds them; may be empty.
    line : int
    kind : str
        ``"compose"``, ``"list"`` or ``"single"``.
    value : tuple of Step, or ParseError
    """

    name: str
    line: int
    kind: Kind
    value: tuple[Step, ...] | ParseError


class Script:
    """Reads statements in their order, and remembers what each name stands for."""

    def __init__(self) -> None:
        self._values = Values()
        self._found: list[Found] = []

    def read(self, body: Iterable[ast.stmt]) -> list[Found]:
        """The transforms in ``body``, in its order. Never raises for what cannot be taken over."""
        for statement in body:
            self._read(statement)
        return self._found

    def _read(self, statement: ast.stmt) -> None:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            self._values.names.learn(statement)
        elif isinstance(statement, ast.Assign):
            self._assign(statement.targets, statement.value)
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            self._assign([statement.target], statement.value)
        elif isinstance(statement, ast.AugAssign):
            self._extend(statement.target, statement.value, statement)
        elif isinstance(statement, ast.Expr):
            self._expression(statement.value)
        elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            self._apart(statement.body, _parameters(statement))
        elif isinstance(statement, ast.With | ast.AsyncWith) or _is_main(statement):
            self.read(statement.body)  # type: ignore[attr-defined]
        else:
            self._perhaps(statement)

    def _assign(self, targets: list[ast.expr], value: ast.expr) -> None:
        names = [target.id for target in targets if isinstance(target, ast.Name)]
        self._look(value, names[0] if names else "")
        result = self._result(value)
        for name in names:
            self._values.names.forget(name)
            self._values.given[name] = result
        for target in targets:
            if not isinstance(target, ast.Name):
                self._spoil(target, target)

    def _result(self, value: ast.expr) -> Any:
        """What ``value`` is, or why that cannot be told."""
        try:
            return self._values.of(value)
        except ParseError as problem:
            return problem

    def _expression(self, value: ast.expr) -> None:
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
            owner, method = value.func.value, value.func.attr
            if isinstance(owner, ast.Name) and self._holds_list(owner.id):
                self._call_on_list(owner.id, method, value)
                return
            self._spoil(owner, value, only_attributes=True)
        # ``Resize(9),`` is a line from the middle of a list: what follows belongs to it.
        for part in value.elts if isinstance(value, ast.Tuple) else [value]:
            self._look(part, "")

    def _holds_list(self, name: str) -> bool:
        return isinstance(self._values.given.get(name), list)

    def _call_on_list(self, name: str, method: str, call: ast.Call) -> None:
        held = list(self._values.given[name])
        given = [self._result(argument) for argument in call.args]
        problem = next((each for each in given if isinstance(each, ParseError)), None)
        if problem is None and not call.keywords and _changed_list(held, method, given):
            self._set_list(name, held, call)
        else:
            self._set_list(name, problem or _not_told(name, call), call)

    def _extend(self, target: ast.expr, value: ast.expr, statement: ast.AugAssign) -> None:
        added = self._result(value)
        if isinstance(target, ast.Name) and self._holds_list(target.id):
            is_sum = isinstance(statement.op, ast.Add) and isinstance(added, list | tuple)
            held = self._values.given[target.id]
            problem = added if isinstance(added, ParseError) else _not_told(target.id, statement)
            self._set_list(target.id, [*held, *added] if is_sum else problem, statement)
        else:
            self._spoil(target, statement)

    def _set_list(self, name: str, held: list[Any] | ParseError, node: ast.AST) -> None:
        """A list has other items now: so it is with what was found under its name."""
        held = _not_told(name, node) if is_too_much(held) else held
        self._values.given[name] = held
        value = held if isinstance(held, ParseError) else _steps_of(held)
        for place, found in enumerate(self._found):
            if found.name == name and found.kind == "list":
                self._found[place] = Found(name, found.line, "list", value or _not_told(name, node))
                return
        if isinstance(value, tuple):
            self._found.append(Found(name, getattr(node, "lineno", 1), "list", value))

    def _apart(self, body: list[ast.stmt], unknown: Iterable[str]) -> None:
        """The body of a function or class: what it names is not known outside."""
        outside = self._values.given
        self._values.given = dict(outside)
        for name in unknown:
            self._values.given.pop(name, None)
            self._values.names.forget(name)
        self.read(body)
        self._values.given = outside

    def _perhaps(self, statement: ast.stmt) -> None:
        """A branch or a loop: each body is read for itself, and what it assigns is not certain after it."""
        before = self._values.given
        after = dict(before)
        for body in _bodies(statement):
            self._values.given = dict(before)
            known = len(self._found)
            self.read(body)
            for name in _assigned(body, before, self._values.given):
                after[name] = _not_told(name, statement)
            if isinstance(statement, ast.For | ast.While):
                self._doubt_lists(known, after)
        self._values.given = after
        for node in ast.iter_child_nodes(statement):
            if isinstance(node, ast.expr):
                self._look(node, "")

    def _doubt_lists(self, known: int, given: dict[str, Any]) -> None:
        """Lists that a loop changes have as many items as it has turns."""
        for place, found in enumerate(self._found[:known]):
            if found.kind == "list" and isinstance(given.get(found.name), ParseError):
                self._found[place] = Found(found.name, found.line, "list", given[found.name])

    def _spoil(self, target: ast.expr, node: ast.AST, *, only_attributes: bool = False) -> None:
        """A part of something is changed: ``name[0] = ...``, ``name.transforms.append(...)``."""
        is_part = isinstance(target, ast.Attribute | ast.Subscript)
        while isinstance(target, ast.Attribute | ast.Subscript):
            target = target.value
        if not isinstance(target, ast.Name) or (only_attributes and not is_part):
            return
        if target.id in self._values.given:
            problem = _not_told(target.id, node)
            self._values.given[target.id] = problem
            for place, found in enumerate(self._found):
                if found.name == target.id:
                    self._found[place] = Found(found.name, found.line, found.kind, problem)

    def _look(self, node: ast.AST, name: str) -> None:
        """Remember the transforms in an expression, wherever they stand in it."""
        kind = self._kind(node)
        if kind is not None:
            assert isinstance(node, ast.expr)
            value = self._result(node)
            steps = value if isinstance(value, ParseError) else _steps_of(value)
            if steps is not None:
                self._found.append(Found(name, node.lineno, kind, steps))
            return
        for label, child in _children(node, name):
            self._look(child, label)

    def _kind(self, node: ast.AST) -> Kind | None:
        if self._values.is_container(node):
            return "compose"
        if isinstance(node, ast.List | ast.Tuple):
            of_transforms = map(self._values.is_transform, node.elts)
            named = (self._is_step(each) for each in node.elts)
            return "list" if any(of_transforms) or (node.elts and all(named)) else None
        return "single" if self._values.is_transform(node) else None

    def _is_step(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and isinstance(self._values.given.get(node.id), Step | Composed)


def _steps_of(value: Any) -> tuple[Step, ...] | None:
    """The steps that a value is or holds; None if it holds anything else."""
    if isinstance(value, Composed):
        return value.steps
    if isinstance(value, Step):
        return (value,)
    if not isinstance(value, list | tuple):
        return None
    steps = [each.as_step() if isinstance(each, Composed) else each for each in value]
    return tuple(steps) if all(isinstance(step, Step) for step in steps) else None


def _changed_list(held: list[Any], method: str, given: list[Any]) -> bool:
    """Change ``held`` in place as ``list.method`` would; whether it is one of those understood."""
    if method == "append" and len(given) == 1:
        held.append(given[0])
    elif method == "extend" and len(given) == 1 and isinstance(given[0], list | tuple):
        held.extend(given[0])
    elif method == "insert" and len(given) == 2 and type(given[0]) is int:
        held.insert(given[0], given[1])
    else:
        return False
    return True


def _not_told(name: str, node: ast.AST) -> ParseError:
    return ParseError(
        QT_TRANSLATE_NOOP(
            "errors", "Line {line}: what {name} is after this, only running the text could tell."
        ),
        remedy=QT_TRANSLATE_NOOP("errors", "Write the transforms out as one list."),
        line=getattr(node, "lineno", 1),
        name=name,
    )


def _parameters(statement: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> list[str]:
    if isinstance(statement, ast.ClassDef):
        return []
    given = statement.args
    return [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)]


def _is_main(statement: ast.stmt) -> bool:
    """Whether it is ``if __name__ == "__main__":``."""
    return isinstance(statement, ast.If) and ast.unparse(statement.test).startswith("__name__ ==")


def _bodies(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        yield getattr(statement, field, [])
    for part in (*getattr(statement, "handlers", []), *getattr(statement, "cases", [])):
        yield part.body


def _assigned(body: list[ast.stmt], before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [name for name, value in after.items() if name not in before or before[name] is not value]


def _children(node: ast.AST, name: str) -> Iterator[tuple[str, ast.AST]]:
    """The parts of an expression, each with the name under which it would be known."""
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            label = ast.unparse(key) if key is not None else ""
            yield (f"{name}[{label}]" if name else label), value
        return
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.keyword):
            yield child.arg or name, child.value
        elif isinstance(child, ast.expr):
            yield "", child
