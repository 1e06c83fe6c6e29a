"""Kinds of arguments that the command line takes; importable at once."""

from __future__ import annotations

import argparse


def positive(text: str) -> int:
    """A whole number of at least 1. Raises ``ArgumentTypeError``."""
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number of at least 1")
    return int(text)


def address(text: str) -> str:
    """The address of a folder on a web server. Raises ``ArgumentTypeError``."""
    if not text.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f"{text} does not begin with http:// or https://")
    return text
