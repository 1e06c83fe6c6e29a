"""What every thread beside the main one needs."""

from __future__ import annotations

import os
import sys
import threading

#: macOS gives threads 512 KB, too little for torch.
STACK_SIZE = 8 * 1024 * 1024

#: Least time in seconds between two reports of one thread to the window.
REPORT_INTERVAL = 0.05

_NICENESS = 3


def let_window_go_first() -> None:
    """Let the main thread run as soon as it has something to do, though torch keeps every core busy.

    Called in the thread itself. Qt's thread priorities do nothing under Linux's default scheduler; niceness
    does, and torch's own threads inherit it. It costs nothing while no other program wants the cores.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
