"""A Jinja environment that can load the planned files and nothing else, with what templates may call."""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType
from typing import Any

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from generator import qr
from generator.chapters import chapters_of_view, footnotes_of
from generator.engine.target import Files
from generator.theme import colours, nameplate, setting, words


class _Compiled(BytecodeCache):
    """Templates compiled in this process: one source in twenty environments is compiled once."""

    code: dict[tuple[str, str], CodeType] = {}  # noqa: RUF012 - shared by every environment on purpose

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.code[bucket.key, bucket.checksum] = bucket.code


def make_environment(files: Files, language: str, prefix: str) -> jinja2.Environment:
    """Templates of `files` in `language` for pages whose way up to the root is `prefix` ("../../").

    Raises InputChanged if a file is no longer what was planned."""
    made = jinja2.Environment(
        loader=_loader(files),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        bytecode_cache=_Compiled(),
        cache_size=-1,
        auto_reload=False,
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    translated = words.merge(files.text(name) for name in files if "/translations/" in name)
    t = words.translator(translated)
    settings = [files.text(name) for name in files if name.endswith("/theme.yaml")]
    made.globals.update(
        t=t,
        url=relative(prefix),
        colours=colours.merged(settings),
        nameplate=nameplate.lay_out,
        qr_path=qr.qr_path,
        chapters=chapters_of_view,
        footnotes=footnotes_of,
    )
    made.filters.update(
        clauses=setting.clauses,
        sentences=setting.sentences,
        spaced=setting.spaced,
        nobreak=setting.nobreak,
        fit=setting.fit,
        known=known,
        cn=words.counter(language),
        **words.date_filters(t, language),
    )
    return made


def relative(prefix: str) -> Callable[[str], str]:
    """`url(path)`: an address from a page to a file of the output; folders get their index.html (file://)."""

    def url(path: str) -> str:
        if "://" in path or path.startswith(("mailto:", "tel:", "#")):
            return path
        file, hash_, fragment = path.partition("#")
        if not file or file.endswith("/"):
            file += "index.html"
        return prefix + file + hash_ + fragment

    return url


def known(value: Any) -> Any:
    """A mapping for JSON-LD without its empty entries, however deep they lie."""
    if not isinstance(value, dict):
        return value
    return {key: known(entry) for key, entry in value.items() if entry not in (None, "", [])}


def _loader(files: Files) -> jinja2.FunctionLoader:
    """ "home.html" is the first layer's that has one, "honour/home.html" that layer's."""
    named: dict[str, str] = {}
    for name in files:
        _, layer, folder, rest = (*name.split("/", 3), "", "")[:4]
        if folder == "templates":
            named.setdefault(rest, name)
            named[f"{layer}/{rest}"] = name

    def load(called: str) -> tuple[str, str, Callable[[], bool]] | None:
        name = named.get(called)
        return None if name is None else (files.text(name), name, lambda: True)

    return jinja2.FunctionLoader(load)
