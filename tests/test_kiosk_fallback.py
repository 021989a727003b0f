"""A kiosk keeps no version that shows anybody whom the newest doesn't."""

from __future__ import annotations

from pathlib import Path

import pytest
from mirror_case import kiosk, publish
from test_kiosk_scripts import Machine

from generator.mirror import open_source, pull
from generator.mirror.fallback import people_in


def showing(version: int, *slugs: str) -> dict[str, bytes]:
    named = ",".join(f'\\"{slug}\\"' for slug in slugs)
    letters = f'HONOUR_KIOSK_PARCEL("letters-0.js","0","{{\\"slugs\\":[{named}],\\"a\\":[]}}")'
    return kiosk(version) | {f"letters-{version}.js": letters.encode()}


def versions(dest: Path) -> set[str]:
    return {path.name for path in (dest / "versions").iterdir()}


def test_the_real_kiosk_says_whom_it_shows(lobby):
    people = people_in(lobby)
    assert people is not None and "li-na" in people and len(people) > 20


def test_whoever_is_gone_is_gone_from_the_versions_before(tmp_path):
    web, dest = tmp_path / "web", tmp_path / "kiosk"
    first = publish(web, showing(0, "li-na", "ouyang"))
    pull(open_source(str(web)), dest)
    second = publish(web, showing(1, "li-na", "ouyang", "wang-wu"))
    pull(open_source(str(web)), dest)
    assert versions(dest) == {first, second}  # somebody new is no reason
    third = publish(web, showing(2, "li-na", "wang-wu"))
    pull(open_source(str(web)), dest, keep=5)
    assert versions(dest) == {third}


def test_a_version_that_does_not_say_whom_it_shows_is_no_fallback(tmp_path):
    web, dest = tmp_path / "web", tmp_path / "kiosk"
    publish(web, kiosk(0))
    pull(open_source(str(web)), dest)
    second = publish(web, showing(1, "li-na"))
    pull(open_source(str(web)), dest)
    assert versions(dest) == {second}


@pytest.mark.parametrize("tools", ["curl", "busybox"])
def test_the_plain_script_keeps_nobody_either(tmp_path, tools):
    screen = Machine(tmp_path, tools)
    quiet = screen.publish(kiosk(0))
    assert screen.pull() == quiet
    first = screen.publish(showing(1, "li-na", "ouyang"))
    screen.pull()
    assert versions(screen.dest) == {first}  # the one before doesn't say whom it shows
    second = screen.publish(showing(2, "li-na", "ouyang", "wang-wu"))
    screen.pull()
    assert versions(screen.dest) == {first, second}
    third = screen.publish(showing(3, "li-na", "wang-wu"))
    screen.pull()
    assert versions(screen.dest) == {third}
