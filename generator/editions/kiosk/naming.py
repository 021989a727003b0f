"""Parcels are named by what they are made of, so that a version is known before a byte of it is made."""

from __future__ import annotations

from dataclasses import replace

from generator import __version__
from generator.editions.kiosk.pictures import FOLDER
from generator.engine.manifest import Walk
from generator.engine.target import Target
from generator.parcels import FORM

_LENGTH = 12  # hex digits, as in all names of this site


class Naming:
    """One plan's namer."""

    def __init__(self) -> None:
        self._walk = Walk(f"{__version__} {FORM}")

    def named(self, kind: str, target: Target) -> Target:
        """`target` at kiosk/<kind>-<digest>.js; its view is told that path too."""
        path = f"{FOLDER}{kind}-{self.mark(target)}.js"
        return replace(target, path=path, view=replace(target.view, path=path))

    def mark(self, target: Target) -> str:
        """The digest of all that the bytes of `target` depend on."""
        return self._walk.key(target)[:_LENGTH]

    @staticmethod
    def name_of(path: str) -> str:
        """The name of a parcel within the kiosk's folder."""
        return path.removeprefix(FOLDER)
