"""A release is signed: its manifest, and that of the kiosk, which is pulled by itself."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from generator import signature
from generator.engine import seal
from generator.engine.durable import write
from generator.engine.paths import SEAL
from generator.engine.seal import Entry
from generator.releases.content import SIGNATURE, Content

FOLDER = "signatures"
_KIOSK = f"kiosk/{SEAL}"


def signed(content: Content, key: Path, store: Path) -> Content:
    """The content with signatures by the private `key`. `store` is the site's folder `.honour`: what was signed
    once is not signed again, for some keys sign differently each time. Raises GeneratorError, OSError."""
    entries, sources, said = list(content.seal.files), dict(content.sources), content.seal
    for entry in content.seal.files:
        if entry.path == _KIOSK:
            place = _signature(sources[entry.path].read_bytes(), key, store)
            data = place.read_bytes()
            entries.append(Entry(f"kiosk/{SIGNATURE}", len(data), sha256(data).hexdigest()))
            sources[f"kiosk/{SIGNATURE}"] = place
    told = seal.sealed(entries, date=said.date, preview=said.preview, complete=said.complete)
    whole = _signature(seal.to_bytes(told), key, store).read_bytes()
    return replace(content, seal=told, sources=sources, beside={**content.beside, SIGNATURE: whole})


def _signature(data: bytes, key: Path, store: Path) -> Path:
    """The file that holds the signature of `data`."""
    name = sha256(sha256(data).digest() + _public(key)).hexdigest()
    place = store / FOLDER / f"{name}.sig"
    if not place.is_file():
        made = signature.sign(data, key)
        place.parent.mkdir(parents=True, exist_ok=True)
        for old in sorted(place.parent.glob("*.sig"), key=lambda path: path.stat().st_mtime)[:-32]:
            old.unlink(missing_ok=True)
        write(place, [made])
    return place


def _public(key: Path) -> bytes:
    """What tells one key from another."""
    public = key.with_name(f"{key.name}.pub")
    return public.read_bytes() if public.is_file() else str(key).encode()
