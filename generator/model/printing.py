"""What site.yaml says of printed sheets."""

from __future__ import annotations

from dataclasses import dataclass

# What the wording of a certificate may leave to the record: `{title}` and so on, and their Chinese names.
BLANKS = {"name": "姓名", "title": "名称", "grade": "等级", "year": "年度", "by": "授予单位"}


@dataclass(frozen=True)
class CertificateWords:
    """The wording of certificates (荣誉证书), with BLANKS. Empty texts are filled in by the theme's words."""

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
    `boards` and `rolls` are the sizes to make; `roll_order` is "strokes" or "honour". Empty texts are filled in by
    the theme's words."""

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
    roll_order: str = "strokes"
    certificate: CertificateWords = CertificateWords()
    slogan: Slogans = Slogans()
