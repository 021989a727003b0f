"""The office's own pages, feedback, the page that is not there and the one that has moved."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.parts import Frame, Image, Link, YearBar


@dataclass(frozen=True, slots=True)
class ChannelView:
    """`address` is what a QR code leads to: the form, else the mailbox; "" if neither is given."""

    url: str
    email: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class FeedbackView:
    frame: Frame
    path: str
    nominate: ChannelView | None
    correct: ChannelView | None
    mailbox: str


@dataclass(frozen=True, slots=True)
class PageView:
    frame: Frame
    path: str
    title: str
    summary: str
    parts: tuple[str | Image, ...]


@dataclass(frozen=True, slots=True)
class SheetsView:
    """Everything for print that isn't one exemplar's own: issues of the bulletin, books, rolls and the rest.

    `groups` pair the key of a heading with its links."""

    frame: Frame
    path: str
    groups: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """`base` is the path under which the site stands ("/" or "/honour/"): 404 pages have no fixed depth."""

    frame: Frame
    path: str
    base: str
    years: tuple[YearBar, ...]


@dataclass(frozen=True, slots=True)
class RedirectView:
    """The old address of a renamed exemplar."""

    frame: Frame
    path: str
    to: str
    name: str
