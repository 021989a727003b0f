"""The architecture: which room may import which, who may print, how big a room may grow.

LEVELS is the house from the roof to the ground; a new room needs its place in it."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "generator"
PACKAGE = ROOT.name

# From the top down. A module may import from its own room and from the levels below, nothing else.
LEVELS = (
    ("__main__",),
    ("cli",),
    ("cli_releases",),
    ("invocation",),
    ("commands",),
    ("admission",),
    ("releases", "mirror", "preview", "printing", "privacy", "formats"),
    ("building", "withdrawal"),
    ("plan", "checks", "loading"),
    ("editions",),
    ("sheets", "search"),
    ("exhibits",),
    ("renditions", "data", "parcels", "typeset", "presskit"),
    ("theme", "catalogue", "fonts"),
    ("chapters", "stories"),
    ("views",),
    ("sources", "lifecycle", "reviewed", "text", "photos"),
    ("engine", "signature", "workdays", "rotation", "pinyin", "strokes", "qr", "typography"),
    ("model",),
    ("problems",),
    ("",),  # the package itself: its version
)
RANK = {room: len(LEVELS) - n for n, level in enumerate(LEVELS) for room in level}

# What these may import at most, whatever stands below them.
ONLY = {
    "problems": set(),
    "formats": set(),
    "views": set(),
    "typography": set(),
    "rotation": set(),
    "pinyin": set(),
    "strokes": set(),
    "qr": set(),
    "model": {"problems"},
    "engine": {"problems"},
    "sources": {"model", "problems"},
    "reviewed": {"model"},
    "workdays": {"model"},
    "text": {"typography"},
    "photos": {"engine"},
    "fonts": {"engine", "problems"},
    "typeset": {"engine", "problems", "text", "theme", "typography", "qr", "views"},
    "presskit": {"engine", "text", "views"},
    "theme": {"chapters", "engine", "problems", "typography", "qr"},
    "lifecycle": {"workdays", "model", "problems"},
    "mirror": {"engine", "problems", "signature"},
    "releases": {"engine", "problems", "signature"},
    "signature": {"problems"},
}

MOST_LINES = 250
LONGER: dict[str, str] = {}

# What rooms may say to the world. Everybody else returns values or raises.
SPEAKERS = ("cli.py", "cli_releases.py", "invocation.py", "commands/")
LEAVES = {"engine/parallel.py": "a worker whose build was killed has nobody to raise to"}

VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "context", "common", "misc", "base"}

FILES = sorted(path for path in ROOT.rglob("*.py") if "__pycache__" not in path.parts)


def name_of(path):
    """generator/text/__init__.py → generator.text"""
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in FILES}


@cache
def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports_of(name):
    """Every module of the package that `name` imports, lazily or for type checking only as well."""
    found = set()
    path = MODULES[name]
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                found.add(inner if inner in MODULES else base)
    return frozenset(one for one in found if one == PACKAGE or one.startswith(f"{PACKAGE}."))


def room_of(name):
    return name.split(".")[1] if "." in name else ""


def relative(path):
    return path.relative_to(ROOT).as_posix()


def test_there_is_something_to_look_at():
    assert len(FILES) > 50
    assert "generator.lifecycle" in imports_of("generator.catalogue")
    assert "generator.text" in imports_of("generator.catalogue")


@pytest.mark.parametrize("name", MODULES)
def test_every_import_exists(name):
    assert imports_of(name) <= MODULES.keys()


@pytest.mark.parametrize("name", MODULES)
def test_imports_run_strictly_downward(name):
    room = room_of(name)
    assert room in RANK, f"give the room {room!r} its place in LEVELS"
    for imported in imports_of(name):
        below = room_of(imported)
        assert below == room or RANK[below] < RANK[room], f"{name} imports {imported}, which stands above it"


@pytest.mark.parametrize("room", ONLY)
def test_some_rooms_see_less_than_what_stands_below_them(room):
    modules = [name for name in MODULES if room_of(name) == room]
    assert modules
    seen = {room_of(imported) for name in modules for imported in imports_of(name)} - {room}
    assert seen <= ONLY[room]


def test_no_module_imports_itself_by_any_way_round():
    finished, way = set(), []

    def visit(name):
        assert name not in way, " → ".join([*way[way.index(name) :], name])
        if name not in finished:
            way.append(name)
            for imported in sorted(imports_of(name) - {name}):
                visit(imported)
            way.pop()
            finished.add(name)

    for name in MODULES:
        visit(name)


def test_editions_do_not_import_one_another():
    shared = {"edition"}
    for name in MODULES:
        parts = name.split(".")
        if parts[1:2] == ["editions"] and len(parts) > 2:
            others = {one.split(".")[2] for one in imports_of(name) if one.startswith("generator.editions.")}
            assert others <= {parts[2], *shared}, f"{name} imports another edition"


def test_commands_share_nothing_but_the_desk_and_one_way_to_sign_and_to_a_destination():
    """Each is one file; `init` signs its sample record as `approve` does; releases are reached in one way."""
    for name in MODULES:
        if name.startswith("generator.commands."):
            others = {one for one in imports_of(name) if one.startswith("generator.commands.")} - {name}
            assert others <= {f"generator.commands.{one}" for one in ("desk", "approve", "destination")}


def speech(node):
    """What `node` says to the world or does to the process, or None."""
    match node:
        case ast.Call(func=ast.Name(id="print" | "input" | "exit" | "quit" as said)):
            return said
        case ast.Name(id="SystemExit", ctx=ast.Load()):
            return None  # naming it in `except` is no exit; raising it is caught below
        case ast.Raise(exc=ast.Name(id="SystemExit") | ast.Call(func=ast.Name(id="SystemExit"))):
            return "raise SystemExit"
        case ast.Attribute(value=ast.Name(id="sys"), attr="exit" | "stdout" | "stderr" | "stdin" as said):
            return f"sys.{said}"
        case ast.Attribute(value=ast.Name(id="os"), attr="_exit" | "abort" as said):
            return f"os.{said}"
        case ast.Import(names=names):
            return next((one.name for one in names if one.name.split(".")[0] in ("click", "rich")), None)
        case ast.ImportFrom(module=str(module)) if module.split(".")[0] in ("click", "rich"):
            return module
        case ast.ImportFrom(module="sys", names=names):
            return next(
                (one.name for one in names if one.name in ("exit", "stdout", "stderr", "stdin")), None
            )
    return None


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_only_cli_and_commands_speak(path):
    said = {found for node in ast.walk(tree_of(path)) if (found := speech(node))}
    if relative(path) in LEAVES:
        said.discard("os._exit")
    if relative(path) == "__main__.py":
        said.discard("sys.exit")  # hands on what the command line returned
    assert not said or relative(path).startswith(SPEAKERS), f"{relative(path)}: {said}"


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_no_room_grows_too_big(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES or relative(path) in LONGER, f"{lines} lines: split it"


def test_the_exceptions_are_still_needed():
    for name in LONGER:
        assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) > MOST_LINES
    for name in LEAVES:
        assert "os._exit" in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_names_say_something(path):
    assert not {path.stem, *relative(path).split("/")[:-1]} & VAGUE


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_every_module_opens_with_its_responsibility(path):
    said = ast.get_docstring(tree_of(path))
    assert said
    first = said.split("\n\n")[0]
    assert first.endswith((".", "?", "!", '"', "…", ")")), first


def documented_names(path):
    """Methods that a Protocol or base class of the same package explains once for all."""
    names = set()
    for other in path.parent.glob("*.py"):
        for node in ast.walk(tree_of(other)):
            if isinstance(node, ast.ClassDef) and any("Protocol" in ast.unparse(base) for base in node.bases):
                methods = [one for one in node.body if isinstance(one, ast.FunctionDef)]
                names |= {one.name for one in methods if ast.get_docstring(one)}
    return names


def is_plain_value(node):
    """A class of fields alone, whose names say it: class Moment: date: str; text: str."""
    return all(isinstance(one, ast.AnnAssign | ast.Assign | ast.Pass) for one in node.body)


def undocumented(path):
    """Public functions of more than a statement, classes with behaviour and longer methods without docstring."""
    explained = documented_names(path)
    for node in tree_of(path).body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if isinstance(node, ast.FunctionDef):
            if len(node.body) > 1 and not ast.get_docstring(node):
                yield node.name
            continue
        if not ast.get_docstring(node) and not is_plain_value(node):
            yield node.name
        for method in node.body:
            if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
                lines = (method.end_lineno or 0) - method.lineno + 1
                if lines > 6 and not ast.get_docstring(method) and method.name not in explained:
                    yield f"{node.name}.{method.name}"


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_whatever_is_public_says_what_it_is_for(path):
    assert list(undocumented(path)) == []
