"""How `honour check` tells pipelines what it found: one form a module, each a text of (findings, version)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.formats import github, gitlab, json_, junit, sarif
from generator.formats.finding import Finding

Form = Callable[[Sequence[Finding], str], str]

FORMS: dict[str, Form] = {
    "json": json_.text_of,
    "github": github.text_of,
    "gitlab": gitlab.text_of,
    "junit": junit.text_of,
    "sarif": sarif.text_of,
}
