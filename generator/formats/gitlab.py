"""A Code Quality report: GitLab shows it in the merge request (docs.gitlab.com, "Code Quality report format")."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from generator.formats.finding import Finding

_SEVERITIES = {"error": "major", "warning": "minor", "hint": "info"}


def text_of(findings: Sequence[Finding], version: str) -> str:
    """One JSON list with an entry for each finding."""
    seen: Counter[str] = Counter()
    return json.dumps([_entry(finding, seen) for finding in findings], ensure_ascii=False, indent=2)


def _entry(finding: Finding, seen: Counter[str]) -> dict[str, object]:
    return {
        "description": finding.words,
        "check_name": finding.code,
        "fingerprint": fingerprint(finding, seen),
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": finding.path, "lines": {"begin": finding.line}},
    }


def fingerprint(finding: Finding, seen: Counter[str]) -> str:
    """A name that a problem keeps while lines above it come and go; the second of its like has its own."""
    like = f"{finding.path}\n{finding.code}\n{finding.message}"
    seen[like] += 1
    return sha256(f"{like}\n{seen[like]}".encode("utf-8", "surrogatepass")).hexdigest()
