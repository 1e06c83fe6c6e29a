"""Steps within steps: the parameter of containers, and the questions that have to look into them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from tudui_gui.core.operations import Catalog, Step
from tudui_gui.core.parameters import Parameter
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase

#: The parameter that holds a container's steps; torchvision's name of it.
TRANSFORMS_PARAMETER = "transforms"

#: Containers within containers: deeper ones than anybody writes would only overflow the stack.
DEEPEST = 10


@dataclass(frozen=True, kw_only=True)
class Steps(Parameter):
    """Steps in order, each a table with its ``name`` and values. Canonical: ``tuple[Step, ...]``, also empty.

    Steps that are switched off are kept, but neither built nor written as Python.

    ``catalog`` gives the operations to choose from; a function, because the parameter is part of them.
    """

    catalog: Callable[[], Catalog]

    kind: ClassVar[str] = "steps"

    def _allowed(self) -> Phrase:
        return Phrase(QT_TRANSLATE_NOOP("errors", "a list of transforms, each a table with a name"))

    def _normalise(self, value: Any) -> tuple[Step, ...]:
        if not isinstance(value, list | tuple):
            raise TypeError(value)
        if _is_deeper(value, DEEPEST):
            raise ValueError(value)
        return tuple(map(self._step, value))

    def _step(self, value: Any) -> Step:
        if isinstance(value, Step):
            self.catalog().find(value.name)
            return value
        if not isinstance(value, Mapping):
            raise TypeError(value)
        return self.catalog().step_from(value)

    def build(self, value: Any) -> Any:
        """torchvision's objects of the steps that are switched on."""
        return [step.build() for step in value if step.enabled]

    def source(self, value: Any) -> str:
        """A list of the steps' own texts."""
        return f"[{', '.join(step.source() for step in value if step.enabled)}]"

    def to_toml(self, value: Any) -> Any:
        """An array of tables."""
        return [step.to_dict() for step in value]


def _is_deeper(steps: Iterable[Any], levels: int) -> bool:
    within = [values.get(TRANSFORMS_PARAMETER) for values in map(_values, steps)]
    nested = [each for each in within if isinstance(each, list | tuple)]
    return bool(nested) and (levels == 0 or any(_is_deeper(each, levels - 1) for each in nested))


def _values(step: Any) -> Mapping[str, Any]:
    if isinstance(step, Step):
        return step.values
    return step if isinstance(step, Mapping) else {}


def is_container(step: Step) -> bool:
    """Whether ``step`` holds steps."""
    return "container" in step.operation.tags


def inner_steps(step: Step) -> tuple[Step, ...]:
    """The steps that ``step`` holds, those switched off too; empty if it is no container."""
    return step.values[TRANSFORMS_PARAMETER] if is_container(step) else ()


def with_inner_steps(step: Step, steps: Iterable[Step]) -> Step:
    """The container ``step`` with other steps. Raises like ``Step.with_values``."""
    return step.with_values(**{TRANSFORMS_PARAMETER: tuple(steps)})


def flattened(steps: Iterable[Step]) -> Iterator[Step]:
    """The steps that are switched on, each container followed by what is switched on within it."""
    for step in steps:
        if step.enabled:
            yield step
            yield from flattened(inner_steps(step))


def is_random(step: Step) -> bool:
    """Whether ``step``, or a step within it that is switched on, draws random numbers.

    Whether ``step`` itself is switched on is not asked.
    """
    return any("random" in each.operation.tags for each in flattened([replace(step, enabled=True)]))
