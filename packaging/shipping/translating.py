"""Makes the catalogue of English plurals from the sentences in `cerbo_desktop/ui/text`.

`lupdate` collects the sources. Of those with a number, "%n photo(s) (is|are) waiting", the two forms are spelled out:
"(s)" is nothing or an s, "(is|are)" is the first or the second word.
"""

import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

_ROOT = Path(__file__).resolve().parents[2]
TEXTS = _ROOT / "cerbo_desktop" / "ui" / "text"
TRANSLATIONS = _ROOT / "resources" / "translations"
_ENGLISH = TRANSLATIONS / "cerbo_en.ts"
_CHOICE = re.compile(r"\(([^()|]*)\|([^()|]*)\)|\(s\)")


class Message(NamedTuple):
    """One source sentence as `lupdate` found it."""

    context: str
    source: str
    comment: str


def make() -> None:
    """Write cerbo_en.ts and cerbo_en.qm anew."""
    TRANSLATIONS.mkdir(exist_ok=True)
    write(_ENGLISH, (each for each in found_by_lupdate() if has_forms(each.source)))
    _run("lrelease", "-silent", str(_ENGLISH), "-qm", str(_ENGLISH.with_suffix(".qm")))


def found_by_lupdate() -> list[Message]:
    """Every sentence that Qt's own tool finds, sorted. Raises `CalledProcessError` where it can't be run."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "all.ts"
        _run("lupdate", *map(str, sorted(TEXTS.glob("*.py"))), "-ts", str(file))
        return sorted(_messages_in(file))


def has_forms(source: str) -> bool:
    """Whether the sentence differs with a number, which it need not name."""
    return "%n" in source or _CHOICE.search(source) is not None


def forms_of(source: str) -> tuple[str, str]:
    """The sentence for one and for any other number."""
    return _CHOICE.sub(lambda found: found[1] or "", source), _CHOICE.sub(lambda found: found[2] or _s(found), source)


def _s(found: re.Match[str]) -> str:
    return "s" if found[0] == "(s)" else ""


def _messages_in(file: Path) -> Iterator[Message]:
    for context in ET.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            yield Message(
                context.findtext("name", ""), message.findtext("source", ""), message.findtext("comment") or ""
            )


def write(file: Path, messages: Iterable[Message]) -> None:
    root = ET.Element("TS", version="2.1", language="en_US")
    contexts: dict[str, ET.Element] = {}
    for each in messages:
        if each.context not in contexts:
            contexts[each.context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[each.context], "name").text = each.context
        message = ET.SubElement(contexts[each.context], "message", numerus="yes")
        ET.SubElement(message, "source").text = each.source
        if each.comment:
            ET.SubElement(message, "comment").text = each.comment
        translation = ET.SubElement(message, "translation")
        for form in forms_of(each.source):
            ET.SubElement(translation, "numerusform").text = form
    ET.indent(root)
    file.write_text(f"<!DOCTYPE TS>\n{ET.tostring(root, encoding='unicode')}\n", encoding="utf-8")


def _run(tool: str, *arguments: str) -> None:
    suffix = ".exe" if sys.platform == "win32" else ""
    program = Path(sys.executable).with_name(f"pyside6-{tool}{suffix}")
    subprocess.run([program, *arguments], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    make()
