"""Sites all of whose texts are hostile, and what hears it when one of them runs. See payloads.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

import site_builder
from playwright.sync_api import BrowserContext, Page, Request

# --- a site that holds them ------------------------------------------------------------------------

FIELDS = ("name", "post", "one_line", "summary", "citation", "remarks", "spirit")
SLUGS = ("constructor", "valueof", "li-na", "watch", "length", "then", "keys", "eval", "top", "self")


class Dealer:
    """Deals `part` out, `each` at a time: every field begins at another place, so that in as many records as hold
    the whole part each field sees each payload."""

    def __init__(self, part: Sequence[str], each: int, record: int) -> None:
        self.part, self.each, self.at = part, each, record * each

    def __call__(self, *, lines: bool = False) -> str:
        self.at += 7 * self.each
        dealt = [self.part[(self.at + n) % len(self.part)] for n in range(self.each)]
        return ("\n\n" if lines else " ").join(dealt)


# Names that any file system takes, and that mean something in HTML, addresses, shells and templates.
FILES = (
    "a' onerror='alert(1)' (1).jpg",
    "b&quot;#%3Cscript%3E.jpg",
    "c{{7-7}}`$(id)`;.jpg",
    "d=HYPERLINK(1),;&.jpg",
    "e%2e%2e%2f.jpg",
)


def hostile_record(part: Sequence[str], number: int, each: int, others: Sequence[str]) -> dict[str, bytes]:
    """One record all of whose fields are hostile, with its photo and a picture."""
    deal, slug = Dealer(part, each, number), slug_of(number)
    photo, scene = FILES[number % len(FILES)], FILES[(number + 1) % len(FILES)]
    values: dict[str, Any] = {field: deal() for field in FIELDS}
    values |= {
        "name": f"{number} {values['name']}"[:500].strip(),
        "unit": "constructor/below",
        "categories": ["constructor", "shown"],
        "line": "line",
        "tags": [deal(), deal()],
        "post_class": "class",
        "photo": {"file": photo, "alt": deal(), "credit": deal()},
        "pictures": [{"file": scene, "alt": deal(), "caption": deal(), "credit": deal(), "consent": True}],
        "honours": [
            {
                "title": deal(),
                "date": f"{2020 + number % 6}-05-01",
                "grade": deal(),
                "level": "level",
                "by": deal(),
                "document": deal(),
                "number": deal(),
            }
        ],
        "testimonials": [
            {"quote": deal(), "by": deal(), "relation": deal(), "unit": deal(), "consent": True}
            for _ in range(2)
        ],
        "timeline": [{"date": "2009-07", "text": deal()}],
        "practices": [{"title": deal(), "text": deal()}],
        "pledge": {"promise": deal(), "kept": deal(), "post": deal()},
        "lineage": {"mentors": list(others)},
        "members": [deal()] if number % 5 == 4 else None,
        "kind": "collective" if number % 5 == 4 else "individual",
        "campaign": "campaign",
        "consent": {"basis": deal(), "scope": ["web", "kiosk", "print", "media"], "date": "2026-01-01"},
        "publish": {"from": "2026-01-05"},
        "private": {deal()[:100] or "x": deal()},
    }
    shown = f"![{deal()}]({quote(scene)})"
    body = "\n\n".join((deal(lines=True), f"## {deal()}", deal(lines=True), shown, deal(lines=True)))
    folder = f"exemplars/{slug}"
    return {
        f"{folder}/index.md": site_builder.record(body, **values),
        f"{folder}/{photo}": site_builder.jpeg(colour=f"#{number % 256:02x}2040"),
        f"{folder}/{scene}": site_builder.jpeg(640, 480, colour=f"#20{number % 256:02x}40"),
    }


def slug_of(number: int) -> str:
    return SLUGS[number] if number < len(SLUGS) else f"p{number}"


def hostile_site(part: Sequence[str], each: int, **changes: Any) -> site_builder.Files:
    """As many records as hold the whole `part`; the texts of site.yaml and of content/ hold all of it."""
    whole = " ".join(part)
    some = [" ".join(part[at::6]) for at in range(6)]
    people = max(5, -(-len(part) // each))
    term = [{"key": "constructor", "title": some[0], "intro": whole}, {"key": "shown", "title": some[1]}]
    told = {
        "title": some[2],
        "organisation": some[3],
        "department": some[4],
        "units": [
            {"name": some[5], "key": "constructor", "staff": 10, "units": [{"name": some[0], "key": "below"}]}
        ],
        "categories": term,
        "lines": [{"key": "line", "title": some[1]}],
        "levels": [{"key": "level", "title": some[2]}],
        "post_classes": [{"key": "class", "title": some[3]}],
        "review": {"stages": []},
        "notice": {"required": False, "contact": some[0]},
        "limits": {"deeds": 100_000, "one_line": 1_000, "summary": 10_000},
        "slogans": list(part),
        "feedback": {
            "nominate": {"phone": some[1], "url": "https://oa.example/?a=1&b=%3Cscript%3E"},
            "correct": {"phone": some[2]},
            "mailbox": some[3],
        },
        "print": {
            "masthead": some[4],
            "issuer": some[5],
            "contact": some[0],
            "report": some[1],
            "send": some[2],
            "issue": some[3],
        },
    }
    files = {"site.yaml": site_builder.settings(**(told | changes))}
    names = [slug_of(number) for number in range(people)]
    for number in range(people):
        files |= hostile_record(part, number, each, names[number - 1 : number])
    page = {"title": some[4], "summary": some[5], "order": 1}
    listed = {"exemplars": names[:3]}
    day = {"date": "2026-02-01"}
    files |= {
        "content/about.md": site_builder.document(page, "\n\n".join(part)),
        "content/activities/past.md": site_builder.document(
            {
                "title": some[0],
                **day,
                "time": some[1],
                "place": some[2],
                "kind": some[3],
                "summary": some[4],
                **listed,
            },
            "\n\n".join(part),
        ),
        "content/activities/coming.md": site_builder.document(
            {"title": some[1], "date": "2026-12-01", "place": some[2], "summary": some[5]}
        ),
        "content/campaigns/campaign.md": site_builder.document(
            {
                "title": some[2],
                "summary": some[3],
                "from": "2026-01-01",
                "until": "2026-12-31",
                "phases": [{"title": some[4], "from": "2026-01-01", "until": "2026-12-31", "text": some[5]}],
                "documents": [{"title": some[0], "number": some[1]}],
            },
            whole,
        ),
        "content/notices/circular.md": site_builder.document(
            {"title": some[3], **day, "kind": "circular", "number": some[4], **listed}, whole
        ),
    }
    return files


# --- the tripwire ----------------------------------------------------------------------------------

HEAR = """
(() => {
  const heard = (what) => window.tripped(what);
  addEventListener("pwned", () => heard("event"), true);
  addEventListener("securitypolicyviolation", (seen) =>
    heard("policy " + seen.violatedDirective + " " + seen.blockedURI + " " + seen.sample));
  Object.defineProperty(window, "pwned", { set: () => heard("global"), get: () => { heard("global"); } });
  ["alert", "confirm", "prompt", "print", "open"].forEach((name) => { window[name] = () => heard(name); });
})();
"""
# Whatever came out of a text as markup: our own pages have none of these.
STRANGE = r"""
() => {
  const TAGS = ("iframe object embed marquee math base frameset applet audio video style dialog xmp set animate " +
    "use foreignobject image keygen").split(" ");
  const KEYS = "style srcdoc formaction ping contenteditable autofocus".split(" ");
  const found = [];
  const look = (root) => root.querySelectorAll("*").forEach((each) => {
    const name = each.localName;
    if (name === "template") look(each.content);
    if (TAGS.indexOf(name) >= 0) found.push("<" + name + ">");
    const data = each.src || each.type === "application/ld+json";
    if (name === "script" && !data) found.push("script " + each.textContent);
    Array.from(each.attributes).forEach(({ name: key, value }) => {
      const own = key === "style" && window.HONOUR_KIOSK; // the kiosk's script sets sizes and places
      if ((/^on/.test(key) || KEYS.indexOf(key) >= 0) && !own) found.push(name + " " + key + "=" + value);
      if (!/^(href|src|action|xlink:href|data)$/.test(key)) return;
      const leads = new URL(value, location);
      if (!/^(https?|mailto|tel|file|blob):$/.test(leads.protocol)) found.push(name + " " + key + "=" + value);
      const abroad = name === "a" && /^https?:/.test(leads.protocol) && leads.origin !== location.origin;
      if (abroad && !/noopener/.test(each.rel)) found.push("no noopener " + value);
    });
  });
  look(document);
  if (/\[native code\]/.test(document.documentElement.textContent)) found.push("a function of a prototype");
  if (document.title === "pwned") found.push("title");
  if (window.HONOUR_PEOPLE !== undefined && !Array.isArray(window.HONOUR_PEOPLE)) found.push("clobbered");
  return found;
}
"""
# Events that a visitor causes, on every element: what waits for one runs now.
TOUCH = """
() => {
  const names = ["mouseover", "pointerenter", "focus", "wheel", "animationstart", "toggle"];
  const all = document.querySelectorAll("body *");
  all.forEach((each) => names.forEach((name) => each.dispatchEvent(new Event(name))));
}
"""


class Tripwire:
    """Listens on every page of a context. `tripped` says what was heard, and where."""

    def __init__(self, context: BrowserContext) -> None:
        self.tripped: list[str] = []
        self.where = ""
        context.expose_binding("tripped", lambda source, what: self.note(what))
        context.add_init_script(HEAR)
        context.on("request", self._requested)
        context.route(lambda url: urlsplit(url).hostname == "pwned.example", lambda route: route.abort())
        context.on("page", self._opened)

    def note(self, what: str) -> None:
        self.tripped.append(f"{self.where}: {what}")

    def look(self, page: Page) -> None:
        """Go over a page that stands."""
        page.evaluate(TOUCH)
        for strange in page.evaluate(STRANGE):
            self.note(strange)

    def _opened(self, page: Page) -> None:
        page.on("dialog", lambda dialog: (self.note(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda failure: self.note(f"error {failure}"))
        page.on("console", lambda said: self.note(f"console {said.text}") if _tells(said.text) else None)

    def _requested(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("file", "blob") and parts.hostname != "127.0.0.1":
            self.note(f"request {request.url}")


def _tells(said: str) -> bool:
    return "pwned" in said or "Content Security Policy" in said


def words_of(part: Sequence[str]) -> Iterator[str]:
    """What to ask the search: the beginning, the middle and all of payloads."""
    for payload in part:
        yield from (payload[:60], payload[3:12])
