"""Names that httpx and httpcore do not promise and that the app uses all the same.

Where a new version lacks one, this says so at once, and not a photo that is never sent.
"""

import ast
from pathlib import Path

import httpcore
import httpx
from httpcore._utils import is_socket_readable

_API = Path(__file__).resolve().parents[2] / "cerbo_desktop" / "api"
_USED = {"_connection", "_h11_state", "_network_stream", "_pool"}
_OURS = {"_is_in_whole_pages"}
"""Of another object of the same class."""


def test_a_connection_has_its_protocol_and_its_stream() -> None:
    connection = httpcore.AsyncHTTP11Connection(_ORIGIN, httpcore.AsyncMockStream([]))
    assert connection._network_stream is not None
    assert connection._h11_state.trailing_data == (b"", False)


def test_what_connects_holds_the_connection() -> None:
    assert httpcore.AsyncHTTPConnection(_ORIGIN)._connection is None


def test_a_transport_has_a_pool_that_can_be_another() -> None:
    assert isinstance(httpx.AsyncHTTPTransport()._pool, httpcore.AsyncConnectionPool)


def test_a_socket_that_is_gone_counts_as_readable() -> None:
    assert is_socket_readable(None)


def test_no_other_private_name_is_used() -> None:
    """Attributes with an underscore of anything but the object's own."""
    found = {
        node.attr
        for file in _API.glob("*.py")
        for node in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.startswith("__")
        and not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"))
    }
    assert found - _OURS <= _USED


_ORIGIN = httpcore.Origin(b"https", b"localhost", 443)
