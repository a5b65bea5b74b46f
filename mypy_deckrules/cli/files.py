"""Writing files, whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from mypy_deckrules.cli.results import CannotRun


def ensure_writable(file: Path) -> None:
    """Make sure that a file can be written, before the work whose result goes there begins.

    Raises:
        CannotRun: it cannot.
    """
    if _is_stream(file):
        if not os.access(file, os.W_OK):
            raise CannotRun(f"{file}: cannot be written to")
        return
    file = file.resolve()
    try:
        if file.is_dir():
            raise CannotRun(f"{file}: is a folder")
        # The superuser may write what is marked as read-only; it is still not meant to be written.
        if file.exists() and not (os.access(file, os.W_OK) and file.stat().st_mode & 0o222):
            raise CannotRun(f"{file}: is read-only")
        if not file.parent.is_dir():
            raise CannotRun(f"{file.parent}: no such folder")
    except OSError as error:
        raise CannotRun(f"{file}: cannot be written: {error.strerror}") from None
    if not os.access(file.parent, os.W_OK):
        raise CannotRun(f"{file.parent}: cannot be written to")


def write_file(file: Path, text: str) -> None:
    """Put ``text`` into a file in one step: whoever reads it finds the old or the new text, never a part.

    Raises:
        CannotRun: it cannot be written.
    """
    ensure_writable(file)
    try:
        if _is_stream(file):
            with file.open("a", encoding="utf-8", newline="") as stream:
                stream.write(text)
            return
        file = file.resolve()
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as new:
                new.write(text)
            if file.exists():
                shutil.copymode(file, name)
            else:
                os.chmod(name, 0o666 & ~_umask())
            os.replace(name, file)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(name)
    except OSError as error:
        raise CannotRun(f"{file}: cannot be written: {error.strerror}") from None


def _is_stream(file: Path) -> bool:
    """Whether a path leads to a device, a pipe or an open file (``/dev/stdout``), in whose place no file may be put."""
    try:
        return (
            file.is_char_device()
            or file.is_block_device()
            or file.is_fifo()
            or file.is_socket()
            or file.absolute().is_relative_to("/dev/")
        )
    except OSError:
        return False


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
