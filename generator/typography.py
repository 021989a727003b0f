"""How Chinese is set: where a line may break, how a name is spaced, how a number reads (design/mockups/spec.md §3).

Pure functions of strings; templates use them as filters."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_CLOSERS = "”’）》」』】〉〕)\"'"
# A colon between figures is a time (12：30), and the point of 二十三：零六 doesn't occur.
_STOP = r"[，。；！？]|：(?![0-9０-９])|…(?=[^…]|$)(?<=……)"
_CLAUSE = re.compile(rf"(?:(?!{_STOP}).)*(?:{_STOP})*[{_CLOSERS}]*", re.DOTALL)
