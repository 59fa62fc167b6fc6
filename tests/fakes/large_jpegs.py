"""JPEGs of many megapixels, put together out of one strip of 16 rows: nobody has to hold all their pixels."""

from PIL import Image

from tests.fakes.hostile_images import encoded, gradient, with_size

_STRIP_ROWS = 16


def large_jpeg(width_px: int, height_px: int) -> bytes:
    """A baseline JPEG of 4:2:0, both sides multiples of 16: gradients from left to right, the same in each strip."""
    picture = gradient(width_px // 16, 200).crop((0, 60, width_px // 16, 61))
    strip = picture.resize((width_px, _STRIP_ROWS), Image.Resampling.NEAREST)
    data = encoded(strip, "JPEG", quality=90, subsampling=2, restart_marker_rows=1)
    coded_at = data.index(b"\xff\xda") + 2 + int.from_bytes(data[data.index(b"\xff\xda") + 2 :][:2], "big")
    head, coded = with_size(data[:coded_at], width_px, height_px), data[coded_at:-2]
    restarts = (b"\xff" + bytes((0xD0 + number % 8,)) for number in range(height_px // _STRIP_ROWS - 1))
    return head + b"".join(coded + restart for restart in restarts) + coded + b"\xff\xd9"
