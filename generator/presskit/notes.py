"""The texts of a press kit: who may use what until when, the citation, what each picture shows.

UTF-8 with a byte order mark and CRLF: Windows' Notepad of every age shows them right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.views.print.press_kit import KitPicture, PressKitView


def readme(view: PressKitView) -> bytes:
    """README.txt."""
    return _text(view, _readme(view, dict(view.words)))


def citation(view: PressKitView) -> bytes:
    """The citation (颁奖词) and the one line."""
    words = dict(view.words)
    lines: list[str] = []
    if view.citation:
        lines += [words["citation"], *view.citation, ""]
    if view.one_line:
        lines += [words["sentence"], view.one_line, ""]
    return _text(view, lines)


def captions(view: PressKitView) -> bytes:
    """Each picture of the kit: its file, caption, source, and what it shows."""
    words = dict(view.words)
    lines: list[str] = []
    for picture in _pictures(view):
        shown = picture.whole
        lines += [picture.file, f"{words['size']}{shown.width}×{shown.height}"]
        for key, text in (("caption", shown.caption), ("credit", shown.credit), ("alt", shown.alt)):
            if text:
                lines.append(f"{words[key]}{text}")
        lines.append("")
    return _text(view, lines)


def marks(view: PressKitView) -> tuple[str, ...]:
    """What every text of the kit must say first: not approved, an example."""
    words = dict(view.words)
    said = (("unapproved", view.preview), ("example", view.demonstration))
    return tuple(words[key] for key, true in said if true)


def _readme(view: PressKitView, words: dict[str, str]) -> Iterator[str]:
    yield words["holds"]
    if view.photo:
        yield f"  {view.photo.file}    {words['holds-photo']}"
    yield f"  {view.slug}-deeds.docx    {words['holds-deeds']}"
    if view.citation or view.one_line:
        yield f"  {view.slug}-citation.txt    {words['holds-citation']}"
    if view.photo or view.pictures:
        yield f"  {view.slug}-captions.txt    {words['holds-captions']}"
    for picture in view.pictures:
        yield f"  {picture.file}    {picture.whole.caption or picture.whole.alt}"
    yield ""
    yield words["use"]
    if view.preview:
        yield f"  {words['use-unapproved']}"
    else:
        yield f"  {words['use-press']}"
        yield f"  {words['use-until'].format(day=view.until) if view.until else words['use-open']}"
    yield f"  {words['use-credit']}"
    yield f"  {words['use-words']}"
    yield ""
    yield words["reach"]
    for key, text in (("address", view.address), ("issuer", view.issuer), ("contact", view.contact)):
        if text:
            yield f"  {words[key]}{text}"
    yield ""


def _text(view: PressKitView, lines: Iterable[str]) -> bytes:
    head = [*marks(view), f"{view.name}　{dict(view.words)['title']}", view.organisation, ""]
    whole = "\n".join([*head, *lines])
    return "\r\n".join(whole.splitlines()).encode("utf-8-sig", "replace") + b"\r\n"


def _pictures(view: PressKitView) -> tuple[KitPicture, ...]:
    return (*((view.photo,) if view.photo else ()), *view.pictures)
