"""What the search part of the pane shows in each state, as one value, with its exact words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cerbo_desktop.domain.errors import Overloaded, ServerError, Unreachable, Untrusted
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.services.search.interpreting import Interpretation, SearchedWord, SearchKind, has_all_that_was_typed
from cerbo_desktop.services.search.searching import MAX_SHOWN, SearchResult
from cerbo_desktop.ui.kit import phrases
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.search.rows import ResultRow
from cerbo_desktop.ui.text import cerbo

BUSY_WAIT_S = 10.0
"""When Cerbo is busy and does not say for how long."""
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
_HINTS = {
    SearchKind.UNFINISHED_DATE: ("Date of birth", "Type it like 4 mar 1981"),
    SearchKind.NO_SUCH_DAY: ("No such day", "The calendar has no such day. Check the date of birth."),
    SearchKind.DAY_TO_COME: ("Date in the future", "This day has not come yet. Check the date of birth."),
    SearchKind.TOO_LONG_AGO: ("Too long ago", "Nobody is that old. Check the year of birth."),
    SearchKind.PHONE: (
        "Phone number",
        "Patients can’t be found by their telephone number.",
        "Type a name, a date of birth like 4 mar 1981, an ID or an e-mail address.",
    ),
    SearchKind.UNREADABLE: (
        "Can’t read this",
        "A part of this text is no name, so that nobody was searched for.",
        "Type a name, a date of birth like 4 mar 1981, an ID or an e-mail address.",
    ),
}
"""Title and lines for text that is not asked for."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; what the person typed is emphasised."""

    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A row that puts `text` into the search box."""

    icon: str
    title: str
    detail: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    title: str
    lines: tuple[tuple[Piece, ...], ...] = ()
    warning: tuple[str, str] | None = None
    """Title and text of the same-name notice."""
    rows: tuple[ResultRow, ...] = ()
    searched: tuple[Piece, ...] = ()
    """Below the rows: what was searched for."""
    suggestions_title: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    offers_new_patient: bool = False
    can_retry: bool = False
    is_failure: bool = False
    is_searching: bool = False
    """The rows are those who are known here; Cerbo has not answered yet."""
    is_complete: bool = False
    """Cerbo knows nobody else who fits."""
    is_guess: bool = False
    """Somebody else may be meant: figures of an ID that nobody has were read as a date, or Jr. is not in the record."""

    @property
    def only_row(self) -> ResultRow | None:
        """The one person who fits the text, if it is certain that there is no other."""
        is_certain = self.is_complete and not self.is_guess
        return self.rows[0] if is_certain and len(self.rows) == 1 else None


def searching_page(rows: tuple[ResultRow, ...]) -> SearchPage:
    """Until Cerbo answers: the people of today's board and those opened before who fit the text."""
    return SearchPage("Searching…", rows=rows, is_searching=True)


def hint_page(interpretation: Interpretation) -> SearchPage:
    """Text that cannot be asked for yet."""
    title, *texts = _HINTS.get(interpretation.kind, ("Type one more letter",))
    return SearchPage(title, _lines(*texts))


def found_page(result: SearchResult, rows: tuple[ResultRow, ...], groups: Sequence[Sequence[Patient]]) -> SearchPage:
    if not rows:
        return none_page(result.interpretation) if result.is_complete else unsure_page(result)
    is_cut_here = not result.is_complete and len(rows) >= MAX_SHOWN
    title = f"First {len(rows)} shown" if is_cut_here else phrases.count(len(rows), "patient")
    asked = result.interpretation
    asks = asked.is_ambiguous_date and asked.kind is SearchKind.DATE
    doubts = tuple(_doubts(result))
    return SearchPage(
        title,
        lines=_lines(*doubts, *_what_is_missing(result)),
        warning=_same_name_words(groups),
        rows=rows,
        searched=(Piece("Searched "), *_searched(asked)),
        suggestions_title=_which_date(asked) if asks else "",
        suggestions=_date_rows(asked) if asks else (),
        is_complete=result.is_complete,
        is_guess=bool(doubts),
    )


def _doubts(result: SearchResult) -> Iterator[str]:
    """Why those who were found may not be whom the person meant."""
    asked, found = result.interpretation, result.patients
    if asked.patient_id is not None and all(each.id != asked.patient_id for each in found):
        yield f"Nobody has ID {asked.patient_id}. Born {_dates(asked)}:"
    if not any(has_all_that_was_typed(each, asked) for each in found):
        yield f"Cerbo has this name without “{plain(' '.join(asked.to_bear), 40)}”. Ask for the date of birth."


def _what_is_missing(result: SearchResult) -> Iterator[str]:
    if result.unreadable_count:
        yield cerbo.patients_not_read(result.unreadable_count)
    elif not result.is_complete and len(result.patients) >= MAX_SHOWN:
        yield "Type more letters."
    elif not result.is_complete:
        yield cerbo.MAY_BE_MORE_PATIENTS


def none_page(asked: Interpretation) -> SearchPage:
    if asked.kind is SearchKind.ID and not asked.dates:
        line = _lines(f"No patient has ID {asked.patient_id}.")
        return SearchPage("No patient found", line, offers_new_patient=True)
    sentence = (Piece("Searched "), *_searched(asked), Piece(" in Cerbo."))
    suggestions = tuple(_instead(asked))
    return SearchPage(
        "No patient found",
        (sentence, *_lines("Check the spelling, or type fewer letters.")),
        suggestions_title="Try instead" if suggestions else "",
        suggestions=suggestions,
        offers_new_patient=True,
    )


def unsure_page(result: SearchResult) -> SearchPage:
    """Nobody among the answers, but Cerbo did not give them all: no word of a new patient."""
    why = Piece(". Cerbo did not list every name that may fit.")
    sentence = (Piece("Searched "), *_searched(result.interpretation), why)
    unread = [cerbo.patients_not_read(result.unreadable_count)] if result.unreadable_count else []
    return SearchPage("Nobody found yet", (sentence, *_lines(*unread, "Type more letters, or the date of birth.")))


def error_page(error: ServerError, rows: tuple[ResultRow, ...] = (), *, is_in_trouble: bool = False) -> SearchPage:
    """Offline and busy have their own words; the busy one tries again by itself. `is_in_trouble`: so do all.

    `rows`: people who are known here and fit. There may be more of their name in Cerbo.
    """
    again = [cerbo.SEARCHES_BY_ITSELF] if is_in_trouble else []
    here = [cerbo.KNOWN_HERE_ALONE] if rows else []
    if isinstance(error, Unreachable) and not isinstance(error, Untrusted):
        what = here or ["You can open patients already on today’s list."]
        return SearchPage("Offline", _lines(*what, *again), rows=rows, can_retry=True, is_failure=True)
    if isinstance(error, Overloaded):
        return SearchPage(cerbo.BUSY_TITLE, _lines(*here, cerbo.BUSY_LOADS), rows=rows, is_failure=True)
    sentence = phrases.error_sentence(error, doing=phrases.ActionContext.SEARCHING)
    what_to_do = again if again and sentence.may_retry else [sentence.text]
    lines = _lines(*(text for text in (sentence.title, *here, *what_to_do) if text))
    return SearchPage("Cannot search", lines, rows=rows, can_retry=sentence.may_retry, is_failure=True)


def busy_wait_s(error: Overloaded) -> float:
    return min(120.0, max(1.0, error.retry_after_s or BUSY_WAIT_S))


def _lines(*texts: str) -> tuple[tuple[Piece, ...], ...]:
    return tuple((Piece(text),) for text in texts)


def _same_name_words(groups: Sequence[Sequence[Patient]]) -> tuple[str, str] | None:
    ask = "Ask for the date of birth before you open."
    if not groups:
        return None
    if len(groups) > 1:
        return "Several people share a name", ask
    count = len(groups[0])
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} people are named {plain(groups[0][0].shared_name, 60)}", ask


def _searched(asked: Interpretation) -> Iterator[Piece]:
    words = list(asked.searched)
    if asked.kind is SearchKind.ID:
        words.insert(0, SearchedWord("ID", str(asked.patient_id)))
    if asked.dates:
        words.append(SearchedWord("date of birth", _dates(asked)))
    for at, word in enumerate(words):
        yield Piece(f"{', ' if at else ''}{word.field} ")
        yield Piece(plain(word.value, 60), is_strong=True)


def _which_date(asked: Interpretation) -> str:
    return f"Did you mean {_dates(asked)}?"


def _dates(asked: Interpretation) -> str:
    return " or ".join(map(phrases.day, asked.dates))


def _date_rows(asked: Interpretation) -> tuple[Suggestion, ...]:
    names = _names_as_typed(asked)
    return tuple(
        Suggestion("calendar", phrases.day(each), "Only this date of birth", f"{names} {phrases.day(each)}".strip())
        for each in asked.dates
    )


def _names_as_typed(asked: Interpretation) -> str:
    comma = ", " if asked.first_name else ""
    return asked.either_name or f"{asked.last_name}{comma}{asked.first_name}"


def _instead(asked: Interpretation) -> Iterator[Suggestion]:
    """Fewer letters, one name alone, the birth date."""
    last, first = asked.last_name, asked.first_name
    if words := asked.either_name.split():
        last, first = (words[-1], words[0]) if len(words) > 1 else (words[0], "")
    if shorter := _shorter(last):
        yield Suggestion("search", shorter, f"Last name starts with “{shorter}”", f"{shorter},")
    if first:
        yield Suggestion("person", f"{first}, any last name", f"First name starts with “{first}”", f", {first}")
    if asked.email and (mailbox := asked.email.partition("@")[0]) and asked.email != f"{mailbox}@":
        yield Suggestion("mail", f"{mailbox}@", f"E-mail starts with “{mailbox}@”", f"{mailbox}@")
    if not asked.dates:
        yield Suggestion("calendar", "Date of birth", "Type it like 4 mar 1981", "")


def _shorter(name: str) -> str:
    cut = name[:-1].strip(" -'’") if len(name) > 3 else ""
    return cut if len(cut) >= 2 else ""
