"""Each reference in the code and the documents leads to a section that is there."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = {
    "contract": ROOT / "cerbo_desktop" / "api" / "CONTRACT.md",
    "ANSWERS": ROOT / "cerbo_desktop" / "api" / "ANSWERS.md",
    "measured": ROOT / "tests" / "bench" / "MEASURED.md",
}
NUMBERS = r"\d+(?:\.\d+)?(?:, \d+(?:\.\d+)?)*"
CITATIONS = {
    "contract": re.compile(rf"\b[Cc]ontract ({NUMBERS})"),
    "ANSWERS": re.compile(rf"\bANSWERS ({NUMBERS})"),
    "measured": re.compile(rf"\b[Mm]easured, ({NUMBERS})"),
}
CITES = re.compile(r"ontract|ANSWERS|easured")
HEADING = re.compile(r"^#{2,3} (\d+(?:\.\d+)?)\b", re.MULTILINE)
WRAPPED = re.compile(r"\s*\n\s*(?:# )?")
NAMED_FILE = re.compile(r"`([\w./-]+\.(?:py|md|toml|sql))`")
BARE = re.compile(r"\([^()]*\b[Mm]easured\b(?!, \d)[^()]*\)")


@cache
def _files() -> dict[str, Path]:
    files = [
        *ROOT.glob("*.md"),
        *(file for room in ("cerbo_desktop", "packaging", "tests") for file in (ROOT / room).rglob("*.*")),
    ]
    return {str(file.relative_to(ROOT)): file for file in files if file.suffix in {".py", ".md"}}


@cache
def _texts() -> dict[str, str]:
    """Every Python file and page that cites something, with its lines joined: a citation may be wrapped."""
    texts = {name: file.read_text(encoding="utf-8") for name, file in _files().items() if file != Path(__file__)}
    return {name: WRAPPED.sub(" ", text) for name, text in texts.items() if CITES.search(text)}


def _sections(page: str) -> set[str]:
    return set(HEADING.findall(PAGES[page].read_text(encoding="utf-8")))


def _cited(page: str) -> Iterator[tuple[str, str]]:
    """The file and the section of each citation of the page."""
    for name, text in _texts().items():
        for numbers in CITATIONS[page].findall(text):
            yield from ((name, number) for number in numbers.split(", "))


@pytest.mark.parametrize("page", PAGES)
def test_each_section_that_is_cited_is_there(page: str) -> None:
    sections = _sections(page)
    cited = list(_cited(page))
    assert cited, "nothing is cited any more: does the pattern still fit?"
    assert [(name, number) for name, number in cited if number not in sections] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_numbers_each_section_once(page: str) -> None:
    numbers = HEADING.findall(PAGES[page].read_text(encoding="utf-8"))
    assert sorted(numbers) == sorted(set(numbers))


def test_whatever_was_measured_says_where_the_figure_stands() -> None:
    """The bench tells what a run measured; everywhere else `(measured)` needs its section."""
    files = {name: text for name, text in _texts().items() if name.endswith(".py") and "bench" not in Path(name).parts}
    assert [(name, found) for name, text in files.items() for found in BARE.findall(text)] == []


def test_each_file_that_a_page_of_the_package_names_is_there() -> None:
    """By its path from anywhere above it, or by its name alone."""
    there = [f"/{name}" for name in _files()] + [
        f"/{file.relative_to(ROOT)}" for file in (*ROOT.glob("*.toml"), *ROOT.glob("*/*.toml"))
    ]
    pages = [name for name in _files() if name.startswith("cerbo_desktop") and name.endswith(".md")]
    named = {(name, file) for name in pages for file in NAMED_FILE.findall(_files()[name].read_text(encoding="utf-8"))}
    assert sorted((name, file) for name, file in named if not any(each.endswith(f"/{file}") for each in there)) == []
