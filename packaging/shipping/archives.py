"""Files for `dist`: the portable archive, the bill of materials, and the sums of all of it."""

import gzip
import hashlib
import shutil
import tarfile
from pathlib import Path

from shipping.places import BUNDLE, DIST, INSIDE, NAME, PACKAGING, made_at_s, system_name, version

_SUMS_NAME = "SHA256SUMS"


def make_portable() -> Path:
    """A tar.gz that runs wherever it is unpacked. The same bundle gives the same bytes."""
    top = f"{NAME}-{version()}-{system_name()}"
    archive = DIST / f"{top}.tar.gz"
    with (
        archive.open("wb") as raw,
        gzip.GzipFile("", "wb", 6, raw, mtime=made_at_s()) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        tar.add(PACKAGING / "linux" / "START.txt", f"{top}/START.txt", filter=_plain)
        for file in sorted(BUNDLE.rglob("*")):
            if not file.is_dir() or file.is_symlink():
                tar.add(file, f"{top}/{NAME}/{file.relative_to(BUNDLE).as_posix()}", filter=_plain)
    return archive


def copy_bill() -> Path:
    """The bill of materials beside the packages, for whoever looks before installing."""
    bill = DIST / f"{NAME}-{version()}-{system_name()}.cdx.json"
    shutil.copyfile(INSIDE / "legal" / "bom.cdx.json", bill)
    return bill


def write_sums(made: list[Path]) -> Path:
    """`sha256sum -c SHA256SUMS`, inside `dist`, checks them."""
    sums = DIST / _SUMS_NAME
    sums.write_text("".join(f"{_digest(file)}  {file.name}\n" for file in sorted(made)), "utf-8")
    return sums


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    member.mtime = made_at_s()
    member.mode = 0o755 if member.mode & 0o100 else 0o644
    return member


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
