"""SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0), which code scanning and editors read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote

from generator.formats.finding import Finding
from generator.formats.gitlab import fingerprint

_LEVELS = {"error": "error", "warning": "warning", "hint": "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def text_of(findings: Sequence[Finding], version: str) -> str:
    """One JSON document of one run."""
    codes = list(dict.fromkeys(finding.code for finding in findings))
    seen: Counter[str] = Counter()
    driver = {"name": "honour", "semanticVersion": version, "rules": [{"id": code} for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes.index(finding.code), seen) for finding in findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _result(finding: Finding, rule: int, seen: Counter[str]) -> dict[str, object]:
    where = {
        "artifactLocation": {"uri": quote(finding.path, errors="surrogatepass")},
        "region": {"startLine": finding.line, "startColumn": finding.column},
    }
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": _plain(finding.words)},
        "locations": [{"physicalLocation": where}],
        "partialFingerprints": {"honour/v1": fingerprint(finding, seen)},
    }


def _plain(text: str) -> str:
    """As 3.11.5 wants braces, and with nothing that 3.11.6 would make a link: an author may have written either."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "]\u200b(")
