"""The kiosk's plain scripts: pull.sh does what `honour kiosk pull` does, pull.ps1 and start.bat are sound text."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from mirror_case import Files, Server, check_whole, kiosk, publish, reseal, serving, shown, tree, versions
from site_builder import ROOT, environment
from test_kiosk_pull import HARM, dying

from generator.engine.lock import Lock
from generator.mirror import open_source, pull

OPERATION = ROOT / "themes" / "honour" / "kiosk" / "operation"
SH = OPERATION / "pull.sh"
# What pull.sh asks of a machine; with wget or curl.
TOOLS = [
    *(
        "awk",
        "b2sum",
        "cat",
        "cmp",
        "comm",
        "cp",
        "cut",
        "date",
        "dirname",
        "find",
        "flock",
        "grep",
        "kill",
        "ln",
    ),
    *("ls", "mkdir", "mv", "readlink", "rm", "sed", "sha256sum", "sh", "sort", "sync", "tail", "touch", "tr"),
    *("uniq", "wc"),
]


class Machine:
    """A kiosk's machine: a shell and the programs that it has."""

    def __init__(self, folder: Path, tools: str) -> None:
        self.source = folder / "public" / "kiosk"
        self.dest = folder / "screen"
        self.possible: dict[str, Files] = {}
        self.programs = folder / "bin"
        self.programs.mkdir()
        self.shell = self._equip(tools)

    def _equip(self, tools: str) -> list[str]:
        if tools == "busybox":
            busybox = needed("busybox")
            for name in {*TOOLS, "wget"} - {"b2sum", "flock"}:  # which it may not have
                (self.programs / name).symlink_to(busybox)
            return [str(self.programs / "sh")]
        for name in (*TOOLS, tools):
            (self.programs / name).symlink_to(needed(name))
        return [needed("dash")]

    def publish(self, files: Files) -> str:
        name = publish(self.source, files)
        self.possible[name] = files
        return name

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        """pull.sh with these words, by default from the folder."""
        return subprocess.run(
            [*self.shell, str(SH), *map(str, words or (self.source, self.dest))],
            env=self.environment, capture_output=True, encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip

    @property
    def environment(self) -> dict[str, str]:
        return {"PATH": str(self.programs), "http_proxy": "http://127.0.0.1:1"}

    def pull(self, *words: object) -> str:
        done = self.run(*words)
        assert (done.returncode, done.stderr) == (0, "")
        return self.check()

    def refused(self, *words: object) -> str:
        """What it says when it changes nothing."""
        before = everything(self.dest)
        done = self.run(*words)
        assert (done.returncode, done.stdout) == (1, "") and done.stderr.count("\n") == 1, done
        assert everything(self.dest) == before
        return done.stderr

    def check(self) -> str:
        return check_whole(self.dest, self.possible)


def needed(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"{name} is missing (Debian: python3 run.py test installs it)")
    return found


def everything(folder: Path) -> dict[str, object]:
    found = folder.rglob("*") if folder.exists() else ()
    return {
        str(path.relative_to(folder)): path.readlink() if path.is_symlink() else path.read_bytes()
        for path in found
        if path.name != ".honour-lock" and (path.is_file() or path.is_symlink())
    }


@pytest.fixture(params=["curl", "busybox"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    return Machine(tmp_path, request.param)


every_machine = pytest.mark.parametrize("machine", ["curl", "wget", "busybox"], indirect=True)


@pytest.fixture
def dash(tmp_path: Path) -> Machine:
    return Machine(tmp_path, "curl")


@pytest.fixture
def served(request: pytest.FixtureRequest) -> Iterator[Server]:
    name = "machine" if "machine" in request.fixturenames else "dash"
    with serving(request.getfixturevalue(name).source) as server:
        yield server


# --- pull.sh ---------------------------------------------------------------------------------------


@every_machine
def test_versions_come_are_shown_and_the_last_two_stay(machine: Machine, served: Server) -> None:
    names: list[str] = []
    for n in range(4):
        names.append(machine.publish(kiosk(n)))
        served.asked.clear()
        assert machine.pull(served.address, machine.dest) == names[-1]
        assert versions(machine.dest) == sorted(names[-2:])
        if n:
            assert len(served.asked) < len(kiosk(n)) / 2  # the rest was here
    before = {path: path.stat().st_mtime_ns for path in (machine.dest / "versions").rglob("*")}
    assert machine.pull(served.address, machine.dest) == names[-1]
    assert {path: path.stat().st_mtime_ns for path in (machine.dest / "versions").rglob("*")} == before
    machine.publish(kiosk(2))
    assert (
        machine.pull(machine.source, machine.dest, 1) == names[2]
    )  # back, from a folder, and one version kept
    assert versions(machine.dest) == [names[2]]
    left = {path.name for path in machine.dest.iterdir()}
    assert left - {".honour-lock"} == {"current", "versions", "pulled.json"}


def test_python_and_the_shell_understand_one_another(machine: Machine) -> None:
    for n in range(4):
        name = machine.publish(kiosk(n))
        if n % 2:
            done = pull(open_source(str(machine.source)), machine.dest)
            assert done.new and done.reused > done.fetched
        else:
            machine.pull()
        assert machine.check() == name and len(versions(machine.dest)) == min(n + 1, 2)
    assert pull(open_source(str(machine.source)), machine.dest).fetched == 0


@pytest.mark.parametrize("harm", HARM)
def test_a_file_that_is_not_what_the_seal_says(machine: Machine, harm: str) -> None:
    name = machine.publish(kiosk(0))
    machine.pull()
    machine.publish(kiosk(1))
    (picture,) = kiosk(1).keys() - kiosk(0).keys()
    HARM[harm][0](machine.source / picture)
    assert picture in machine.refused()
    assert machine.check() == name


def test_damage_is_mended_and_never_taken_over(machine: Machine) -> None:
    machine.publish(kiosk(0))
    machine.pull()
    whole = tree(shown(machine.dest))
    for file in (shown(machine.dest) / "index.html", *sorted((shown(machine.dest) / "photos").iterdir())[:2]):
        file.write_bytes(b"x" * file.stat().st_size)
    machine.pull()
    assert tree(shown(machine.dest)) == whole
    for file in (shown(machine.dest) / "photos").iterdir():
        file.write_bytes(b"x")
    name = machine.publish(kiosk(1))
    assert machine.run().returncode == 0
    shutil.rmtree(machine.dest / "versions" / next(v for v in versions(machine.dest) if v != name))
    assert machine.check() == name


SEALS = {
    "preview": ("preview", lambda said: said.update(preview=True)),
    "incomplete": ("not finished", lambda said: said.update(complete=False)),
    "outside": ("unsafe", lambda said: said["files"][0].update(path="../outside.txt")),
    "inside": ("unsafe", lambda said: said["files"][0].update(path="a/../b")),
    "absolute": ("unsafe", lambda said: said["files"][0].update(path="/tmp/x")),
    "shell": ("damaged", lambda said: said["files"][0].update(path="$(touch x)")),
    "space": ("damaged", lambda said: said["files"][0].update(path="a b")),
    "itself": ("unsafe", lambda said: said["files"][0].update(path="Manifest.json")),
    "twice": ("unsafe", lambda said: said["files"].append(said["files"][0])),
    "case": ("unsafe", lambda said: said["files"].append(said["files"][0] | {"path": "INDEX.html"})),
    "id": ("damaged", lambda said: said.update(id="../../../../tmp/kiosk-of-a-liar-")),
    "empty": ("damaged", lambda said: said.update(files=[])),
    "no page": ("no kiosk", lambda said: said["files"].pop(1)),
}


@pytest.mark.parametrize("lie", SEALS)
def test_a_seal_that_may_not_be_shown_or_cannot_be_true(machine: Machine, lie: str) -> None:
    name = machine.publish(kiosk(0))
    machine.pull()
    publish(machine.source, kiosk(1))
    reseal(machine.source, SEALS[lie][1])
    assert SEALS[lie][0] in machine.refused()
    assert machine.check() == name


def test_half_a_seal(machine: Machine) -> None:
    publish(machine.source, kiosk())
    seal = machine.source / "manifest.json"
    data = seal.read_bytes()
    for cut in range(0, len(data) - 1, 97):
        seal.write_bytes(data[:cut])
        assert "half copied" in machine.refused(), cut
    seal.unlink()
    assert "manifest.json" in machine.refused()


def test_an_id_of_other_files(dash: Machine) -> None:
    publish(dash.source, kiosk())
    reseal(dash.source, lambda said: said.update(id="0" * 32))
    assert "contradicts" in dash.refused()


@every_machine
def test_a_server_that_dies_in_the_middle(machine: Machine, served: Server) -> None:
    name = machine.publish(kiosk(0))
    machine.pull()
    machine.publish(kiosk(1))
    (path,) = kiosk(1).keys() - kiosk(0).keys()
    served.trouble = dying(path, 1500, 100)
    assert path in machine.refused(served.address, machine.dest)
    assert machine.check() == name


@every_machine
def test_a_server_that_is_down_or_has_no_kiosk(machine: Machine, served: Server) -> None:
    name = machine.publish(kiosk(0))
    machine.pull()
    assert "127.0.0.1:1" in machine.refused("http://127.0.0.1:1/kiosk/", machine.dest)
    assert "manifest.json" in machine.refused(served.address + "none", machine.dest)
    assert machine.check() == name


def test_two_pulls_at_once(dash: Machine) -> None:
    dash.publish(kiosk())
    dash.pull()
    held = Lock(dash.dest / ".honour-lock")
    assert f"another pull is at work: {os.getpid()}" in dash.refused()
    held.release()
    dash.pull()


def test_two_pulls_where_there_is_no_flock(dash: Machine) -> None:
    (dash.programs / "flock").unlink()
    name = dash.publish(kiosk())
    dash.dest.mkdir()
    held = dash.dest / ".honour-lock.d"
    held.mkdir()
    (held / "pid").write_text(str(os.getpid()))
    assert "another pull" in dash.run().stderr and held.exists()
    (held / "pid").write_text("999999999")  # one that was killed
    assert dash.pull() == name and not held.exists()


@pytest.mark.parametrize("taken", ["current", "versions"])
def test_a_strangers_file_is_left_alone(dash: Machine, taken: str) -> None:
    dash.publish(kiosk())
    dash.dest.mkdir()
    (dash.dest / taken).write_bytes(b"mine")
    assert "somebody else" in dash.refused()


def test_what_cannot_be_written(dash: Machine, tmp_path: Path) -> None:
    dash.publish(kiosk())
    (tmp_path / "file").write_bytes(b"")
    for dest in (tmp_path / "file" / "dest", "/proc/honour-kiosk"):
        assert "can't be written" in dash.refused(dash.source, dest)


def test_where_no_links_can_be_made(dash: Machine) -> None:
    (dash.programs / "ln").unlink()
    (dash.programs / "ln").write_text("#!/bin/sh\nexit 1\n")
    (dash.programs / "ln").chmod(0o755)
    for n in range(3):
        name = dash.publish(kiosk(n))
        assert dash.pull() == name
    assert (dash.dest / "current.txt").read_text() == f"{name}\n" and (dash.dest / "start.bat").exists()


def test_what_is_typed_wrongly(dash: Machine) -> None:
    for words in ((dash.source,), (dash.source, dash.dest, "0"), (dash.source, dash.dest, "x")):
        assert dash.run(*words).returncode == 2


def killing(machine: Machine, kills: int, seed: int, address: str) -> None:
    """Kill the script and all that it started at random moments, before each a new version."""
    chance = random.Random(seed)
    machine.publish(kiosk(0, people=30))
    machine.pull(address, machine.dest)
    machine.publish(kiosk(1, people=30))
    start = time.monotonic()
    machine.pull(address, machine.dest)
    whole = time.monotonic() - start
    hit = 0
    for n in range(2, kills + 2):
        name = machine.publish(kiosk(3 * n, people=30))
        words = [*machine.shell, str(SH), address, str(machine.dest)]
        with subprocess.Popen(
            words, env=machine.environment, stdout=subprocess.DEVNULL, start_new_session=True
        ) as process:
            time.sleep(whole * chance.uniform(0, 1.1))
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            hit += process.wait() != 0
        machine.check()
        if n % 4 == 0:
            assert machine.pull(address, machine.dest) == name and len(versions(machine.dest)) <= 2
    assert hit > kills / 3


def test_killed_at_random_moments(machine: Machine, served: Server) -> None:
    killing(machine, 8, 6, served.address)


@every_machine
@pytest.mark.soak
def test_killed_at_a_hundred_random_moments(machine: Machine, served: Server) -> None:
    killing(machine, 100, 7, served.address)


# --- what other machines run -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pull.sh", "start.sh"])
def test_the_shell_scripts_please_shellcheck(name: str) -> None:
    found = shutil.which("shellcheck")
    if found is None:
        pytest.fail("shellcheck is missing (Debian: apt-get install shellcheck)")
    done = subprocess.run(
        [found, "-s", "sh", "-S", "info", OPERATION / name],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_batch_file_is_what_cmd_can_read() -> None:
    """ASCII, because cmd reads it in the system's code page; CRLF, else it loses its labels."""
    data = (OPERATION / "start.bat").read_bytes()
    assert data.isascii() and data.count(b"\n") == data.count(b"\r\n") > 20
    text = data.decode("ascii")
    labels = set(re.findall(r"^:(\w+)\r?$", text, re.MULTILINE))
    assert set(re.findall(r"goto (\w+)", text)) <= labels


def test_powershell_reads_its_script_without_an_error() -> None:
    """The grammar of tree-sitter stands for PowerShell, which isn't to be had here: the script was never run."""
    import tree_sitter_powershell
    from tree_sitter import Language, Node, Parser

    data = (OPERATION / "pull.ps1").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), (
        "PowerShell 5.1 reads a script without BOM in the system's code page"
    )
    parsed = Parser(Language(tree_sitter_powershell.language())).parse(data.removeprefix(b"\xef\xbb\xbf"))

    def faults(node: Node) -> Iterator[tuple[int, str]]:
        if node.is_error or node.is_missing:
            yield node.start_point[0] + 1, (node.text or b"").decode("utf-8", "replace")[:60]
        for child in node.children:
            yield from faults(child)

    assert list(faults(parsed.root_node)) == []
    assert not re.search(rb"\?\?|\?\.|&&|\|\||-Parallel", data), "PowerShell 7's, which 5.1 doesn't know"


# --- the start -------------------------------------------------------------------------------------


def started(tmp_path: Path, script: Path, *words: str) -> list[str]:
    """The arguments that start.sh gives a browser, which looks at its profile and ends."""
    browser = tmp_path / "browser"
    browser.write_text(
        '#!/bin/sh\nfor a in "$@"; do echo "$a"; case $a in --user-data-dir=*) ls -d "${a#*=}";; esac; done\n'
    )
    browser.chmod(0o755)
    done = subprocess.run(
        ["dash", str(script), *words],
        env=environment(HONOUR_BROWSER=str(browser), XDG_RUNTIME_DIR=str(tmp_path)),
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


def test_start_sh_finds_the_kiosk_beside_it_and_leaves_no_profile(tmp_path: Path) -> None:
    screen = tmp_path / "a screen"
    publish(tmp_path / "source", kiosk())
    pull(open_source(str(tmp_path / "source")), screen)
    script = screen / "start.sh"
    shutil.copy(OPERATION / "start.sh", script)
    stale = tmp_path / "honour-kiosk-999999999"
    stale.mkdir()
    said = started(tmp_path, script)
    assert said[-1] == str(screen / "current" / "index.html") and "--kiosk" in said
    (profile,) = [word for word in said if word.startswith(str(tmp_path / "honour-kiosk-"))]
    assert not Path(profile).exists() and not stale.exists()
    assert (
        started(tmp_path, script, "https://honour.example.cn/kiosk/")[-1]
        == "https://honour.example.cn/kiosk/"
    )
    (screen / "current").unlink()
    (screen / "current.txt").write_text(versions(screen)[0])
    assert started(tmp_path, script)[-1] == str(screen / "versions" / versions(screen)[0] / "index.html")
    shutil.copy(script, tmp_path / "source" / "start.sh")
    assert started(tmp_path, tmp_path / "source" / "start.sh")[-1] == str(tmp_path / "source" / "index.html")
