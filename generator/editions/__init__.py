"""The publication forms, one a module. Siblings never import each other."""

from generator.editions import (
    board,
    bulletin,
    certificate,
    compendium,
    desk_card,
    kiosk,
    pledge_board,
    press_kit,
    roll,
    slogan,
    team_sheet,
    website,
)
from generator.editions.edition import Edition
from generator.model import Settings

WEBSITE = "website"
KIOSK = "kiosk"

EDITIONS: dict[str, Edition] = {
    WEBSITE: website.plan,
    KIOSK: kiosk.plan,
    "bulletin": bulletin.plan,
    "board": board.plan,
    "compendium": compendium.plan,
    "roll": roll.plan,
    "team-sheet": team_sheet.plan,
    "desk-card": desk_card.plan,
    "pledge-board": pledge_board.plan,
    "certificate": certificate.plan,
    "slogan": slogan.plan,
    "press-kit": press_kit.plan,
}

# What `honour build` makes where site.yaml doesn't say: what costs little for each exemplar.
USUAL = (WEBSITE, KIOSK, "bulletin", "board", "compendium", "roll")


def wanted(settings: Settings, asked: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The editions to make: those asked for, else those of site.yaml, else the usual ones; of these only the
    website and the kiosk where there is no permanent address for the QR codes of sheets."""
    if asked or settings.editions:
        return asked or settings.editions
    return tuple(name for name in USUAL if name in EDITIONS) if settings.base_url else (WEBSITE, KIOSK)
