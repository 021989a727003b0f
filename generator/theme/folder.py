"""Theme folders on disk: which theme extends which, and which files stand behind a page, style or script."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from generator.engine.target import File, digest_bytes
from generator.problems import GeneratorError, Place, Problem, error
from generator.theme import colours as hue
from generator.theme.layer import Layer, read_layer

Named = tuple[tuple[str, File], ...]

_STATEMENT = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b(.*?)%\}", re.DOTALL)
_QUOTED = re.compile(r"""["']([^"']+\.\w+)["']""")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_IMPORT = re.compile(r"""^\s*#(?:import|include)\s+"([^"]+\.typ)\"""", re.MULTILINE)


@dataclass(frozen=True)
class Theme:
    """A theme with what it extends, the most particular layer first.

    `problems` are errors of its colours and keys; a theme with a missing or unreadable layer is never made.
    """

    name: str
    language: str
    layers: tuple[Layer, ...]
    problems: tuple[Problem, ...] = ()
    _closures: dict[str, Named] = field(default_factory=dict, repr=False, compare=False)

    def files_for(self, template: str) -> Named:
        """What pages of `template` depend on: it and all it names, translations, theme.yaml. Layer order.

        Raises GeneratorError if it or a template it names is missing."""
        if template not in self._closures:
            self._closures[template] = self._closure(template) + self._words + self._settings
        return self._closures[template]

    def styles(self) -> Named:
        """The inputs of the stylesheet: theme.yaml for the colours, then the styles in name order."""
        return self.coloured("styles")

    def scripts(self) -> Named:
        """The inputs of the script, in name order."""
        return self.folder("scripts")

    def coloured(self, folder: str) -> Named:
        """The inputs of a stylesheet: theme.yaml for the colours, then the styles of `folder` in name order."""
        return self._settings + self.folder(folder)

    def folder(self, name: str) -> Named:
        """The files of a folder of the theme in name order, each of the most particular layer that has it."""
        found: dict[str, tuple[str, File]] = {}
        for layer in reversed(self.layers):
            found |= layer.inside(name)
        return tuple(found[file] for file in sorted(found))

    def words_in(self, language: str) -> Named:
        """The translations into `language`, and into Chinese for what it lacks; the most particular first."""
        wanted = dict.fromkeys((f"{language}.yaml", "zh-CN.yaml"))
        folders = [layer.inside("translations") for layer in self.layers]
        return tuple(folder[name] for name in wanted for folder in folders if name in folder)

    def print_files(self, template: str) -> Named:
        """What sheets of a print template depend on: it and all it imports, translations, theme.yaml.

        Raises GeneratorError if it or a template it names is missing."""
        if template not in self._closures:
            overlaid = {name.partition("/print/")[2]: (name, file) for name, file in self.folder("print")}
            found: dict[str, tuple[str, File]] = {}
            asked = [(template, f"themes/{self.name}/print/{template}")]
            while asked:
                called, caller = asked.pop()
                if called not in overlaid:
                    raise GeneratorError([error(Place(caller), "template-missing", template=called)])
                if called not in found:
                    name, file = found[called] = overlaid[called]
                    asked += [(other, name) for other in _IMPORT.findall(file.path.read_text("utf-8"))]
            self._closures[template] = tuple(sorted(found.values())) + self._words + self._settings
        return self._closures[template]

    @cached_property
    def fonts(self) -> dict[str, tuple[str, ...]]:
        """The families to print in, by role, the preferred first."""
        found: dict[str, tuple[str, ...]] = {}
        for layer in reversed(self.layers):
            found |= layer.fonts
        return found

    def assets(self) -> tuple[tuple[str, File], ...]:
        """(path in the output, file) of what is copied as it is."""
        found: dict[str, tuple[str, File]] = {}
        for layer in reversed(self.layers):
            found |= layer.inside("assets")
        return tuple((f"assets/{name}", file) for name, (_, file) in sorted(found.items()))

    @cached_property
    def stylesheet_path(self) -> str:
        """Where the stylesheet will stand: its name holds the digest of its inputs."""
        return f"assets/{self.name}-{_digest(self.styles())}.css"

    @cached_property
    def script_path(self) -> str:
        """Where the script will stand."""
        return f"assets/{self.name}-{_digest(self.scripts())}.js"

    @cached_property
    def search_path(self) -> str:
        """Where the script of the search will stand."""
        return f"assets/{self.name}-search-{_digest(self.folder('search'))}.js"

    @cached_property
    def templates(self) -> dict[str, tuple[str, File]]:
        """Templates by the names others may call them: "home.html"; "honour/home.html" is that layer's."""
        found: dict[str, tuple[str, File]] = {}
        for layer in self.layers:
            for name, file in layer.inside("templates").items():
                found.setdefault(name, file)
                found[f"{layer.name}/{name}"] = file
        return found

    @cached_property
    def words(self) -> dict[str, str]:
        """Every interface word by key, for what is written without a template."""
        from generator.theme.words import merge

        return merge(file.path.read_text("utf-8") for _, file in self._words)

    @cached_property
    def _settings(self) -> Named:
        names = [f"themes/{layer.name}/theme.yaml" for layer in self.layers]
        return tuple((name, layer.files[name]) for name, layer in zip(names, self.layers, strict=True))

    @cached_property
    def _words(self) -> Named:
        return self.words_in(self.language)

    def _closure(self, template: str) -> Named:
        found: dict[str, File] = {}
        asked = [(template, f"themes/{self.name}/templates/{template}")]
        while asked:
            called, caller = asked.pop()
            if called not in self.templates:
                raise GeneratorError([error(Place(caller), "template-missing", template=called)])
            name, file = self.templates[called]
            if name not in found:
                found[name] = file
                asked += [(other, name) for other in called_templates(file.path.read_text("utf-8"))]
        order = [layer.name for layer in self.layers]
        return tuple(sorted(found.items(), key=lambda item: (order.index(item[0].split("/")[1]), item[0])))


def called_templates(source: str) -> list[str]:
    """The templates that a template extends, includes or imports, as written there."""
    return [
        name
        for statement in _STATEMENT.findall(_COMMENT.sub("", source))
        for name in _QUOTED.findall(statement)
    ]


def load_theme(site_dir: Path, name: str, language: str) -> Theme:
    """The theme `name` of the site's themes/, else of those that come with the program.

    Raises GeneratorError if it, or one it extends, is missing, unreadable or extends itself."""
    layers: list[Layer] = []
    problems: list[Problem] = []
    wanted, asker = name, Place("site.yaml")
    while wanted:
        if any(layer.name == wanted for layer in layers):
            raise GeneratorError([error(asker, "theme-circle", theme=wanted)])
        layer = read_layer(site_dir, wanted, asker, problems)
        layers.append(layer)
        asker = Place(f"themes/{wanted}/theme.yaml")
        wanted = layer.extends
    merged = {key: value for layer in reversed(layers) for key, value in layer.colours.items()}
    problems += [
        error(
            Place(f"themes/{name}/theme.yaml"),
            "theme-contrast",
            text=text,
            ground=ground,
            ratio=f"{ratio:.2f}",
            needed=needed,
        )
        for text, ground, ratio, needed in hue.too_faint(merged)
    ]
    return Theme(name, language, tuple(layers), tuple(problems))


def _digest(files: Named) -> str:
    return digest_bytes("".join(f"{name} {file.digest}\n" for name, file in files).encode())[:12]
