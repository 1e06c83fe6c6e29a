"""The value of an expression in a pasted script, worked out from its syntax; nothing is run."""

from __future__ import annotations

import ast
import copy
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from torch import nn

from tudui_gui.core.operations import Step
from tudui_gui.core.parameters import Choice
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.nested import TRANSFORMS_PARAMETER, inner_steps
from tudui_gui.transforms.parse_error import ParseError, joined
from tudui_gui.transforms.python_names import CLASSIC, NOTHING, Names, constant, transform_class
from tudui_gui.transforms.python_steps import step_of, unknown_transform

#: Longer sequences, and larger numbers, are in no pipeline.
_LONGEST = 1000
_TOO_MUCH = QT_TRANSLATE_NOOP("errors", "it is too long")
_LARGEST = 1e300

_ARITHMETIC: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
}


@dataclass(frozen=True)
class Composed:
    """The steps of a ``Compose``."""

    steps: tuple[Step, ...]

    def as_step(self) -> Step:
        """As a step among others."""
        return TRANSFORMS.step("Compose", **{TRANSFORMS_PARAMETER: self.steps})


@dataclass
class Values:
    """Works out expressions: literals, names given before, transforms and lists of them.

    Attributes
    ----------
    names : Names
        The script's imports.
    given : dict
        What each name stands for: a value, or the :class:`ParseError` that says why it has none.
    """

    names: Names = field(default_factory=Names)
    given: dict[str, Any] = field(default_factory=dict)

    def of(self, node: ast.expr) -> Any:
        """A number, text, constant, tuple, list, dict, :class:`Step` or :class:`Composed`.

        Raises
        ------
        ParseError
            With its line, for what only running the text could tell.
        """
        reader = _READERS.get(type(node))
        value = reader(self, node) if reader else self._refuse(node)
        return self._refuse(node, _TOO_MUCH) if is_too_much(value) else value

    def is_transform(self, node: ast.AST) -> bool:
        """Whether ``node`` is a call of something of torchvision's transforms, known or not."""
        if not isinstance(node, ast.Call):
            return False
        full = self.names.full(node.func)
        if isinstance(node.func, ast.Name) and node.func.id in self.given:
            return False
        return full.startswith(CLASSIC) or transform_class(full) is not None

    def is_container(self, node: ast.AST) -> bool:
        """Whether ``node`` is a call of some library's ``Compose``, or ``nn.Sequential`` of transforms."""
        if not isinstance(node, ast.Call):
            return False
        full = self.names.full(node.func)
        is_sequential = full.rpartition(".")[2] == "Sequential" and any(map(self.is_transform, node.args))
        return full.rpartition(".")[2] == "Compose" or is_sequential

    def _constant(self, node: ast.Constant) -> Any:
        if isinstance(node.value, bytes | complex) or node.value is Ellipsis:
            self._refuse(node)
        return node.value

    def _name(self, node: ast.Name | ast.Attribute) -> Any:
        if isinstance(node, ast.Name) and node.id in self.given:
            value = self.given[node.id]
            if isinstance(value, ParseError):
                raise value
            return value
        full = self.names.full(node)
        found = constant(full) if full else NOTHING
        if found is not NOTHING:
            return found
        if transform_class(full) is not None:
            raise ParseError(
                QT_TRANSLATE_NOOP("errors", "Line {line}: {name} is a class and not called."),
                remedy=QT_TRANSLATE_NOOP("errors", "Write {name}(...)."),
                line=node.lineno,
                name=ast.unparse(node),
            )
        raise ParseError(
            QT_TRANSLATE_NOOP("errors", "Line {line}: what {name} is does not stand in this text."),
            remedy=QT_TRANSLATE_NOOP("errors", "Write its value in its place, or paste that line too."),
            line=node.lineno,
            name=ast.unparse(node),
        )

    def _sequence(self, node: ast.Tuple | ast.List) -> Any:
        items = self._items(node.elts)
        return tuple(items) if isinstance(node, ast.Tuple) else items

    def _items(self, nodes: Iterable[ast.expr]) -> list[Any]:
        """Each value; the problems of all of them are told together."""
        items: list[Any] = []
        problems: list[ParseError] = []
        for node in nodes:
            try:
                items += self._starred(node) if isinstance(node, ast.Starred) else [self.of(node)]
            except ParseError as problem:
                problems.append(problem)
            if len(items) > _LONGEST:
                self._refuse(node, _TOO_MUCH)
        if problems:
            raise joined(problems)
        return items

    def _starred(self, node: ast.Starred) -> list[Any]:
        value = self.of(node.value)
        return list(value) if isinstance(value, list | tuple) else self._refuse(node)

    def _dict(self, node: ast.Dict) -> dict[Any, Any]:
        keys = [self._refuse(node) if key is None else self.of(key) for key in node.keys]
        values = self._items(node.values)
        try:
            return dict(zip(keys, values, strict=True))
        except TypeError:  # a key that cannot be one
            self._refuse(node)

    def _signed(self, node: ast.UnaryOp) -> Any:
        value = self.of(node.operand)
        if not isinstance(value, int | float) or isinstance(value, bool):
            self._refuse(node)
        if isinstance(node.op, ast.USub):
            return -value
        return value if isinstance(node.op, ast.UAdd) else self._refuse(node)

    def _computed(self, node: ast.BinOp) -> Any:
        compute = _ARITHMETIC.get(type(node.op))
        left, right = self.of(node.left), self.of(node.right)
        if compute is None or not _is_computable(node.op, left, right):
            return self._refuse(node)
        try:
            value = compute(left, right)
            is_usual = isinstance(value, list | tuple) or abs(value) < _LARGEST
        except ArithmeticError:
            is_usual = False
        return value if is_usual else self._refuse(node)

    def _item(self, node: ast.Subscript) -> Any:
        holder, key = self.of(node.value), self.of(node.slice)
        try:
            return holder[key]
        except (LookupError, TypeError):
            return self._refuse(node)

    def _call(self, node: ast.Call) -> Any:
        if self._is_of(node, "tuple", "list") and len(node.args) == 1 and not node.keywords:
            value = self.of(node.args[0])
            kind = tuple if self._is_of(node, "tuple") else list
            return kind(value) if isinstance(value, list | tuple) else self._refuse(node)
        if self.is_container(node):
            return self._composed(node)
        return self._step(node) if self.is_transform(node) else self._not_called(node)

    def _not_called(self, node: ast.Call) -> Any:
        name = ast.unparse(node.func)
        if name[:1].isupper() and name.isidentifier():  # a class, though not one of torchvision's
            raise unknown_transform(name, node.lineno)
        return self._refuse(node)

    def _function(self, node: ast.Lambda) -> Any:
        """The function of the catalog that is written like this."""
        found = _FUNCTIONS.get(_normalised(node))
        return self._refuse(node) if found is None else found

    def _is_of(self, node: ast.Call, *names: str) -> bool:
        return isinstance(node.func, ast.Name) and node.func.id in names and node.func.id not in self.given

    def _step(self, node: ast.Call) -> Step:
        full = self.names.full(node.func)
        named = transform_class(full)
        if named is None:
            raise unknown_transform(ast.unparse(node.func), node.lineno)
        given, by_name = self._arguments(node)
        return step_of(named, [_as_steps(each) for each in given], by_name, node.lineno)

    def _arguments(self, node: ast.Call) -> tuple[list[Any], dict[str, Any]]:
        values = self._items([*node.args, *(keyword.value for keyword in node.keywords)])
        count = len(values) - len(node.keywords)
        by_name: dict[str, Any] = {}
        for keyword, value in zip(node.keywords, values[count:], strict=True):
            if keyword.arg is not None:
                by_name[keyword.arg] = _as_steps(value)
            elif isinstance(value, dict):
                by_name |= {str(name): _as_steps(each) for name, each in value.items()}
            else:
                self._refuse(keyword.value)
        return values[:count], by_name

    def _composed(self, node: ast.Call) -> Composed:
        full = self.names.full(node.func)
        if "." in full and not full.startswith((CLASSIC, nn.__name__)):
            raise ParseError(
                QT_TRANSLATE_NOOP("errors", "Line {line}: {name} is not torchvision's."),
                remedy=QT_TRANSLATE_NOOP("errors", "Only transforms of torchvision can be taken over."),
                line=node.lineno,
                name=ast.unparse(node.func),
            )
        given, by_name = self._arguments(node)
        if full.endswith("Sequential"):
            held: Any = _as_steps(given)
        else:
            held = given[0] if len(given) == 1 and not by_name else by_name.get(TRANSFORMS_PARAMETER)
        steps = _as_steps(held)
        if not isinstance(steps, list | tuple):
            self._refuse(node)
        return Composed(tuple(self._checked(step, node) for step in steps))

    def _checked(self, step: Any, node: ast.expr) -> Step:
        if isinstance(step, Step):
            return step
        raise ParseError(
            QT_TRANSLATE_NOOP("errors", "Line {line}: {value} is no transform."),
            line=node.lineno,
            value=repr(step)[:60],
        )

    def _refuse(self, node: ast.AST, reason: str = "") -> NoReturn:
        known = reason or _REASONS.get(
            type(node), QT_TRANSLATE_NOOP("errors", "it would have to be computed")
        )
        raise ParseError(
            QT_TRANSLATE_NOOP("errors", "Line {line}: {text} cannot be taken over: {reason}."),
            remedy=QT_TRANSLATE_NOOP("errors", "Use a transform of the list, or leave this line out.")
            if isinstance(node, ast.Lambda)
            else QT_TRANSLATE_NOOP("errors", "Write the value in its place."),
            line=getattr(node, "lineno", 1),
            text=_short(ast.unparse(node)),
            reason=Phrase(known),
        )


def is_too_much(value: Any) -> bool:
    """Whether a value holds more than any pipeline does: a few lines that double a list fill every memory."""
    left, pending = _LONGEST, [value]
    while pending and left >= 0:
        parts = _parts(pending.pop())
        left -= len(parts)
        pending += parts[: left + 1]
    return left < 0


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    if isinstance(value, Step):
        return list(inner_steps(value))
    if isinstance(value, Composed):
        return list(value.steps)
    return list(value) if isinstance(value, list | tuple) else []


def _as_steps(value: Any) -> Any:
    """``value`` with each ``Compose`` within it as a step."""
    if isinstance(value, list | tuple):
        return type(value)(map(_as_steps, value))
    return value.as_step() if isinstance(value, Composed) else value


def _is_computable(sign: ast.operator, left: Any, right: Any) -> bool:
    """Whether it is arithmetic of numbers, ``[a] + [b]`` or ``[a] * 3``."""
    if _is_number(left) and _is_number(right):
        return True
    if isinstance(sign, ast.Add):
        return isinstance(left, list | tuple) and type(left) is type(right)
    pair = (left, right) if isinstance(left, list | tuple) else (right, left)
    is_repeated = isinstance(sign, ast.Mult) and isinstance(pair[0], list | tuple) and type(pair[1]) is int
    return is_repeated and len(pair[0]) * pair[1] <= _LONGEST


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LARGEST


class _Renamed(ast.NodeTransformer):
    """One name becomes another."""

    def __init__(self, name: str) -> None:
        self._name = name

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name("_", node.ctx) if node.id == self._name else node


def _normalised(node: ast.Lambda) -> str:
    """The syntax of a function of one argument, whatever the argument is called; empty of any other."""
    given = node.args
    if len(given.args) != 1 or given.defaults or given.vararg or given.kwonlyargs or given.kwarg:
        return ""
    return ast.dump(_Renamed(given.args[0].arg).visit(copy.deepcopy(node.body)))


def _functions() -> dict[str, Any]:
    """The functions that entries of the catalog hold, by their syntax."""
    choices = (each for operation in TRANSFORMS.values() for each in operation.parameters)
    texts = [pair for each in choices if isinstance(each, Choice) for pair in each.objects.values()]
    nodes = ((made, ast.parse(text, mode="eval").body) for made, text in texts)
    return {_normalised(node): made for made, node in nodes if isinstance(node, ast.Lambda)}


_FUNCTIONS = _functions()


def _short(text: str) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= 60 else f"{line[:57]}..."


_REASONS: Mapping[type[ast.AST], str] = {
    ast.Lambda: QT_TRANSLATE_NOOP("errors", "it is a function of your own"),
    ast.IfExp: QT_TRANSLATE_NOOP("errors", "it depends on a condition"),
    ast.ListComp: QT_TRANSLATE_NOOP("errors", "it is made by a loop"),
    ast.GeneratorExp: QT_TRANSLATE_NOOP("errors", "it is made by a loop"),
}

_READERS: Mapping[type[ast.expr], Callable[[Values, Any], Any]] = {
    ast.Constant: Values._constant,
    ast.Name: Values._name,
    ast.Attribute: Values._name,
    ast.Tuple: Values._sequence,
    ast.List: Values._sequence,
    ast.Dict: Values._dict,
    ast.UnaryOp: Values._signed,
    ast.BinOp: Values._computed,
    ast.Subscript: Values._item,
    ast.Call: Values._call,
    ast.Lambda: Values._function,
}
