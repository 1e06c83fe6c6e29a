"""One lock for the random state that all threads of the process share.

PyTorch's classic transforms and layers draw from one global generator. Whoever
puts a state of its own there for a moment, as a preview does, holds
:data:`RANDOM_LOCK` meanwhile; so does a training step, whose numbers must not
depend on what is looked at while it runs.
"""

from __future__ import annotations

import threading

RANDOM_LOCK = threading.RLock()
