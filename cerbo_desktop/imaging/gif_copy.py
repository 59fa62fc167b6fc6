"""A GIF's first frame written anew: its coded bytes may go on behind the last pixel, where nothing shows them."""

import io

from PIL import Image

_SHOWN = ("transparency", "background")


def copied_gif(data: bytes, comment: bytes) -> bytes:
    """The same pixels, palette and see-through colour. Raises what Pillow raises."""
    with Image.open(io.BytesIO(data), formats=("GIF",)) as opened:
        frame = opened.copy()  # without the file, whose place Pillow would ask the system about
        frame.info = {name: opened.info[name] for name in _SHOWN if name in opened.info}
        target = io.BytesIO()
        frame.save(target, "GIF", comment=comment, optimize=False)
    return target.getvalue()
