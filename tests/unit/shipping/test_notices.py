"""The bill of materials and the notice, made from what was really collected."""

import json
from pathlib import Path

import msgspec
import PIL

from shipping.inventory import Component, components
from shipping.notices import BILL_NAME, NOTICE_NAME, bill_of_materials, write


def _collected() -> list[Component]:
    """As if a bundle held one file each of two packages."""
    collected = {"msgspec/__init__.py": msgspec.__file__, "PIL/__init__.py": PIL.__file__, "a-link": "no/file"}
    return components(collected.items())


def test_whoever_has_a_file_inside_is_listed_and_nobody_else() -> None:
    found = {each.name.lower(): each for each in _collected()}
    assert found.keys() == {"msgspec", "pillow", "cpython"}
    assert found["msgspec"].version == msgspec.__version__
    assert found["msgspec"].licence == "BSD-3-Clause"
    assert all(text.is_file() for each in found.values() for text in each.texts)


def test_what_a_wheel_says_to_have_inside_is_passed_on_without_what_is_left_out() -> None:
    pillow = next(each for each in _collected() if each.name.lower() == "pillow")
    inside = {part["name"] for part in pillow.parts}
    assert {"libwebp", "FreeType"} <= inside
    assert not inside & {"libavif", "PIL._avif", "libimagequant"}


def test_the_same_components_give_the_same_bill() -> None:
    found = _collected()
    bill = bill_of_materials(found, "1.2.3", 1_700_000_000)
    assert bill == bill_of_materials(_collected(), "1.2.3", 1_700_000_000)
    assert bill["serialNumber"] != bill_of_materials(found, "1.2.4", 1_700_000_000)["serialNumber"]
    assert bill["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"
    references = [each["bom-ref"] for each in bill["components"]]
    assert len(set(references)) == len(references) == len(found)
    assert bill["dependencies"][0]["dependsOn"] == references


def test_every_work_is_named_and_its_texts_lie_beside(tmp_path: Path) -> None:
    found = _collected()
    legal = tmp_path / "legal"
    (legal / "licences").mkdir(parents=True)
    (legal / "licences" / "of-an-earlier-build.txt").write_text("gone")
    write(legal, found, "1.2.3", 1_700_000_000)
    notice = (legal / NOTICE_NAME).read_text("utf-8")
    assert all(f"{each.name} {each.version}\n" in notice for each in found)
    assert json.loads((legal / BILL_NAME).read_text("utf-8"))["bomFormat"] == "CycloneDX"
    assert "Jim Crist-Harif" in (legal / "licences" / "msgspec" / "LICENSE.txt").read_text("utf-8")
    assert not (legal / "licences" / "of-an-earlier-build.txt").exists()


def test_libraries_that_come_unnamed_on_windows_are_named_with_their_versions(tmp_path: Path) -> None:
    inside = {
        "Qt6Core.dll": b"\0Qt 6.11.3 (x86_64-little_endian-llp64 shared)\0",
        "QtCore.pyd": b"\0binding\0",
        "VCRUNTIME140.dll": "ProductVersion\x00\x0014.38.1\x00".encode("utf-16-le"),
        "libgcc_s_seh-1-70f4.dll": b"GCC: (Rev8, Built by MSYS2 project) 15.2.0\0",
    }
    for name, content in inside.items():
        (tmp_path / name).write_bytes(content)
    found = {each.name: each for each in components((name, str(tmp_path / name)) for name in reversed(inside))}
    assert {name: found[name].version for name in ("Qt", "GCC runtime", "Microsoft C++ runtime")} == {
        "Qt": "6.11.3",
        "GCC runtime": "15.2.0",
        "Microsoft C++ runtime": "14.38.1",
    }
    assert found["GCC runtime"].texts[0].is_file()
