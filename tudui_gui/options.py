"""The options of the longer commands, importable at once: nothing here loads torch."""

from __future__ import annotations

import argparse
from pathlib import Path

from tudui_gui.arguments import address


def add_json(parser: argparse.ArgumentParser, help_text: str = "write JSON to standard output") -> None:
    """``--json``."""
    parser.add_argument("--json", action="store_true", help=help_text)


def add_data_root(parser: argparse.ArgumentParser) -> None:
    """``--data-root`` of an experiment's data set."""
    help_text = "folder of the data set, in place of the experiment's; bundled sets need none"
    parser.add_argument("--data-root", type=Path, metavar="DIR", help=help_text)


def add_download(parser: argparse.ArgumentParser) -> None:
    """Of ``download``."""
    parser.add_argument("name", metavar="NAME", help="the data set, such as cifar10")
    help_text = "folder to put it in, torchvision's root; default: data in the folder of your work"
    parser.add_argument("--data-root", type=Path, metavar="DIR", help=help_text)
    help_text = "address of a folder that has the files, in place of those torchvision names"
    parser.add_argument("--mirror", type=address, metavar="URL", help=help_text)
    help_text = "choose one of several versions, for example size=160px of imagenette"
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help=help_text)


def add_scan(parser: argparse.ArgumentParser) -> None:
    """Of ``scan``."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = (
        "Exit codes: 0 nothing wrong was found (notes may be), 1 errors or warnings were found or the data\n"
        "set cannot be opened, 2 wrong usage, 130 interrupted. No file of the data set is changed."
    )
    help_text = "folder or CSV of the data set; its layout is recognised"
    parser.add_argument("folder", type=Path, nargs="?", metavar="FOLDER", help=help_text)
    help_text = "read FOLDER as this source, such as folder, named_files or csv"
    parser.add_argument("--layout", metavar="NAME", help=help_text)
    help_text = "the data set of an experiment, with its split and its corrections"
    parser.add_argument("--experiment", type=Path, metavar="EXPERIMENT.toml", help=help_text)
    add_data_root(parser)
    add_json(parser)


def add_transform(parser: argparse.ArgumentParser) -> None:
    """Of ``transform``."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = (
        "Names are made of {stem} {ending} {folder} {copy} {index} {seed} {step} {part}, for example\n"
        "{stem}_{copy:03}; sub-folders are kept. Two results with one name are refused before the start.\n\n"
        "Exit codes: 0 everything was written, 1 something was left out or nothing could be started,\n"
        "2 wrong usage, 130 interrupted: whole files stay, --existing keep goes on with the rest."
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="images to begin with, sub-folders too")
    parser.add_argument("out", type=Path, metavar="OUT", help="folder for the results; made if it is missing")
    help_text = "a preset, such as cifar_train; an EXPERIMENT.toml; a .py file with transforms.Compose([...])"
    parser.add_argument("--pipeline", required=True, metavar="FILE_OR_PRESET", help=help_text)
    help_text = "of an experiment the transforms for test, not those for training"
    parser.add_argument("--test", action="store_true", help=help_text)
    _add_numbers(parser)
    _add_results(parser)
    help_text = "who reads the images; OpenCV gives arrays, blue first; default PIL"
    parser.add_argument("--reader", choices=("PIL", "OpenCV"), default="PIL", help=help_text)
    parser.add_argument("--dry-run", action="store_true", help="check everything and name the first results")
    parser.add_argument("--report", type=Path, metavar="FILE.csv", help="write what became of each file")
    add_json(parser)


def _add_numbers(parser: argparse.ArgumentParser) -> None:
    help_text = "results for each image, each with a seed of its own; default 1"
    parser.add_argument("--copies", type=int, default=1, metavar="N", help=help_text)
    help_text = "from it, the image's path and the number of the copy the seeds follow; default 0"
    parser.add_argument("--seed", type=int, default=0, metavar="S", help=help_text)
    help_text = "names of the results without ending; default {stem}, or {stem}_{copy} with several copies"
    parser.add_argument("--pattern", metavar="P", help=help_text)
    help_text = "keep the result of every step; adds _{step} to the default pattern"
    parser.add_argument("--every-step", action="store_true", help=help_text)


def _add_results(parser: argparse.ArgumentParser) -> None:
    kinds = ("png", "jpeg", "npy", "pt")
    parser.add_argument("--format", choices=kinds, default="png", metavar="F", help=f"{', '.join(kinds)}")
    parser.add_argument("--quality", type=int, default=95, metavar="Q", help="of JPEG, 1 to 100; default 95")
    help_text = "whether Normalize is undone; default: in png and jpeg, not in npy and pt"
    parser.add_argument("--normalized", choices=("undo", "keep"), help=help_text)
    help_text = "what to do when files are there already; default refuse"
    parser.add_argument("--existing", choices=("refuse", "keep", "replace"), default="refuse", help=help_text)
    help_text = "OUT may lie inside FOLDER; what is in it is then no source"
    parser.add_argument("--inside", action="store_true", help=help_text)
