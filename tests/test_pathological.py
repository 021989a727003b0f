"""No record keeps the generator busy: each is read or refused. By a limit that kills, not by a measured time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pathological
import pytest
from site_builder import DAY, build, environment, record, site_of, write

SOME = 20  # every so manieth record


def run(every: int) -> dict[str, tuple[float, str]]:
    """What pathological.py tells; it ends with a traceback once a record takes KILL seconds."""
    done = subprocess.run(
        [sys.executable, str(Path(pathological.__file__)), str(every)],
        env=environment(), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, tuple[float, str]] = json.loads(done.stdout)
    return told


def test_every_record_is_read_or_refused() -> None:
    told = run(SOME)
    assert len(told) == -(-len(pathological.records()) // SOME) > 10
    assert {outcome for _, outcome in told.values()} == {"read", "refused"}


@pytest.mark.soak
def test_all_of_them() -> None:
    told = run(1)
    assert told.keys() == pathological.records().keys()
    refused = {name for name, (_, outcome) in told.items() if outcome == "refused"}
    assert {"aliases of aliases", "a merge of merges", "many unknown keys", "deeper and deeper"} <= refused


def test_what_no_reader_would_read_is_refused(tmp_path: Path) -> None:
    """Setting a text looks at it as a whole: a name of 300,000 characters took eleven seconds."""
    long = {"name": "字" * 501, "remarks": "字" * 20_001}
    built = build(write(tmp_path, site_of(li_na=record(**long), wang_jie=record(name="字" * 500))), day=DAY)
    found = [(p.where.file, dict(p.found)["key"]) for p in built.problems if p.code == "value-too-long"]
    assert found == [("exemplars/li-na/index.md", key) for key in long]
    assert (tmp_path / "public/exemplars/wang-jie/index.html").exists()
