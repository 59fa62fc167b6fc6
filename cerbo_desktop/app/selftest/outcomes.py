"""How a check of the self-test ends when it does not end well."""


class CheckFailedError(Exception):
    """A check found something wrong; the text is a sentence of our own."""


class CheckSkippedError(Exception):
    """A check has nothing to look at here; the text says why."""
