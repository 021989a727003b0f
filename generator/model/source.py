"""Where a value was read."""

from __future__ import annotations

from dataclasses import dataclass

from generator.problems import Place

# Where each key of a record stands: ("honours.0.level", line, column). Lets later rooms point at the spot.
Places = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Source:
    """The file a value was read from. `file` is relative to the site, with `/`."""

    file: str
    places: Places = ()

    def at(self, key: str = "") -> Place:
        """Where `key` ("unit", "honours.0.level") stands; its nearest parent if it has no place of its own."""
        known = {name: (line, column) for name, line, column in self.places}
        while key:
            if key in known:
                return Place(self.file, *known[key])
            key = key.rpartition(".")[0]
        return Place(self.file)
