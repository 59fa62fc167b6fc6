"""How a check of the self-test ends when it does not end well."""


class CheckFailedError(Exception):
    """It did not hold; the text is a sentence of our own."""


class CheckSkippedError(Exception):
    """There is nothing to check here; the text says why."""
