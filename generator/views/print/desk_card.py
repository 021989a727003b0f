"""The desk card of a post (岗位牌)."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.print.parts import Name, SheetFrame, Verse


@dataclass(frozen=True)
class DeskCardView:
    """A card that stands on a desk and says the same on both sides. `title` is what the record calls the post
    (党员先锋岗), "" where it says nothing."""

    frame: SheetFrame
    name: Name
    unit: tuple[str, ...]
    post: str
    title: str
    promise: Verse
