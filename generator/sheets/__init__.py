"""What printed editions are planned with: who may be printed, in which fonts, from which templates."""

from generator.sheets.desk import Sheets
from generator.sheets.paths import (
    board_path,
    bulletin_path,
    compendium_path,
    press_kit_path,
    roll_path,
    team_sheet_path,
)

__all__ = [
    "Sheets",
    "board_path",
    "bulletin_path",
    "compendium_path",
    "press_kit_path",
    "roll_path",
    "team_sheet_path",
]
