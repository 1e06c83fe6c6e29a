"""The script of a whole experiment."""

from __future__ import annotations

from pathlib import Path

from tudui_gui.core.errors import DatasetError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.concatenation import CONCAT
from tudui_gui.datasets.sources import Dataset
from tudui_gui.scripts.data import DataText, data_text
from tudui_gui.scripts.models import ModelText, model_text
from tudui_gui.scripts.text import assemble, indented, transform_text
from tudui_gui.training.experiment import Experiment

_EPOCH = '''\
def train_epoch(model, loader, loss_function, optimizer, device):
    """One pass over the training images; returns the mean loss of an image."""
    model.train()
    total, seen = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device{channels_last}), labels.to(device)
        optimizer.zero_grad()
        loss = loss_function(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        seen += len(labels)
    return total / seen


def test_epoch(model, loader, loss_function, device):
    """One pass over the test images; returns the mean loss and the share that is right."""
    model.eval()
    total, correct, seen = 0.0, 0, 0
    with torch.inference_mode():
        for images, labels in loader:
            images, labels = images.to(device{channels_last}), labels.to(device)
            logits = model(images)
            total += loss_function(logits, labels).item() * len(labels)
            correct += (logits.argmax(1) == labels).sum().item()
            seen += len(labels)
    return total / seen, correct / seen
'''

_MAIN = """\
def main():
    device = torch.device({device})
{transforms}
{opening}
    torch.manual_seed({seed})
    model = {model}.to(device{channels_last})
    loss_function = {loss}.to(device)
    optimizer = {optimizer}
    order = torch.Generator().manual_seed({seed})
{sampler}    train_loader = DataLoader(train_data, {train_options})
    test_loader = DataLoader(test_data, {test_options})

    for epoch in range(1, {epochs} + 1):
        train_loss = train_epoch(model, train_loader, loss_function, optimizer, device)
        test_loss, test_accuracy = test_epoch(model, test_loader, loss_function, device)
        print(
            f"epoch {{epoch}}: train_loss={{train_loss:.6f}} test_loss={{test_loss:.6f}} "
            f"test_accuracy={{test_accuracy:.4f}}"
        )
    torch.save(model.state_dict(), "model.pth")


# Worker processes import this file; only the first process trains.
if __name__ == "__main__":
    main()
"""

_SAMPLER = """\
    labels = np.array({labels})
    weights = 1 / np.bincount(labels)[labels]
    sampler = WeightedRandomSampler(weights, len(train_data), generator=order)
"""

_DEVICES = {
    "auto": '"cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"'
}


def training_script(
    experiment: Experiment, *, data_root: Path | None = None, dataset: Dataset | None = None
) -> str:
    """Text that trains as ``fit`` does and prints the same losses and accuracies after each epoch.

    The random numbers are drawn in the same order: one seed before the weights, a generator of its own for
    the order of the images. On the CPU the numbers are the same; the weights end in ``model.pth``.

    Parameters
    ----------
    experiment : Experiment
    data_root : Path, optional
        Where data lie when the experiment names no root.
    dataset : Dataset, optional
        The experiment's data set, open: a folder per class with gaps needs other lines than one without.

    Raises
    ------
    DatasetError
        No image of the data set can have a label; a file that the text depends on cannot be read.
    """
    if not _may_have_labels(experiment.dataset):
        raise _no_labels(experiment.dataset)
    is_weighted = experiment.settings.sampler == "weighted"
    data = data_text(experiment.dataset, data_root, dataset=dataset, with_labels=is_weighted)
    model = model_text(experiment.model, "len(classes)")
    channels_last = ", memory_format=torch.channels_last" if experiment.settings.channels_last else ""
    return assemble(
        f"Train {experiment.model.name} on {experiment.dataset.name}.",
        model.definition,
        *data.definitions,
        _EPOCH.format(channels_last=channels_last),
        _main_text(experiment, data, model, channels_last),
    )


def _main_text(experiment: Experiment, data: DataText, model: ModelText, channels_last: str) -> str:
    train_transform = transform_text("train_transform", experiment.train_transforms, data.first_step)
    test_transform = transform_text("test_transform", experiment.test_transforms, data.first_step)
    train_options, test_options = _loader_options(experiment)
    return _MAIN.format(
        device=_DEVICES.get(experiment.device, repr(experiment.device)),
        transforms=indented(train_transform + test_transform).rstrip("\n"),
        opening=indented(data.opening),
        seed=experiment.seed,
        model=model.expression,
        channels_last=channels_last,
        loss=experiment.loss.source(),
        optimizer=experiment.optimizer.source("model.parameters()"),
        sampler=_SAMPLER.format(labels=data.labels) if experiment.settings.sampler == "weighted" else "",
        train_options=train_options,
        test_options=test_options,
        epochs=experiment.settings.epochs,
    )


def _loader_options(experiment: Experiment) -> tuple[str, str]:
    settings = experiment.settings
    workers = f", num_workers={settings.num_workers}, persistent_workers=True" if settings.num_workers else ""
    drop_last = ", drop_last=True" if settings.drop_last else ""
    order = "sampler=sampler" if settings.sampler == "weighted" else f"shuffle={settings.shuffle}"
    train = f"batch_size={settings.batch_size}, {order}, generator=order{drop_last}{workers}"
    return train, f"batch_size={settings.batch_size}{workers}"


def _may_have_labels(step: Step) -> bool:
    """Whether any image of the source has a label, or may have been given one."""
    if step.values["edits"]:
        return True
    if step.name == CONCAT:
        return any(map(_may_have_labels, step.values["sources"]))
    return step.name != "photos" and not (step.name == "plain_folder" and not step.values["label"])


def _no_labels(step: Step) -> DatasetError:
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "No image of {dataset} has a label: there is nothing to train on."),
        remedy=QT_TRANSLATE_NOOP(
            "errors", "Give its images labels on the Datasets tab, or choose another data set."
        ),
        dataset=step.name,
    )
