"""`honour build`: every edition into the output folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator import building
from generator.building import Built, Wish
from generator.commands.desk import Desk, fails, local, named_editions, nearby, write_log
from generator.engine.explain import explain
from generator.engine.store import Store
from generator.problems import Problem


def build(
    desk: Desk,
    *,
    out: Path | None,
    editions: str,
    jobs: int,
    strict: bool,
    day: date | None,
    preview: bool,
    explain: str,
    as_json: bool,
) -> int:
    """0 if everything was made and no problem is an error (with `strict`, a warning), else 1."""
    wish = Wish(desk.site, day, preview, out.absolute() if out else None, named_editions(editions), jobs)
    built = building.build(wish, desk.stage)
    desk.speak(built.settings)
    if as_json:
        desk.print_json(_as_data(desk, built))
    else:
        _tell(desk, wish, built)
    if built.report is not None and built.report.traces:
        _log(desk, built)
    if explain and not as_json:
        _explain(desk, wish, explain)
    return int(fails(built.problems, strict=strict))


def _as_data(desk: Desk, built: Built) -> dict[str, object]:
    report = built.report
    return {
        "made": report.made if report else [],
        "reused": report.reused if report else [],
        "pruned": report.pruned if report else [],
        "failed": sorted({path for path, _ in report.failed}) if report else [],
        "seconds": round(built.seconds, 3),
        "problems": desk.as_data(built.problems),
    }


def _tell(desk: Desk, wish: Wish, built: Built) -> None:
    problems: tuple[Problem, ...] = built.problems
    desk.show(problems)
    report = built.report
    if report is None:
        desk.say("not-built")
        return
    desk.say(
        "built",
        made=len(report.made),
        reused=len(report.reused),
        pruned=len(report.pruned),
        failed=len({path for path, _ in report.failed}),
        seconds=f"{built.seconds:.2f}",
        out=local(desk, wish.folder),
    )
    if built.changes is not None:
        desk.say("changes", day=built.changes)
    if report.made and not wish.preview:
        desk.say("open", path=nearby(wish.folder / "index.html"))


def _log(desk: Desk, built: Built) -> None:
    """Tracebacks of recipes that failed by a fault of ours go into a file, not onto the screen."""
    assert built.report is not None
    text = "\n".join(f"{path}\n{trace}" for path, trace in built.report.traces)
    log = write_log(desk, "build.log", text)
    click.echo(desk.word("log", log=local(desk, log)) if log else text, err=True)


def _explain(desk: Desk, wish: Wish, path: str) -> None:
    """Why a file was last remade: every line of its manifest that differs from the make before."""
    with Store(wish.site, building.code_of_generator(), lock=False) as store:
        inside = path.replace("\\", "/").removeprefix(f"{local(desk, wish.folder)}/")
        found = explain(store, wish.folder, inside)
    if found is None:
        desk.say("explain-unknown", path=path)
        return
    desk.say("explain", path=found.path, why=desk.word(f"why-{found.why}"), now=desk.word(f"now-{found.now}"))
    for change in found.changes:
        desk.say("explain-line", name=change.name, kind=desk.word(f"change-{change.kind}"))
    if not found.changes:
        desk.say("explain-lines", count=len(found.lines))
        for name, _ in found.lines:
            click.echo(f"    {name}")
