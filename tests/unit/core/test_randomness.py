"""The lock around the shared random state."""

from __future__ import annotations

import threading

from tudui_gui.core.randomness import FairLock


def test_the_lock_is_reentrant_and_free_afterwards() -> None:
    lock = FairLock()
    with lock, lock:
        pass
    taken = threading.Event()

    def take() -> None:
        with lock:
            taken.set()

    other = threading.Thread(target=take)
    other.start()
    other.join(5)
    assert taken.is_set()


def test_only_one_thread_is_inside() -> None:
    lock, inside, most = FairLock(), 0, 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(200):
            with lock:
                inside += 1
                most = max(most, inside)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert most == 1


def test_who_comes_first_is_served_first() -> None:
    lock, order = FairLock(), []

    def take(name: int) -> None:
        with lock:
            order.append(name)

    threads = [threading.Thread(target=take, args=(name,)) for name in range(5)]
    with lock:
        for queued, thread in enumerate(threads, start=2):
            thread.start()
            while lock._next_ticket < queued:  # until it stands in the queue
                pass
    # The owner comes again at once, as a training does: it has to queue up behind the others.
    take(99)
    for thread in threads:
        thread.join(5)
    assert order == [0, 1, 2, 3, 4, 99]


def test_an_error_inside_lets_go() -> None:
    lock = FairLock()
    try:
        with lock:
            raise ValueError
    except ValueError:
        taken = threading.Thread(target=lock.__enter__)
        taken.start()
        taken.join(5)
        assert not taken.is_alive()
