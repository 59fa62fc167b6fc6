"""Pictures made by program: variations of the drawn photos, numbered photos, and files of every kind."""

import io
import struct
from functools import cache

from PIL import Image, ImageDraw, ImageEnhance, ImageFont

NUMBERED_SIZE_PX = (900, 675)
BLOCKS = 16
"""A numbered photo's top eighth holds its number as 16 equal blocks, highest bit first, white for 1."""


def varied(data: bytes, variant: int) -> bytes:
    """The same drawing taken "again": another crop and light. Variant 0 is the file itself, unchanged."""
    if variant == 0:
        return data
    with Image.open(io.BytesIO(data)) as image:
        width, height = image.size
        inset = 0.03 + 0.025 * (variant % 7)
        left, top = int(width * inset * (variant % 3) / 2), int(height * inset * (variant % 4) / 3)
        cropped = image.crop((left, top, left + int(width * (1 - inset)), top + int(height * (1 - inset))))
        return _jpeg(ImageEnhance.Brightness(cropped).enhance(0.88 + 0.03 * (variant % 9)))


def numbered(number: int) -> bytes:
    """A JPEG of 900 x 675 px that says `number` to people and, in its top eighth, to programs."""
    width, height = NUMBERED_SIZE_PX
    image = Image.new("RGB", NUMBERED_SIZE_PX, f"hsl({number * 47 % 360}, 35%, 60%)")
    draw = ImageDraw.Draw(image)
    for block in range(BLOCKS):
        is_one = number >> (BLOCKS - 1 - block) & 1
        box = (block * width // BLOCKS, 0, (block + 1) * width // BLOCKS - 1, height // 8)
        draw.rectangle(box, fill="white" if is_one else "black")
    draw.text((width / 2, height * 0.56), str(number), fill="white", font=_large_font(), anchor="mm")
    return _jpeg(image)


@cache
def _large_font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(240)


def number_of(data: bytes) -> int:
    """The number of a `numbered` photo, at whatever size it was decoded to."""
    with Image.open(io.BytesIO(data)) as image:
        grey = image.convert("L")
        row = grey.height // 16
        middles = [(2 * block + 1) * grey.width // (2 * BLOCKS) for block in range(BLOCKS)]
        pixels = grey.crop((0, row, grey.width, row + 1)).tobytes()
        bits = [pixels[column] > 127 for column in middles]
    return sum(bit << (BLOCKS - 1 - place) for place, bit in enumerate(bits))


def small_copy(data: bytes) -> bytes:
    """The 200 x 200 square that Cerbo makes of an upload (contract 6.7)."""
    with Image.open(io.BytesIO(data)) as image:
        edge = min(image.size)
        left, top = (image.width - edge) // 2, (image.height - edge) // 2
        return _jpeg(image.crop((left, top, left + edge, top + edge)).resize((200, 200)))


def as_png(data: bytes) -> bytes:
    """The same picture as a PNG."""
    with Image.open(io.BytesIO(data)) as image:
        return _saved(image.resize((640, 480)), "PNG")


def as_gif(data: bytes) -> bytes:
    """The same picture as a GIF."""
    with Image.open(io.BytesIO(data)) as image:
        return _saved(image.resize((480, 360)).quantize(64), "GIF")


def lying_on_its_side(data: bytes) -> bytes:
    """The same view with its pixels stored a quarter turn to the left and EXIF orientation 6 to undo it."""
    with Image.open(io.BytesIO(data)) as image:
        turned = image.transpose(Image.Transpose.ROTATE_90)
        exif = Image.Exif()
        exif[0x0112] = 6
        target = io.BytesIO()
        turned.save(target, "JPEG", quality=85, exif=exif)
    return target.getvalue()


def with_embedded_thumbnail(data: bytes) -> bytes:
    """The same JPEG, its EXIF block carrying a thumbnail of 160 px as cameras write one."""
    with Image.open(io.BytesIO(data)) as image:
        image.draft("RGB", (320, 240))
        image.thumbnail((160, 160))
        thumbnail = _jpeg(image)
    second_at = 8 + 2 + 12 + 4
    first = _directory([(0x0112, 3, 1)], second_at)
    place = second_at + 2 + 3 * 12 + 4
    second = _directory([(0x0103, 3, 6), (0x0201, 4, place), (0x0202, 4, len(thumbnail))], 0)
    block = b"Exif\0\0II*\0" + struct.pack("<I", 8) + first + second + thumbnail
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + data[2:]


def _directory(entries: list[tuple[int, int, int]], next_at: int) -> bytes:
    """A TIFF directory of single values: tag, kind (3 short, 4 long), value."""
    rows = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return struct.pack("<H", len(entries)) + rows + struct.pack("<I", next_at)


def _jpeg(image: Image.Image) -> bytes:
    return _saved(image, "JPEG")


def _saved(image: Image.Image, kind: str) -> bytes:
    target = io.BytesIO()
    options = {"quality": 85} if kind == "JPEG" else {}
    image.save(target, kind, **options)
    return target.getvalue()
