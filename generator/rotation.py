"""Who stands on the home page on which day: nobody twice before everybody once.

The queue is replayed from the first publication: on every day newcomers go to its head (so a new honour is
seen at once), those whose days are over leave, and whoever stands first is shown and goes to the tail. k
newcomers displace the others by at most k days. Somebody who vanishes without a dated end (a revocation) is
unknown to the replay, so the order is dealt anew from what remains; no rule that forgets a person can do
better."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from itertools import pairwise

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody's time in the rotation: `first` day and `last` day, None for open."""

    slug: str
    first: date
    last: date | None = None


def rotation(stays: Iterable[Stay], day: date, days: int = 14) -> tuple[str, ...]:
    """Slugs of those shown on `day` and on each day after it, at most `days`; ends where nobody is left."""
    arrivals: dict[date, list[str]] = {}
    departures: dict[date, list[str]] = {}
    for stay in stays:
        if stay.last is None or stay.first <= stay.last:
            arrivals.setdefault(stay.first, []).append(stay.slug)
            if stay.last is not None:
                departures.setdefault(stay.last + _ONE_DAY, []).append(stay.slug)
    queue: OrderedDict[str, None] = OrderedDict()
    shown: list[str] = []
    end = day + _ONE_DAY * days
    turns = [turn for turn in sorted({*arrivals, *departures, day}) if turn < end]
    for today, until in pairwise([*turns, end]):
        for slug in departures.get(today, ()):
            queue.pop(slug, None)
        for slug in sorted(arrivals.get(today, ()), key=_lot, reverse=True):
            queue[slug] = None
            queue.move_to_end(slug, last=False)
        if not queue and today >= day:
            break
        span = (until - today).days
        # A site whose first record is of 1998 has ten thousand days to replay; whole rounds change nothing.
        for _ in range(span if today >= day else span % max(len(queue), 1)):
            slug = next(iter(queue))
            queue.move_to_end(slug)
            if today >= day:
                shown.append(slug)
    return tuple(shown)


def _lot(slug: str) -> bytes:
    """Those who arrive on one day are dealt by lot, not by alphabet, and always in the same way."""
    return blake2b(slug.encode(), digest_size=8).digest()
