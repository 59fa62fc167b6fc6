"""HEIC by libheif, decoded only. Where it can't be loaded, such pictures are of a kind that can't be shown."""

try:
    import pi_heif
except ImportError:  # no wheel for this machine
    FORMAT = ""
else:
    FORMAT = "HEIF"
    """Pillow's name for its decoder; empty where there is none."""
    # One thread for the tiles of a picture: the other worker has the other core. The first picture alone is wanted.
    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
