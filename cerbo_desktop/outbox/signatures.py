"""What makes a change by another hand visible: signatures on rows and decisions, and an anchor over all of them.

- Each row of `uploads` carries a tag (HMAC-SHA256, by a key derived from the master key) over all its other columns,
  the id among them: a row that was edited, or copied over another, no longer fits its tag.
- Each decision is chained to the one before it with the same key.
- The anchor row holds a sequence number that grows with every commit, and a tag over the tags of all rows and over
  count and head of the decisions: rows that were removed, or older ones put back, show.
- The anchor file holds the latest sequence number and tag outside the database: an older database put back shows. It
  is written just after the commit, so a crash in between leaves it exactly one behind, and that is accepted.

Not found: the whole folder set back to an older state, since nothing outside the folder knows a later one, and what was
changed before the first start of the version that brought the signatures.
"""

import struct
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from cerbo_desktop.domain.outbox import Sealer
from cerbo_desktop.outbox.disk import Disk

ANCHOR_NAME = "ledger.anchor"

Scalar = str | int | bytes | None

_SLOT = struct.Struct(">6sQ32s32s")
_MAGIC = b"CDANCH"


class Anchor(NamedTuple):
    """The state of the ledger that was committed last."""

    sequence: int
    digest: bytes


class Signer:
    """Makes tags with one master key, each bound to its purpose."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    @property
    def key_mark(self) -> bytes:
        """A text by which a ledger knows the key that it was written with. It says nothing about the key itself."""
        return self._tag("key mark")

    def row(self, columns: Mapping[str, Scalar]) -> bytes:
        """The tag of one row of `uploads`, given all its columns but the signature."""
        return self._tag("row", sorted(columns.items()))

    def link(self, before: str, *entry: str) -> str:
        """Return the link of the chain that follows the link `before` and signs `entry`, in hexadecimal digits."""
        return self._tag("decision", [before, *entry]).hex()

    def digest(self, sequence: int, rows: Iterable[tuple[str, bytes | None]], decisions: tuple[int, int, str]) -> bytes:
        """The tag of the whole ledger: ids and signatures of all rows; first number, count and head of the
        decisions."""
        return self._tag("ledger", [sequence, list(rows), decisions])

    def slot(self, anchor: Anchor) -> bytes:
        """`anchor` as it stands in the anchor file."""
        return _SLOT.pack(_MAGIC, *anchor, self._tag("anchor file", list(anchor)))

    def anchor_in(self, slot: bytes) -> Anchor | None:
        """The anchor in a slot; None where the slot was not written with this key, or only in part."""
        if len(slot) < _SLOT.size:
            return None
        magic, sequence, digest, tag = _SLOT.unpack(slot[: _SLOT.size])
        anchor = Anchor(sequence, digest)
        return anchor if magic == _MAGIC and tag == self._tag("anchor file", list(anchor)) else None

    def _tag(self, purpose: str, message: object = None) -> bytes:
        return self._sealer.tag(msgspec.msgpack.encode((purpose, message)))


class AnchorFile:
    """The file of the latest anchor: two slots, written in turn and in place.

    A write that is torn costs one of them, and a full disk none.
    """

    def __init__(self, disk: Disk, signer: Signer) -> None:
        self._disk, self._signer = disk, signer

    def read(self) -> Anchor | None:
        """The latest anchor in the file; None where there is none. Raises `OSError`."""
        data = self._disk.read(ANCHOR_NAME, 2 * _SLOT.size)
        slots = (self._signer.anchor_in(part) for part in (data[: _SLOT.size], data[_SLOT.size :]))
        return max((slot for slot in slots if slot is not None), default=None)

    def write(self, anchor: Anchor) -> None:
        """Write an anchor, which is on the disk when this returns. Raises `OSError`."""
        self._disk.overwrite(ANCHOR_NAME, anchor.sequence % 2 * _SLOT.size, self._signer.slot(anchor))
