"""What the Windows installers are told: the package for group policy, the version resource, the setup's own numbers."""

import re
import shutil
import subprocess
import xml.etree.ElementTree as Xml
from pathlib import Path

import pytest

from shipping import guard, windows
from shipping.version_resource import four_numbers, resource
from shipping.windows import Product, described_for_wix, make_msi

WINDOWS = Path(__file__).resolve().parents[3] / "packaging" / "windows"
WIX = "{http://schemas.microsoft.com/wix/2006/wi}"


@pytest.fixture
def product(tmp_path: Path) -> Product:
    """A program of six files."""
    bundle = tmp_path / "cerbo-desktop"
    (bundle / "_internal" / "PySide6").mkdir(parents=True)
    for name in ("cerbo-desktop.exe", "cerbo-desktop-console.exe", "cerbo-desktop-guard.exe"):
        (bundle / name).write_bytes(b"MZ")
    for name in ("a & b.txt", "PySide6/Qt6Core.dll"):
        (bundle / "_internal" / name).write_bytes(b"content")
    icon = tmp_path / "artwork" / "cerbo-desktop.ico"
    icon.parent.mkdir()
    icon.write_bytes(b"icon")
    return Product(bundle, icon, "1.2.3", " (verification build)")


def _read(product: Product) -> Xml.Element:
    return Xml.fromstring(Xml.tostring(described_for_wix(product)))


def test_every_file_is_a_component_of_the_one_feature(product: Product) -> None:
    described = _read(product)
    sources = {file.attrib["Source"] for file in described.iter(f"{WIX}File")}
    assert sources == {
        file.relative_to(product.bundle).as_posix() for file in product.bundle.rglob("*") if file.is_file()
    }
    components = [component.attrib["Id"] for component in described.iter(f"{WIX}Component")]
    assert sorted(components) == sorted(each.attrib["Id"] for each in described.iter(f"{WIX}ComponentRef"))
    assert len(set(components)) == len(components) == len(sources) + 1


def test_a_file_keeps_its_component_from_version_to_version_and_the_product_does_not(product: Product) -> None:
    newer = Product(product.bundle, product.icon, "1.2.4")
    first, second = _read(product), _read(newer)

    def codes(described: Xml.Element) -> list[str]:
        return [component.attrib["Guid"] for component in described.iter(f"{WIX}Component")]

    assert codes(first) == codes(second)
    assert len(set(codes(first))) == len(codes(first))
    one, other = (next(described.iter(f"{WIX}Product")).attrib for described in (first, second))
    assert one["UpgradeCode"] == other["UpgradeCode"]
    assert one["Id"] != other["Id"]


def test_nothing_is_removed_before_the_guard_was_asked_as_the_system(product: Product) -> None:
    described = _read(product)
    program = next(file for file in described.iter(f"{WIX}File") if file.attrib["Source"] == "cerbo-desktop-guard.exe")
    actions = {action.attrib["Id"]: action.attrib for action in described.iter(f"{WIX}CustomAction")}
    assert {action["FileKey"] for action in actions.values()} == {program.attrib["Id"]}
    assert {action["Return"] for action in actions.values()} == {"check"}
    assert [actions[name].get("Impersonate") for name in ("AskGuard", "AskWhetherOpen")] == ["no", "no"]
    words = {name: action["ExeCommand"] for name, action in actions.items()}
    assert words == {"AskGuard": "", "AskWhetherOpen": guard.EVEN_UNSENT, "AskBeforeUpgrade": guard.EVEN_UNSENT}


@pytest.mark.skipif(not (shutil.which("wixl") and shutil.which("msibuild")), reason="needs wixl and msitools")
def test_wixl_makes_the_package_and_windows_gets_our_words_for_a_refusal(product: Product, tmp_path: Path) -> None:
    package = tmp_path / "app.msi"
    make_msi(product, package)

    def table(name: str) -> str:
        export = ["msiinfo", "export", str(package), name]
        return subprocess.run(export, capture_output=True, text=True, check=True).stdout

    assert "photos on this PC have not been sent" in table("Error")
    order = {line.split("\t")[0]: int(line.split("\t")[2]) for line in table("InstallExecuteSequence").splitlines()[3:]}
    assert order["CostFinalize"] < order["AskBeforeUpgrade"] < order["RemoveExistingProducts"]
    assert order["InstallInitialize"] < order["AskGuard"] < order["AskWhetherOpen"] < order["RemoveExistingProducts"]
    assert order["AskWhetherOpen"] < order["RemoveRegistryValues"] < order["RemoveFiles"]
    assert not package.with_suffix(".wxs").exists()


@pytest.mark.skipif(not shutil.which("makensis"), reason="needs makensis, of Debian's package nsis")
def test_the_setup_is_made_without_a_warning(product: Product, tmp_path: Path) -> None:
    shutil.copyfile(_an_icon(tmp_path), product.icon)
    windows.make_setup(product, tmp_path / "setup.exe", compressor="zlib")
    assert (tmp_path / "setup.exe").read_bytes()[:2] == b"MZ"


def _an_icon(folder: Path) -> Path:
    from PIL import Image

    icon = folder / "drawn.ico"
    Image.new("RGBA", (32, 32), (180, 90, 60, 255)).save(icon)
    return icon


def test_the_setup_and_the_guard_mean_the_same_by_their_exit_codes() -> None:
    script = (WINDOWS / "setup.nsi").read_text("utf-8")
    defined = dict(re.findall(r"^!define (\w+) (\d+)$", script, re.MULTILINE))
    assert int(defined["PHOTOS_WAIT"]) == guard.Verdict.PHOTOS_WAIT
    assert int(defined["IS_OPEN"]) == guard.Verdict.IS_OPEN
    assert int(defined["CANNOT_TELL"]) == guard.Verdict.CANNOT_TELL
    assert guard.EVEN_UNSENT in script


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("0.1.0", (0, 1, 0, 0)), ("1.2", (1, 2, 0, 0)), ("2.0.1rc3", (2, 0, 1, 0)), ("1.2.3.4.5", (1, 2, 3, 4))],
)
def test_windows_compares_versions_by_four_numbers(version: str, numbers: tuple[int, int, int, int]) -> None:
    assert four_numbers(version) == numbers


def test_the_version_resource_is_what_pyinstaller_reads() -> None:
    def node(*parts: object, **named: object) -> tuple[object, ...]:
        return (*parts, *named.items())

    names = (
        "VSVersionInfo",
        "FixedFileInfo",
        "StringFileInfo",
        "StringTable",
        "StringStruct",
        "VarFileInfo",
        "VarStruct",
    )
    read = eval(resource("cerbo-desktop", "Cerbo Desktop", "1.2.3"), dict.fromkeys(names, node))
    told = repr(read)
    assert "('filevers', (1, 2, 3, 0))" in told
    assert "('ProductVersion', '1.2.3')" in told
    assert "('OriginalFilename', 'cerbo-desktop.exe')" in told
