"""What stands in the kiosk's folder for those who run it: the scripts that pull and start it, and how to."""

from __future__ import annotations

from collections.abc import Iterator

from generator.editions.kiosk.pictures import FOLDER
from generator.engine.target import Target
from generator.theme import Theme, copy_asset

SEALED = FOLDER.rstrip("/")  # the folder that is mirrored, verified and carried away by itself


def plan_operation(theme: Theme) -> Iterator[Target]:
    """They are as the theme has them: nothing in them is about a site."""
    for name, file in theme.folder("kiosk/operation"):
        yield Target(f"{FOLDER}{name.rpartition('/')[2]}", copy_asset, None, ((name, file),))
