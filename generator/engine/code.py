"""The digest of the generator's own code: what every manifest names besides view and files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path


def code_digest(packages: Iterable[Path], versions: Mapping[str, str]) -> str:
    """32 hex digits over the `*.py` files of the folders `packages` and over `versions`, by library.

    Where the folders lie, the line ends of a checkout and compiled files don't matter; the version of Python
    (3.11, not 3.11.2) does."""
    digest = blake2b(digest_size=16)
    digest.update(f"python {sys.version_info.major}.{sys.version_info.minor}\n".encode())
    for name, version in sorted(versions.items()):
        digest.update(f"{name} {version}\n".encode())
    for package in packages:
        sources = sorted((file.relative_to(package).as_posix(), file) for file in package.rglob("*.py"))
        for name, file in sources:
            text = file.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{name} {len(text)}\n".encode())
            digest.update(text)
    return digest.hexdigest()
