"""One theme folder as read: its files, its colours and the families it prints in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.engine.target import File, digest_bytes
from generator.problems import GeneratorError, Place, Problem, error, misnamed
from generator.theme import colours as hue

_KEYS = ("name", "extends", "colours", "fonts")


@dataclass(frozen=True)
class Layer:
    """One theme folder. `files` are named as problems and `--explain` name them: themes/honour/styles/…"""

    name: str
    colours: dict[str, str]
    fonts: dict[str, tuple[str, ...]]
    extends: str
    files: dict[str, File]

    def inside(self, folder: str) -> dict[str, tuple[str, File]]:
        """The files of one of its folders, by their name within it."""
        start = f"themes/{self.name}/{folder}/"
        return {
            name.removeprefix(start): (name, file)
            for name, file in self.files.items()
            if name.startswith(start)
        }


def _find(site_dir: Path, name: str) -> Path | None:
    package = Path(__file__).resolve().parent.parent
    for themes in (site_dir / "themes", package / "themes", package.parent / "themes"):
        if re.fullmatch(r"[\w-]+", name) and (themes / name / "theme.yaml").is_file():
            return themes / name
    return None


def read_layer(site_dir: Path, name: str, asker: Place, problems: list[Problem]) -> Layer:
    """The layer `name` of the site's themes/, else of the program's; what is wrong in it goes to `problems`.

    Raises GeneratorError if it is missing or its theme.yaml unreadable; `asker` is who named it."""
    folder = _find(site_dir, name)
    if folder is None:
        raise GeneratorError([error(asker, "theme-missing", theme=name)])
    inside = folder.resolve()
    if folder.is_relative_to(site_dir) and not inside.is_relative_to(site_dir.resolve()):
        raise GeneratorError([error(asker, "outside-site", file=f"themes/{name}")])
    files = {}
    for path in sorted(folder.rglob("*")):
        named = f"themes/{name}/{path.relative_to(folder).as_posix()}"
        if not path.is_file() or path.name.startswith("."):
            continue
        if (problem := misnamed(named)) is not None:
            problems.append(problem)
            continue
        # Whatever lies in assets/ is published: a link would publish what it leads to.
        if path.resolve().is_relative_to(inside):
            files[named] = File(path, digest_bytes(path.read_bytes()))
        else:
            problems.append(error(Place(named), "outside-site", file=path.name))
    where = Place(f"themes/{name}/theme.yaml")
    settings = _settings(folder / "theme.yaml", where)
    problems += [error(where, "theme-key", key=key) for key in settings if key not in _KEYS]
    written = settings.get("colours") or {}
    colours = {str(key): str(value) for key, value in written.items()} if isinstance(written, dict) else {}
    problems += [
        error(where, "theme-colour", name=key, value=value)
        for key, value in colours.items()
        if not hue.HEX.match(value)
    ]
    sound = {key: value for key, value in colours.items() if hue.HEX.match(value)}
    return Layer(name, sound, _fonts(settings.get("fonts")), str(settings.get("extends") or ""), files)


def _fonts(written: object) -> dict[str, tuple[str, ...]]:
    """`fonts:` of theme.yaml: for each role a family or several, the preferred first."""
    if not isinstance(written, dict):
        return {}
    several = {str(role): named if isinstance(named, list) else [named] for role, named in written.items()}
    return {role: tuple(str(family) for family in named) for role, named in several.items()}


def _settings(path: Path, where: Place) -> dict[str, Any]:
    import yaml

    try:
        read = yaml.safe_load(path.read_bytes())
    except yaml.YAMLError as cause:
        mark = getattr(cause, "problem_mark", None)
        at = Place(where.file, mark.line + 1, mark.column + 1) if mark else where
        raise GeneratorError([error(at, "theme-unreadable")]) from cause
    return read if isinstance(read, dict) else {}
