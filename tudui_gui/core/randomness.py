"""One lock for the random state that all threads of the process share.

PyTorch's classic transforms and layers draw from one global generator. Whoever
puts a state of its own there for a moment, as a preview does, holds
:data:`RANDOM_LOCK` meanwhile; so does a training while it draws, since its
numbers must not depend on what is looked at while it runs.
"""

from __future__ import annotations

import threading


class FairLock:
    """A re-entrant lock that serves threads in the order they came.

    A training takes it again and again; with an ordinary lock it could keep everybody else out for long.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._next_ticket = 0
        self._served = 0
        self._owner: int | None = None
        self._depth = 0

    def __enter__(self) -> None:
        me = threading.get_ident()
        if self._owner != me:
            with self._changed:
                ticket, self._next_ticket = self._next_ticket, self._next_ticket + 1
                self._changed.wait_for(lambda: self._served == ticket)
                self._owner = me
        self._depth += 1

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if self._depth == 0:
            with self._changed:
                self._owner = None
                self._served += 1
                self._changed.notify_all()


RANDOM_LOCK = FairLock()
