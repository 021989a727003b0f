"""Whole releases: staged, verified, switched to at one stroke, and rolled back."""

from generator.releases.compressing import compressed
from generator.releases.content import Content, content_of
from generator.releases.destination import Destination, Guard, held
from generator.releases.folder import Folder
from generator.releases.listing import Release, listed
from generator.releases.opening import open_destination
from generator.releases.publishing import Published, publish, rollback
from generator.releases.signing import signed

__all__ = [
    "Content", "Destination",
    "Folder", "Guard", "Published", "Release", "compressed",
    "content_of", "held", "listed", "open_destination",
    "publish", "rollback", "signed",
]  # fmt: skip
