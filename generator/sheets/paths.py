"""Where sheets lie in the output folder. The website links to them without knowing the editions that make them."""

from __future__ import annotations


def bulletin_path(slug: str) -> str:
    """An exemplar's own bulletin."""
    return f"bulletins/{slug}.pdf"


def issue_path(slug: str) -> str:
    """An issue of the bulletin, content/bulletins/<slug>.md."""
    return f"bulletins/issues/{slug}.pdf"


def board_path(slug: str, size: str) -> str:
    return f"boards/{slug}-{size}.pdf"


def compendium_path(name: str) -> str:
    return f"compendium/{name}.pdf"


def roll_path(name: str, size: str) -> str:
    return f"rolls/{name}-{size}.pdf"


def team_sheet_path(slug: str) -> str:
    return f"team-sheets/{slug}.pdf"


def desk_card_path(slug: str) -> str:
    return f"desk-cards/{slug}.pdf"


def pledge_board_path(keys: tuple[str, ...]) -> str:
    return f"pledge-boards/{'-'.join(keys)}.pdf"


def certificate_path(slug: str, number: int) -> str:
    """`number` counts the certificates of one exemplar, from the latest honour, from 1."""
    return f"certificates/{slug}-{number}.pdf"


def slogan_path(number: int) -> str:
    return f"slogans/{number}.pdf"


def press_kit_path(slug: str) -> str:
    return f"press-kits/{slug}.zip"
