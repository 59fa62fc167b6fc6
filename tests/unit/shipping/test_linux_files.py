"""What Linux shows of the app agrees with the app."""

import re
import shutil
import subprocess
import xml.etree.ElementTree as Xml
from configparser import ConfigParser
from pathlib import Path

import pytest

from cerbo_desktop.app.options import parse

LINUX = Path(__file__).resolve().parents[3] / "packaging" / "linux"
METAINFO = LINUX / "org.cerbo_desktop.CerboDesktop.metainfo.xml"


def test_the_manual_knows_every_option_and_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--help"])
    told = set(re.findall(r"--[a-z][a-z-]+", capsys.readouterr().out)) - {"--help"}
    page = (LINUX / "cerbo-desktop.1").read_text("utf-8").replace("\\-", "-")
    assert set(re.findall(r"--[a-z][a-z-]+", page)) == told


def test_the_menu_starts_the_program_and_its_practice_clinic() -> None:
    entry = ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]  # how its own documentation keeps capitals
    entry.read(LINUX / "cerbo-desktop.desktop", "utf-8")
    main = entry["Desktop Entry"]
    assert (main["Exec"], main["Icon"], main["StartupWMClass"]) == ("cerbo-desktop", "cerbo-desktop", "cerbo-desktop")
    _, *options = entry["Desktop Action practice"]["Exec"].split()
    assert parse(options).practice


def test_software_centres_find_the_menu_entry() -> None:
    described = Xml.parse(METAINFO).getroot()
    assert described.findtext("launchable") == "cerbo-desktop.desktop"
    assert described.findtext("id") == METAINFO.name.removesuffix(".metainfo.xml")


def test_the_description_is_valid() -> None:
    appstreamcli = shutil.which("appstreamcli")
    if appstreamcli is None:
        pytest.skip("needs appstreamcli, of Debian's package appstream")
    checked = subprocess.run([appstreamcli, "validate", "--no-net", str(METAINFO)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout
