"""What servers need to answer 410 (gone) for whoever was withdrawn: patterns of addresses, for no web root."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NGINX, APACHE, CADDY = "gone.map", "gone.apache", "gone.caddy"


@dataclass(frozen=True, slots=True)
class _Form:
    """How one server writes it: `line` with the pattern in the middle."""

    before: str
    after: str


# The prefix is left open: the site may lie below a path.
_PATTERNS = (
    r"/exemplars/{slug}(/|$)",
    r"/(bulletins|team-sheets|desk-cards)/{slug}\.pdf$",
    r"/boards/{slug}-(a3|60x90|80x180)\.pdf$",
    r"/certificates/{slug}-[0-9]+\.pdf$",
    r"/press-kits/{slug}\.zip$",
)
_FORMS = {
    NGINX: _Form("~", " 1;"),
    APACHE: _Form('RedirectMatch 410 "', '"'),
}


def tombstones(slugs: Iterable[str]) -> Mapping[str, bytes]:
    """The files by name. A slug is the pinyin of a name: whoever can read these can guess it, so they lie beside
    the releases and not in them."""
    people = sorted(set(slugs))
    made = {
        name: "".join(
            f"{form.before}{pattern.format(slug=slug)}{form.after}\n"
            for slug in people
            for pattern in _PATTERNS
        )
        for name, form in _FORMS.items()
    }
    made[CADDY] = "".join(_caddy(number, slug) for number, slug in enumerate(people))
    return {name: text.encode("ascii") for name, text in made.items()}


def _caddy(number: int, slug: str) -> str:
    patterns = "|".join(pattern.format(slug=slug) for pattern in _PATTERNS)
    return f"@gone{number} path_regexp {patterns}\nhandle @gone{number} {{\n\trespond 410\n}}\n"
