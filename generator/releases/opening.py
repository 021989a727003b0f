"""What somebody wrote for a destination becomes one."""

from __future__ import annotations

import re
from pathlib import Path

from generator.engine.paths import check_out
from generator.engine.store import FOLDER as STORE
from generator.releases.destination import Destination, refuse
from generator.releases.folder import Folder
from generator.releases.remote import Remote

_SSH = re.compile(r"ssh:(?P<host>[^:/\s-][^:\s]*):(?P<path>.+)")


def open_destination(written: str, *, site: Path, built: Path, pointer: bool = False) -> Destination:
    """A folder or a share, relative to where one stands; or `ssh:host:path`. Files of work lie in the `site`.

    Raises GeneratorError if publishing there could harm what people wrote, or the folder that is `built`."""
    if far := _SSH.fullmatch(written):
        return Remote(far["host"], far["path"], site / STORE / "staged", built)
    folder = Path(written).resolve()
    check_out(site, folder)
    if folder.is_relative_to(built.resolve()) or built.resolve().is_relative_to(folder):
        raise refuse(written, "release-inside", dest=built)
    return Folder(Path(written), pointer=pointer)
