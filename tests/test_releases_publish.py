"""`honour publish`, `rollback` and `releases` on a whole site, and what they refuse."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from release_case import content, publish, website
from site_builder import record, settings, site_of, write
from site_case import ROOT, run

from generator import mirror, releases, signature
from generator.engine import seal
from generator.problems import GeneratorError

DAY = "2026-11-22"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path / "site", site_of(li_na=record(), wang_fang=record(name="王芳")))


def codes(refused: pytest.ExceptionInfo[GeneratorError]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_a_site_is_published_listed_and_rolled_back(site: Path, tmp_path: Path) -> None:
    dest = tmp_path / "dest"
    (site / "site.yaml").write_bytes(settings(publish={"to": str(dest), "keep": 2}))
    first = run(site, "publish", "--date", DAY)
    assert first.returncode == 0, first.stderr
    manifest = json.loads((dest / "current" / "manifest.json").read_bytes())
    assert manifest["id"] == (dest / "current").resolve().name and manifest["date"] == DAY
    named = {entry["path"] for entry in manifest["files"]}
    there = {p.relative_to(dest / "current").as_posix() for p in (dest / "current").rglob("*") if p.is_file()}
    assert named == there - {"manifest.json"} and {"index.html", "index.html.gz", "index.html.br"} <= named
    assert not [path for path in named if path.startswith("kiosk/") and path.endswith((".gz", ".br"))]

    again = run(site, "publish", "--date", DAY)
    assert again.returncode == 0 and "没有变化" in again.stdout
    third = site / "exemplars" / "zhao-gang"
    third.mkdir()
    (third / "index.md").write_bytes(record(name="赵刚"))
    second = run(site, "publish", "--date", DAY)
    assert second.returncode == 0 and (dest / "current" / "exemplars" / "zhao-gang").is_dir()

    told = json.loads(run(site, "releases", "--json").stdout)["releases"]
    assert [(r["current"], r["damaged"]) for r in told] == [(True, []), (False, [])]
    assert told[1]["id"] == manifest["id"] and told[1]["files"] == len(named)
    back = run(site, "rollback", "--to", str(dest))
    assert back.returncode == 0, back.stderr
    assert (dest / "current").resolve().name == manifest["id"]
    forth = run(site, "rollback", told[0]["id"][:8])
    assert forth.returncode == 0 and (dest / "current").resolve().name == told[0]["id"]


def test_errors_refuse_and_despite_them_goes_what_is_sound(site: Path, tmp_path: Path) -> None:
    dest = tmp_path / "dest"
    (site / "exemplars" / "wang-fang" / "index.md").write_text("---\nname: [\n---\n", "utf-8")
    refused = run(site, "publish", str(dest), "--date", DAY)
    assert refused.returncode == 1 and "没有发布" in refused.stderr and not (dest / "current").exists()
    done = run(site, "publish", str(dest), "--date", DAY, "--despite-errors")
    assert done.returncode == 1 and "有错误的记录没有发布" in done.stdout
    shown = dest / "current" / "exemplars"
    assert (shown / "li-na").is_dir() and not (shown / "wang-fang").exists()


def test_a_file_whose_times_lie_is_read_all_the_same(site: Path, tmp_path: Path) -> None:
    dest, file = tmp_path / "dest", site / "exemplars" / "li-na" / "index.md"
    long_ago = 1_700_000_000
    os.utime(file, (long_ago, long_ago))
    assert run(site, "publish", str(dest), "--date", DAY).returncode == 0
    text = file.read_bytes()
    file.write_bytes(text.replace("李娜".encode(), "李婷".encode()))
    os.utime(file, (long_ago, long_ago))
    assert run(site, "publish", str(dest), "--date", DAY).returncode == 0
    assert "李婷" in (dest / "current" / "exemplars" / "li-na" / "index.html").read_text("utf-8")


def test_where_nothing_may_be_published(site: Path, tmp_path: Path) -> None:
    assert "honour publish" in run(site, "publish").stderr
    for place in (site / "public", site / "public" / "x", site, site / "exemplars"):
        ran = run(site, "publish", str(place))
        assert ran.returncode == 1 and not (place / "releases").exists(), place
    foreign = tmp_path / "foreign"
    (foreign / "current").mkdir(parents=True)
    ran = run(site, "publish", str(foreign))
    assert ran.returncode == 1 and "current" in ran.stderr


def test_a_preview_and_half_a_build_are_refused(tmp_path: Path) -> None:
    from mirror_case import publish as build

    build(tmp_path / "preview", website(0), preview=True)
    build(tmp_path / "half", website(0), complete=False)
    for folder, code in (
        ("preview", "release-preview"),
        ("half", "release-incomplete"),
        ("none", "release-not-built"),
    ):
        with pytest.raises(GeneratorError) as refused:
            releases.content_of(tmp_path / folder)
        assert codes(refused) == [code]
    assert releases.content_of(tmp_path / "half", whole=False).seal.complete is False
    with pytest.raises(GeneratorError):
        releases.content_of(tmp_path / "preview", whole=False)


def test_unchanged_files_are_links_and_new_ones_are_not(tmp_path: Path) -> None:
    dest, built = tmp_path / "dest", tmp_path / "built"
    one, two = publish(dest, built, website(0)), publish(dest, built, website(1))
    for path, linked in (("bulletins/li-na.pdf", True), ("index.html", False), ("robots.txt", True)):
        first, second = ((dest / "releases" / id_ / path).stat() for id_ in (one, two))
        assert (first.st_ino == second.st_ino) is linked, path
    assert (built / "robots.txt").stat().st_ino != (dest / "current" / "robots.txt").stat().st_ino


def test_a_damaged_file_is_not_linked_into_the_next_release(tmp_path: Path) -> None:
    dest, built = tmp_path / "dest", tmp_path / "built"
    first = publish(dest, built, website(0))
    same = dest / "releases" / first / "bulletins" / "li-na.pdf"
    data = same.read_bytes()
    same.write_bytes(data[:-1] + b"?")
    second = publish(dest, built, website(1))
    assert (dest / "current" / "bulletins" / "li-na.pdf").read_bytes() == data
    listed = {r.id: r.damaged for r in releases.listed(releases.Folder(dest), lambda: None)}
    assert listed == {first: ("bulletins/li-na.pdf",), second: ()}
    with (
        pytest.raises(GeneratorError) as refused,
        releases.held(releases.Folder(dest), 1, lambda h: None) as there,
    ):
        releases.rollback(there)
    assert codes(refused) == ["release-damaged"]


def test_a_file_that_changes_under_the_publisher_s_hands_is_refused(tmp_path: Path) -> None:
    dest, built = tmp_path / "dest", tmp_path / "built"
    made = content(built, website(0))
    (built / "index.html").write_bytes(b"another build")
    with (
        pytest.raises(GeneratorError) as refused,
        releases.held(releases.Folder(dest), 1, lambda h: None) as there,
    ):
        releases.publish(there, made, keep=2)
    assert codes(refused) == ["release-changed"] and not (dest / "current").exists()


def test_a_rollback_goes_back_and_the_next_publish_goes_on_from_there(tmp_path: Path) -> None:
    dest, built = tmp_path / "dest", tmp_path / "built"
    ids = [publish(dest, built, website(n), keep=5) for n in range(3)]

    def back(wanted: str = "") -> str:
        with releases.held(releases.Folder(dest), 1, lambda h: None) as there:
            return releases.rollback(there, wanted).id

    assert [back(), back()] == [ids[1], ids[0]]
    with pytest.raises(GeneratorError) as refused:
        back()
    assert codes(refused) == ["release-none-before"]
    new = publish(dest, built, website(7), keep=5)
    assert back() == ids[0] and back(new[:6]) == new
    with pytest.raises(GeneratorError) as refused:
        back("zz")
    assert codes(refused) == ["release-unknown"]


def test_a_picture_that_was_taken_away_is_within_nobody_s_reach(tmp_path: Path) -> None:
    dest, old = tmp_path / "dest", website(0)
    taken = next(path for path in old if path.startswith("exemplars/li-na/photo-"))
    publish(dest, tmp_path / "public", old)
    publish(dest, tmp_path / "public", website(1))
    assert (dest / "lately" / taken).is_file()  # another took its place
    last = website(2)
    publish(dest, tmp_path / "public", {p: d for p, d in last.items() if "li-na/photo-" not in p})
    assert not [path for path in (dest / "lately").rglob("*") if path.is_file()]


def test_a_pointer_says_what_is_shown_where_links_can_not(tmp_path: Path) -> None:
    """Twice: asked for, then because it is there. IIS's file is switched along."""
    dest, built = tmp_path / "dest", tmp_path / "built"
    dest.mkdir()
    config = (ROOT / "deploy" / "server" / "iis" / "web.config").read_bytes()
    (dest / "web.config").write_bytes(config)
    for version, pointer in ((0, True), (1, False)):
        with releases.held(releases.Folder(dest, pointer=pointer), 1, lambda h: None) as there:
            id_ = releases.publish(there, content(built, website(version)), keep=2).id
            assert there.current() == id_
        assert (dest / "current.txt").read_text() == f"{id_}\n" and not (dest / "current").exists()
        assert re.findall(rb"releases/([0-9a-f]{32})", (dest / "web.config").read_bytes()) == [id_.encode()]
        assert (
            dest / "current.conf"
        ).read_text() == f'map $host $honour_release {{ default "releases/{id_}"; }}\n'
    with releases.held(releases.Folder(dest), 1, lambda h: None) as there:
        assert releases.rollback(there).id != id_


def test_a_share_that_has_no_links_gets_a_pointer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.symlink_to", refuse)
    monkeypatch.setattr("os.link", refuse)
    dest = tmp_path / "dest"
    ids = [publish(dest, tmp_path / "built", website(n)) for n in range(2)]
    assert (dest / "current.txt").read_text().strip() == ids[1]
    assert not [r.damaged for r in releases.listed(releases.Folder(dest), lambda: None) if r.damaged]


def test_a_timer_s_umask_does_not_hide_the_site(tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        publish(tmp_path / "dest", tmp_path / "built", website(0))
    finally:
        os.umask(old)
    shown = (tmp_path / "dest" / "current").resolve()
    for path in (shown, *shown.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path


# --- signatures ------------------------------------------------------------------------------------


def key_of(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    public = (folder / f"{name}.pub").read_text("ascii").split()
    (folder / f"{name}.signers").write_text(f'{name} namespaces="honour-release" {public[0]} {public[1]}\n')
    return folder / name


def test_a_signed_release_is_pulled_and_no_other(tmp_path: Path) -> None:
    from mirror_case import kiosk, reseal
    from mirror_case import publish as build

    key, other = key_of(tmp_path / "keys", "office"), key_of(tmp_path / "keys", "other")
    signers = key.with_name("office.signers")
    built, dest, lobby = tmp_path / "built", tmp_path / "dest", tmp_path / "lobby"
    build(built / "kiosk", kiosk())
    said = (built / "kiosk" / "manifest.json").read_bytes()
    files = (
        website(0) | {f"kiosk/{name}": data for name, data in kiosk().items()} | {"kiosk/manifest.json": said}
    )
    made = releases.signed(content(built, files), key, tmp_path / "store")
    assert releases.signed(content(built, files), key, tmp_path / "store").seal.id == made.seal.id
    with releases.held(releases.Folder(dest), 1, lambda h: None) as there:
        releases.publish(there, made, keep=2)
    shown = dest / "current"
    assert not releases.listed(releases.Folder(dest), lambda: None)[0].damaged
    whole, mark = (shown / "manifest.json").read_bytes(), (shown / "manifest.json.sig").read_bytes()
    assert signature.verify("here", whole, mark, signers) == "office"

    source = mirror.open_source(str(shown / "kiosk"))
    assert mirror.pull(source, lobby, signers=signers).new
    with pytest.raises(GeneratorError) as refused:
        mirror.pull(source, tmp_path / "lobby2", signers=other.with_name("other.signers"))
    assert codes(refused) == ["signature-wrong"] and not (tmp_path / "lobby2").exists()
    reseal(shown / "kiosk", lambda said: said.update(date="2026-11-23"))
    with pytest.raises(GeneratorError) as refused:
        mirror.pull(source, lobby, signers=signers)
    assert codes(refused) == ["signature-wrong"]
    (shown / "kiosk" / "manifest.json.sig").unlink()
    with pytest.raises(GeneratorError) as refused:
        mirror.pull(source, lobby, signers=signers)
    assert codes(refused) == ["signature-missing"]
    assert seal.read(str(lobby / "current")) == seal.parse(said)


def test_a_key_that_can_not_sign_is_told(tmp_path: Path) -> None:
    with pytest.raises(GeneratorError) as refused:
        releases.signed(content(tmp_path / "built", website(0)), tmp_path / "nothing", tmp_path / "store")
    assert codes(refused) == ["signature-failed"]


# --- compression -----------------------------------------------------------------------------------


def test_compressed_files_unpack_to_the_text_whatever_is_kept(tmp_path: Path) -> None:
    import gzip

    import brotli

    from generator.engine.parallel import Workers

    def made() -> dict[str, bytes]:
        with Workers(1) as workers:
            done = releases.compressed(content(tmp_path / "built", website(0)), tmp_path / "store", workers)
        return {entry.path: done.sources[entry.path].read_bytes() for entry in done.seal.files}

    clean = made()
    assert (
        gzip.decompress(clean["index.html.gz"])
        == brotli.decompress(clean["index.html.br"])
        == clean["index.html"]
    )
    assert (
        "robots.txt.gz" not in clean
        and "bulletins/li-na.pdf.gz" not in clean
        and "kiosk/index.html.gz" not in clean
    )
    for n, file in enumerate(sorted((tmp_path / "store" / "compressed").glob("*/*"))):
        data = bytearray(file.read_bytes())
        if data:
            data[len(data) // 2] ^= 1 << n % 8
        file.write_bytes(bytes(data[: len(data) - n % 3]))
    assert made() == clean
    for file in (tmp_path / "store" / "compressed").glob("*/*"):
        file.write_bytes(gzip.compress(b"<!doctype html>another page") if file.suffix == ".gz" else b"")
    again = made()
    assert again["index.html.gz"] == clean["index.html.gz"]
