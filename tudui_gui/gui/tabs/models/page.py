"""The Models page: what is chosen, its modules, the chosen module."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.checkpoints import file_title
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.models.choice_card import MODEL_SUFFIXES, ChoiceCard
from tudui_gui.gui.tabs.models.layer_table import LayerTable
from tudui_gui.gui.tabs.models.module_card import ModuleCard
from tudui_gui.gui.tabs.models.work import (
    Fit,
    ModuleFacts,
    NeedsModel,
    Shown,
    build,
    check,
    describe_module,
    open_file,
)
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.widgets.segmented import SegmentedSwitch
from tudui_gui.gui.widgets.tag import Tag
from tudui_gui.gui.workers import Jobs
from tudui_gui.scripts.models import model_script

_SIDE_WIDTH = 230
_VIEWS = ("table", "text")


class ModelsPage(Page):
    """Models of the zoo and of files, looked at module by module. What is shown is the session's open model.

    A trained model takes its place when a run ends, unless a person has chosen another one here.
    """

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, parent)
        self.setObjectName("models_tab")
        self._shown: Shown | None = None
        self._problem: Failure | None = None
        self._fit: Fit | Failure | None = None
        self._pending_weights: Path | None = None
        self._trained: Path | None = None
        self._offered: Path | None = None
        self._is_chosen = False
        self._is_started = False
        self.choice = ChoiceCard(session)
        self.table = LayerTable()
        self.text = named(QPlainTextEdit(), "model_text")
        self.module = ModuleCard()
        self._card = Card("", "model_card")
        self._tags = {name: Tag(object_name=f"model_{name}") for name in ("parameters", "multiply_adds")}
        self._title = ElidedLabel(role="title", object_name="model_title")
        self._view = SegmentedSwitch("model_view", _VIEWS)
        self._use = Button("use_model_for_training", role="primary")
        self._maps = Button("show_feature_maps", "layers-outline")
        self._fit_label = Label(role="muted", object_name="model_fit")
        self._fit_label.setWordWrap(True)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.retranslate_ui()

    @property
    def shown(self) -> Shown | None:
        """The model that is shown."""
        return self._shown

    def code(self) -> str:
        model = None if self._shown is None else self._shown.model
        if model is None or model.step is None:
            return ""
        return model_script(model.step, len(model.classes), model.input_shape)

    def accepts(self, path: Path) -> bool:
        return path.suffix.lower() in MODEL_SUFFIXES

    def open_paths(self, paths: Sequence[Path]) -> None:
        if paths:
            self._is_started = self._is_chosen = True
            self._open(paths[0], replaces_choice=True)

    def activated(self) -> None:
        if not self._is_started:
            self._is_started = True
            self._build()

    def retranslate_ui(self) -> None:
        self._view.set_texts(
            {
                "table": (self.tr("Modules"), self.tr("Every module with its output shape and parameters")),
                "text": ("print(model)", self.tr("The model as Python prints it")),
            }
        )
        self.table.setAccessibleName(self.tr("Modules of the model"))
        self.table.setToolTip(self.tr("named_modules() with what each makes of one image"))
        self.text.setAccessibleName(self.tr("The model as text"))
        self.text.setToolTip(self.tr("What print(model) shows"))
        self._maps.set_texts(
            self.tr("Feature maps"), self.tr("Look into this model's layers in the Layers tab")
        )
        self._show_totals()
        self._show_fit_text()

    def _lay_out(self) -> None:
        self.text.setReadOnly(True)
        self.text.setProperty("role", "code")
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.text)
        self._card.header.insertWidget(0, self._title, 1)
        for tag in self._tags.values():
            self._card.add_to_header(tag)
        tools = QHBoxLayout()
        tools.addWidget(self._view)
        tools.addStretch(1)
        tools.addWidget(self._maps)
        tools.addWidget(self._use)
        self._card.body.addLayout(tools)
        self._card.body.addWidget(self._fit_label)
        self._card.body.addWidget(self._stack, 1)
        row = QHBoxLayout(self.body)
        theme.page_layout(row)
        for side in (self.choice, self.module):
            side.setFixedWidth(_SIDE_WIDTH)
        row.addWidget(self.choice)
        row.addWidget(self._card, 1)
        row.addWidget(self.module)

    def _connect(self) -> None:
        session = self.session
        self.choice.model_chosen.connect(self._on_choice)
        self.choice.file_chosen.connect(self._on_file)
        self.table.module_selected.connect(self._describe)
        self._view.key_chosen.connect(self._show_view)
        self._use.clicked.connect(self._use_for_training)
        self._maps.clicked.connect(self._show_maps)
        session.dataset_changed.connect(self._on_dataset)
        session.experiment_changed.connect(self._on_experiment)
        session.checkpoint_changed.connect(self._on_checkpoint)
        session.training.state_changed.connect(self._on_training)

    def _build(self) -> None:
        work = partial(build, self.choice.request())
        title = self.tr("Building {model}").format(model=self.choice.step.name)
        self.jobs.submit(work, done=self._show, failed=self._fail, key="models.open", title=title)

    def _open(self, path: Path, *, replaces_choice: bool) -> None:
        title = self.tr("Opening {name}").format(name=path.name)
        failed = self._fail_file if replaces_choice else self._fail_trained
        work = partial(open_file, path, None)
        self.jobs.submit(work, done=self._show, failed=failed, key="models.open", title=title)

    @Slot()
    def _on_choice(self) -> None:
        self._is_chosen = True
        if self._pending_weights is not None:
            self._ask_for_model(self._pending_weights)
        else:
            self.clear_banner()
        self._build()

    @Slot(object)
    def _on_file(self, path: Path) -> None:
        self.open_paths([path])

    @Slot(object)
    def _show(self, shown: Shown | NeedsModel) -> None:
        if isinstance(shown, NeedsModel):
            self._ask_for_model(shown.path)
            return
        self._problem = None
        self._shown = shown
        if shown.model.path is not None:
            self._pending_weights = None
            self.clear_banner()
        self.table.show_summary(shown.model.name, shown.summary)
        self.text.setPlainText(shown.text)
        self.session.set_open_model(shown.model)
        self._describe(self.table.current)
        self._show_totals()
        self._check_fit()
        self.code_changed.emit()

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        """The chosen values give no model: said above the table, which keeps the one before."""
        self._problem = failure
        self._show_fit_text()

    @Slot(object)
    def _fail_file(self, failure: Failure) -> None:
        self.show_failure(failure)
        if self._pending_weights is not None:
            self._pending_weights = None

    @Slot(object)
    def _fail_trained(self, failure: Failure) -> None:
        """A run's checkpoint could not be shown here; the Train tab is the place where its run is told of."""
        self.session.notify(describe(failure), is_warning=True)

    def _ask_for_model(self, path: Path) -> None:
        self._pending_weights = path
        text = self.tr(
            "{name} holds weights alone. Choose the model they belong to on the left, then load them."
        )
        action = self.tr("Load into {model}").format(model=self.choice.step.name)
        self.show_notice(text.format(name=path.name), action, self._load_weights)

    def _load_weights(self) -> None:
        path = self._pending_weights
        if path is not None:
            title = self.tr("Opening {name}").format(name=path.name)
            work = partial(open_file, path, self.choice.step)
            self.jobs.submit(work, done=self._show, failed=self._fail_file, key="models.open", title=title)

    @Slot(object)
    def _on_checkpoint(self, path: Path) -> None:
        self._trained = path
        self._on_training(self.session.training.state)

    @Slot(str)
    def _on_training(self, state: str) -> None:
        """While a run goes on its checkpoints come and go; the last one is the trained model."""
        path = self._trained
        if state != "idle" or path is None:
            return
        self._trained = None
        if not self._is_chosen:
            self._is_started = True
            self._open(path, replaces_choice=False)
            return
        self._offered = path
        text = self.tr("{name} is trained.").format(name=file_title(path))
        self.show_notice(text, self.tr("Open it here"), self._open_offered)

    def _open_offered(self) -> None:
        if self._offered is not None:
            self._is_chosen = False
            self._open(self._offered, replaces_choice=True)

    def _show_totals(self) -> None:
        texts = dict.fromkeys(self._tags, "")
        self._title.set_text("" if self._shown is None else self._shown.model.name)
        if self._shown is not None:
            summary = self._shown.summary
            texts["parameters"] = self.tr("{count} parameters").format(count=f"{summary.parameters:,}")
            texts["multiply_adds"] = self.tr("{count} multiply-adds").format(
                count=_short(summary.multiply_adds)
            )
        for name, text in texts.items():
            self._tags[name].set_text(text)
        self._show_use()

    def _show_use(self) -> None:
        step = None if self._shown is None else self._shown.model.step
        is_used = step is not None and step == self.session.experiment.model
        self._use.setEnabled(step is not None and not is_used)
        self._use.set_texts(
            self.tr("Use for training"),
            self.tr("The experiment trains this model already")
            if is_used
            else self.tr("Put this model into the experiment of the Train tab"),
        )
        self._maps.setEnabled(self._shown is not None)

    @Slot(str)
    def _describe(self, name: str) -> None:
        if self._shown is not None:
            work = partial(describe_module, self._shown.model, name)
            self.jobs.submit(work, done=self._show_module, key="models.module")

    @Slot(object)
    def _show_module(self, facts: ModuleFacts) -> None:
        self.module.show_facts(facts)

    @Slot(object)
    def _on_dataset(self, dataset: object) -> None:
        if self._shown is not None and not self._is_chosen and self._shown.model.path is None:
            self._build()  # with as many outputs as the data set has classes
        else:
            self._check_fit()

    @Slot(object)
    def _on_experiment(self, experiment: object) -> None:
        self._show_use()
        self._check_fit()

    def _check_fit(self) -> None:
        dataset = self.session.dataset
        if self._shown is None or dataset is None:
            self._fit = None
            self.jobs.cancel("models.fit")
            self._show_fit_text()
            return
        work = partial(check, self._shown.model, dataset, self.session.experiment.test_transforms)
        self.jobs.submit(work, done=self._show_fit, failed=self._show_fit, key="models.fit")

    @Slot(object)
    def _show_fit(self, fit: Fit | Failure) -> None:
        self._fit = fit
        self._show_fit_text()

    def _show_fit_text(self) -> None:
        failure = self._problem or (self._fit if isinstance(self._fit, Failure) else None)
        text = describe(failure) if failure is not None else self._fit_text()
        self._fit_label.setProperty("role", "error" if failure is not None else "muted")
        self._fit_label.style().unpolish(self._fit_label)
        self._fit_label.style().polish(self._fit_label)
        self._fit_label.setText(text)
        self._fit_label.setVisible(bool(text))

    def _fit_text(self) -> str:
        fit = self._fit
        if not isinstance(fit, Fit):
            return ""
        shape = "[" + ", ".join(map(str, fit.image_shape)) + "]"
        if fit.outputs == fit.classes:
            text = self.tr(
                "Fits the images of {dataset} after the test transforms: {shape} → {outputs} classes."
            )
        else:
            text = self.tr(
                "Takes the images of {dataset} ({shape}), but has {outputs} outputs for {classes} classes."
            )
        return text.format(dataset=fit.dataset, shape=shape, outputs=fit.outputs, classes=fit.classes)

    @Slot()
    def _use_for_training(self) -> None:
        if self._shown is None or self._shown.model.step is None:
            return
        step = self._shown.model.step
        changed = replace(self.session.experiment, model=step)
        self.session.set_experiment(changed, self.tr("change of the model"))
        self.session.notify(self.tr("The experiment now trains {model}.").format(model=step.name))

    @Slot()
    def _show_maps(self) -> None:
        if self._shown is not None:
            self.session.set_open_model(self._shown.model)
            self.session.tab_requested.emit("layers_tab")

    @Slot(str)
    def _show_view(self, key: str) -> None:
        self._stack.setCurrentIndex(_VIEWS.index(key))


def _short(number: int) -> str:
    """``"8.6 M"``: three significant digits and a unit of a thousand."""
    for limit, unit in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if number >= limit:
            return f"{number / limit:.3g} {unit}"
    return str(number)
