"""What is known of a source photo before anything is made from it."""

from __future__ import annotations

from dataclasses import dataclass

MOST_BYTES = 100_000_000  # of a source file; a camera's largest JPEG has a third of it
LEAST_WIDTH = 480  # pixels; narrower than this a portrait is a blur on every screen
GOOD_WIDTH = 960  # pixels; enough for the half-window portrait of the home page on a dense screen


@dataclass(frozen=True)
class PhotoFacts:
    """`width` and `height` in pixels of the upright picture. `average` is its colour as #rrggbb, for the mat
    while it loads. `warnings` are codes of messages/<language>.toml."""

    width: int
    height: int
    format: str
    mode: str
    has_alpha: bool
    frames: int
    average: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class PhotoRefusal:
    """Why a file can't be used: a code of messages/<language>.toml, which `found` and `file` fill in."""

    code: str
    found: tuple[tuple[str, str], ...]


def width_code(width: float) -> str:
    """What is wrong with a picture that shows `width` pixels of its source: "photo-too-small" is an error,
    "photo-small" a warning, "" nothing."""
    if width < LEAST_WIDTH:
        return "photo-too-small"
    return "photo-small" if width < GOOD_WIDTH else ""
