"""Workflow commands: GitHub, Gitea and Forgejo show them beside the lines of a merge request.

docs.github.com, "Workflow commands for GitHub Actions"."""

from __future__ import annotations

from collections.abc import Sequence

from generator.formats.finding import Finding, printable

_LEVELS = {"error": "error", "warning": "warning", "hint": "notice"}


def text_of(findings: Sequence[Finding], version: str) -> str:
    """A line for each finding."""
    return "\n".join(map(_line, findings))


def _line(finding: Finding) -> str:
    said = {
        "file": finding.path,
        "line": finding.line,
        "col": finding.column,
        "title": f"honour: {finding.code}",
    }
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in said.items())
    return f"::{_LEVELS[finding.severity]} {properties}::{_data(finding.words)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")
