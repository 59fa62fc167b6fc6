"""The portable archive and the sums beside it."""

import hashlib
import os
import sys
import tarfile
from pathlib import Path

import pytest

from shipping import archives

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the portable archive is Linux' own")


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundle of three files, and a `dist` to fill."""
    top = tmp_path / "bundle"
    (top / "_internal").mkdir(parents=True)
    (top / "cerbo-desktop").write_text("starts")
    (top / "cerbo-desktop").chmod(0o700)
    (top / "_internal" / "real.so").write_text("code")
    (top / "_internal" / "link.so").symlink_to("real.so")
    (tmp_path / "dist").mkdir()
    monkeypatch.setattr(archives, "BUNDLE", top)
    monkeypatch.setattr(archives, "DIST", tmp_path / "dist")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    return top


def test_the_same_bundle_gives_the_same_bytes(bundle: Path) -> None:
    first = archives.make_portable().read_bytes()
    os.utime(bundle / "cerbo-desktop", (1, 1))
    (bundle / "cerbo-desktop").chmod(0o755)
    assert archives.make_portable().read_bytes() == first


def test_it_unpacks_into_one_folder_and_belongs_to_nobody_here(bundle: Path) -> None:
    with tarfile.open(archives.make_portable()) as archive:
        members = {member.name.partition("/")[2]: member for member in archive}
        assert {member.name.partition("/")[0] for member in archive} == {archives.make_portable().name[:-7]}
    assert members.keys() == {
        *("START.txt", "cerbo-desktop/cerbo-desktop"),
        *("cerbo-desktop/_internal/real.so", "cerbo-desktop/_internal/link.so"),
    }
    assert members["cerbo-desktop/cerbo-desktop"].mode == 0o755
    assert members["cerbo-desktop/_internal/real.so"].mode == 0o644
    assert members["cerbo-desktop/_internal/link.so"].linkname == "real.so"
    assert {(member.uid, member.uname, member.mtime) for member in members.values()} == {(0, "root", 1_700_000_000)}


def test_the_sums_are_those_of_the_files(bundle: Path) -> None:
    archive = archives.make_portable()
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    assert archives.write_sums([archive]).read_text() == f"{digest}  {archive.name}\n"
