"""The compendium (事迹汇编): the books of content/compendia/, else one of the latest year."""

from generator.editions.compendium.book import plan

__all__ = ["plan"]
