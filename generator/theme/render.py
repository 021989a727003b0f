"""Recipes of the website: a view and its templates become a page; styles and scripts one file each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from generator.engine.target import Files
from generator.problems import GeneratorError, Place, error

if TYPE_CHECKING:
    import jinja2

Key = tuple[Any, ...]

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")

# Compiled once a process, so that 10,000 pages of one template cost one compilation.
_environments: dict[Key, jinja2.Environment] = {}


def template_of(view: object) -> str:
    """The template of a view, named after its class; machine files after their own path."""
    path: str = getattr(view, "path", "")
    if path.endswith((".xml", ".txt")):
        return path.rpartition("/")[2]
    return _CAPITAL.sub("_", type(view).__name__.removesuffix("View")).lower() + ".html"


def render_page(view: Any, files: Files) -> bytes:
    """A page, feed, sitemap or robots.txt in UTF-8. Raises GeneratorError at the template's line."""
    import jinja2

    from generator.theme import words

    name = template_of(view)
    base_url = view.frame.base_url

    def wrong(code: str, cause: BaseException, **found: object) -> GeneratorError:
        return GeneratorError([error(_line(cause, name), code, **found)])

    try:
        template = _environment(files, view).get_template(name)
        text = template.render(view=view, absolute=lambda path: base_url + path.removesuffix("index.html"))
    except jinja2.TemplateSyntaxError as cause:
        where = Place(cause.filename or name, cause.lineno)
        raise GeneratorError([error(where, "template-syntax", said=cause.message)]) from cause
    except jinja2.TemplateNotFound as cause:
        raise wrong("template-missing", cause, template=cause.name) from cause
    except jinja2.UndefinedError as cause:
        raise wrong("template-name", cause, said=cause.message) from cause
    except words.UnknownWordsError as cause:
        raise wrong("translation-missing", cause, key=cause.key) from cause
    return (text.strip("\n") + "\n").encode()


def render_stylesheet(view: Any, files: Files) -> bytes:
    """The colours of every theme.yaml as custom properties, then the styles in the order given."""
    from generator.theme import colours

    settings = [files.text(name) for name in files if name.endswith("/theme.yaml")]
    sheets = [files.text(name) for name in files if name.endswith(".css")]
    return "\n".join((colours.as_css(colours.merged(settings)), *sheets)).encode()


def render_script(view: Any, files: Files) -> bytes:
    """The scripts, one after the other, as one classic script."""
    return "\n".join(files.text(name) for name in files).encode()


def copy_asset(view: Any, files: Files) -> bytes:
    """The one file it is given, as it is."""
    (name,) = files
    return files.bytes(name)


def _environment(files: Files, view: Any) -> jinja2.Environment:
    language = view.frame.language
    prefix = getattr(view, "base", "../" * view.path.count("/"))
    key = (language, prefix, *((name, file.digest) for name, file in files.pairs))
    if key not in _environments:
        from generator.theme.environment import make_environment

        if len(_environments) >= 128:
            _environments.clear()
        _environments[key] = make_environment(files, language, prefix)
    return _environments[key]


def _line(cause: BaseException, name: str) -> Place:
    """The innermost line of a template that the error came through."""
    place, trace = Place(name), cause.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.startswith("themes/"):
            place = Place(trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return place
