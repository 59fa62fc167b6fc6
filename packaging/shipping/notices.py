"""What a bundle says about the works of others: THIRD_PARTY.txt, the licence texts, a CycloneDX bill of materials."""

import hashlib
import json
import re
import shutil
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from shipping.inventory import Component

BILL_NAME = "bom.cdx.json"
NOTICE_NAME = "THIRD_PARTY.txt"
DEBIAN_VERSION = "cerbo-desktop:debian-version"
"""The property of a component that lies in files of a Debian package."""

_INTRODUCTION = """\
Cerbo Desktop {version} is built on the works below. Their licence texts lie in the folder "licences" beside this file;
bom.cdx.json lists the same for machines (CycloneDX).

Qt, PySide6 and FFmpeg, and libheif and libde265 where pi_heif is listed, are used under the GNU LGPL. Their libraries
lie in this folder's parent as files of their own: you may replace them with builds of your own of the same interface,
and nothing in the licence of Cerbo Desktop forbids taking it apart to see that your change works. Their source code is
published by The Qt Company (https://download.qt.io), the FFmpeg project (https://ffmpeg.org) and the libheif project
(https://github.com/strukturag); whoever gave you this program will give it to you as well, for three years, if you ask.

"""


def write(folder: Path, components: Sequence[Component], version: str, made_at_s: int) -> None:
    """Fill `folder`, emptied first. `made_at_s` is in seconds since 1970."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / NOTICE_NAME).write_text(_notice(components, version), "utf-8")
    bill = json.dumps(bill_of_materials(components, version, made_at_s), indent=1, ensure_ascii=False)
    (folder / BILL_NAME).write_text(bill + "\n", "utf-8")
    for component in components:
        _copy_texts(component, folder / "licences" / _folder_name(component.name))


def bill_of_materials(components: Sequence[Component], version: str, made_at_s: int) -> dict[str, Any]:
    """CycloneDX 1.6. The same components give the same bytes."""
    listed = [_listed(component) for component in components]
    fingerprint = hashlib.sha256(json.dumps([version, listed], sort_keys=True).encode()).hexdigest()
    app = {"type": "application", "bom-ref": "cerbo-desktop", "name": "Cerbo Desktop", "version": version}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, fingerprint)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(made_at_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {**app, "licenses": [{"license": {"id": "MIT"}}]},
        },
        "components": listed,
        "dependencies": [{"ref": "cerbo-desktop", "dependsOn": [each["bom-ref"] for each in listed]}],
    }


def _listed(component: Component) -> dict[str, Any]:
    listed: dict[str, Any] = {
        "type": "library",
        "bom-ref": _reference(component),
        "name": component.name,
        "version": component.version,
        "licenses": [{"license": {"name": component.licence}}],
    }
    listed |= {key: value for key, value in (("purl", component.purl), ("cpe", component.cpe)) if value}
    files = [
        {"type": "file", "name": place, "hashes": [{"alg": "SHA-256", "content": digest}]}
        for place, digest in component.digests
    ]
    if parts := [*component.parts, *files]:
        listed["components"] = parts
    if component.debian:
        listed["properties"] = [{"name": DEBIAN_VERSION, "value": component.debian}]
    return listed


def _reference(component: Component) -> str:
    reference = f"{component.name}@{component.version}"
    return f"{reference}#{component.within}" if component.within else reference


def _notice(components: Sequence[Component], version: str) -> str:
    lines = [f"{_titled(each)}\n    {each.licence}\n" for each in components]
    fonts = "Inter (typeface)\n    OFL-1.1; its text lies beside the fonts, in cerbo_desktop/resources/fonts\n"
    return _INTRODUCTION.format(version=version) + "\n".join([*lines, fonts])


def _titled(component: Component) -> str:
    title = f"{component.name} {component.version}"
    return f"{title} (the copy in {component.within})" if component.within else title


def _copy_texts(component: Component, folder: Path) -> None:
    for text in component.texts:
        folder.mkdir(parents=True, exist_ok=True)
        name = text.name if text.suffix else f"{text.name}.txt"
        shutil.copyfile(text, folder / name)


def _folder_name(name: str) -> str:
    return re.sub(r"[^a-z0-9.+-]+", "-", name.lower())
