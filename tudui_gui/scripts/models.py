"""The script of a model: what it is made of, its parameters and the shapes that flow through it."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass

from tudui_gui.core.operations import Step
from tudui_gui.scripts.text import assemble

_REPORT = """\
model = {expression}
print(model)

shapes = {{}}
for name, module in model.named_modules():
    module.register_forward_hook(
        lambda module, inputs, output, name=name: shapes.update({{name: tuple(output.shape)}})
    )
model.eval()
with torch.inference_mode():
    model(torch.zeros({shape}))

for name, module in model.named_modules():
    count = sum(parameter.numel() for parameter in module.parameters())
    print(f"{{name or 'model'}}: {{type(module).__name__}} {{shapes.get(name)}} {{count}}")
print("parameters:", sum(parameter.numel() for parameter in model.parameters()))
"""

#: What the zoo's own builders add to the call of the torchvision function they stand for.
_FIXED_ARGUMENTS = {"googlenet": ("aux_logits=False",)}


@dataclass(frozen=True)
class ModelText:
    """Python text of a model: the class it needs defined (or nothing), and the expression that builds it."""

    definition: str
    expression: str


def model_text(step: Step, classes: str) -> ModelText:
    """The text of what ``zoo.build_model`` builds; ``classes`` is the text of their number."""
    target = step.operation.target
    fixed = _FIXED_ARGUMENTS.get(step.name, ())
    is_own = inspect.isclass(target) and not target.__module__.startswith("torchvision")
    return ModelText(
        definition=_class_text(target) if is_own else "",
        expression=step.source(f"num_classes={classes}", *fixed),
    )


def _class_text(target: object) -> str:
    """The source of a model class, without notes to the type checker."""
    return re.sub(r"  # type: ignore\[.*\]", "", inspect.getsource(target))  # type: ignore[arg-type]


def model_script(step: Step, classes: int, input_shape: tuple[int, int, int]) -> str:
    """Text that builds the model, sends a black image through it and prints shape and parameters per module.

    Parameters
    ----------
    step : Step
        Of ``MODELS``.
    classes : int
    input_shape : tuple of int
        (channels, height, width).
    """
    model = model_text(step, str(classes))
    report = _REPORT.format(expression=model.expression, shape=", ".join(map(str, (1, *input_shape))))
    return assemble(f"The model {step.name} and the shapes in it.", model.definition, report)
