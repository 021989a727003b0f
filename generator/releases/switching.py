"""What a folder shows is one name, changed by one rename: a link, or a pointer where no links can be made.

A pointer is `current.txt` with the id. Servers can't read that, so beside it stands `current.conf`, a map for
nginx, and if a `web.config` of ours lies there, the id in it: IIS sees that at once. Each is renamed, whole."""

from __future__ import annotations

import errno
import re
import sys
from contextlib import suppress
from pathlib import Path

from generator.engine.durable import move, write
from generator.releases.destination import CURRENT, ID, POINTER, RELEASES

_BESIDE = ".honour-current.tmp"
_NGINX, _IIS = "current.conf", "web.config"
# What file systems without links say: FAT, shares of Windows, some appliances.
_NO_LINKS = {errno.EPERM, errno.EACCES, errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
_IN_CONFIG = re.compile(rb"releases/[0-9a-f]{32}")


def linked(folder: Path) -> str:
    """The id that the link names; "" if there is none, or it leads elsewhere."""
    current = folder / CURRENT
    if not current.is_symlink():
        return ""
    target = current.readlink()
    return target.name if target.parent == Path(RELEASES) and ID.fullmatch(target.name) else ""


def pointed(folder: Path) -> str:
    """The id in current.txt; "" if there is none."""
    with suppress(OSError):
        named = (folder / POINTER).read_text("ascii", "replace").strip()
        return named if ID.fullmatch(named) else ""
    return ""


def shown(folder: Path) -> str:
    """The id of what is shown: where there is a pointer, it is what servers read."""
    return pointed(folder) or linked(folder)


def switch(folder: Path, release: str, *, pointer: bool) -> None:
    """Show a release. A folder that has a pointer keeps it: a server reads it. Raises OSError."""
    if pointer or pointed(folder) or not _switch_by_link(folder, release):
        _switch_by_name(folder, release)


def nginx_map(release: str) -> bytes:
    """current.conf for nginx: the folder of the release by the name $honour_release."""
    return f'map $host $honour_release {{ default "releases/{release}"; }}\n'.encode("ascii")


def _switch_by_link(folder: Path, release: str) -> bool:
    if sys.platform != "win32":
        beside = folder / _BESIDE
        beside.unlink(missing_ok=True)
        try:
            beside.symlink_to(f"{RELEASES}/{release}")
        except OSError as cause:
            if cause.errno in _NO_LINKS:
                return False
            raise
        move(beside, folder / CURRENT)
        return True
    return False


def _switch_by_name(folder: Path, release: str) -> None:
    write(folder / _NGINX, [nginx_map(release)])
    config = folder / _IIS
    if config.is_file():
        old = config.read_bytes()
        new = _IN_CONFIG.sub(f"releases/{release}".encode("ascii"), old)
        if new != old:
            write(config, [new])
    write(folder / POINTER, [f"{release}\n".encode("ascii")])
    if linked(folder):
        (folder / CURRENT).unlink()
