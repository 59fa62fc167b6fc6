"""Photos that an earlier session left in the outbox of a desk, without that session's window."""

import base64
import hashlib
import uuid
from datetime import date
from pathlib import Path

from cerbo_desktop.domain.account import account_of
from cerbo_desktop.domain.address import Origin, parse_address
from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Recipient, Upload
from cerbo_desktop.domain.verdict import MediaType, OutgoingPhoto
from cerbo_desktop.outbox.disk_outbox import DiskOutbox
from cerbo_desktop.runtime.clock import SystemClock
from cerbo_desktop.vault.master_key import ACCOUNT
from cerbo_desktop.vault.seal import AesGcmSealer
from tests.flows.desk import Desk

KEY = bytes(range(32))
_PREVIEW = Raster(1, 1, b"\x80\x80\x80\xff", 1, 1)


async def keep_unsent(desk: Desk, photo: Path, *patient_ids: int) -> None:
    """A queued photo for each patient, under the key of the desk's clinic and the master key `KEY`."""
    await desk.secrets.write(ACCOUNT, base64.b64encode(KEY).decode())
    origin, clock = parse_address(desk.clinic.origin), SystemClock()
    assert isinstance(origin, Origin)
    account = account_of(origin, desk.clinic.username)
    outbox = DiskOutbox(desk.data_dir.outbox_dir, AesGcmSealer(KEY), account, clock)
    await outbox.recover()
    for patient_id in patient_ids:
        person, data = desk.clinic.patients[patient_id], photo.read_bytes()
        name = f"{person.first_name} {person.last_name}"
        recipient = Recipient(PatientId(str(patient_id)), name, date.fromisoformat(person.dob))
        outgoing = OutgoingPhoto(data, MediaType.JPEG, 1, 1, hashlib.sha256(data).hexdigest())
        now, upload_id = clock.now(), UploadId(uuid.uuid4().hex)
        await outbox.accept(Upload(upload_id, recipient, outgoing.facts, _PREVIEW, now, now), outgoing)
    await outbox.aclose()
