"""Another machine as the place that is published to: files go there by rsync, and are verified there."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from generator.engine import seal
from generator.engine.paths import SEAL
from generator.engine.place import sweep
from generator.engine.seal import Seal
from generator.releases import history, staging
from generator.releases.content import BESIDE, Content
from generator.releases.destination import CURRENT, ID, LATELY, POINTER, RELEASES, Progress, Told, refuse
from generator.releases.far import Far, FarError, FarPost
from generator.releases.folder import locked, not_written
from generator.releases.history import History
from generator.releases.lease import HeldError, Lease, take

_NEW = ".honour-new"
_SWEEP = f"rm -rf {_NEW} .honour-old-* .honour-current.tmp .honour-history.tmp .honour-lately.tmp"


class Remote:
    """See `Destination`. `work` is a folder of this machine for trees that are on their way, `built` the folder
    that holds most of what they hold."""

    def __init__(self, host: str, path: str, work: Path, built: Path) -> None:
        self.name = f"ssh:{host}:{path}"
        self._far = Far(host, path.rstrip("/") or "/")
        self._work = work
        self._built = built
        self._lease: Lease | None = None
        self._seals: dict[str, Seal | None] = {}

    def lock(self, wait: float, told: Told) -> None:
        try:
            self._far.make()
            self._check_ours()
            self._lease = take(FarPost(self._far, secrets.token_hex(4)), wait, told)
            self._far.run(f"mkdir -p {RELEASES} && {_SWEEP}")
        except HeldError as held:
            raise locked(self.name, held) from None
        except OSError as cause:
            self.unlock()
            raise not_written(self.name, cause) from cause

    def unlock(self) -> None:
        shutil.rmtree(self._work, ignore_errors=True)
        if self._lease is not None:
            with suppress(OSError):
                self._far.run(_SWEEP)
            with suppress(OSError):
                self._lease.give_back()
            self._lease = None

    def check_lock(self) -> None:
        with suppress(OSError):
            if self._lease is not None and self._lease.is_ours:
                return
        raise refuse(self.name, "release-lock-lost")

    def current(self) -> str:
        target = self._run(f"readlink {CURRENT} || :").decode("utf-8", "replace").strip()
        folder, _, named = target.rpartition("/")
        return named if folder == RELEASES and ID.fullmatch(named) else ""

    def releases(self) -> frozenset[str]:
        found = self._run(f"ls {RELEASES} 2>/dev/null || :").decode("utf-8", "replace").split()
        return frozenset(name for name in found if ID.fullmatch(name))

    def seal(self, release: str) -> Seal | None:
        if release not in self._seals:
            self._seals[release] = seal.parse(self._run(f"cat {RELEASES}/{release}/{SEAL} 2>/dev/null || :"))
        return self._seals[release]

    def history(self) -> History:
        return history.parse(self._run(f"cat {history.FILE} 2>/dev/null || :"))

    def stage(
        self, content: Content, before: str, progress: Progress | None, verify: Progress | None
    ) -> Path:
        tree = self._work / content.seal.id
        try:
            shutil.rmtree(self._work, ignore_errors=True)
            self._work.mkdir(parents=True)
            staging.gather(content, tree, progress)
            here = content.seal.id in self.releases()
            to = f"{RELEASES}/{content.seal.id}" if here else _NEW
            self._far.send(tree, to, f"../{'' if here else f'{RELEASES}/'}{before}" if before else "")
            self._seals.pop(content.seal.id, None)
            if wrong := self._wrong(to, content.seal):
                raise refuse(self.name, "release-changed", path=wrong[0])
            self._far.run(f"find {to} -exec sync {{}} +")
        except OSError as cause:
            raise not_written(self.name, cause) from cause
        return tree

    def admit(self, release: str) -> None:
        self._run(f"[ ! -d {_NEW} ] || mv -T {_NEW} {RELEASES}/{release}")

    def damage(self, release: str, progress: Progress | None) -> tuple[str, ...]:
        self._seals.pop(release, None)
        said = self.seal(release)
        if said is None or said.id != release:
            return (SEAL,)
        wrong = self._wrong(f"{RELEASES}/{release}", said)
        if progress is not None:
            progress(1, 1)
        return wrong

    def copy_of(self, release: str) -> Path:
        tree = self._work / release
        try:
            tree.mkdir(parents=True, exist_ok=True)
            sweep(str(tree))
            self._far.fetch(f"{RELEASES}/{release}", tree, self._built.resolve())
        except OSError as cause:
            raise not_written(self.name, cause) from cause
        return tree

    def show(self, release: str, history: History, was: str) -> None:
        lately = "".join(f"{path}\n" for path, _ in history.lately).encode()
        self._run(
            f"{'' if lately else f'rm -rf {LATELY}; '}while read -r path; do "
            f'old="{RELEASES}/{was}/$path" new="{LATELY}/$path"; [ ! -e "$old" ] || [ -e "$new" ] || '
            '{ mkdir -p "${new%/*}" && ln "$old" "$new" || exit 1; }; done',
            lately,
        )
        self._run(
            "cat >.honour-history.tmp && sync .honour-history.tmp && mv -f .honour-history.tmp history.json && "
            f"ln -sfn {RELEASES}/{release} .honour-current.tmp && mv -T .honour-current.tmp {CURRENT} && sync .",
            history.to_bytes(),
        )
        kept = "".join(f"{LATELY}/{path}\n" for path, _ in history.lately).encode()
        self._run(
            f"[ ! -d {LATELY} ] || {{ cat >.honour-lately.tmp; find {LATELY} -type f | "
            'grep -vxFf .honour-lately.tmp | while read -r path; do rm -f "$path"; done; '
            f"find {LATELY} -depth -type d -exec rmdir {{}} + 2>/dev/null || :; }}",
            kept,
        )

    def place(self, name: str, data: bytes) -> None:
        self._run(f"cat > .honour-{name}.tmp && mv -T .honour-{name}.tmp {name}", data)

    def remove(self, releases: Iterable[str]) -> None:
        for release in releases:
            self._run(f"mv -T {RELEASES}/{release} .honour-old-{release} && rm -rf .honour-old-{release}")

    def _wrong(self, folder: str, said: Seal) -> tuple[str, ...]:
        """What the folder doesn't hold byte for byte, and what it holds besides."""
        there = self._run(f"cd {folder} && find . ! -type d").decode("utf-8", "surrogateescape").splitlines()
        found = {line.removeprefix("./") for line in there}
        known = {entry.path for entry in said.files}
        sums = "".join(f"{entry.sha256}  ./{entry.path}\n" for entry in said.files if entry.path in found)
        told = self._run(f"cd {folder} && LC_ALL=C sha256sum -c - 2>/dev/null || :", sums.encode())
        lines = told.decode("utf-8", "surrogateescape").splitlines()
        right = {line.removeprefix("./").removesuffix(": OK") for line in lines if line.endswith(": OK")}
        return tuple(sorted((known - right) | (found - known - {SEAL, *BESIDE})))

    def _check_ours(self) -> None:
        """Raises GeneratorError `release-foreign` if one of our names is somebody else's, or is a pointer."""
        taken = self._run(
            f"[ ! -e {CURRENT} ] || [ -L {CURRENT} ] || echo {CURRENT}; "
            f"[ ! -e {RELEASES} ] || [ -d {RELEASES} ] || echo {RELEASES}; "
            f"for name in {SEAL} {POINTER}; do [ ! -e $name ] || echo $name; done"
        ).split()
        if taken:
            raise refuse(self.name, "release-foreign", path=taken[0].decode())

    def _run(self, script: str, data: bytes = b"") -> bytes:
        try:
            return self._far.run(script, data)
        except FarError as cause:
            raise not_written(self.name, cause) from cause
