"""The document that contracts.md promises, also by --json."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from generator.formats.finding import Finding


def text_of(findings: Sequence[Finding], version: str) -> str:
    """One JSON document."""
    listed = []
    for finding in findings:
        listed.append(asdict(finding))
        del listed[-1]["path"]
    return json.dumps({"problems": listed}, ensure_ascii=False, indent=2)
