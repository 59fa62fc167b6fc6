"""HEIC by libheif, decoded only. Where it can't be loaded, such pictures are of a kind that can't be shown.

The libheif inside, 1.23.0, can be made to write beyond its memory (mended up to 1.23.4; among others
strukturag/libheif GHSA-x8r2-mggj-j6wr): it may see a picture only in a process that the kernel confines.
"""

try:
    import pi_heif
except ImportError:  # no wheel for this machine
    FORMAT = ""
else:
    FORMAT = "HEIF"
    """Pillow's name for its decoder; empty where there is none."""
    # One thread for the tiles of a picture: the other worker has the other core. The first picture alone is wanted.
    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)

_is_process_confined = False


def allow() -> None:
    """Allow HEIC and AVIF in this process, which the kernel has confined."""
    global _is_process_confined
    _is_process_confined = True


def is_allowed() -> bool:
    """Whether this process may decode HEIC and AVIF."""
    return _is_process_confined
