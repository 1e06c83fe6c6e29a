"""The look at what tests leave behind sees a real leak, and nothing of other programs."""

from __future__ import annotations

import gc
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

import pytest
import torch

from .leftovers import SHARED, Leftovers

has_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="shared memory has no names here")


@pytest.mark.skipif(os.name == "nt", reason="Windows registers nothing")
def test_a_semaphore_is_seen_until_it_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    left = Leftovers(monkeypatch)
    held = multiprocessing.get_context("spawn").Semaphore()
    assert [kind for kind, _ in left.registered()] == ["semaphore"]
    del held
    gc.collect()
    assert left.registered() == []


@pytest.mark.skipif(os.name == "nt", reason="Windows registers nothing")
def test_shared_memory_is_seen_until_it_is_unlinked(monkeypatch: pytest.MonkeyPatch) -> None:
    left = Leftovers(monkeypatch)
    memory = SharedMemory(create=True, size=100)
    memory.close()
    assert [kind for kind, _ in left.registered()] == ["shared_memory"]
    memory.unlink()
    assert left.registered() == []


@pytest.fixture
def named_in_memory() -> Iterator[Callable[[str], Path]]:
    made: list[Path] = []

    def make(name: str) -> Path:
        made.append(SHARED / name)
        made[-1].write_bytes(b"")
        return made[-1]

    yield make
    for path in made:
        path.unlink()


@has_shared
def test_what_another_program_makes_meanwhile_is_none_of_ours(
    monkeypatch: pytest.MonkeyPatch, named_in_memory: Callable[[str], Path]
) -> None:
    left = Leftovers(monkeypatch)
    named_in_memory(f"sem.mp-of-others-{os.getpid()}")
    named_in_memory(f"torch_{os.getppid()}_1_1")
    assert left.of_torch() == [] and left.registered() == []
    ours = named_in_memory(f"torch_{os.getpid()}_1_1")
    assert left.of_torch() == [ours.name]


@has_shared
@pytest.mark.skipif(sys.platform != "linux", reason="torch has one way to share elsewhere")
def test_a_shared_tensor_is_seen_until_it_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    left = Leftovers(monkeypatch)
    strategy = torch.multiprocessing.get_sharing_strategy()
    torch.multiprocessing.set_sharing_strategy("file_system")
    try:
        tensor = torch.zeros(1000)
        tensor.untyped_storage()._share_filename_cpu_()
    finally:
        torch.multiprocessing.set_sharing_strategy(strategy)
    assert len(left.of_torch()) == 1
    del tensor
    gc.collect()
    assert left.of_torch() == []


def test_a_process_is_seen_until_it_ends_but_none_from_before(monkeypatch: pytest.MonkeyPatch) -> None:
    command = [sys.executable, "-c", "input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as earlier:
        left = Leftovers(monkeypatch)
        with subprocess.Popen(command, stdin=subprocess.PIPE) as later:
            assert [child.pid for child in left.workers()] == [later.pid]
            later.communicate(b"\n")
        assert left.workers() == [] and earlier.poll() is None
        earlier.communicate(b"\n")
