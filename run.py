#!/usr/bin/env python3
"""Sets up and runs this project on a fresh Debian or Windows machine, with nothing but Python 3.11.

    python3 run.py demo     make .venv, install, build the demonstration site, all editions, into public/
    python3 run.py test     make .venv, install what the tests need, run all of them

Words after `test` go to pytest: `python3 run.py test -k rotation`. With HONOUR_LOCKED=1 in the environment the
libraries are those of ci/*.lock, by version and hash; without it the newest that pyproject.toml allows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
GATES = ROOT / "tests" / "gates"
LOCKED = os.environ.get("HONOUR_LOCKED", "") not in ("", "0")

# Debian's name of the package that brings each program which the tests drive.
PROGRAMS = {
    "busybox": "busybox",
    "chromium": "chromium",
    "curl": "curl",
    "dash": "dash",
    "desktop-file-validate": "desktop-file-utils",
    "exiftool": "libimage-exiftool-perl",
    "git": "git",
    "java": "default-jre-headless",
    "node": "nodejs",
    "nginx": "nginx-light",
    "npm": "npm",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "rsync": "rsync",
    "shellcheck": "shellcheck",
    "ssh": "openssh-client",
    "sshd": "openssh-server",
    "systemd-analyze": "systemd",
    "wget": "wget",
}
# The same of what those programs load.
MODULES = {"/usr/lib/nginx/modules/ngx_http_brotli_static_module.so": "libnginx-mod-http-brotli-static"}
# The same of the fonts that sheets are printed in, and by which browsers show pages.
FONTS = {
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc": "fonts-noto-cjk",
    "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf": "fonts-lxgw-wenkai",
}


def main() -> int:
    """Run the task that the first word names."""
    if sys.version_info < (3, 11):
        print("需要 Python 3.11 或更新的版本。Python 3.11 or later is needed.")
        return 1
    tasks = {"demo": demo, "test": test}
    task = tasks.get(sys.argv[1]) if len(sys.argv) > 1 else None
    if task is None:
        print(__doc__)
        return 2
    return task(sys.argv[2:])


def demo(words: list[str]) -> int:
    """Build the demonstration site, which is this repository itself."""
    install(".")
    if shutil.which("apt-get") and not chinese_fonts():
        apt(
            list(FONTS.values()), check=False
        )  # without them the build makes the website and says how to get them
    return call(PYTHON, "-m", "generator", "--site", ROOT, "build", *words)


def test(words: list[str]) -> int:
    """Run every test but the long `soak` ones."""
    install(".[test]")
    debian_programs()
    if shutil.which("npm"):
        npm = "npm.cmd" if os.name == "nt" else "npm"
        call(
            npm,
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--silent",
            "--prefix",
            GATES,
            check=True,
        )
    # One more than processors, three to eight: browsers and servers are waited for half of the time.
    workers = min(8, max(3, (os.cpu_count() or 1) + 1))
    return call(PYTHON, "-m", "pytest", "-n", str(workers), "--durations=25", *words)


def install(what: str) -> None:
    """The project, editable, in .venv; again only when pyproject.toml or the locks have changed."""
    if not PYTHON.exists():
        make_venv()
    tests = "test" in what
    stamp = VENV / f"installed-{'test' if tests else 'demo'}"
    locks = ("ci/test.lock" if tests else "ci/requirements.lock", "ci/build.lock") if LOCKED else ()
    wanted = "".join((ROOT / file).read_text(encoding="utf-8") for file in ("pyproject.toml", *locks))
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    if LOCKED:
        # pip has no hash for a folder, so the project comes second, and finds everything that it needs.
        pip("--require-hashes", *(word for lock in locks for word in ("-r", lock)))
        pip("--no-deps", "--no-build-isolation", "--editable", ".")
    else:
        pip("--editable", what)
    stamp.write_text(wanted, encoding="utf-8")


def pip(*words: str) -> None:
    """Install into .venv; end here if that fails."""
    call(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *words, check=True)


def make_venv() -> None:
    """Debian ships Python without ensurepip; its package python3-venv brings it."""
    if shutil.which("apt-get") and not Path(sysconfig.get_path("stdlib"), "ensurepip").is_dir():
        apt(["python3-venv"])
    venv.create(VENV, with_pip=True, clear=True)


def debian_programs() -> None:
    """On Debian, the browser, fonts and checkers that the tests drive; elsewhere the README names them."""
    if not shutil.which("apt-get"):
        return
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])  # where a user's shell doesn't look
    missing = [package for program, package in PROGRAMS.items() if not shutil.which(program, path=path)]
    missing += [package for file, package in (FONTS | MODULES).items() if not Path(file).exists()]
    if missing:
        apt(missing)


def chinese_fonts() -> bool:
    """Whether sheets have a Chinese font to be printed in, whichever it is."""
    if any(Path(file).exists() for file in FONTS):
        return True
    lister = shutil.which("fc-list")
    return bool(lister and subprocess.run([lister, ":lang=zh-cn"], capture_output=True).stdout.strip())


def apt(packages: list[str], *, check: bool = True) -> None:
    """Install Debian packages, as root or through sudo; with `check`, end here if that fails."""
    if os.geteuid() != 0 and not shutil.which("sudo"):
        print("apt-get install", *packages)
        if check:
            sys.exit(1)
        return
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    environment = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    call(*environment, "update", check=check)
    call(*environment, "install", "-y", "--no-install-recommends", *packages, check=check)


def call(*command: object, check: bool = False) -> int:
    """Run a program in the project's folder; with `check`, end here if it fails."""
    code = subprocess.run([str(word) for word in command], cwd=ROOT).returncode
    if check and code:
        sys.exit(code)
    return code


if __name__ == "__main__":
    sys.exit(main())
