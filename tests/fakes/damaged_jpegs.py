"""JPEGs that are short, long or marked strangely, as phones, card readers and broken copies leave them."""

from collections.abc import Iterator

from PIL import Image

from tests.fakes.hostile_images import encoded, gradient, jpeg

END = b"\xff\xd9"
NAME = b"RUTH CALLOWAY 51.5007N 0.1246W "
"""What no byte may be sent of."""


def coded_bytes(data: bytes) -> tuple[int, int]:
    """Where the coded bytes of a JPEG's last scan begin and end; the file must be one that Pillow wrote."""
    header = data.rindex(b"\xff\xda")
    return header + 2 + int.from_bytes(data[header + 2 : header + 4], "big"), len(data) - len(END)


def variants() -> Iterator[tuple[str, bytes]]:
    """Sound ones of every coding that Pillow writes."""
    yield "plain", jpeg()
    yield "grey", encoded(gradient(mode="L"), "JPEG", optimize=True)
    yield "inks", encoded(gradient(mode="CMYK"), "JPEG")
    yield "full colour", jpeg(subsampling=0)
    yield "own tables", jpeg(optimize=True)
    yield "progressive", jpeg(progressive=True)
    yield "restarts", jpeg(restart_marker_rows=1)
    yield "many restarts", jpeg(restart_marker_blocks=1)
    yield "progressive with restarts", jpeg(progressive=True, restart_marker_blocks=7)
    for width_px, height_px in ((1, 1), (960, 1), (1, 960), (17, 33)):
        yield f"{width_px} by {height_px}", jpeg(width_px, height_px)
    yield "white paper", encoded(Image.new("RGB", (400, 300), "white"), "JPEG", optimize=True)


def closed_neatly(data: bytes, lost_bytes: int) -> bytes:
    """The last coded bytes are gone, and an end marker stands there as if nothing were."""
    _, end = coded_bytes(data)
    kept = data[: end - lost_bytes]
    return kept.removesuffix(b"\xff") + END


def filled_with_zeros(data: bytes, *, has_end: bool) -> bytes:
    """The second half as a card or a copy leaves it that broke off."""
    start, end = coded_bytes(data)
    middle = (start + end) // 2
    return data[:middle] + bytes(4 * (end - middle)) + (END if has_end else b"")


def with_fill_bytes(data: bytes, count: int) -> bytes:
    """Any number may stand before a marker, and a few programs write some."""
    header = data.index(b"\xff\xda")
    return data[:header] + b"\xff" * count + data[header:-2] + b"\xff" * count + END


def hidden_names() -> Iterator[tuple[str, bytes, bytes]]:
    """Sound photos with `NAME` in each place where a decoder does not look, and what they show."""
    progressive = jpeg(progressive=True)
    for kind, data in (("plain", jpeg()), ("progressive", progressive), ("restarts", jpeg(restart_marker_rows=2))):
        yield f"{kind}, behind the end", data + NAME * 40, data
        yield f"{kind}, instead of the end", data[:-2] + NAME * 40, data
        yield f"{kind}, instead of the end, once", data[:-2] + NAME, data
        yield f"{kind}, before the end", data[:-2] + NAME * 40 + END, data
        yield f"{kind}, instead of the end, in a picture", data[:-2] + jpeg(80, 60, comment=NAME), data
        yield f"{kind}, in a segment behind the last scan", data[:-2] + segment(0xEF, NAME) + END, data
        for marker in (0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xEF, 0xFE, 0xDC):
            yield f"{kind}, in segment {marker:X}", data[:20] + segment(marker, NAME) + data[20:], data
    yield from _hidden_in_tables()
    adobe = b"Adobe" + bytes(6) + b"\x01"
    yield "behind what Adobe needs", jpeg()[:2] + segment(0xEE, adobe + NAME) + jpeg()[2:], jpeg()
    yield "in what Adobe needs", jpeg()[:2] + segment(0xEE, b"Adobe" + NAME) + jpeg()[2:], jpeg()
    second = progressive.index(b"\xff\xc4", progressive.index(b"\xff\xda"))
    yield "between two scans", progressive[:second] + segment(0xFE, NAME) + progressive[second:], progressive
    yield "behind a scan's bytes", progressive[:second] + NAME * 3 + progressive[second:], progressive


def _hidden_in_tables() -> Iterator[tuple[str, bytes, bytes]]:
    """In tables that no scan uses, or that are replaced before one does."""
    whole = jpeg()
    header = whole.index(b"\xff\xda")
    steps = NAME.ljust(64)
    codes = bytes((0, 0, 0, 0, 0, 0, len(NAME), *[0] * 9)) + NAME
    for label, table in (
        ("steps", segment(0xDB, b"\x03" + steps)),
        ("many steps", segment(0xDB, (b"\x03" + steps) * 100)),
        ("codes", segment(0xC4, b"\x13" + codes)),
        ("arithmetic settings", segment(0xCC, NAME[:30])),
    ):
        yield f"plain, in {label} that no scan uses", whole[:header] + table + whole[header:], whole
    yield "plain, in steps that are replaced", whole[:2] + segment(0xDB, b"\0" + steps) + whole[2:], whole
    yield "plain, in codes that are replaced", whole[:2] + segment(0xC4, b"\0" + codes) + whole[2:], whole


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (2 + len(body)).to_bytes(2, "big") + body
