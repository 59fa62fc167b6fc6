"""The sizes and habits that the map promises, without exception or with a named one."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_PRODUCT = _ROOT / "cerbo_desktop"
_MOST_LINES_A_FILE = 250
_MOST_LINES_A_FUNCTION = 40

_LOOPS = {"ui/file_dialog/program.py", "ui/window.py"}
"""A helper process without asyncio runs Qt's loop; the window lets its first painting happen before the loop runs."""
_TASKS = {"runtime/scope.py"}


@cache
def _trees() -> dict[str, ast.Module]:
    files = sorted(_PRODUCT.rglob("*.py"))
    return {file.relative_to(_PRODUCT).as_posix(): ast.parse(file.read_bytes()) for file in files}


def _functions(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


def _calls(tree: ast.Module, *names: str) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
            yield node.func


def test_a_file_has_at_most_250_lines() -> None:
    assert {name: size for name in _trees() if (size := _line_count(name)) > _MOST_LINES_A_FILE} == {}


def _presenters() -> set[str]:
    return {name for name in _trees() if name.endswith("presenter.py")}


def _line_count(name: str) -> int:
    return len((_PRODUCT / name).read_bytes().splitlines())


def test_a_function_has_at_most_40_lines() -> None:
    sizes = [(file, name, size) for file, tree in _trees().items() for name, size in _functions(tree)]
    assert [each for each in sizes if each[2] > _MOST_LINES_A_FUNCTION] == []


def test_a_task_belongs_to_a_scope() -> None:
    """A task group inside one coroutine ends with it and needs no scope."""
    found = {
        file
        for file, tree in _trees().items()
        for call in _calls(tree, "create_task", "ensure_future")
        if not (isinstance(call.value, ast.Name) and call.value.id == "group")
    }
    assert found == _TASKS


def test_nothing_runs_a_nested_loop() -> None:
    """Under the shared loop it would strand every other task."""
    found = {file for file, tree in _trees().items() if any(_calls(tree, "exec", "exec_", "processEvents"))}
    assert found == _LOOPS


def test_annotations_are_only_put_off_where_a_name_is_imported_for_the_type_checker() -> None:
    """Elsewhere a class that comes later stands in quotes."""
    put_off = {name for name in _trees() if "__future__.annotations" in _imported(_trees()[name])}
    assert [name for name in put_off if "if TYPE_CHECKING:" not in (_PRODUCT / name).read_text("utf-8")] == []


@pytest.mark.parametrize("file", sorted(_presenters()))
def test_presenters_know_no_qt(file: str) -> None:
    """Neither by name, nor through what they import, but for words and commands: those ask Qt's translator, and its
    names of keys."""
    assert not [module for module in _imported(_trees()[file]) if _is_of_qt(module)]
    reached = {name for name in _reached(file) if not name.startswith(("ui/text/", "ui/commands/"))}
    assert [name for name in reached if any(map(_is_of_qt, _imported(_trees()[name])))] == []


def _is_of_qt(module: str) -> bool:
    return module.split(".")[0] in ("PySide6", "shiboken6", "qasync")


def _imported(tree: ast.Module) -> Iterator[str]:
    """The modules that `tree` imports at run time, wherever that stands; a name out of a module counts as one too."""
    checked_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in checked_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _reached(file: str) -> set[str]:
    """`file`, what it imports, and what that imports in turn."""
    reached: set[str] = set()
    todo = {file}
    while todo:
        name = todo.pop()
        reached.add(name)
        todo |= {each for each in map(_file_of, _imported(_trees()[name])) if each in _trees()} - reached
    return reached


def _file_of(module: str) -> str:
    return module.removeprefix("cerbo_desktop.").replace(".", "/") + ".py"


_NO_SCREENS = {"commands", "file_dialog", "kit", "patients", "stage", "text"}
"""Folders of `ui/` that serve several screens."""


def test_every_screen_is_named_in_the_contract_that_keeps_them_apart() -> None:
    contracts = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (apart,) = (each for each in contracts if each["type"] == "independence")
    there = {folder.parent.name for folder in (_PRODUCT / "ui").glob("*/__init__.py")} - _NO_SCREENS
    assert {module.removeprefix("cerbo_desktop.ui.") for module in apart["modules"]} == there
