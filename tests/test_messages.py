"""Whatever the generator says, it says in both languages, with a remedy, and nothing is said that never is."""

import ast
import re
import string
from functools import cache
from pathlib import Path

import pytest

from generator import problems
from generator.problems import LANGUAGES, Place, error, messages, say

PACKAGE = Path(problems.__file__).parent
TREES = {
    path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}
CODES = sorted(messages("zh-CN"))
SENTENCES = [code for code in CODES if code.startswith("cli-")]  # of the commands: no problem, no remedy
PROBLEMS = [code for code in CODES if not code.startswith("cli-")]

# Functions that take a code, and which of their arguments it is.
TAKE_CODE = {
    "error": 1,
    "warning": 1,
    "hint": 1,
    "Problem": 1,
    "refuse": 1,
    "_refused": 1,
    "TextNote": 1,
    "PhotoRefusal": 0,
    "report": 0,
    "note": 1,
}
TAKE_SENTENCE = {"say": 0, "word": 0}
# Words in the shape of a code that are none.
NO_CODES = {
    "unit-most",  # a finding of the statistics page, said by the translations
    "same-origin",  # HTTP
}


@cache
def blanks(language, code):
    """What the texts of a code want filled in."""
    texts = messages(language)[code].values()
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def calls():
    """(file, line, called function, the call) of everything in the generator."""
    for file, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield file, node.lineno, ast.unparse(node.func).rpartition(".")[2], node


def words_in(node):
    """The texts that an expression may be: of a condition both."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from words_in(one)
            yield from words_in(other)


def spoken():
    """(place, code, names that fill it in or None) of every code written where one is said."""
    for file, line, function, node in calls():
        given = None if any(one.arg is None for one in node.keywords) else {one.arg for one in node.keywords}
        if function in TAKE_CODE and len(node.args) > TAKE_CODE[function]:
            for code in words_in(node.args[TAKE_CODE[function]]):
                own = function in ("error", "warning", "hint", "refuse", "_refused")
                yield f"{file}:{line}", code, given if own else None
        elif function in TAKE_SENTENCE and file.startswith(("commands/", "cli.py")) and node.args:
            for code in words_in(node.args[TAKE_SENTENCE[function]]):
                yield f"{file}:{line}", f"cli-{code}", given


def written():
    """Every text of the generator's code, and as patterns those with something filled in: f"why-{reason}"."""
    texts, patterns = set(), set()
    for file, tree in TREES.items():
        joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
        inside = {id(part) for node in joined for part in node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
                texts.add((file, node.value))
        for node in joined:
            fixed = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
            if any("-" in text and re.search("[a-z]", text) for text in fixed if text):
                patterns.add("".join(re.escape(text) if text else ".+" for text in fixed))
    return texts, patterns - {re.escape("cli-") + ".+"}  # how every sentence of the commands is looked up


def test_both_languages_have_the_same_codes():
    assert messages("zh-CN").keys() == messages("en").keys()
    assert len(CODES) > 100


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", PROBLEMS)
def test_a_problem_says_what_was_found_and_what_to_write_instead(language, code):
    entry = messages(language)[code]
    assert entry.keys() == {"message", "hint"}
    assert all(text.strip() == text != "" for text in entry.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_of_the_commands_has_no_hint(language, code):
    entry = messages(language)[code]
    assert entry.keys() == {"message"}
    assert entry["message"]


@pytest.mark.parametrize("code", CODES)
def test_the_same_is_filled_in_in_both_languages(code):
    assert blanks("zh-CN", code) == blanks("en", code)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_text_can_be_filled_in(language, code):
    found = {name: f"<{name}>" for name in blanks(language, code)}
    for part, text in messages(language)[code].items():
        filled = say(language, code, part, **found)
        for _, name, spec, conversion in string.Formatter().parse(text):
            assert name != "", "name what is filled in"
            assert not spec
            assert conversion is None
            assert name is None or f"<{name}>" in filled


@pytest.mark.parametrize("code", PROBLEMS)
def test_chinese_texts_are_chinese_and_english_ones_are_not(code):
    for text in messages("zh-CN")[code].values():
        assert re.search("[\u4e00-\u9fff]", text)
    english = messages("en")[code]["message"]
    assert re.search("[a-z]{2}", english)


def test_every_code_that_is_said_has_a_text():
    unknown = [(place, code) for place, code, _ in spoken() if code not in CODES]
    assert unknown == []


def test_a_word_in_the_shape_of_a_code_is_one():
    """Codes that travel in variables are caught by their first word: "photo-tiny", "text-html"."""
    families = {code.split("-")[0] for code in PROBLEMS}
    texts, _ = written()
    known = {*CODES, *(code.removeprefix("cli-") for code in SENTENCES), *NO_CODES}
    shaped = {(file, text) for file, text in texts if re.fullmatch("[a-z]+(-[a-z]+)+", text)}
    assert {one for one in shaped if one[1].split("-")[0] in families and one[1] not in known} == set()


def test_every_text_is_said_somewhere():
    texts, patterns = written()
    for code in CODES:
        name = code.removeprefix("cli-")
        said = any(text in (code, name) for _, text in texts)
        made = any(re.fullmatch(pattern, one) for pattern in patterns for one in (code, name))
        assert said or made, f"nobody says {code}"


def test_whoever_says_something_fills_in_all_of_it():
    short = []
    for place, code, given in spoken():
        if given is not None and code in CODES:
            missing = blanks("zh-CN", code) - given
            if missing:
                short.append((place, code, missing))
    assert short == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_problem_speaks_the_readers_language(language):
    problem = error(Place("exemplars/li-na/index.md", 3, 7), "consent-scope", name="李娜", scope="kiosk")
    assert "李娜" in problem.message(language)
    assert "kiosk" in problem.hint(language)
    assert str(problem.where) == "exemplars/li-na/index.md:3:7"
