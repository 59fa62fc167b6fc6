"""Texts as a card's bar code holds them."""


def is_number(text: str) -> bool:
    """A patient's ID alone, with or without the word: the next card that is scanned is a new text."""
    return text.strip().lstrip("#IDid: ").isdigit()
