"""Signatures of manifests, made and verified by OpenSSH (`ssh-keygen -Y`)."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from generator.problems import GeneratorError, Place, error

NAMESPACE = "honour-release"
FILE = "manifest.json.sig"
LONGEST = 1 << 16  # bytes of a signature; those of Ed25519 have 300


def sign(data: bytes, key: Path) -> bytes:
    """The signature of `data` by a private key, one without a passphrase or held by an agent. Raises GeneratorError
    `signature-failed`."""
    done = _run(["ssh-keygen", "-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(key)], data)
    if done.returncode:
        raise GeneratorError([error(Place(str(key)), "signature-failed", reason=_told(done))])
    return done.stdout


def verify(name: str, data: bytes, signature: bytes, signers: Path) -> str:
    """Who signed `data`, read at `name`: somebody whom the file `signers` (allowed_signers of ssh-keygen) knows.
    Raises GeneratorError `signature-wrong`."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, FILE)
        file.write_bytes(signature)
        about = ["-s", str(file), "-f", str(signers)]
        found = _run(["ssh-keygen", "-Y", "find-principals", *about], b"")
        names = found.stdout.decode("utf-8", "replace").split("\n")[0].split(",")
        principal = names[0].strip()
        if found.returncode or not principal:
            raise _wrong(name, found)
        done = _run(["ssh-keygen", "-Y", "verify", "-n", NAMESPACE, "-I", principal, *about], data)
        if done.returncode:
            raise _wrong(name, done)
    return principal


def _wrong(name: str, done: subprocess.CompletedProcess[bytes]) -> GeneratorError:
    return GeneratorError([error(Place(name), "signature-wrong", reason=_told(done))])


def _run(command: list[str], data: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(command, input=data, capture_output=True, check=False)  # noqa: S603  # no shell
    except FileNotFoundError as cause:
        raise GeneratorError([error(Place(command[0]), "signature-failed", reason=cause.strerror)]) from cause


def _told(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else f"exit {done.returncode}"
