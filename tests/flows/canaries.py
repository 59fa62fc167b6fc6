"""Twenty-five things that must be nowhere but on screen, in sealed files and at Cerbo; made anew for each run."""

import base64
import io
import os
import random
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

from PIL import Image

from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.patients import PracticePatient

COUNT = 25
PICTURE_HEAD = re.compile(rb"\xff\xd8\xff(?:\xe0..JFIF|\xe1..Exif|\xdb\x00[\x43\x84])|\x89PNG\r\n", re.DOTALL)
"""How a photo begins. Its first three bytes alone stand in one of thirty sealed photos by chance."""
_PIECE_BYTES = 24
"""Long enough that it is in no other file by chance."""
_EXIF_ARTIST, _EXIF_SOFTWARE = 0x013B, 0x0131


def _word(length: int = 9) -> str:
    letters = random.SystemRandom().choices(string.ascii_lowercase, k=length)
    return "".join(letters).capitalize()


@dataclass
class Canaries:
    """A patient, a photo in the chart and one on this PC, all with words that nobody else uses."""

    folder: Path
    """The photo on this PC lies here, in a folder of a telling name."""
    first: str = field(default_factory=_word)
    last: str = field(default_factory=_word)
    middle: str = field(default_factory=_word)
    searched: str = field(default_factory=_word)
    place: str = field(default_factory=_word)
    file_word: str = field(default_factory=_word)
    folder_word: str = field(default_factory=_word)
    patient_id: int = field(default_factory=lambda: random.SystemRandom().randint(70_000_000, 79_999_999))
    born: date = field(default_factory=lambda: date(1921, 1, 1) + timedelta(random.SystemRandom().randint(0, 9_000)))
    in_chart: bytes = b""
    on_this_pc: bytes = b""
    second_on_this_pc: bytes = b""
    file: Path = Path()

    def plant(self, clinic: PracticeClinic) -> None:
        """Make the patient known at the clinic, with one photo, and put the other one on this PC."""
        phone = f"555-{random.SystemRandom().randint(1_000_000, 9_999_999)}"
        person = PracticePatient(
            self.patient_id, self.first, self.last, self.born.isoformat(), middle_name=self.middle, phone=phone
        )
        clinic.patients[self.patient_id] = person
        self.in_chart, self.on_this_pc = _noise(), _noise(artist=self.place)
        self.second_on_this_pc = _noise(artist=self.place)
        clinic.fill_album(self.patient_id, [lambda: self.in_chart])
        self.file = self.folder / self.folder_word / f"{self.file_word}.jpg"
        self.file.parent.mkdir()
        self.file.write_bytes(self.on_this_pc)

    def named(self, clinic: PracticeClinic, master_key: str = "") -> Mapping[str, bytes]:
        """Each of them, as it would stand in a file; without those of a key that wasn't made, or a photo not sent."""
        person, received = clinic.patients[self.patient_id], clinic.photos_received(self.patient_id)
        sent = received[0].content if received else b""
        born, basic = self.born, f"{clinic.username}:{clinic.secret}"
        texts = {
            "first name": self.first,
            "last name": self.last,
            "middle name": self.middle,
            "name as spoken": f"{self.first} {self.last}",
            "name as listed": f"{self.last}, {self.first}",
            "date of birth, ISO": born.isoformat(),
            "date of birth, with slashes": born.strftime("%m/%d/%Y"),
            "date of birth, short": f"{born.day} {born.strftime('%b %Y')}",
            "date of birth, spoken": f"{born.day} {born.strftime('%B %Y')}",
            "patient id": str(self.patient_id),
            "e-mail": person.email1,
            "phone": person.primary_phone,
            "what was searched": self.searched,
            "path of a request": f"patients/{self.patient_id}",
            "query of a request": f"last_name={self.last}",
            "key": clinic.username,
            "secret": clinic.secret,
            "Basic header": base64.b64encode(basic.encode()).decode(),
            "master key": master_key,
            "file name": self.file_word,
            "folder name": self.folder_word,
            "place in the metadata": self.place,
        }
        pieces = {
            "bytes of the chosen photo": _piece(self.on_this_pc),
            "bytes of the photo in the chart": _piece(self.in_chart),
            "base64 of the photo that was sent": base64.b64encode(sent)[1_200:1_260],
        }
        known = {name: text.encode() for name, text in texts.items()} | pieces
        return {name: canary for name, canary in known.items() if canary}


def hits(data: bytes, canaries: Mapping[str, bytes]) -> list[str]:
    """Which of them `data` holds: as they are, whatever the case, in UTF-16, quoted for a URL, or in base64."""
    small = data.lower()
    return [name for name, canary in canaries.items() if any(form in small for form in _forms(canary))]


def files_below(*folders: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file there, with its own path as a part of what it tells."""
    for folder in folders:
        for file in folder.rglob("*"):
            if file.is_file() and not file.is_symlink() and os.access(file, os.R_OK):
                yield file, str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes()


def _forms(canary: bytes) -> Iterator[bytes]:
    yield canary.lower()
    try:
        text = canary.decode()
    except UnicodeDecodeError:
        return
    yield text.lower().encode("utf-16-le")
    yield quote(text).lower().encode()
    if len(canary) > 5:
        yield base64.b64encode(canary)[: len(canary) // 3 * 4].lower()


def _piece(photo: bytes) -> bytes:
    middle = len(photo) // 2
    return photo[middle : middle + _PIECE_BYTES]


def _noise(*, artist: str = "") -> bytes:
    """A JPEG like no other."""
    picture = Image.frombytes("RGB", (64, 48), os.urandom(64 * 48 * 3)).resize((640, 480))
    exif = Image.Exif()
    if artist:
        exif[_EXIF_ARTIST], exif[_EXIF_SOFTWARE] = artist, f"Seen at {artist}"
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=92, exif=exif)
    return stream.getvalue()
