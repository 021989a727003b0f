"""Copies of a published kiosk where it is shown: pulled from a server or a share, or carried there on a stick."""

from generator.mirror.pull import Pulled, pull
from generator.mirror.source import Source, open_source
from generator.mirror.stick import Exported, export

__all__ = ["Exported", "Pulled", "Source", "export", "open_source", "pull"]
