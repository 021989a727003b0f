"""Everything a template may see: frozen, plain, public.

No view holds a Catalogue, an Exemplar or a mutable value; a neighbour is a Card or a Link. Paths are those of the
output folder, with `/`; templates make them relative to the page. Dates are datetime.date where whole, else
as written ("2009-07")."""

from generator.views.events import (
    ActivitiesView,
    ActivityRow,
    ActivityView,
    CampaignRow,
    CampaignView,
    CircularRow,
    CircularView,
    DocumentView,
    NoticeRow,
    NoticesView,
    PhaseView,
)
from generator.views.exemplar import (
    Chapter,
    DatedText,
    ExemplarView,
    HonourLine,
    PledgeView,
    Story,
    TitledText,
)
from generator.views.home import CategoryRow, Daily, HomeView
from generator.views.lists import FacetIndexView, FacetRow, FilterRow, ListView, NamesView, Option, YearsView
from generator.views.machine import AddressesView, FeedEntry, FeedView, PeopleRow, PeopleView
from generator.views.pages import ChannelView, FeedbackView, NotFoundView, PageView, RedirectView, SheetsView
from generator.views.parts import Card, Crumb, Frame, Image, Link, Voice, YearBar, YearGroup
from generator.views.statistics import Finding, ShareLine, SpreadsheetView, StatisticsView, UnitCounts

__all__ = [
    "ActivitiesView",
    "ActivityRow",
    "ActivityView",
    "AddressesView",
    "CampaignRow",
    "CampaignView",
    "Card",
    "CategoryRow",
    "ChannelView",
    "Chapter",
    "CircularRow",
    "CircularView",
    "Crumb",
    "Daily",
    "DatedText",
    "DocumentView",
    "ExemplarView",
    "FacetIndexView",
    "FacetRow",
    "FeedEntry",
    "FeedView",
    "FeedbackView",
    "FilterRow",
    "Finding",
    "Frame",
    "HomeView",
    "HonourLine",
    "Image",
    "Link",
    "ListView",
    "NamesView",
    "NotFoundView",
    "NoticeRow",
    "NoticesView",
    "Option",
    "PageView",
    "PeopleRow",
    "PeopleView",
    "PhaseView",
    "PledgeView",
    "RedirectView",
    "ShareLine",
    "SheetsView",
    "SpreadsheetView",
    "StatisticsView",
    "Story",
    "TitledText",
    "UnitCounts",
    "Voice",
    "YearBar",
    "YearGroup",
    "YearsView",
]
