"""The colours of a theme: the CSS they become and the contrast that WCAG 2.1 asks of a pair."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

HEX = re.compile(r"#[0-9A-Fa-f]{6}\Z")

AA = 4.5
AA_LARGE = 3.0  # from 24 px, or 18.66 px bold (WCAG 2.1, 1.4.3)

# Every (text, ground) pair the styles set, with the ratio it needs. Gold is for numerals of 24 px and more.
PAIRS: tuple[tuple[str, str, float], ...] = (
    ("ink", "paper", AA),
    ("soft", "paper", AA),
    ("red", "paper", AA),
    ("gold", "paper", AA_LARGE),
    ("ink", "mat", AA),
    ("soft", "mat", AA),
    ("on-deep", "deep", AA),
    ("on-deep-soft", "deep", AA),
    ("lgold", "deep", AA),
    ("kiosk-text", "kiosk", AA),
    ("kiosk-dim", "kiosk", AA),
    ("lgold", "kiosk", AA),
    ("kiosk-text", "kiosk-key", AA),
)


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", 0..1 (WCAG 2.1)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1..21, whichever is lighter."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def too_faint(colours: Mapping[str, str]) -> Iterator[tuple[str, str, float, float]]:
    """(text, ground, ratio, ratio needed) of each pair that readers with weak eyes could not read."""
    for text, ground, needed in PAIRS:
        if text in colours and ground in colours:
            ratio = contrast(colours[text], colours[ground])
            if ratio < needed:
                yield text, ground, ratio, needed


def as_css(colours: Mapping[str, str]) -> str:
    """The custom properties that stand in front of the stylesheet."""
    return ":root {\n" + "".join(f"  --{name}: {value};\n" for name, value in colours.items()) + "}\n"


def merged(settings: Iterable[str]) -> dict[str, str]:
    """The colours of the texts of theme.yaml files, the most particular first."""
    import yaml

    found: dict[str, str] = {}
    for text in settings:
        colours = (yaml.safe_load(text) or {}).get("colours") or {}
        found = {str(key): str(value) for key, value in colours.items()} | found
    return found
