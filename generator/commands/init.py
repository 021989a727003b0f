"""`honour init`: a new site that builds at once."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from generator import building
from generator.commands.approve import sign
from generator.commands.desk import Desk, nearby
from generator.problems import GeneratorError, Place, error
from generator.sources.settings import read_settings

# Who signed the sample record: plainly nobody real.
SAMPLE_SIGNERS = {"zh-CN": ("示例甲", "示例乙", "示例丙"), "en": ("Sample A", "Sample B", "Sample C")}


def init(desk: Desk, directory: Path) -> int:
    """Fill `directory`, which must be absent, empty or a fresh Git repository. The sample record is reviewed like
    any other."""
    if directory.exists() and (
        not directory.is_dir() or {item.name for item in directory.iterdir()} - {".git"}
    ):
        raise GeneratorError([error(Place(str(directory)), "init-not-empty", folder=directory)])
    starter = resources.files("generator") / "starter"
    directory.mkdir(parents=True, exist_ok=True)
    settings_file = starter / desk.language / "site.yaml"
    (directory / "site.yaml").write_bytes(settings_file.read_bytes())
    settings, problems = read_settings(directory)
    if settings is None:
        raise GeneratorError(problems)
    day = building.today(settings)
    _copy(starter / desk.language, directory, {"day": day.isoformat(), "year": str(day.year)})
    (directory / ".gitignore").write_bytes((starter / "gitignore").read_bytes())
    for folder in ("activities", "campaigns", "notices"):
        (directory / "content" / folder).mkdir(parents=True, exist_ok=True)
        (directory / "content" / folder / ".gitkeep").touch()
    sample = next((directory / "exemplars").iterdir()).name
    there = Desk(directory, desk.asked)
    for stage, name in zip(settings.stages, SAMPLE_SIGNERS[desk.language], strict=True):
        sign(there, settings, sample, stage, name, day)
    desk.say("initialised", folder=directory, name=nearby(directory))
    return 0


def _copy(source: Traversable, target: Path, words: dict[str, str]) -> None:
    """Copy a folder; records are templates with the day filled in."""
    for item in source.iterdir():
        if item.is_dir():
            (target / item.name).mkdir(exist_ok=True)
            _copy(item, target / item.name, words)
        elif item.name == "index.md":
            text = item.read_text(encoding="utf-8").format(**words)
            (target / item.name).write_text(text, encoding="utf-8", newline="\n")
        else:
            (target / item.name).write_bytes(item.read_bytes())
