"""The closed list of what this app ever asks of Cerbo. The same key could do far more, so nothing else can be sent."""

from enum import Enum

from cerbo_desktop.api.wire import id_text
from cerbo_desktop.domain.errors import Missing


class Operation(Enum):
    """What can be asked for: method and path, as in contract 13; `{}` stands for an id."""

    LIST_USERS = ("GET", "/users")
    SEARCH_PATIENTS = ("GET", "/patients/search")
    SHOW_PATIENT = ("GET", "/patients/{}")
    LIST_PHOTOS = ("GET", "/patients/{}/images")
    SHOW_PHOTO = ("GET", "/patients/{}/images/{}")
    PHOTO_CONTENT = ("GET", "/patients/{}/images/{}/content")
    PHOTO_STREAM = ("GET", "/patients/{}/images/{}/stream")
    CREATE_PHOTO = ("POST", "/patients/{}/images")
    LIST_QUEUE = ("GET", "/patients/{}/portal/enqueued")
    WITHDRAW = ("DELETE", "/patients/{}/portal/enqueued/{}")
    LIST_APPOINTMENTS = ("GET", "/appointments")

    @property
    def method(self) -> str:
        return self.value[0]

    @property
    def is_about_key(self) -> bool:
        """Whether a 401 concerns the key; not where it is the answer to what a person typed, such as a password."""
        return self not in _ABOUT_A_PERSON

    def path(self, *ids: str) -> str:
        """The path below the base.

        Raises:
            Missing: an id that no record can have; nothing is sent for it.
        """
        template = self.value[1]
        if len(ids) != template.count("{}"):
            raise ValueError("ids do not fit the operation")
        if any(not each or id_text(each) != each for each in ids):
            raise Missing
        return template.format(*ids)


PHOTO_BYTES = frozenset({Operation.PHOTO_CONTENT, Operation.PHOTO_STREAM})
"""Two routes to the same bytes."""
SAY_NOTHING_OF_THE_LINE = PHOTO_BYTES | {Operation.LIST_QUEUE}
"""A page or a redirect in the place of these is the tenant's own way: whether something else than Cerbo answers on this
network, the lists tell."""
_ABOUT_A_PERSON: frozenset[Operation] = frozenset()
