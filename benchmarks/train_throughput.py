"""Training speed: ``tudui-gui train cifar10.toml`` against the tutorial's plain script, in turn, in one run.

    python benchmarks/train_throughput.py --data-root DIR [--epochs 1] [--repeats 3]

Both train the same network on the same images in the same order, each in a process of its own, with
torch's default threads. ``DIR`` holds ``cifar-10-batches-py``. The figure is images per second of training,
without the test pass: the median over the repeats; the ratio is ours / plain, per pair, then the median.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TRAIN_IMAGES = 50_000

PLAIN_SCRIPT = """
import sys, time
import torch, torchvision
from torch import nn
from torch.utils.data import DataLoader

root, epochs = sys.argv[1], int(sys.argv[2])
torch.manual_seed(0)

train_data = torchvision.datasets.CIFAR10(root, train=True, transform=torchvision.transforms.ToTensor())
test_data = torchvision.datasets.CIFAR10(root, train=False, transform=torchvision.transforms.ToTensor())
train_dataloader = DataLoader(train_data, batch_size=64)
test_dataloader = DataLoader(test_data, batch_size=64)


class Tudui(nn.Module):
    def __init__(self):
        super().__init__()
        self.model = nn.Sequential(
            nn.Conv2d(3, 32, 5, 1, 2),
            nn.MaxPool2d(2),
            nn.Conv2d(32, 32, 5, 1, 2),
            nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 5, 1, 2),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(64 * 4 * 4, 64),
            nn.Linear(64, 10),
        )

    def forward(self, x):
        return self.model(x)


tudui = Tudui()
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(tudui.parameters(), lr=0.01)
train_seconds = 0.0
for epoch in range(epochs):
    start = time.perf_counter()
    tudui.train()
    for imgs, targets in train_dataloader:
        outputs = tudui(imgs)
        loss = loss_fn(outputs, targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    train_seconds += time.perf_counter() - start
    tudui.eval()
    correct = 0
    with torch.no_grad():
        for imgs, targets in test_dataloader:
            correct += (tudui(imgs).argmax(1) == targets).sum().item()
print(train_seconds, correct / len(test_data))
"""


@dataclass(frozen=True)
class Result:
    """Seconds of training over all epochs, and the last test accuracy."""

    train_seconds: float
    accuracy: float


def run_plain(data_root: Path, epochs: int) -> Result:
    output = _run([sys.executable, "-c", PLAIN_SCRIPT, str(data_root), str(epochs)])
    seconds, accuracy = map(float, output.split())
    return Result(seconds, accuracy)


def run_ours(data_root: Path, epochs: int) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "tudui_gui",
            "train",
            str(ROOT / "resources/experiments/cifar10.toml"),
        ]
        command += ["--data-root", str(data_root), "--run-dir", str(Path(folder) / "run"), "--json"]
        command += ["--set", f"training.epochs={epochs}", "--set", "device=cpu"]
        events: list[dict[str, Any]] = [json.loads(line) for line in _run(command).splitlines()]
    evaluated = [event for event in events if event["event"] == "epoch"]
    return Result(sum(event["train_seconds"] for event in evaluated), evaluated[-1]["test_accuracy"])


def _run(command: list[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{command[1:4]} ended with {done.returncode}:\n{done.stderr}{done.stdout[-2000:]}")
    return done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data-root", type=Path, required=True, help="folder with cifar-10-batches-py")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    data_root = options.data_root.resolve()
    images = TRAIN_IMAGES * options.epochs
    pairs = []
    for repeat in range(options.repeats):
        plain, ours = run_plain(data_root, options.epochs), run_ours(data_root, options.epochs)
        pairs.append((plain, ours))
        if not options.json:
            print(
                f"{repeat + 1}: {_text('plain', plain, images)}   {_text('tudui-gui', ours, images)}",
                flush=True,
            )
    report(pairs, images, options.json)


def _text(name: str, result: Result, images: int) -> str:
    return f"{name} {images / result.train_seconds:6.0f} images/s, test accuracy {result.accuracy:.4f}"


def report(pairs: list[tuple[Result, Result]], images: int, as_json: bool) -> None:
    figures = {
        "plain_images_per_second": statistics.median(images / plain.train_seconds for plain, _ in pairs),
        "tudui_gui_images_per_second": statistics.median(images / ours.train_seconds for _, ours in pairs),
        "plain_accuracy": pairs[-1][0].accuracy,
        "tudui_gui_accuracy": pairs[-1][1].accuracy,
        "ratio": statistics.median(plain.train_seconds / ours.train_seconds for plain, ours in pairs),
        "repeats": len(pairs),
        "machine": f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}",
    }
    if as_json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:>28}  {value:.4g}" if isinstance(value, float) else f"{name:>28}  {value}")


if __name__ == "__main__":
    main()
