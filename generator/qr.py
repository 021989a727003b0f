"""QR codes as SVG path data, for screen and print alike."""

from __future__ import annotations

from functools import lru_cache

QUIET_ZONE = 4  # modules, ISO/IEC 18004
MASK = 3


@lru_cache(maxsize=4096)
def qr_path(content: str) -> tuple[str, int]:
    """(path data, side in modules, quiet zone included) of `content`; ("", 0) for "".

    Error correction is M, or better where that costs no larger symbol."""
    if not content:
        return "", 0
    import segno

    code = segno.make_qr(content, error="m", mask=MASK)
    runs: list[str] = []
    for y, row in enumerate(code.matrix):
        x = 0
        while x < len(row):
            width = 0
            while x + width < len(row) and row[x + width]:
                width += 1
            if width:
                runs.append(f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{width}v1h-{width}z")
            x += max(width, 1)
    return "".join(runs), len(code.matrix) + 2 * QUIET_ZONE
