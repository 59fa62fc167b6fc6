"""A GIF's first frame written anew: its coded bytes may go on behind the last pixel, where nothing shows them."""

import io
import struct

from PIL import Image

_SHOWN = ("transparency", "background")


def copied_gif(data: bytes, comment: bytes) -> bytes:
    """A GIF of the same pixels, with their colours and their see-through colour. Raises what Pillow raises."""
    with Image.open(io.BytesIO(data), formats=("GIF",)) as opened:
        frame = clipped(opened, data).copy()  # without the file, whose place Pillow would ask the system about
        frame.info = {name: opened.info[name] for name in _SHOWN if name in opened.info}
        if frame.mode == "P":
            _blacken_unused(frame)
        target = io.BytesIO()
        frame.save(target, "GIF", comment=comment, optimize=False)
    return target.getvalue()


def clipped(image: Image.Image, data: bytes) -> Image.Image:
    """What of a GIF's first frame lies on its screen, as browsers show it; Pillow enlarges the screen instead."""
    screen = struct.unpack_from("<HH", data, 6)
    if 0 in screen or (image.width <= screen[0] and image.height <= screen[1]):
        return image
    return image.crop((0, 0, min(image.width, screen[0]), min(image.height, screen[1])))


def _blacken_unused(frame: Image.Image) -> None:
    """Colours that no pixel has may be anything, such as a name."""
    palette = frame.getpalette() or []
    counts = frame.histogram()
    frame.putpalette([value if counts[at // 3] else 0 for at, value in enumerate(palette)])
