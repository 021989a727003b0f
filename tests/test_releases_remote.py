"""`honour publish ssh:host:path`, to a real sshd of this machine, by the real rsync."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from release_case import DATE, check_whole, content, website
from site_builder import settings, write
from sshd_case import sshd
from withdrawal_case import one_hidden, run

from generator import releases
from generator.problems import GeneratorError, Place, Problem, error
from generator.releases import Destination


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with sshd(tmp_path_factory.mktemp("ssh") / "d") as command:
        yield command


@pytest.fixture
def there(shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Destination:
    """A folder with a space in its name, on the other side."""
    monkeypatch.setenv("RSYNC_RSH", shell)
    site = tmp_path / "site"
    site.mkdir()
    return releases.open_destination(f"ssh:there:{tmp_path}/the office's", site=site, built=site / "public")


def publish(there: Destination, site: Path, files: dict[str, bytes], keep: int = 3) -> str:
    with releases.held(there, 5, lambda holder: None):
        return releases.publish(there, content(site / "public", files), keep=keep).id


def test_releases_are_whole_linked_kept_and_rolled_back(there: Destination, tmp_path: Path) -> None:
    dest, versions = tmp_path / "the office's", [website(n) for n in range(3)]
    ids = [publish(there, tmp_path / "site", files, keep=2) for files in versions]
    known = dict(zip(ids, versions, strict=True))
    assert check_whole(dest, known) == ids[2]
    assert {p.name for p in (dest / "releases").iterdir()} == set(ids[1:])
    same = "bulletins/li-na.pdf"
    one, other = (dest / "releases" / id_ / same for id_ in ids[1:])
    assert one.stat().st_ino == other.stat().st_ino
    with releases.held(there, 5, lambda holder: None):
        assert releases.rollback(there).id == ids[1]
    assert check_whole(dest, known) == ids[1]
    listed = releases.listed(there, lambda: None)
    assert [(r.id, r.current, r.damaged, r.date) for r in listed] == [
        (ids[1], True, (), DATE),
        (ids[2], False, (), DATE),
    ]
    assert {p.name for p in dest.iterdir()} == {"current", "releases", "history.json", "lately"}


def test_pictures_of_the_page_before_stay_within_reach(there: Destination, tmp_path: Path) -> None:
    old, new = website(0), website(1)
    for files in (old, new):
        publish(there, tmp_path / "site", files)
    lately = tmp_path / "the office's" / "lately"
    found = {path.relative_to(lately).as_posix() for path in lately.rglob("*") if path.is_file()}
    assert found == old.keys() - new.keys()


def test_a_damaged_release_is_found_refused_and_mended(there: Destination, tmp_path: Path) -> None:
    first, second = website(0), website(1)
    one = publish(there, tmp_path / "site", first)
    two = publish(there, tmp_path / "site", second)
    file = tmp_path / "the office's" / "releases" / one / "index.html"
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    (file.parent / "stray.html").write_bytes(b"")
    listed = {release.id: release for release in releases.listed(there, lambda: None)}
    assert listed[one].damaged == ("index.html", "stray.html") and listed[two].damaged == ()
    with pytest.raises(GeneratorError) as refused, releases.held(there, 5, lambda holder: None):
        releases.rollback(there)
    assert [problem.code for problem in refused.value.problems] == ["release-damaged"]
    assert publish(there, tmp_path / "site", first) == one
    assert check_whole(tmp_path / "the office's", {one: first, two: second}) == one


def test_guards_see_what_would_be_shown_and_refuse_it(there: Destination, tmp_path: Path) -> None:
    seen: list[str] = []

    def guard(folder: Path) -> tuple[Problem, ...]:
        text = (folder / "index.html").read_text("utf-8")
        seen.append(text)
        return (error(Place("index.html"), "release-none-before"),) if "<title>0<" in text else ()

    first = publish(there, tmp_path / "site", website(0))
    second = publish(there, tmp_path / "site", website(1))
    with pytest.raises(GeneratorError), releases.held(there, 5, lambda holder: None):
        releases.rollback(there, first, guards=[guard])
    assert len(seen) == 1
    with pytest.raises(GeneratorError), releases.held(there, 5, lambda holder: None):
        releases.publish(there, content(tmp_path / "site" / "public", website(0)), keep=3, guards=[guard])
    assert len(seen) == 2 and there.current() == second


def test_a_withdrawal_reaches_the_other_side(
    shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the record to what its server reads: the addresses that are gone, and no release to roll back to."""
    monkeypatch.setenv("RSYNC_RSH", shell)
    site = write(tmp_path / "site", one_hidden("approved") | {"site.yaml": settings(editions=["website"])})
    dest, far = tmp_path / "web", f"ssh:there:{tmp_path}/web"
    assert run(site, "publish", far, "--date", DATE).return_value == 0
    assert (dest / "current/exemplars/ouyang/index.html").is_file()
    assert not (dest / "gone.map").read_bytes()
    assert run(site, "revoke", "ouyang", "--date", DATE).return_value == 0
    assert run(site, "publish", far, "--date", DATE).return_value == 0
    assert not (dest / "current/exemplars/ouyang").exists() and not (dest / "lately").exists()
    assert b"~/exemplars/ouyang(/|$) 1;" in (dest / "gone.map").read_bytes()
    assert (
        b"/exemplars/ouyang(/|$)" in (dest / "gone.apache").read_bytes() + (dest / "gone.caddy").read_bytes()
    )
    assert run(site, "rollback", "--to", far).return_value == 1
    assert run(site, "revoke", "ouyang", "--date", DATE, "--purge", far).return_value == 0
    assert [path.name for path in (dest / "releases").iterdir()] == [(dest / "current").resolve().name]


def test_whoever_publishes_there_is_named(there: Destination, tmp_path: Path) -> None:
    site = tmp_path / "site"
    other = releases.open_destination(there.name, site=site, built=site / "public")
    told: list[object] = []
    with (
        releases.held(there, 5, lambda holder: None),
        pytest.raises(GeneratorError) as refused,
        releases.held(other, 0.5, told.append),
    ):
        pass
    assert [problem.code for problem in refused.value.problems] == ["release-locked"]
    assert dict(refused.value.problems[0].found)["pid"].isdigit()
    assert len(told) <= 1
    with releases.held(other, 0.5, lambda holder: None):
        pass


def test_a_host_that_does_not_answer_is_told(
    shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RSYNC_RSH", f"{shell} -p 1 -S none")
    gone = releases.open_destination("ssh:there:/srv/honour", site=tmp_path, built=tmp_path / "public")
    with pytest.raises(GeneratorError) as refused, releases.held(gone, 5, lambda holder: None):
        pass
    assert [problem.code for problem in refused.value.problems] == ["release-write"]
    assert "refused" in dict(refused.value.problems[0].found)["reason"]
