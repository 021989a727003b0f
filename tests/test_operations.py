"""The pages for operators: the commands that stand there do what the pages say."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from site_builder import DAY, ROOT, clean_build, environment, honour, jpeg, record, site_of, write
from withdrawal_case import one_hidden

from generator import cli

PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")
PROGRAM = f"{sys.executable} -m generator"


@pytest.mark.parametrize("page", ["operations.md", "zh-CN/19-operations.md"])
def test_the_commands_of_the_page_exist(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    used = re.findall(r"`honour (?:--site \S+ )?([a-z]+)([^`]*)`", text)
    assert len(used) >= 3
    for name, words in used:
        options = {option for parameter in cli.honour.commands[name].params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", words)) <= options, name
    for file in re.findall(r"(?<![.\w])ci/[\w./-]+", text):
        assert (ROOT / file).exists(), file


def test_a_site_comes_back_from_its_backup(tmp_path: Path) -> None:
    """The commands of the page as they stand there, and the sums of every file."""
    git = shutil.which("git")
    if git is None:
        pytest.fail("git is missing: apt install git")
    site = tmp_path / "SITE"
    site.mkdir()
    files = site_of(li_na=record(photo={"file": "p.jpg", "alt": "像"}))
    write(site, files | {"exemplars/li-na/p.jpg": jpeg()})
    identity = ["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main"]
    for words in (["init", "-q"], ["add", "site.yaml", "exemplars"], ["commit", "-qm", "a"]):
        subprocess.run([git, *identity, *words], cwd=site, check=True)
    (restore,) = re.findall(r"```sh\n(git -C SITE bundle.*?)```", PAGE, re.DOTALL)
    script = restore.replace("honour --site restored build", f"{PROGRAM} --site restored build --date {DAY}")
    assert f"--date {DAY}" in script
    subprocess.run(["sh", "-ec", script], cwd=tmp_path, env=environment(), check=True, capture_output=True)
    clean_build(site)
    seals = [(folder / "public/manifest.json").read_bytes() for folder in (site, tmp_path / "restored")]
    assert seals[0] == seals[1]
    (sums,) = re.findall(r"```sh\n(python3 -c .*?)\n```", PAGE)
    public = tmp_path / "restored" / "public"
    for harm, told in (("", "[]"), ("index.html", "['index.html']")):
        if harm:
            (public / harm).write_text("x")
        done = subprocess.run(
            ["sh", "-c", sums], cwd=public, capture_output=True, encoding="utf-8", check=True
        )
        assert done.stdout.strip() == told


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with SITE, from which somebody was revoked, and DEST, where it is published."""
    folder = tmp_path_factory.mktemp("operations")
    site = write(folder / "SITE", one_hidden(status="approved"))
    for words in (("revoke", "ouyang"), ("publish", folder / "DEST")):
        done = honour("--site", site, *words, "--date", DAY)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("page", ["operations.md", "zh-CN/19-operations.md", "zh-CN/13-publish.md"])
def test_what_no_build_makes_again_is_named_as_to_be_kept(published: Path, tmp_path: Path, page: str) -> None:
    assert honour("init", tmp_path / "new").returncode == 0
    ignored = set((tmp_path / "new" / ".gitignore").read_text("utf-8").split())
    kept = {path.name for path in (published / "SITE").iterdir() if f"/{path.name}/" not in ignored}
    assert {"withdrawn.yaml", "withdrawn.key"} < kept
    named = re.findall(r"`([^`\n]+?)/?`", (ROOT / "docs" / page).read_text("utf-8"))
    assert kept <= set(named)


@pytest.mark.skipif(
    sys.platform == "win32",
    reason="Windows has no cp, and makes no links: what is published there has a pointer",
)
def test_releases_move_and_are_verified_where_they_arrive(published: Path) -> None:
    (block,) = re.findall(r"```sh\n(cp -a .*?)```", PAGE, re.DOTALL)
    copy, verify = block.splitlines()

    def run(line: str) -> int:
        script = line.replace("honour ", f"{PROGRAM} ", 1)
        return subprocess.run(["sh", "-c", script], cwd=published, env=environment(), check=False).returncode

    assert (run(copy), run(verify)) == (0, 0)
    assert (published / "NEW" / "current").resolve().is_relative_to((published / "NEW").resolve())
    page = published / "NEW" / "current" / "index.html"
    page.unlink()  # it may be a hard link of another release
    page.write_text("x")
    assert run(verify) == 1
