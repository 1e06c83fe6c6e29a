"""The command line: the window, and everything that works without one.

A command's modules are imported when that command runs, so that the window and ``--help`` appear at once.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import math
import os
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tudui_gui import __version__
from tudui_gui.arguments import positive
from tudui_gui.core import environment
from tudui_gui.core.errors import TuduiError
from tudui_gui.options import add_data_root, add_download, add_json, add_scan, add_transform

if TYPE_CHECKING:
    from tudui_gui.training.control import Control
    from tudui_gui.training.events import Event

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130

_DESCRIPTION = "A desktop laboratory for image classification with PyTorch."
_EPILOG = """\
Without a command the window opens, with the folders, images, .pth and .toml files that are named:
  tudui-gui
  tudui-gui photos/ cat.jpg
A file or folder that is called like a command: ./train

Work lies in $TUDUI_HOME, else ~/tudui-gui. Exit codes: 0 done, 1 failed, 2 wrong usage or no window
possible, 130 interrupted."""

_CATALOGS = ("datasets", "transforms", "layers", "losses", "optimizers", "models")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code. Main thread only."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _print_any_name()
    try:
        if not arguments or not (arguments[0] in _COMMANDS or arguments[0].startswith("-")):
            return _window(arguments)
        options = _parser().parse_args(arguments)
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except TuduiError as error:
        command = error.fields.get("command")
        advice = f"\nOn the command line: {command}" if command else ""
        return _complain(f"{error}{advice}", FAILED)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has gone; keep Python from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _print_any_name() -> None:
    """Let a file name that the terminal's encoding has no letters for appear escaped, not end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tudui-gui",
        usage="tudui-gui [PATH ...] | tudui-gui COMMAND ...",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"tudui-gui {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, prog=parser.prog)
    for name, (run, help_text, add_arguments) in _COMMANDS.items():
        command = commands.add_parser(name, help=help_text, description=help_text)
        add_arguments(command)
        command.set_defaults(run=run, parser=command)
    return parser


def _add_experiment(parser: argparse.ArgumentParser, *, optional: bool = False) -> None:
    nargs = "?" if optional else None
    parser.add_argument("experiment", type=Path, nargs=nargs, metavar="EXPERIMENT.toml")
    add_data_root(parser)
    help_text = "change a value of the experiment, for example optimizer.lr=0.05; may be repeated"
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help=help_text)


# --- the window


def _window(arguments: Sequence[str]) -> int:
    unknown = [argument for argument in arguments if not Path(argument).exists()]
    if unknown:
        return _complain(_no_such_path(unknown[0]), USAGE)
    obstacle = environment.window_obstacle()
    if obstacle:
        return _no_window(obstacle)
    from tudui_gui.gui import app

    return app.main(["tudui-gui", *arguments])


def _no_such_path(argument: str) -> str:
    if argument.startswith("-"):
        return f"options come after a command; {argument} is none of the window's"
    near = get_close_matches(argument, _COMMANDS, n=1)
    hint = f"did you mean the command {near[0]}?" if near else "see tudui-gui --help for the commands"
    return f"there is no file, folder or command {argument}: {hint}"


def _no_window(obstacle: environment.Obstacle) -> int:
    print(f"tudui-gui: no window can open. {obstacle.what}", file=sys.stderr)
    print(obstacle.remedy, file=sys.stderr)
    commands = (
        "doctor, download, scan, transform, train, evaluate, predict, catalog, script, demo --offscreen"
    )
    print(f"These work without a window: {commands}", file=sys.stderr)
    return USAGE


def _add_demo(parser: argparse.ArgumentParser) -> None:
    help_text = "folder for the pictures and report.json; default: demo in the folder of your work"
    parser.add_argument("--out", type=Path, metavar="DIR", help=help_text)
    parser.add_argument("--offscreen", action="store_true", help="show nothing, even where a display is")


def _demo(options: argparse.Namespace) -> int:
    offscreen = options.offscreen or environment.window_obstacle() is not None
    if offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    obstacle = environment.window_obstacle()
    if obstacle:
        return _no_window(obstacle)
    from tudui_gui.core import paths
    from tudui_gui.gui import demo

    return int(demo.run(options.out or paths.home() / "demo", offscreen))


# --- commands without a window


def _doctor(options: argparse.Namespace) -> int:
    from tudui_gui import doctor

    report = doctor.examine()
    if options.json:
        _print_json(report.to_json(), indent=2)
    else:
        print(doctor.to_text(report))
    return OK if report.ok else FAILED


def _add_catalog(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=_CATALOGS)
    add_json(parser)


def _catalog(options: argparse.Namespace) -> int:
    from tudui_gui.cataloguing import CATALOGS, catalog_lines

    catalog = CATALOGS[options.kind]
    if options.json:
        _print_json(catalog.describe(), indent=2)
        return OK
    print(*catalog_lines(catalog), sep="\n")
    return OK


def _script(options: argparse.Namespace) -> int:
    from tudui_gui.launching import experiment_of
    from tudui_gui.scripts import training_script
    from tudui_gui.scripts.data import looked_at

    experiment = experiment_of(options)
    print(training_script(experiment, dataset=looked_at(experiment.dataset)), end="")
    return OK


# --- data sets


def _download(options: argparse.Namespace) -> int:
    from tudui_gui import downloading

    step = downloading.step_of(options.name, options.set)
    done = downloading.fetch_set(step, options.data_root, options.mirror)
    return OK if done else INTERRUPTED


# --- looking through a data set


def _scan(options: argparse.Namespace) -> int:
    from tudui_gui import scanning

    step = scanning.chosen_step(options)
    result = scanning.scanned(step)
    if result is None:
        return INTERRUPTED
    if options.json:
        _print_json(scanning.to_json(*result))
    else:
        print(*scanning.lines(*result), sep="\n")
    return OK if result[1].is_clean else FAILED


# --- augmenting a folder


def _transform(options: argparse.Namespace) -> int:
    from tudui_gui import transforming

    plan = transforming.planned(options)
    if plan is None:
        return INTERRUPTED
    report = None if options.dry_run else transforming.transformed(plan, options)
    if options.json:
        _print_json(transforming.to_json(plan, report))
    else:
        print(*transforming.lines(plan, report), sep="\n")
    return {None: INTERRUPTED, True: OK, False: FAILED}[transforming.succeeded(report)]


# --- training


def _add_train(parser: argparse.ArgumentParser) -> None:
    _add_experiment(parser, optional=True)
    help_text = "folder of the run; default: a new one under runs/ in the folder of your work"
    parser.add_argument("--run-dir", type=Path, metavar="DIR", help=help_text)
    parser.add_argument("--resume", type=Path, metavar="RUN_DIR", help="go on with a run that was stopped")
    add_json(parser, "write every event as a line of JSON to standard output")


def _train(options: argparse.Namespace) -> int:
    if (options.experiment is None) == (options.resume is None):
        options.parser.error("name an EXPERIMENT.toml or a run to --resume, one of the two")
    if options.resume and (options.run_dir or options.set):
        options.parser.error(
            "a resumed run keeps its folder and its experiment: leave out --run-dir and --set"
        )
    from tudui_gui.stopping import stopping_on_signals
    from tudui_gui.training.control import Control

    control = Control()
    with stopping_on_signals(control):
        if options.json:
            return _train_json(options, control)
        return _train_on_terminal(options, control)


def _train_json(options: argparse.Namespace, control: Control) -> int:
    from tudui_gui.launching import events_of, last_of
    from tudui_gui.training.events import RunFailed, to_json

    try:
        with contextlib.closing(events_of(options, control)) as events:
            return _code_of(last_of(events, lambda event: _print_json(to_json(event))))
    except TuduiError as error:
        _print_json(to_json(RunFailed(str(error), error)))
        return FAILED


def _train_on_terminal(options: argparse.Namespace, control: Control) -> int:
    from tudui_gui.launching import events_of, last_of
    from tudui_gui.terminal import TerminalProgress

    with TerminalProgress() as show, contextlib.closing(events_of(options, control)) as events:
        return _code_of(last_of(events, show))


def _code_of(closing: Event | None) -> int:
    from tudui_gui.training.events import RunFinished, RunStopped

    if isinstance(closing, RunFinished):
        return OK
    return INTERRUPTED if isinstance(closing, RunStopped) else FAILED


# --- using a checkpoint


def _add_checkpoint(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoint", type=Path, metavar="CHECKPOINT")


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    _add_checkpoint(parser)
    add_data_root(parser)
    add_json(parser)


def _evaluate(options: argparse.Namespace) -> int:
    from tudui_gui.classifying import evaluation_lines
    from tudui_gui.prediction.testing import evaluate_checkpoint

    result = evaluate_checkpoint(options.checkpoint, data_root=options.data_root)
    if options.json:
        _print_json(result.to_json())
        return OK
    print(*evaluation_lines(result), sep="\n")
    return OK


def _add_predict(parser: argparse.ArgumentParser) -> None:
    _add_checkpoint(parser)
    parser.add_argument("images", type=Path, nargs="+", metavar="IMAGE")
    parser.add_argument(
        "--top", type=positive, default=5, metavar="K", help="how many classes to name; default 5"
    )
    help_text = "class names: those of a data set, such as cifar10, or a text file with a name a line"
    parser.add_argument("--classes", metavar="NAMES", help=help_text)
    help_text = "the model, for a file that holds weights alone: tudui-gui catalog models"
    parser.add_argument("--model", metavar="NAME", help=help_text)
    add_json(parser)


def _predict(options: argparse.Namespace) -> int:
    from tudui_gui.classifying import answer, answer_text
    from tudui_gui.models.zoo import MODELS
    from tudui_gui.prediction.class_names import resolve_classes
    from tudui_gui.prediction.classifier import Classifier

    classifier = Classifier.load(
        options.checkpoint,
        classes=resolve_classes(options.classes) if options.classes else None,
        model=MODELS.step(options.model) if options.model else None,
    )
    answers = [answer(classifier, path, options.top) for path in options.images]
    if options.json:
        _print_json(answers)
    else:
        print(*map(answer_text, answers), sep="\n")
    return FAILED if any(each["error"] for each in answers) else OK


# --- output


def _print_json(value: Any, indent: int | None = None) -> None:
    print(json.dumps(_plain(value), indent=indent, allow_nan=False), flush=True)


def _plain(value: Any) -> Any:
    """``value`` with null for the numbers JSON does not have."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _complain(message: str, code: int) -> int:
    print(f"tudui-gui: {message}", file=sys.stderr)
    return code


_COMMANDS: dict[
    str,
    tuple[Callable[[argparse.Namespace], int], str, Callable[[argparse.ArgumentParser], None]],
] = {
    "doctor": (_doctor, "Say what this machine has and lacks for the program.", add_json),
    "download": (_download, "Fetch one of torchvision's data sets, checked and unpacked.", add_download),
    "scan": (_scan, "Look through a data set for broken files, copies, leaks and more.", add_scan),
    "transform": (_transform, "Apply a pipeline to a whole folder and save the results.", add_transform),
    "train": (_train, "Train a network as an experiment file describes.", _add_train),
    "evaluate": (_evaluate, "Test a checkpoint on the test images it was trained beside.", _add_evaluate),
    "predict": (_predict, "Classify images with a checkpoint.", _add_predict),
    "catalog": (_catalog, "List data sets, transforms, layers, losses, optimizers or models.", _add_catalog),
    "script": (_script, "Print the plain PyTorch script of an experiment.", _add_experiment),
    "demo": (_demo, "Drive the window through the whole job and save pictures of it.", _add_demo),
}
