"""Every sentence for people stands in the catalogue's files, is found by Qt's tools, and is looked up when shown."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from shipping import translating

_PACKAGE = translating.TEXTS.parents[1]
_SENTENCE = re.compile(r"^[“\s]*(?:[A-Z][a-z’]+|A)[,:]? [\w“’({]|[a-z’]{2,} [a-z’]{2,}.*[.?!…:]$|\w’\w")
"""A capital letter and a second word, words that end with a full stop, or a typographic apostrophe."""
_ELSEWHERE = {
    "practice": "It answers as a server of Cerbo does, and its made-up people have names.",
    "app/options.py": "The command line.",
    "app/selftest": "The command line.",
    "app/support_file.py": "The file is for those who maintain the app.",
    "app/crash_trace.py": "It reads what Python writes.",
    "app/loop.py": "It reads what the event loop says.",
    "outbox/cards.py": "It reads what an earlier release sealed.",
    "config/policy_keys.py": "The reference of the policy's keys, for the clinic's IT.",
    "config/policy_toml.py": "It reads what Python's TOML parser says.",
}
"""Files that hold sentences and why they may."""
_NAMES = frozenset(
    {"Cerbo Desktop", "Noto Sans", "DejaVu Sans", "Secret Service", "Windows Credential Manager", "Frame input"}
)


@cache
def _sources() -> tuple[tuple[str, ast.Module], ...]:
    return tuple(
        (path.relative_to(_PACKAGE).as_posix(), ast.parse(path.read_bytes())) for path in sorted(_PACKAGE.rglob("*.py"))
    )


def _literals(node: ast.AST) -> Iterator[ast.Constant]:
    """Texts but docstrings and what exceptions say, which nobody but a developer reads."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Raise() | ast.Expr(value=ast.Constant()):
                pass
            case ast.Constant(value=str()):
                yield child
            case _:
                yield from _literals(child)


def _sentences_in(tree: ast.Module) -> Iterator[ast.Constant]:
    for literal in _literals(tree):
        text = str(literal.value)
        if _SENTENCE.search(text) and text not in _NAMES and "|" not in text:  # that is a pattern
            yield literal


def test_no_sentence_stands_outside_the_catalogue() -> None:
    found = [
        f"{name}:{literal.lineno}: {literal.value!r}"
        for name, tree in _sources()
        if not name.startswith(("ui/text/", *_ELSEWHERE))
        for literal in _sentences_in(tree)
    ]
    assert not found


@pytest.mark.parametrize("elsewhere", _ELSEWHERE)
def test_every_exception_is_needed(elsewhere: str) -> None:
    assert any(list(_sentences_in(tree)) for name, tree in _sources() if name.startswith(elsewhere))


def _translate_calls(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "translate":
            yield node


def _text_files() -> Iterator[tuple[str, ast.Module]]:
    return (
        (name, tree) for name, tree in _sources() if name.startswith("ui/text/") and not name.endswith("/catalogue.py")
    )


def _written() -> Iterator[translating.Message]:
    for name, tree in _text_files():
        for call in _translate_calls(tree):
            values = [part.value if isinstance(part, ast.Constant) else None for part in call.args[:3]]
            assert all(isinstance(value, str) for value in values), f"no literal in {name}:{call.lineno}"
            context, source, *comment = map(str, values)
            yield translating.Message(context, source, comment[0] if comment else "")


def test_qt_finds_every_sentence_that_is_written() -> None:
    assert set(translating.found_by_lupdate()) == set(_written())


def test_the_english_plurals_are_those_of_the_sentences(tmp_path: Path) -> None:
    made = tmp_path / "cerbo_en.ts"
    translating.write(made, sorted({each for each in _written() if translating.has_forms(each.source)}))
    shipped = translating.TRANSLATIONS / "cerbo_en.ts"
    assert shipped.read_text(encoding="utf-8") == made.read_text(encoding="utf-8"), "run dev.py translations"


def test_a_sentence_with_a_number_is_given_it() -> None:
    for name, tree in _text_files():
        for call in _translate_calls(tree):
            has_forms = translating.has_forms(str(ast.literal_eval(call.args[1])))
            has_number = len(call.args) == 4 and isinstance(call.args[3], ast.Name)
            assert has_forms == has_number, f"{name}:{call.lineno}"


def test_each_file_has_its_own_context() -> None:
    owners: dict[str, str] = {}
    for name, tree in _text_files():
        for call in _translate_calls(tree):
            assert owners.setdefault(str(ast.literal_eval(call.args[0])), name) == name


def test_nothing_is_looked_up_when_a_module_is_imported() -> None:
    for name, tree in _sources():
        texts = _imported_texts(tree)
        assert not [f"{name}:{call.lineno}" for call in _calls_at_import(tree) if _root_of(call.func) in texts]


def _calls_at_import(node: ast.AST) -> Iterator[ast.Call]:
    """Outside the bodies of functions; defaults and decorators are made at import too."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                for part in (child.args, *child.decorator_list):
                    yield from _calls_at_import(part)
            case ast.Lambda():
                yield from _calls_at_import(child.args)
            case _:
                if isinstance(child, ast.Call):
                    yield child
                yield from _calls_at_import(child)


def _root_of(called: ast.expr) -> str:
    while isinstance(called, ast.Attribute):
        called = called.value
    return called.id if isinstance(called, ast.Name) else ""


def _imported_texts(tree: ast.Module) -> set[str]:
    """Names of the catalogue's modules and of their functions; the values that they are given are no texts."""
    return {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cerbo_desktop.ui.text")
        for alias in node.names
        if not alias.name[:1].isupper()
    }
