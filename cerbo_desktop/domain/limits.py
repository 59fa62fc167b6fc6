"""Ceilings and deadlines, each with its source. Sizes in bytes, times in seconds."""

from datetime import timedelta

MAX_UPLOAD_BYTES = 11_500_000
"""Raw bytes of one photo. Cerbo says 16 MB without saying of what; this keeps the base64 text under 16,000,000
characters too (contract 6.5)."""
MAX_DOWNLOAD_BYTES = 25_000_000
"""One photo from the chart."""
MAX_FILE_BYTES = 64_000_000
"""Files larger than this are not even read: a phone's 200 megapixels, or a photo with a film behind its end."""
MAX_SEALED_BYTES = 40_000_000
"""The most that is sealed as one text: more than any photo that is sent or downloaded."""
MAX_PIXELS = 50_000_000
"""The most pixels that are decoded: a small file may hold a picture that fills the memory (measured, 2.7)."""
MAX_JPEG_PIXELS = 210_000_000
"""Of a JPEG, which its decoder reads at a half or a quarter where there are more than `MAX_PIXELS`: panoramas, and
phones of 108 and 200 megapixels."""
MAX_JSON_BYTES = 4_000_000
MAX_RECORD_BYTES = 36_000_000
"""One record with the largest photo in it as base64, which is not kept; the rest is held to the ceiling above."""
MAX_JSON_COMMAS = 400_000
"""Of a whole answer: a list of 20,000 photos has fewer. It bounds what 4 MB of brackets would take as objects."""
MAX_SEARCH_ROWS = 100
"""Of one question: as many as Cerbo gives at once, for a server that takes no notice of `limit`."""
MAX_APPOINTMENTS = 2_000
"""Of three days."""
MAX_ALBUM_PHOTOS = 20_000
MAX_QUEUE_ROWS = 2_000
"""Of one patient: more than staff could ever leave there."""
PAGE_SIZE = 100
"""Default and maximum of the server's `limit` (contract 3)."""
SMALL_PAGE_SIZE = 10
"""For rows that inline pictures: a hundred of them reach the ceiling of an answer."""
MAX_TAKEN_KEPT = timedelta(days=14)
"""The most that a policy may set for the sealed bytes of a photo that Cerbo took."""
JSON_WINDOW_S = 20.0
PHOTO_WINDOW_S = 60.0
UPLOAD_WINDOW_S = 60.0
"""Over so long, less than 8 kB a second end a transfer (`runtime.progress_limit`); nothing ends one that goes on."""
SHORT_PAUSE_S = 2.5
"""A pause of an overloaded server up to which questions just wait, and nothing is said."""
MAX_CONCURRENT_REQUESTS = 4
"""94 % of a line's rate at 50 ms latency (measured, 3.2); the vendor asks for restraint."""


def upload_deadline_s(size_bytes: int) -> float:
    """How long the answer may take once the photo has left: 30 s and its bytes at 50 kB/s, at most ten minutes (ANSWERS
    9)."""
    return min(600.0, 30.0 + size_bytes / 50_000)
