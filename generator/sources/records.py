"""Reads one record, exemplars/<slug>/index.md, into an Exemplar, or says everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path

from generator.model import Exemplar, Source
from generator.problems import Place, Problem, error
from generator.sources.encoding import read_bytes
from generator.sources.frontmatter import read_document
from generator.sources.schema import RECORD
from generator.sources.slugs import MOST_CHARACTERS, fault_of, suggest


def read_record(site_dir: Path, file: Path) -> tuple[Exemplar | None, tuple[Problem, ...]]:
    """The record in `file`, a path inside the site (`exemplars/li-na/index.md`), and its problems.

    The result depends on the file's path within the site and its bytes only. It is None if any is an error.
    """
    relative = file.relative_to(site_dir) if file.is_absolute() else file
    data, problems = read_bytes(site_dir, relative)
    if problems:
        return None, problems
    return parse_record(relative.parent.name, relative.as_posix(), data)


def parse_record(slug: str, file: str, data: bytes) -> tuple[Exemplar | None, tuple[Problem, ...]]:
    """The record that `data` holds, in the folder `slug`; `file` is its path within the site, with `/`.

    Problems stand in the order of their lines. Every one is found in one run; if any is an error there is no
    record.
    """
    document = read_document(file, data, RECORD)
    problems = (*slug_problems(slug, file), *document.problems)
    if document.values is None or any(problem.is_error for problem in problems):
        return None, problems
    exemplar = Exemplar(
        slug=slug,
        source=Source(file, document.places),
        markdown=document.markdown,
        body_line=document.body_line,
        **document.values,
    )
    return exemplar, problems


def slug_problems(slug: str, file: str) -> tuple[Problem, ...]:
    """What is wrong with the name of a record's folder or a page's file, with a better one in the hint."""
    code = fault_of(slug)
    if code is None:
        return ()
    suggestion = suggest(slug) or "li-jianguo"
    return (error(Place(file), code, slug=slug[:100], suggestion=suggestion, most=MOST_CHARACTERS),)
