"""Where a published kiosk is read from: a folder, a share, or a web server."""

from __future__ import annotations

import re
import stat
import time
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path
from typing import IO, Protocol, TypeVar
from urllib import request
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit, urlunsplit

from generator.engine.paths import SEAL
from generator.engine.place import real_folder
from generator.problems import GeneratorError, Place, Problem, error

TIMEOUT = 30  # seconds without a byte
PAUSES = [1.0, 4.0]  # seconds before another attempt at what a server or a share didn't give
CHUNK = 1 << 18

T = TypeVar("T")


class UnlikeError(GeneratorError):
    """The source doesn't hold what its seal says: it may just have been published anew."""


class UnreachableError(GeneratorError):
    """The source didn't answer, or broke off. It may the next time."""


class Source(Protocol):
    """`name` is how messages call it."""

    name: str

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a file. Raises UnlikeError if it isn't there, UnreachableError, and GeneratorError if it
        is no plain file."""


def open_source(written: str) -> Source:
    """The source that somebody wrote: an address of http or https, else a folder."""
    return Web(written) if re.match("https?://", written, re.IGNORECASE) else Folder(Path(written))


def patiently(action: Callable[[], T]) -> T:
    """What `action` gives, at the third attempt if the source can't be reached at the first."""
    for pause in PAUSES:
        try:
            return action()
        except UnreachableError:
            time.sleep(pause)
    return action()


def read_seal(source: Source, most: int) -> bytes:
    """The bytes of its manifest.json. Raises GeneratorError if it has none, or one of more than `most` bytes."""
    data = bytearray()
    try:
        for chunk in source.chunks(SEAL):
            data += chunk
            if len(data) > most:
                raise GeneratorError([error(Place(source.name), "mirror-not-seal", source=source.name)])
    except UnlikeError as cause:
        reason = dict(cause.problems[0].found)["reason"]
        no_seal = error(Place(source.name), "mirror-no-seal", source=source.name, reason=reason)
        raise GeneratorError([no_seal]) from cause
    return bytes(data)


class Folder:
    """A folder of this machine or a share. Links in it are not followed: they may lead anywhere."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.name = str(folder)

    def chunks(self, path: str) -> Iterator[bytes]:
        place = self.folder / path
        try:
            plain = stat.S_ISREG(place.lstat().st_mode)
            if not plain or not real_folder(str(self.folder), path.rpartition("/")[0]):
                raise GeneratorError([error(Place(self.name), "mirror-not-plain", path=path)])
            with place.open("rb") as file:
                yield from iter(lambda: file.read(CHUNK), b"")
        except (FileNotFoundError, NotADirectoryError) as cause:
            raise UnlikeError([_missing(self.name, path, cause.strerror)]) from cause
        except OSError as cause:
            raise UnreachableError([_unreachable(self.name, path, cause.strerror or cause)]) from cause


class Web:
    """A folder of a web server. The machine's proxies are not asked: the server is the office's own."""

    def __init__(self, address: str) -> None:
        scheme, host, path, _, _ = urlsplit(address)
        folder = re.sub(r"/(?:index\.html|manifest\.json)$", "/", path).rstrip("/")
        self.name = urlunsplit((scheme, host, f"{folder}/", "", ""))
        self._opener = request.OpenerDirector()
        for handler in (
            request.HTTPHandler, request.HTTPSHandler, request.HTTPRedirectHandler, request.UnknownHandler,
            request.HTTPDefaultErrorHandler, request.HTTPErrorProcessor,
        ):  # fmt: skip
            self._opener.add_handler(handler())

    def chunks(self, path: str) -> Iterator[bytes]:
        try:
            with self._open(path) as response:
                yield from iter(lambda: response.read(CHUNK), b"")
                if getattr(response, "length", None):
                    raise UnreachableError([_unreachable(self.name, path, "connection closed")])
        except HTTPError as cause:
            cause.close()
            if cause.code < 500:
                raise UnlikeError([_missing(self.name, path, cause)]) from cause
            raise UnreachableError([_unreachable(self.name, path, cause)]) from cause
        except (OSError, HTTPException, ValueError) as cause:
            reason = getattr(cause, "reason", None) or cause
            raise UnreachableError(
                [_unreachable(self.name, path, str(reason) or type(cause).__name__)]
            ) from cause

    def _open(self, path: str) -> IO[bytes]:
        headers = {"Cache-Control": "no-cache", "Accept-Encoding": "identity", "User-Agent": "honour-kiosk"}
        asked = request.Request(self.name + quote(path), headers=headers)  # noqa: S310  # http and https alone
        opened: IO[bytes] = self._opener.open(asked, timeout=TIMEOUT)
        return opened


def _missing(name: str, path: str, reason: object) -> Problem:
    return error(Place(name), "mirror-missing", path=path, reason=reason)


def _unreachable(name: str, path: str, reason: object) -> Problem:
    return error(Place(name), "mirror-unreachable", path=path, reason=reason)
