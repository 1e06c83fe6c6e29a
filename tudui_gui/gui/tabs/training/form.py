"""The experiment as a form: a section for each of its parts."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ExperimentError
from tudui_gui.core.operations import Operation, Step
from tudui_gui.core.parameters import Choice, Integer
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.catalog import DATASETS
from tudui_gui.datasets.selection import SELECTION_NAMES, source_values
from tudui_gui.gui import theme
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.training.section import Section
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.experiment_comparison import ExperimentComparison
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.workers import Jobs, Progress
from tudui_gui.layers.losses import LOSSES
from tudui_gui.models.zoo import MODELS
from tudui_gui.training.devices import available_devices
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.optimizers import OPTIMIZERS
from tudui_gui.transforms.pipeline import Pipeline

_NAME_KEYS = {"dataset": "source", "model": "name", "loss": "name", "optimizer": "name"}


class ExperimentForm(QScrollArea):
    """Shows and edits ``session.experiment``; every edit can be undone. Main thread only."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("experiment_form")
        self._session = session
        self._run_operation = _run_operation(("auto", "cpu"))
        self._sections = {
            "dataset": Section("dataset", DATASETS, seldom=SELECTION_NAMES),
            "model": Section("model", MODELS),
            "loss": Section("loss", LOSSES),
            "optimizer": Section("optimizer", OPTIMIZERS),
            "training": Section("training"),
            "run": Section("run"),
        }
        self._pipelines = _PipelineRows(session)
        self._lay_out()
        for section in self._sections.values():
            section.operation_chosen.connect(self._choose_operation)
            section.step_changed.connect(self._change_step)
        session.experiment_changed.connect(self._show_experiment)
        self._show_experiment(session.experiment)
        self.retranslate_ui()
        jobs.submit(_find_devices, done=self._offer_devices)

    def section(self, key: str) -> Section:
        """The section ``dataset``, ``model``, ``loss``, ``optimizer``, ``training`` or ``run``."""
        return self._sections[key]

    @property
    def is_valid(self) -> bool:
        """Whether the experiment is what the form shows: no field holds a refused value."""
        return all(section.form.is_valid and not section.problem for section in self._sections.values())

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        texts = {
            "dataset": (self.tr("Data"), self.tr("The images to train and to test with")),
            "model": (self.tr("Model"), self.tr("The network (torch.nn.Module) whose weights are trained")),
            "loss": (self.tr("Loss"), self.tr("What the optimiser makes smaller")),
            "optimizer": (self.tr("Optimiser"), self.tr("How the weights follow the gradient (torch.optim)")),
            "training": (self.tr("Training"), ""),
            "run": (self.tr("Run"), ""),
        }
        for key, (heading, tooltip) in texts.items():
            self._sections[key].set_texts(heading, tooltip)
        self._sections["dataset"].set_more_texts(
            self.tr("Split, subset, corrections"),
            self.tr("How the images are split, how many of each class are taken, and their corrections"),
        )
        self.setAccessibleName(self.tr("Experiment"))
        self._pipelines.retranslate_ui()

    def _lay_out(self) -> None:
        self._inside = inside = QWidget()
        inside.setProperty("role", "scrolled")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, theme.SPACE, 0)
        layout.setSpacing(theme.GAP)
        self._sections["dataset"].rows.addWidget(self._pipelines)
        for section in self._sections.values():
            layout.addWidget(section)
        layout.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def minimumSizeHint(self) -> QSize:
        """As wide as the fields need, so that nothing is cut off beside the scroll bar."""
        width = self._inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, super().minimumSizeHint().height())

    @Slot(object)
    def _show_experiment(self, experiment: Experiment) -> None:
        for key in ("dataset", "model", "loss", "optimizer", "training"):
            self._sections[key].set_step(getattr(experiment, key))
            self._sections[key].show_problem(None)
        self._sections["run"].set_step(self._run_step(experiment))
        self._pipelines.show_pipelines(experiment.train_transforms, experiment.test_transforms)

    def _run_step(self, experiment: Experiment) -> Step:
        choices = self._run_operation.parameter("device").choices  # type: ignore[attr-defined]
        if experiment.device not in choices:  # of another machine: shown, refused when the run starts
            self._run_operation = _run_operation((*choices, experiment.device))
        return self._run_operation.step(seed=experiment.seed, device=experiment.device)

    @Slot(object)
    def _offer_devices(self, devices: tuple[str, ...]) -> None:
        self._run_operation = _run_operation(devices)
        self._sections["run"].set_step(self._run_step(self._session.experiment))

    @Slot(str)
    def _choose_operation(self, name: str) -> None:
        section = self._sender()
        key = f"{section.key}.{_NAME_KEYS[section.key]}"
        try:
            changed = self._session.experiment.with_value(key, name)
        except ExperimentError as error:
            section.show_problem(error)
            return
        if section.key == "dataset":
            changed = replace(changed, dataset=changed.dataset.with_values(edits=None))
        self._apply(section, changed, key)

    @Slot(object)
    def _change_step(self, step: Step) -> None:
        section = self._sender()
        experiment = self._session.experiment
        if section.key == "run":
            changed = replace(experiment, **step.values)
            parameter = "seed" if changed.seed != experiment.seed else "device"
        else:
            before = getattr(experiment, section.key).values
            if section.key == "dataset" and source_values(step) != source_values(experiment.dataset):
                step = step.with_values(edits=None)  # they are of other images
            changed = replace(experiment, **{section.key: step})  # type: ignore[arg-type]
            parameter = next((name for name, value in step.values.items() if before[name] != value), "")
        self._apply(section, changed, f"{section.key}.{parameter}")

    def _apply(self, section: Section, experiment: Experiment, key: str) -> None:
        try:
            checked = Experiment.from_dict(experiment.to_dict())  # settings that exclude each other
        except ExperimentError as error:
            section.show_problem(error)
            return
        section.show_problem(None)
        self._session.set_experiment(checked, self.tr("change of {name}").format(name=key), key)

    def _sender(self) -> Section:
        sender = self.sender()
        assert isinstance(sender, Section)
        return sender

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class _PipelineRows(QWidget):
    """The training and test pipelines in a line each, and the way to edit them."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._names = (Label(role="muted"), Label(role="muted"))
        self._texts = (
            Label(role="mono", object_name="experiment_train_transforms"),
            Label(role="mono", object_name="experiment_test_transforms"),
        )
        self._edit = Button("edit_transforms", role="link")
        self._edit.clicked.connect(self._show_transforms)
        self._comparison = ExperimentComparison(session, "experiment_comparison", is_narrow=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (name, text) in enumerate(zip(self._names, self._texts, strict=True)):
            text.setWordWrap(True)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1)
        grid.addWidget(self._comparison, 2, 0, 1, 2)
        grid.addWidget(self._edit, 3, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)

    def show_pipelines(self, train: Pipeline, test: Pipeline) -> None:
        for label, pipeline in zip(self._texts, (train, test), strict=True):
            label.setText(" → ".join(step.name for step in pipeline.steps if step.enabled))
            label.setToolTip("\n".join(step.source() for step in pipeline.steps if step.enabled))
            label.setAccessibleName(label.text())

    def retranslate_ui(self) -> None:
        for label, text in zip(self._names, (self.tr("train"), self.tr("test")), strict=True):
            label.setText(text)
        self._edit.set_texts(
            self.tr("Edit transforms…"),
            self.tr("Edit both pipelines in the Transforms tab (transforms.Compose)"),
        )

    @Slot()
    def _show_transforms(self) -> None:
        self._session.tab_requested.emit("transforms_tab")


def _find_devices(token: CancelToken, progress: Progress) -> tuple[str, ...]:
    return available_devices()


def _run_operation(devices: tuple[str, ...]) -> Operation:
    """The experiment's own values as an operation, so that they get a form."""
    return Operation(
        "run",
        dict,
        "dict",
        (
            Integer(
                name="seed",
                default=0,
                minimum=0,
                maximum=2**63 - 1,
                help=QT_TRANSLATE_NOOP(
                    "catalog", "Of weights, order and random transforms (torch.manual_seed)."
                ),
            ),
            Choice(
                name="device",
                default="auto",
                choices=devices,
                help=QT_TRANSLATE_NOOP(
                    "catalog", "Where tensors live; auto takes CUDA, else MPS, else the CPU."
                ),
            ),
        ),
    )
