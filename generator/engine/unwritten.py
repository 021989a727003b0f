"""What to tell of a file that could not be written, and what helps."""

from __future__ import annotations

import errno

from generator.problems import Place, Problem, error

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_DENIED = (errno.EROFS, errno.EACCES, errno.EPERM)


def unwritten(out: str, path: str, cause: OSError, about: str = "") -> Problem:
    """The problem of `path`, below the folder `out`, that could not be written.

    A full disk and a folder that may not be written are said of the folder: a build of 10,000 files that meets
    one has one problem, not as many. Anything else is said of the file, or of what it is `about`."""
    folder = out.replace("\\", "/")
    if cause.errno in _FULL:
        return error(Place(folder), "disk-full", out=folder)
    if cause.errno in _DENIED and _is_folders(cause):
        return error(Place(folder), "write-denied", out=folder)
    return error(Place(about or path), "write-failed", path=path, cause=cause.strerror or str(cause))


def _is_folders(cause: OSError) -> bool:
    """On Windows a single file that somebody has open is denied in the same words."""
    return getattr(cause, "winerror", None) is None
