"""The way every sentence for people takes: looked up in the catalogue of the app's language when it is shown.

A source sentence is a literal in one of the files beside this one: `translate("Album", "Older photos")`. Named
parameters are put in afterwards: `translate("Album", "{name} has no photos").format(name=name)`. A number that decides
between singular and plural is `%n`, and what changes with it stands in brackets: "%n photo(s) (is|are) waiting". The
file `cerbo_en.ts`, made of the sources by `dev.py translations`, gives English its two forms of such a sentence.

A sentence is translated whole: no parameter is a translated sentence or phrase. The few words that stand for a value in
many sentences, such as "Ctrl {letter}" or "No name", have a comment that begins with "inside a sentence".

Nothing is looked up when a module is imported: the language is not installed yet then.
"""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from cerbo_desktop.runtime.paths import resources_dir
from cerbo_desktop.ui.text.pseudo_language import PseudoTranslator

ENGLISH = "en"
_LOCALES = {ENGLISH: "en_US"}
"""Of each language: how it names months and writes decimals."""
PSEUDO = "pseudo"
"""For tests of the interface: each sentence longer, with accents, and in one pair of brackets."""


def translate(context: str, source: str, comment: str = "", n: int = -1) -> str:
    """Returns the sentence in the app's language. `comment` tells translators two meanings of one source apart.

    `n` is the number for `%n`; give it as the fourth positional argument, a plain name, so that `lupdate` finds it.
    """
    return QCoreApplication.translate(context, source, comment or None, n)


def install_language(app: QCoreApplication, language: str = ENGLISH) -> None:
    """Load the sentences of the app and Qt's own for `app`. Call once, before anything is shown.

    `QLocale()` is the language's from then on; `QLocale.system()` stays the system's.
    """
    QLocale.setDefault(QLocale(_LOCALES.get(language, _LOCALES[ENGLISH])))
    for folder, name in ((_translations_dir(), "cerbo"), (_qt_translations_dir(), "qtbase")):
        file = folder / f"{name}_{ENGLISH if language == PSEUDO else language}.qm"
        translator = QTranslator(app)
        if translator.load(str(file)):
            app.installTranslator(translator)
        if name == "cerbo" and language == PSEUDO:
            app.installTranslator(PseudoTranslator(translator, app))


def _translations_dir() -> Path:
    return resources_dir() / "translations"


def _qt_translations_dir() -> Path:
    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
