"""What a recipe cannot see, it cannot depend on: views are frozen plain data, recipes plain functions of them."""

import ast
import importlib
import inspect
import types
import typing
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from pkgutil import iter_modules

import pytest

from generator import views
from generator.engine.target import Files
from generator.photos import Rendition
from generator.views import print as printed

PLAIN = (str, int, float, bool, types.NoneType, date)
VIEWS = [
    thing
    for _, thing in inspect.getmembers(views, inspect.isclass)
    if thing.__module__.startswith(f"{views.__name__}.") and is_dataclass(thing)
]
PRINT_VIEWS = sorted(
    {
        thing
        for module in iter_modules(printed.__path__, f"{printed.__name__}.")
        for _, thing in inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
        if thing.__module__ == module.name and is_dataclass(thing)
    },
    key=lambda thing: thing.__name__,
)
PACKAGE = Path(views.__file__).parents[1]


def faults(hint, seen=()):
    """Why a value of this type is no frozen plain data: a list of what is wrong, with the way to it."""
    origin = typing.get_origin(hint)
    if hint in PLAIN or (isinstance(hint, type) and issubclass(hint, Enum)):
        return []
    if origin in (typing.Union, types.UnionType, tuple):
        inner = [one for one in typing.get_args(hint) if one is not Ellipsis]
        return [fault for one in inner for fault in faults(one, seen)] if inner else ["a bare tuple"]
    if origin is typing.Literal:
        return []
    if hint in seen:
        return []
    if hint in VIEWS or hint in PRINT_VIEWS:
        return faults_of_view(hint, (*seen, hint))
    return [repr(hint)]


def faults_of_view(view, seen=()):
    hints = typing.get_type_hints(view)
    found = [] if view.__dataclass_params__.frozen else [f"{view.__name__} is not frozen"]
    for field in fields(view):
        found += [f"{view.__name__}.{field.name}: {fault}" for fault in faults(hints[field.name], seen)]
    return found


def test_there_are_views():
    assert {"ExemplarView", "HomeView", "ListView", "Card", "Frame"} <= {view.__name__ for view in VIEWS}
    assert {"BulletinView", "CertificateView", "PressKitView"} <= {view.__name__ for view in PRINT_VIEWS}


def test_everything_in_the_module_is_a_view():
    own = [
        name
        for name, thing in vars(views).items()
        if not name.startswith("_") and not inspect.ismodule(thing)
    ]
    assert sorted(own) == sorted(view.__name__ for view in VIEWS)


@pytest.mark.parametrize("view", [*VIEWS, *PRINT_VIEWS], ids=lambda view: view.__name__)
def test_a_view_is_frozen_plain_data_all_the_way_down(view):
    assert faults_of_view(view, (view,)) == []


def test_the_view_of_a_picture_to_make_is_plain_too():
    assert faults_of_view(Rendition) == []


@pytest.mark.parametrize("view", [*VIEWS, *PRINT_VIEWS], ids=lambda view: view.__name__)
def test_no_view_knows_what_is_private_but_the_nomination_forms(view):
    """Which no build makes: see tests/test_form.py."""
    knows = any("private" in field.name for field in fields(view))
    assert knows == (view.__name__ == "NominationFormView")


@pytest.mark.parametrize(
    "hint",
    [
        "model.Exemplar",
        "model.Settings",
        "catalogue.Catalogue",
        "pathlib.Path",
        "list[str]",
        "dict[str, str]",
        "set[str]",
        "tuple",
        "tuple[list[str], ...]",
        "typing.Any",
        "typing.Any | None",
        "bytearray",
        "object",
    ],
)
def test_the_test_above_refuses(hint):
    """A law that nothing can break is none."""
    from generator import catalogue, model

    known = {
        "model": model,
        "catalogue": catalogue,
        "typing": typing,
        "pathlib": importlib.import_module("pathlib"),
    }
    assert faults(eval(hint, known))


# --- recipes ---------------------------------------------------------------------------------------


def targets():
    """(module, the expression of the recipe) of every `Target(…)` outside the engine, and of every
    `recipe=…` that is handed on to one: as an argument of `Sheets.sheet`, or as its default."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] == "engine":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
            module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            for recipe in recipes_in(node):
                if ast.unparse(recipe) != "recipe":  # the parameter itself: whoever gives it is asked instead
                    yield module, recipe


def recipes_in(node):
    """The recipes that a call gives or a function has as a default."""
    if isinstance(node, ast.Call):
        named = [one.value for one in node.keywords if one.arg == "recipe"]
        return named or (node.args[1:2] if ast.unparse(node.func) == "Target" else [])
    if isinstance(node, ast.FunctionDef):
        pairs = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
        return [default for one, default in pairs if one.arg == "recipe" and default is not None]
    return []


TARGETS = list(targets())


def recipe_of(module, expression):
    assert isinstance(expression, ast.Name), f"{module}: {ast.unparse(expression)} is no name of a function"
    return getattr(importlib.import_module(module), expression.id)


def test_there_are_targets():
    assert len(TARGETS) >= 5


@pytest.mark.parametrize(("module", "expression"), TARGETS, ids=lambda part: getattr(part, "id", part))
def test_a_recipe_is_a_function_at_the_top_of_a_module(module, expression):
    recipe = recipe_of(module, expression)
    assert inspect.isfunction(recipe)
    assert recipe.__qualname__ == recipe.__name__ != "<lambda>"
    assert recipe.__closure__ is None
    assert getattr(importlib.import_module(recipe.__module__), recipe.__name__) is recipe


@pytest.mark.parametrize(("module", "expression"), TARGETS, ids=lambda part: getattr(part, "id", part))
def test_a_recipe_sees_its_view_and_its_files_and_nothing_else(module, expression):
    recipe = recipe_of(module, expression)
    parameters = inspect.signature(recipe).parameters
    assert list(parameters) == ["view", "files"]
    assert all(one.default is inspect.Parameter.empty for one in parameters.values())
    hints = typing.get_type_hints(recipe)
    assert hints["files"] is Files
    assert hints["return"] is bytes
