"""What a test leaves behind of its own: processes, semaphores and shared memory, never those of others."""

from __future__ import annotations

import os
import re
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnProcess
from pathlib import Path

import psutil
import pytest

SHARED = Path("/dev/shm")
#: Torch names its shared memory after the process that made it.
_OF_TORCH = re.compile(r"torch_(\d+)_")


class Leftovers:
    """Notes what this process begins from now on, as long as ``monkeypatch`` lasts."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._before = set(psutil.Process().children(recursive=True))
        self._shared_before = _shared()
        self._registered: list[tuple[str, str]] = []
        self._pids = {os.getpid()}
        register, unregister, start = (
            resource_tracker.register,
            resource_tracker.unregister,
            SpawnProcess.start,
        )

        def noted(name: str, kind: str) -> None:
            self._registered.append((kind, name))
            register(name, kind)

        def forgotten(name: str, kind: str) -> None:
            if (kind, name) in self._registered:
                self._registered.remove((kind, name))
            unregister(name, kind)

        def started(process: SpawnProcess) -> None:
            start(process)
            if process.pid is not None:
                self._pids.add(process.pid)

        monkeypatch.setattr(resource_tracker, "register", noted)
        monkeypatch.setattr(resource_tracker, "unregister", forgotten)
        monkeypatch.setattr(SpawnProcess, "start", started)

    def workers(self) -> list[psutil.Process]:
        """Child processes begun since then, but multiprocessing's own helper, which stays."""
        children = set(psutil.Process().children(recursive=True)) - self._before
        return [child for child in children if not _is_tracker(child)]

    def registered(self) -> list[tuple[str, str]]:
        """Kind and name of semaphores and shared memory that were made and not removed."""
        return list(self._registered)

    def of_torch(self) -> list[str]:
        """Names of the shared memory that torch made in this process or in one that it began."""
        new = _shared() - self._shared_before
        found = ((name, _OF_TORCH.match(name)) for name in new)
        return sorted(name for name, match in found if match and int(match[1]) in self._pids)


def _shared() -> set[str]:
    return {path.name for path in SHARED.iterdir()} if SHARED.is_dir() else set()


def _is_tracker(process: psutil.Process) -> bool:
    try:
        return "resource_tracker" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return True  # it ended meanwhile: nothing is left
