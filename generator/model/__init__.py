"""What an office's files say, as frozen values: the settings, the exemplars, pages and events.

Nothing here knows files or templates. `private` lives on Exemplar alone; the nomination form's view alone has its
values.

These values have no slots: the store keeps them by the ten thousand, and pickle loads the ones with a `__dict__`
twice as fast."""

from generator.model.content import (
    Activity,
    BasisDocument,
    Bulletin,
    Campaign,
    Circular,
    Compendium,
    Page,
    Phase,
)
from generator.model.exemplar import (
    Consent,
    Exemplar,
    Honour,
    Kind,
    Lineage,
    Moment,
    Notice,
    Photo,
    Picture,
    Pledge,
    Practice,
    Review,
    Scope,
    Status,
    Testimonial,
    Window,
)
from generator.model.kiosk import Kiosk, Newly, Polling, Stay
from generator.model.printing import BLANKS, CertificateWords, Printing, Slogans
from generator.model.settings import Channel, Feedback, Limits, Publishing, Settings, Term, Unit, term
from generator.model.source import Places, Source
from generator.model.withdrawn import AllowedName, Withdrawn

__all__ = [
    "BLANKS",
    "Activity",
    "AllowedName",
    "BasisDocument",
    "Bulletin",
    "Campaign",
    "CertificateWords",
    "Channel",
    "Circular",
    "Compendium",
    "Consent",
    "Exemplar",
    "Feedback",
    "Honour",
    "Kind",
    "Kiosk",
    "Limits",
    "Lineage",
    "Moment",
    "Newly",
    "Notice",
    "Page",
    "Phase",
    "Photo",
    "Picture",
    "Places",
    "Pledge",
    "Polling",
    "Practice",
    "Printing",
    "Publishing",
    "Review",
    "Scope",
    "Settings",
    "Slogans",
    "Source",
    "Status",
    "Stay",
    "Term",
    "Testimonial",
    "Unit",
    "Window",
    "Withdrawn",
    "term",
]
