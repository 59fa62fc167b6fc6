"""Which file systems are disks of this PC."""

import sys
from pathlib import Path

import pytest

from cerbo_desktop.runtime import network_places
from cerbo_desktop.runtime.network_places import LOCAL_TYPES, is_on_this_pc, mount_type

MOUNTS = r"""22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
30 22 0:40 / /home/ana/Fotos\040de\040hoy rw,relatime - cifs //server/fotos rw,vers=3.1.1
31 22 8:17 / /media/ana/CAMERA rw,nosuid,nodev - vfat /dev/sdb1 rw
32 22 0:50 / /run/user/1000/gvfs rw,nosuid,nodev - fuse.gvfsd-fuse gvfsd-fuse rw
33 22 0:51 / /srv rw - nfs4 server:/srv rw
34 33 8:33 / /srv/local rw - ext4 /dev/sdc1 rw
35 31 0:52 / /media/ana/CAMERA rw - fuse.sshfs ana@server: rw
not a mount
"""


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("/home/ana/Downloads/a.jpg", "ext4"),
        ("/home/ana/Fotos de hoy/a.jpg", "cifs"),
        ("/home/ana/Fotos de hoy.jpg", "ext4"),
        ("/run/user/1000/gvfs/smb-share/a.jpg", "fuse.gvfsd-fuse"),
        ("/srv/a.jpg", "nfs4"),
        ("/srv/local/a.jpg", "ext4"),
        ("/media/ana/CAMERA/DCIM/a.jpg", "fuse.sshfs"),
    ],
)
def test_the_file_system_that_holds_a_file(file: str, kind: str) -> None:
    assert mount_type(Path(file), MOUNTS) == kind
    assert (kind in LOCAL_TYPES) == (kind == "ext4")


def test_where_nothing_is_known_a_file_is_not_on_this_pc(tmp_path: Path) -> None:
    assert mount_type(Path("/a.jpg"), "") == ""
    assert not is_on_this_pc(tmp_path / "gone.jpg")


@pytest.mark.skipif(sys.platform != "linux", reason="by the mounts of Linux")
def test_a_link_counts_as_what_it_leads_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share, link = tmp_path / "share", tmp_path / "link"
    share.mkdir()
    (share / "a.jpg").write_bytes(b"photo")
    link.symlink_to(share)
    mounts = tmp_path / "mounts"
    mounts.write_text(f"1 0 8:2 / / rw - ext4 /dev/sda rw\n2 1 0:9 / {share} rw - cifs //server rw\n", "utf-8")
    monkeypatch.setattr(network_places, "MOUNTS_FILE", mounts)
    (tmp_path / "b.jpg").write_bytes(b"photo")
    assert is_on_this_pc(tmp_path / "b.jpg")
    assert not is_on_this_pc(link / "a.jpg")
