"""The desk card (岗位牌): one of each exemplar who has made a pledge, folded to stand on a desk."""

from __future__ import annotations

from generator.catalogue import Catalogue
from generator.editions.edition import Plan
from generator.engine.target import Target
from generator.exhibits import Exhibit
from generator.sheets import Sheets
from generator.sheets.paths import desk_card_path
from generator.theme import Theme
from generator.views.print.desk_card import DeskCardView
from generator.views.print.parts import Name, Verse


def plan(catalogue: Catalogue, theme: Theme, sheets: Sheets) -> Plan:
    """The cards of all who have made a pledge."""
    cards = (single(sheets, exhibit) for exhibit in sheets.exhibits.shown)
    return Plan(tuple(card for card in cards if card), sheets.permitted, sheets.changes, sheets.problems)


def single(sheets: Sheets, exhibit: Exhibit) -> Target | None:
    """The card of `exhibit`; None without a pledge."""
    card, pledge = exhibit.card, exhibit.exemplar.pledge
    if pledge is None:
        return None
    view = DeskCardView(
        frame=sheets.frame,
        name=Name(card.name),
        unit=card.unit,
        post=card.post,
        title=pledge.post,
        promise=Verse(pledge.promise),
    )
    about = exhibit.exemplar.source.file
    return sheets.sheet(
        desk_card_path(exhibit.slug), view, (exhibit,), about=about, problems=sheets.own_words
    )
