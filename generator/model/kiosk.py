"""What site.yaml says of the kiosk."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Newly:
    """Whoever was honoured within the last `days` comes `factor` times in each round; 1 is as often as all."""

    days: int = 30
    factor: int = 1


@dataclass(frozen=True)
class Stay:
    """How long a person stays on the screen, in seconds: `least` for few words, `most` for many."""

    least: int = 20
    most: int = 30


@dataclass(frozen=True)
class Polling:
    """How often a new version is looked for, in minutes: `every`, give or take `jitter`."""

    every: int = 10
    jitter: int = 3


@dataclass(frozen=True)
class Kiosk:
    """`between` is how many people come between two slogans or activities, 0 for none of these. `idle` and
    `warning` are seconds. `dim` and `wake` are times of day ("19:00"), "" for never. `restart` is an hour of
    the day. `heartbeat` is an address, `drift` the pixel shift in CSS pixels, 0 for none."""

    newly: Newly = Newly()
    seconds: Stay = Stay()
    between: int = 6
    idle: int = 60
    warning: int = 10
    poll: Polling = Polling()
    dim: str = ""
    wake: str = ""
    restart: int = 4
    heartbeat: str = ""
    drift: int = 8
    handoff: bool = True
