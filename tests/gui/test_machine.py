"""What the status bar says about the machine."""

from __future__ import annotations

import pytest
import torch
from PySide6.QtWidgets import QApplication

from tudui_gui.gui import machine


@pytest.mark.parametrize("count", [1, 2, 16])
def test_threads_are_counted_without_a_plural(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(torch, "get_num_threads", lambda: count)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    assert f"threads: {count}  " in machine.device_text()
