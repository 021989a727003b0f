"""What site.yaml says of printed sheets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CertificateWords:
    """The wording of certificates (荣誉证书): `{name}`, `{title}`, `{grade}`, `{year}`, `{by}` stand for what the
    record says. `deed` is set by clauses above the award; without it the citation or the one line stands there."""

    heading: str = ""
    individual: str = ""
    collective: str = ""
    salutation: str = ""
    issuer: str = ""


@dataclass(frozen=True)
class Slogans:
    """How slogans (标语) are cut into sheets: paper, and the height of a character in millimetres."""

    paper: str = "a4"
    height: int = 250


@dataclass(frozen=True)
class Printing:
    """`masthead` is the bulletin's name; `report`, `send` and `issue` its 报, 送 and 发, `copies` the print run.
    `boards` and `rolls` are the sizes to make. Empty texts are filled in by the theme's words."""

    masthead: str = ""
    issuer: str = ""
    contact: str = ""
    report: str = ""
    send: str = ""
    issue: str = ""
    copies: int = 0
    boards: tuple[str, ...] = ("a3",)
    bleed: bool = False
    rolls: tuple[str, ...] = ("a3",)
    certificate: CertificateWords = CertificateWords()
    slogan: Slogans = Slogans()
