"""The Windows installers of a bundle: a setup (NSIS) and a package for group policy (Windows Installer, by wixl).

Both tools exist for Linux and for Windows alike, so a release and its rehearsal are made by the same lines. One
program is never there twice: each kind refuses where the other has been installed.
"""

import os
import re
import shutil
import subprocess
import uuid
import xml.etree.ElementTree as Xml
from dataclasses import dataclass
from pathlib import Path

from shipping.guard import EVEN_UNSENT
from shipping.places import NAME, PACKAGING
from shipping.version_resource import PRODUCT, PUBLISHER, four_numbers

_NAMESPACE = uuid.UUID("d46a5a0e-5d5c-4a5e-9c0f-3b7c0a1e6f52")
"""Never to change: Windows knows by it that one package follows another."""
_ABOUT = "Patient photos for clinics on the Cerbo EHR"
_CUSTOM_PROGRAM_FAILED = 1722
_REFUSED = (
    f"{PRODUCT} was not removed or replaced. Either it is open, or photos on this PC have not been sent yet; they are "
    f"safe. Close it for every signed-in user, let its list of photos become empty, and try again. "
    f"{NAME}-guard.exe, in the folder of the app, says which it is. FORCE=1 removes the app even so; photos stay."
)
_NEWER_IS_HERE = f"A newer version of {PRODUCT} is already here. Nothing was changed."
_SETUP_IS_HERE = f"{PRODUCT} is already here from its setup program. Remove that first; photos that wait stay."


@dataclass(frozen=True, slots=True)
class Product:
    """What an installer is made of."""

    bundle: Path
    icon: Path
    version: str
    remark: str = ""
    """For a build that is no release, shown wherever Windows shows a description."""

    @property
    def numbers(self) -> str:
        return ".".join(map(str, four_numbers(self.version)))

    @property
    def product_code(self) -> str:
        return _guid(f"product {self.version}")


def make_setup(product: Product, setup: Path, *, compressor: str = "lzma") -> None:
    """A setup for all users of a PC. Raises `SystemExit` where NSIS is missing or fails."""
    size_kib = sum(file.stat().st_size for file in product.bundle.rglob("*") if file.is_file()) // 1024
    defines = {
        "VERSION": product.version,
        "NUMBERS": product.numbers,
        "BUNDLE": product.bundle,
        "ICON": product.icon,
        "OUT": setup,
        "SIZE_KIB": size_kib,
        "PUBLISHER": PUBLISHER,
        "REMARK": product.remark,
        "COMPRESSOR": compressor,
    }
    if os.name != "nt":
        defines["TARGET"] = "amd64-unicode"  # wine here runs 64-bit programs alone; NSIS for Windows makes others
    options = [f"-D{name}={value}" for name, value in defines.items()]
    _run("makensis", "-V2", "-INPUTCHARSET", "UTF8", *options, str(PACKAGING / "windows" / "setup.nsi"))


def make_msi(product: Product, package: Path) -> None:
    """A package for group policy and for management tools. Raises `SystemExit` where msitools are missing or fail."""
    described = package.with_suffix(".wxs")
    Xml.ElementTree(described_for_wix(product)).write(described, encoding="utf-8", xml_declaration=True)
    package.unlink(missing_ok=True)
    # It finds files only by places below the folder that it runs in.
    _run("wixl", "-a", "x64", "-o", str(package), str(described), folder=product.bundle)
    described.unlink()
    # wixl knows no element for it: what Windows says when the guard refuses.
    words = f"INSERT INTO `Error` (`Error`, `Message`) VALUES ({_CUSTOM_PROGRAM_FAILED}, '{_REFUSED}')"
    _run("msibuild", str(package), "-q", words)


def described_for_wix(product: Product) -> Xml.Element:
    """The package as WiX 3 describes one: a component a file, one feature, the guard before anything is removed."""
    top = Xml.Element("Wix", xmlns="http://schemas.microsoft.com/wix/2006/wi")
    whole = _below(
        top,
        "Product",
        Id=product.product_code,
        Name=PRODUCT,
        Language="1033",
        Version=".".join(product.numbers.split(".")[:3]),
        Manufacturer=PUBLISHER,
        UpgradeCode=_guid("upgrade"),
    )
    about = f"{_ABOUT}{product.remark}"
    _below(whole, "Package", InstallerVersion="500", Compressed="yes", InstallScope="perMachine", Description=about)
    _below(whole, "MajorUpgrade", DowngradeErrorMessage=_NEWER_IS_HERE)
    _below(whole, "Media", Id="1", Cabinet="app.cab", EmbedCab="yes")
    _below(whole, "Icon", Id="app.ico", SourceFile=os.path.relpath(product.icon, product.bundle))
    for name, value in (("ARPPRODUCTICON", "app.ico"), ("ARPCOMMENTS", about), ("ARPNOMODIFY", "1")):
        _below(whole, "Property", Id=name, Value=value)
    _refuse_beside_the_setup(whole)
    files = _lay_out(whole, product.bundle)
    _ask_the_guard(whole, files[f"{NAME}-guard.exe"])
    feature = _below(whole, "Feature", Id="App", Level="1", Title=PRODUCT)
    for name in ("registry", *files.values()):
        _below(feature, "ComponentRef", Id=f"c_{name}")
    return top


def _refuse_beside_the_setup(whole: Xml.Element) -> None:
    by_setup = _below(whole, "Property", Id="INSTALLEDBY")
    key = f"Software\\{PRODUCT}"
    _below(
        by_setup,
        "RegistrySearch",
        Id="by",
        Root="HKLM",
        Key=key,
        Name="InstalledBy",
        Type="raw",
        Win64="yes",
    )
    condition = _below(whole, "Condition", Message=_SETUP_IS_HERE)
    condition.text = 'Installed OR INSTALLEDBY<>"setup"'


def _lay_out(whole: Xml.Element, bundle: Path) -> dict[str, str]:
    """Folders and files of the bundle, the menu entry, our registry key. Returns the identifiers of files by place."""
    target = _below(whole, "Directory", Id="TARGETDIR", Name="SourceDir")
    _below(target, "Directory", Id="ProgramMenuFolder")
    programs = _below(target, "Directory", Id="ProgramFiles64Folder")
    home = _below(programs, "Directory", Id="INSTALLDIR", Name=PRODUCT)
    files = dict[str, str]()
    _add_folder(home, bundle, "", files)
    _add_menu_entry(next(each for each in home if each.get("Id") == f"c_{files[f'{NAME}.exe']}"))
    registry = _component(home, "registry")
    for name, value in (("InstalledBy", "msi"), ("InstallDir", "[INSTALLDIR]")):
        is_key = "yes" if name == "InstalledBy" else "no"
        key = {"Root": "HKLM", "Key": f"Software\\{PRODUCT}", "Type": "string", "KeyPath": is_key}
        _below(registry, "RegistryValue", Id=name, Name=name, Value=value, **key)
    return files


def _add_folder(element: Xml.Element, folder: Path, below: str, files: dict[str, str]) -> None:
    for entry in sorted(folder.iterdir()):
        place = f"{below}{entry.name}"
        name = f"f{uuid.uuid5(_NAMESPACE, place).hex}"
        if entry.is_dir():
            _add_folder(_below(element, "Directory", Id=f"d_{name}", Name=entry.name), entry, f"{place}/", files)
        else:
            files[place] = name
            _below(_component(element, name), "File", Id=name, Name=entry.name, Source=place, KeyPath="yes")


def _component(folder: Xml.Element, name: str) -> Xml.Element:
    return _below(folder, "Component", Id=f"c_{name}", Guid=_guid(f"component {name}"), Win64="yes")


def _add_menu_entry(component: Xml.Element) -> None:
    _below(
        component,
        "Shortcut",
        Id="menu",
        Directory="ProgramMenuFolder",
        Name=PRODUCT,
        Description=_ABOUT,
        Target=f"[INSTALLDIR]{NAME}.exe",
        WorkingDirectory="INSTALLDIR",
    )


def _ask_the_guard(whole: Xml.Element, guard: str) -> None:
    """Before the first file goes, and as the system, who sees every user's folder. An update need not wait for photos,
    only for the app to be closed: the new package asks that of the guard which is there, and the old one once more."""
    removing = 'REMOVE="ALL"'
    asked = {
        "AskBeforeUpgrade": ("InstallValidate", EVEN_UNSENT, "WIX_UPGRADE_DETECTED"),
        "AskGuard": ("InstallInitialize", "", f'{removing} AND NOT UPGRADINGPRODUCTCODE AND FORCE<>"1"'),
        "AskWhetherOpen": ("AskGuard", EVEN_UNSENT, f'{removing} AND (UPGRADINGPRODUCTCODE OR FORCE="1")'),
    }
    sequence = Xml.Element("InstallExecuteSequence")
    for name, (after, words, condition) in asked.items():
        action = _below(whole, "CustomAction", Id=name, FileKey=guard, ExeCommand=words, Return="check")
        if after != "InstallValidate":
            action.attrib |= {"Execute": "deferred", "Impersonate": "no"}
        _below(sequence, "Custom", Action=name, After=after).text = condition
    whole.append(sequence)


def _below(parent: Xml.Element, tag: str, **attributes: str) -> Xml.Element:
    return Xml.SubElement(parent, tag, attributes)


def _guid(name: str) -> str:
    return f"{{{uuid.uuid5(_NAMESPACE, name)}}}".upper()


def _run(*command: str, folder: Path | None = None) -> None:
    if shutil.which(command[0]) is None:
        raise SystemExit(
            f"{command[0]} is missing. Debian: nsis, wixl, msitools; Windows: NSIS, and msitools of MSYS2."
        )
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    told = re.sub(r"\s+", " ", ended.stdout + ended.stderr)
    # wixl says what it could not do, and then ends as if nothing had been.
    if ended.returncode or "CRITICAL" in told:
        raise SystemExit(f"{command[0]} failed ({ended.returncode}): {told[-1500:]}")
