"""A problem in the words of one language, as every form for pipelines has it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Finding:
    """`file` as contracts.md says; `path` is how the pipeline knows it: from the folder where it was started.

    `line` and `column` count from 1, in characters; `severity` is error, warning or hint."""

    file: str
    path: str
    line: int
    column: int
    severity: str
    code: str
    message: str
    hint: str

    @property
    def words(self) -> str:
        """What was found and what to write instead, in two lines, without what neither XML nor a log takes."""
        return printable(f"{self.message}\n→ {self.hint}" if self.hint else self.message)


def printable(text: str) -> str:
    """The text without control characters: a record may hold any, an escape sequence too."""
    return _UNPRINTABLE.sub("\ufffd", text)
