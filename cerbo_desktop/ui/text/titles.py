"""A title and the text beneath it in one line, for where there is room for no more."""

from cerbo_desktop.ui.text.catalogue import translate


def titled(title: str, text: str) -> str:
    """Damaged. It can't be opened; the title alone where there is no text."""
    return translate("Titles", "{title}. {text}").format(title=title, text=text) if text else title
