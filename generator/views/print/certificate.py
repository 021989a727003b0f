"""The certificate (荣誉证书)."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.print.parts import Name, SheetFrame, Verse


@dataclass(frozen=True)
class AwardPart:
    """A stretch of the award; `title` is the honour's own name, which is set in red."""

    text: str
    title: bool = False


@dataclass(frozen=True)
class CertificateView:
    """One honour of one exemplar. `deed` is what it is for, `award` the sentence that gives it; `number` (编号)
    and `document` (文号) may be empty; `date` is as documents bear it."""

    frame: SheetFrame
    heading: str
    name: Name
    salutation: str
    deed: Verse
    award: tuple[AwardPart, ...]
    number: str
    document: str
    issuer: str
    date: str
