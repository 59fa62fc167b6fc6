"""Does every task on every format once, before the worker is confined: no module can be loaded after that."""

import io
from collections.abc import Callable

from PIL import Image, ImageCms, MpoImagePlugin

from cerbo_desktop.imaging.frames import Request, Task

_FORMS = ("JPEG", MpoImagePlugin.MpoImageFile.format, "PNG", "GIF", "WEBP", "TIFF", "BMP")
"""The plugin of each is loaded by now: for one that is not, Pillow would load all it has, 40 and 50 ms."""
_EDGE_PX = 16
_DESCRIPTION_TAG = 0x010E


def rehearse(perform: Callable[[Request, bytes], object]) -> None:
    """Have `perform` do each task on a small picture of each format. Takes a few milliseconds."""
    picture = Image.new("RGB", (_EDGE_PX, _EDGE_PX))
    exif = Image.Exif()
    exif[_DESCRIPTION_TAG] = "rehearsal"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for form in _FORMS:
        target = io.BytesIO()
        picture.save(target, form, exif=exif, icc_profile=profile)
        for task in Task:
            if task is not Task.FRAME:
                perform(Request(task, edge_px=_EDGE_PX), target.getvalue())
    pixels = picture.tobytes("raw", "BGRX")
    perform(Request(Task.FRAME, width_px=_EDGE_PX, height_px=_EDGE_PX), pixels)
