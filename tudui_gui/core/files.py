"""Writing files so that a crash or a full disk never leaves half a file."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tudui_gui.core.errors import storage_error

# Read once at import: the mask can only be read by setting it, which is unsafe once threads run.
_UMASK = os.umask(0o022)
os.umask(_UMASK)


@contextmanager
def atomic_write(path: Path) -> Iterator[IO[bytes]]:
    """Open a temporary file beside ``path`` for binary writing; rename it to ``path`` on success.

    On any error the temporary file is removed and ``path`` stays as it was.

    Raises
    ------
    StorageError
        When the folder or file cannot be written, or ``path`` is a device or a pipe, which would be replaced.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise OSError(errno.EINVAL, "a device or a pipe, not a file")
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as cause:
        raise storage_error(path, cause) from cause
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o666 & ~_UMASK)
        temporary.replace(path)
    except OSError as cause:
        temporary.unlink(missing_ok=True)
        raise storage_error(path, cause) from cause
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 to ``path``, atomically. Raises ``StorageError``."""
    with atomic_write(path) as stream:
        stream.write(text.encode("utf-8"))
