"""What the card of the batches says about an epoch."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from tudui_gui.datasets.sources import Dataset
from tudui_gui.gui.tabs.datasets.batch_numbers import tensor_text
from tudui_gui.gui.tabs.datasets.batch_work import Drawn, Seen
from tudui_gui.training.epochs import Indices, Loading, in_common
from tudui_gui.training.seen import Sameness


def count_text(drawn: Drawn, number: int) -> str:
    """How many images and batches an epoch has, and what becomes of those that do not fill one."""
    loading, epoch = drawn.epochs.loading, drawn.epochs.of[number]
    total = int(drawn.own.sum())
    if not epoch.batches:
        text = QCoreApplication.translate(
            "BatchCard", "No batch: {count} images do not fill one of {size}, and drop_last leaves them out."
        )
        return text.format(count=total, size=loading.batch_size)
    if loading.sampler == "weighted":
        text = QCoreApplication.translate(
            "BatchCard", "{total:,} drawn, {different:,} different, batches: {count:,}"
        )
    else:
        text = QCoreApplication.translate("BatchCard", "{total:,} images, batches: {count:,}")
    text = text.format(total=total, different=drawn.different[number], count=len(epoch.batches))
    rest = _rest_text(drawn, number)
    return f"{text}, {rest}" if rest else text


def _rest_text(drawn: Drawn, number: int) -> str:
    epoch = drawn.epochs.of[number]
    if epoch.dropped:
        text = QCoreApplication.translate("BatchCard", "left out: {count}")
        return text.format(count=len(epoch.dropped))
    if len(epoch.batches[-1]) < drawn.epochs.loading.batch_size:
        return QCoreApplication.translate("BatchCard", "the last has {count}").format(
            count=len(epoch.batches[-1])
        )
    return ""


def shape_text(seen: Sequence[Seen], is_left_out: bool) -> str:
    """What the network gets, and whether it is what it gets in training."""
    if is_left_out:
        return QCoreApplication.translate("BatchCard", "left out: this epoch does not have these images")
    if not seen:
        return ""
    text = tensor_text(seen[0].facts)
    if seen[0].reading.sameness is not Sameness.ALL:
        return text
    same = QCoreApplication.translate("BatchCard", "as in training")
    return f"{text}, {same}"


def compared_text(first: Indices, second: Indices, loading: Loading) -> str:
    """What the same batch of two epochs has in common."""
    if first == second and not loading.shuffle and loading.sampler == "none":
        return QCoreApplication.translate(
            "BatchCard", "The same images: without shuffle every epoch is alike."
        )
    text = QCoreApplication.translate("BatchCard", "{count} of {size} images in common")
    return text.format(count=in_common(first, second), size=len(set(first)))


def nothing_text(dataset: Dataset, is_train: bool) -> str:
    """Why there is no batch at all."""
    if not is_train and len(dataset.train):
        return QCoreApplication.translate(
            "BatchCard", "There are no test images, so there is nothing to load."
        )
    if dataset.unlabelled is not None:
        text = QCoreApplication.translate(
            "BatchCard",
            "None of the {count:,} images has a label, so training gets no batch. Label some above, or "
            "open a source with labels.",
        )
        return text.format(count=len(dataset.unlabelled))
    return QCoreApplication.translate(
        "BatchCard", "There are no training images, so there is nothing to load."
    )
