"""Files as real phones, scanners and programs write them, and what each must give."""

from pathlib import Path

FOLDER = Path(__file__).parent / "found"
HALF_PHOTOS = ("j18c_zeros_then_eoi.jpg", "j18f_cut_then_eoi.jpg")
"""Closed neatly; shown as far as they go, and never sent."""
WRONG_NAMES = ("j30_jpeg_called.heic", "j31_jpeg_called.png", "j32_png_called.jpg")
ONE_PIXEL_HIGH = ("j16b_one_px_high.jpg", "p13_960x1.png")
CONVERTED = ("h05_grid_irot_270.heic", "h06_grid_irot_and_exif_6.heic")
MAIN_PICTURE = "j30_jpeg_called.heic"
"""The plain photo that the phones' trailers and gain maps stand behind in other files."""


def found(name: str) -> bytes:
    """The file's bytes."""
    return (FOLDER / name).read_bytes()


def every_name() -> list[str]:
    return sorted(path.name for path in FOLDER.iterdir())


def with_film_behind(photo: bytes, size_bytes: int = 14_000_000) -> bytes:
    """A motion photo: a JPEG with a video after its end."""
    return photo + b"\0\0\0\x18ftypmp42" + bytes(size_bytes)


def with_depth_map(photo: bytes, size_bytes: int = 6_000_000) -> bytes:
    """A JPEG with a depth map in extended XMP, cut into parts as Adobe's specification has it."""
    mark = b"http://ns.adobe.com/xmp/extension/\0" + b"0123456789ABCDEF" * 2
    parts = []
    for at in range(0, size_bytes, 65_000):
        body = mark + size_bytes.to_bytes(4, "big") + at.to_bytes(4, "big") + b"A" * min(65_000, size_bytes - at)
        parts.append(b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body)
    return photo[:2] + b"".join(parts) + photo[2:]
