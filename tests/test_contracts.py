"""docs/contracts.md says what the program does: names, shapes and codes are compared with a real build."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from site_builder import (
    DAY,
    ROOT,
    clean_build,
    document,
    honour,
    jpeg,
    record,
    settings,
    site_of,
    tree,
    write,
)

from generator import invocation
from generator.editions import EDITIONS

TEXT = (ROOT / "docs" / "contracts.md").read_text("utf-8")
PLACES = {
    "<slug>": "[a-z0-9-]+",
    "<key>": "[a-z0-9-]+",
    "<keys>": "[a-z0-9-]+(?:/[a-z0-9-]+)*",
    "<year>": r"\d{4}",
    "<n>": r"[1-9]\d*",
    "<shard>": "[0-9a-f]+",
    "<person>": "[0-9a-f]+",
    "<letter>": "[a-z0]",
    "<mark>": "[0-9a-f-]+",
    "<file>": r"[\w.-]+",
    "<name>": "[a-z0-9-]+",
    "<kind>": "[a-z]+",
    "<script>": r"(?:pull|start|README)\.[a-z0-9]+",
    "<size>": "(?:a2|a3|60x90|80x180)",
    "<list>": "(?:[a-z0-9-]+/)*[a-z0-9-]+",
}


@cache
def examples() -> dict[str, Any]:
    """The JSON blocks of the page by their title."""
    found = re.findall(r"```json (\w+)\n(.*?)```", TEXT, re.DOTALL)
    return {title: json.loads(block) for title, block in found}


def shape(value: Any) -> Any:
    """Keys and types; a list is what its first element is."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that has one of everything."""
    folder = tmp_path_factory.mktemp("everything")
    photo = {"file": "photo.jpg", "alt": "人"}
    files = site_of(
        li_na=record(photo=photo, formerly=["li-na-2"], line="服务"),
        banzu=record(kind="collective", name="营业所", line="服务"),
        **{f"p{n}": record(name=f"第{n}人", year=2024) for n in range(48)},
    )
    files |= {
        "site.yaml": settings(lines=["服务"], feedback={"mailbox": "大厅"}),
        "exemplars/li-na/photo.jpg": jpeg(),
        "content/about.md": document({"title": "关于"}, "本站。\n"),
        "content/notices/tong-bao.md": document({"title": "通报", "date": "2026-01-01"}),
        "content/campaigns/biao-bing.md": document({"title": "标兵"}),
        "content/activities/jiang-tang.md": document(
            {"title": "讲堂", "date": "2026-01-01", "pictures": [photo | {"consent": True}]}
        ),
        "content/activities/photo.jpg": jpeg(1000, 700),
    }
    clean_build(write(folder, files))
    return folder


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one exemplar that has every edition."""
    folder = tmp_path_factory.mktemp("printed")
    photo = {"file": "photo.jpg", "alt": "人"}
    honour_ = {"title": "标兵", "date": "2026-04-28", "by": "江城公用事业集团"}
    files = site_of(li_na=record(photo=photo, honours=[honour_], pledge={"promise": "抢修不过夜"}))
    boards = {"boards": ["a3", "60x90", "80x180"], "rolls": ["a3", "a2"]}
    files |= {
        "site.yaml": settings(editions=[*EDITIONS], print=boards, slogans=["学"]),
        "exemplars/li-na/photo.jpg": jpeg(),
        "content/bulletins/2026-11.md": document({"date": "2026-11-01", "exemplars": ["li-na"]}),
        "content/compendia/ren.md": document({"title": "身边的人"}),
    }
    clean_build(write(folder, files), editions=())
    return folder


def test_every_name_in_the_output_is_documented_and_every_documented_name_exists(
    site: Path, printed: Path
) -> None:
    rows = re.findall(r"^\| (`.+?) \|", TEXT, re.MULTILINE)
    names = [name for row in rows for name in re.findall("`([^`]+)`", row)]
    assert len(names) > 30
    patterns = {
        name: re.compile("".join(PLACES.get(p, re.escape(p)) for p in re.split("(<[a-z]+>)", name)))
        for name in names
    }
    files = tree(site / "public").keys() | tree(printed / "public").keys()
    unknown = {file for file in files if not any(pattern.fullmatch(file) for pattern in patterns.values())}
    missing = {name for name, pattern in patterns.items() if not any(map(pattern.fullmatch, files))}
    assert (unknown, missing) == (set(), set())


def test_the_documents_are_shaped_as_shown(site: Path) -> None:
    public = site / "public"
    for title, file in (("exemplars", "exemplars.json"), ("manifest", "manifest.json")):
        real = json.loads((public / file).read_text("utf-8"))
        assert shape(real) == shape(examples()[title]), title
    assert json.loads((public / "exemplars.json").read_text("utf-8"))["exemplars"][0]["url"].startswith(
        "https://"
    )
    first = next(
        e
        for e in json.loads((public / "exemplars.json").read_text("utf-8"))["exemplars"]
        if e["slug"] == "li-na"
    )
    assert first == examples()["exemplars"]["exemplars"][0]


def test_the_commands_print_what_is_shown(tmp_path: Path) -> None:
    files = site_of(li_na=record().replace(b"unit: ", "unit：".encode()), wang_jie=record(name="王杰"))
    write(tmp_path, files)
    checked = honour("--site", tmp_path, "--lang", "en", "check", "--json", "--date", DAY)
    assert checked.returncode == 1 and json.loads(checked.stdout) == examples()["check"]
    write(tmp_path, site_of(li_na=record(), wang_jie=record(name="王杰")))
    clean_build(tmp_path)
    write(tmp_path, site_of(li_na=record("改了。\n"), wang_jie=record(name="王杰")))
    built = json.loads(honour("--site", tmp_path, "build", "--json", "--date", DAY).stdout)
    assert shape(built) == shape(examples()["build"])
    marks = re.compile("^search/[a-z]+-.*")
    own = [[path for path in one["made"] if not marks.match(path)] for one in (built, examples()["build"])]
    assert own[0] == own[1]
    assert all(marks.match(path) for path in built["pruned"])


def test_a_destination_is_laid_out_as_shown(site: Path, tmp_path: Path) -> None:
    dest = tmp_path / "dest"
    assert honour("--site", site, "publish", dest, "--date", DAY).returncode == 0
    told = json.loads(honour("--site", site, "releases", dest, "--json").stdout)
    assert shape(told) == shape(examples()["releases"])
    current = told["releases"][0]["id"]
    assert (dest / "current").readlink() == Path("releases", current)
    block = re.search(r"```text destination\n(.*?)```", TEXT, re.DOTALL)
    assert block
    for name in block[1].replace("<id>", current).split():
        assert (dest / name).exists(), name
    turn = json.loads((dest / "history.json").read_bytes())["shown"][-1]
    assert (turn["id"], turn["at"]) == (current, told["releases"][0]["shown"])


def test_the_exit_codes_are_those_of_the_program() -> None:
    codes = [int(code) for code in re.findall(r"^\| (\d+) \|", TEXT, re.MULTILINE)]
    assert codes == [invocation.DONE, invocation.PROBLEMS, 2, invocation.CRASHED, 130]
