"""Photos that lie on this PC and are in nobody's chart of the practice clinic."""

import io

from PIL import Image

from cerbo_desktop.runtime.paths import resources_dir


def own_photo(number: int = 0, form: str = "JPEG") -> bytes:
    """As large as one of the clinic's; each `number`, up to 255, is another picture."""
    with Image.open(resources_dir() / "practice" / "plaque-2025-11-05.jpg") as drawn:
        picture = drawn.convert("RGB")
    picture.paste((number, 255 - number, 90), (0, 0, 32, 32))
    target = io.BytesIO()
    picture.save(target, form, quality=92)
    return target.getvalue()
