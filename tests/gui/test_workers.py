"""Jobs: newest wins, cancel, failures, receivers."""

from __future__ import annotations

import logging
import threading
import weakref
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread, Slot
from pytestqt.qtbot import QtBot

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ImageError, ParameterError
from tudui_gui.core.text import Phrase
from tudui_gui.gui.workers import Failure, Job, Jobs, Progress


class Receiver(QObject):
    """Keeps what it was given, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[Any] = []
        self.failures: list[Failure] = []
        self.threads: list[QThread] = []

    @Slot(object)
    def done(self, result: object) -> None:
        self.results.append(result)
        self.threads.append(QThread.currentThread())

    @Slot(object)
    def failed(self, failure: Failure) -> None:
        self.failures.append(failure)


@pytest.fixture
def receiver(qtbot: QtBot) -> Receiver:
    return Receiver()


def answer(value: Any) -> Any:
    return lambda token, progress: value


def test_a_result_arrives_on_the_main_thread(jobs: Jobs, receiver: Receiver) -> None:
    main = QThread.currentThread()
    worked: list[int] = []
    jobs.submit(lambda token, progress: worked.append(threading.get_ident()) or 42, done=receiver.done)
    assert jobs.wait_idle()
    assert receiver.results == [42]
    assert receiver.threads == [main]
    assert worked != [threading.get_ident()]


def test_the_newest_job_of_a_key_wins(jobs: Jobs, receiver: Receiver) -> None:
    started, release = threading.Event(), threading.Event()

    def old(token: CancelToken, progress: Progress) -> str:
        started.set()
        release.wait(10)
        return "old"

    job = jobs.submit(old, done=receiver.done, key="preview")
    assert started.wait(10)
    jobs.submit(answer("new"), done=receiver.done, key="preview")
    release.set()
    assert job.token.cancelled
    assert jobs.wait_idle()
    assert receiver.results == ["new"]


def test_jobs_without_a_key_all_arrive(jobs: Jobs, receiver: Receiver) -> None:
    for number in range(20):
        jobs.submit(answer(number), done=receiver.done)
    assert jobs.wait_idle()
    assert sorted(receiver.results) == list(range(20))


def test_a_cancelled_job_calls_nothing(jobs: Jobs, receiver: Receiver) -> None:
    release = threading.Event()

    def work(token: CancelToken, progress: Progress) -> None:
        release.wait(10)
        token.raise_if_cancelled()

    job = jobs.submit(work, done=receiver.done, failed=receiver.failed)
    job.cancel()
    release.set()
    assert jobs.wait_idle()
    assert receiver.results == receiver.failures == []


def test_a_tudui_error_keeps_its_templates_and_fields(jobs: Jobs, receiver: Receiver) -> None:
    def work(token: CancelToken, progress: Progress) -> None:
        raise ParameterError("Resize", "size", -1, Phrase("a whole number of at least 1"))

    jobs.submit(work, failed=receiver.failed)
    assert jobs.wait_idle()
    (failure,) = receiver.failures
    assert failure.expected
    assert failure.kind == "ParameterError"
    assert failure.fields["parameter"] == "size"
    expected = str(ParameterError("Resize", "size", -1, Phrase("a whole number of at least 1")))
    assert str(failure) == expected


def test_an_unexpected_error_is_named_and_logged(
    jobs: Jobs, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    def work(token: CancelToken, progress: Progress) -> float:
        return 1 / 0

    with caplog.at_level(logging.ERROR):
        jobs.submit(work, failed=receiver.failed)
        assert jobs.wait_idle()
    (failure,) = receiver.failures
    assert not failure.expected
    assert failure.fields == {"kind": "ZeroDivisionError"}
    assert "division by zero" in failure.detail
    assert "ZeroDivisionError" in caplog.text


def test_a_failure_without_receiver_is_logged(jobs: Jobs, caplog: pytest.LogCaptureFixture) -> None:
    def work(token: CancelToken, progress: Progress) -> None:
        raise ImageError("{path} is broken", path="a.png")

    with caplog.at_level(logging.ERROR):
        jobs.submit(work)
        assert jobs.wait_idle()
    assert "a.png is broken" in caplog.text


def test_a_failure_keeps_no_frame_alive(jobs: Jobs, receiver: Receiver) -> None:
    class Tensor:
        pass

    kept: list[weakref.ref[Tensor]] = []

    def work(token: CancelToken, progress: Progress) -> None:
        tensor = Tensor()
        kept.append(weakref.ref(tensor))
        raise ValueError("no")

    jobs.submit(work, failed=receiver.failed)
    assert jobs.wait_idle()
    assert len(receiver.failures) == 1
    assert kept[0]() is None


def test_results_for_a_deleted_receiver_are_dropped(jobs: Jobs) -> None:
    receiver, release = Receiver(), threading.Event()
    jobs.submit(lambda token, progress: release.wait(10), done=receiver.done)
    results = receiver.results
    shiboken6.delete(receiver)
    release.set()
    assert jobs.wait_idle()
    assert results == []


def test_only_bound_methods_of_qobjects_receive(jobs: Jobs) -> None:
    with pytest.raises(TypeError, match="bound methods"):
        jobs.submit(answer(1), done=lambda result: None)
    assert jobs.is_idle


def test_progress_is_passed_on_and_thinned_out(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[tuple[float, str]] = []

    def note(job: Job, fraction: float, text: str) -> None:
        seen.append((fraction, text))

    jobs.job_progressed.connect(note)

    def work(token: CancelToken, progress: Progress) -> None:
        for number in range(10_000):
            progress(number / 10_000, f"{number}")

    jobs.submit(work)
    assert jobs.wait_idle()
    assert seen[0] == (0.0, "0")
    assert len(seen) < 100


def test_lasting_jobs_do_not_hold_up_short_ones(jobs: Jobs, receiver: Receiver, qtbot: QtBot) -> None:
    release = threading.Event()
    for _ in range(4):
        jobs.submit(lambda token, progress: release.wait(10), lasting=True)
    jobs.submit(answer("short"), done=receiver.done)
    qtbot.waitUntil(lambda: receiver.results == ["short"])
    release.set()


def test_cancel_all_ends_everything(jobs: Jobs, receiver: Receiver) -> None:
    def work(token: CancelToken, progress: Progress) -> None:
        while not token.cancelled:
            pass

    for _ in range(5):
        jobs.submit(work, done=receiver.done)
    jobs.cancel_all()
    assert jobs.wait_idle()
    assert receiver.results == []


def test_start_and_end_are_told(jobs: Jobs) -> None:
    started: list[str] = []
    ended: list[str] = []
    jobs.job_started.connect(lambda job: started.append(job.title))
    jobs.job_ended.connect(lambda job: ended.append(job.title))
    jobs.submit(answer(None), title="Scanning")
    assert jobs.wait_idle()
    assert started == ended == ["Scanning"]
