"""What the search part of the pane shows in each state, as one value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cerbo_desktop.domain.errors import Overloaded, ServerError, SignedOut, Unreachable, Untrusted
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.services.search.interpretation import Interpretation, SearchedField, SearchedWord, SearchKind
from cerbo_desktop.services.search.matching import has_all_that_was_typed
from cerbo_desktop.services.search.searching import MAX_SHOWN, SearchResult
from cerbo_desktop.ui.search.rows import ResultRow
from cerbo_desktop.ui.text import common, dates, patients, search as text, search_instead as instead
from cerbo_desktop.ui.text.failures import ActionContext, error_sentence
from cerbo_desktop.ui.text.pieces import Piece

BUSY_WAIT_S = 10.0
"""When Cerbo is busy and does not say for how long."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A row that puts `text` into the search box."""

    icon: str
    title: str
    detail: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What the pane shows for the text in the box."""

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
    is_put_off: bool = False
    """Cerbo is busy, and is asked again soon without anybody's doing."""
    is_complete: bool = False
    """Cerbo knows nobody else who fits."""
    is_guess: bool = False
    """Somebody else may be meant: figures of an ID that nobody has were read as a date, or Jr. is not in the record."""

    @property
    def is_final(self) -> bool:
        """Nothing else follows by itself, so that an Enter from before need not wait any longer."""
        return not self.is_searching and not self.is_put_off

    @property
    def only_row(self) -> ResultRow | None:
        """The one person who fits the text, if it is certain that there is no other."""
        is_certain = self.is_complete and not self.is_guess
        return self.rows[0] if is_certain and len(self.rows) == 1 else None


def searching_page(rows: tuple[ResultRow, ...]) -> SearchPage:
    """Until Cerbo answers: the people of today's board and those opened before who fit the text."""
    return SearchPage(text.searching(), rows=rows, is_searching=True)


def hint_page(interpretation: Interpretation) -> SearchPage:
    """Text that cannot be asked for yet."""
    title, *lines = text.hint(interpretation.kind)
    return SearchPage(title, _lines(*lines))


def found_page(result: SearchResult, rows: tuple[ResultRow, ...], groups: Sequence[Sequence[Patient]]) -> SearchPage:
    """The page with the patients that Cerbo found."""
    if not rows:
        return none_page(result.interpretation) if result.is_complete else unsure_page(result)
    is_cut_here = not result.is_complete and len(rows) >= MAX_SHOWN
    title = text.showing_the_first(len(rows)) if is_cut_here else text.patient_count(len(rows))
    asked = result.interpretation
    asks = asked.is_ambiguous_date and asked.kind is SearchKind.DATE
    doubts = tuple(_doubts(result))
    return SearchPage(
        title,
        lines=_lines(*doubts, *_what_is_missing(result)),
        warning=_same_name_words(groups),
        rows=rows,
        searched=text.searched(_searched(asked)),
        suggestions_title=text.which_date(asked.dates) if asks else "",
        suggestions=_date_rows(asked) if asks else (),
        is_complete=result.is_complete,
        is_guess=bool(doubts),
    )


def _doubts(result: SearchResult) -> Iterator[str]:
    """Why those who were found may not be whom the person meant."""
    asked, found = result.interpretation, result.patients
    if asked.patient_id is not None and all(each.id != asked.patient_id for each in found):
        yield text.nobody_has_id(asked.patient_id, asked.dates)
    if not any(has_all_that_was_typed(each, asked) for each in found):
        yield text.name_without(" ".join(asked.to_bear))


def _what_is_missing(result: SearchResult) -> Iterator[str]:
    if result.unreadable_count:
        yield text.patients_not_read(result.unreadable_count)
    elif not result.is_complete and len(result.patients) >= MAX_SHOWN:
        yield text.type_more()
    elif not result.is_complete:
        yield text.may_be_more()


def none_page(asked: Interpretation) -> SearchPage:
    """The page where nobody was found, with what else to try."""
    if asked.kind is SearchKind.ID and not asked.dates:
        line = _lines(instead.no_patient_has_id(asked.patient_id or ""))
        return SearchPage(instead.nobody_found(), line, offers_new_patient=True)
    suggestions = tuple(_instead(asked))
    is_date_alone = asked.kind is SearchKind.DATE and not _names_as_typed(asked)
    advice = instead.check_date() if is_date_alone else instead.check_spelling()
    return SearchPage(
        instead.nobody_found(),
        (text.searched(_searched(asked)), *_lines(advice)),
        suggestions_title=instead.try_instead() if suggestions else "",
        suggestions=suggestions,
        offers_new_patient=True,
    )


def unsure_page(result: SearchResult) -> SearchPage:
    """Nobody among the answers, but Cerbo did not give them all: no word of a new patient."""
    unread = [text.patients_not_read(result.unreadable_count)] if result.unreadable_count else []
    lines = _lines(text.not_all_listed(), *unread, instead.type_more_or_date())
    return SearchPage(instead.nobody_found_yet(), (text.searched(_searched(result.interpretation)), *lines))


def error_page(
    error: ServerError,
    rows: tuple[ResultRow, ...] = (),
    groups: Sequence[Sequence[Patient]] = (),
    *,
    is_in_trouble: bool = False,
) -> SearchPage:
    """People who are known here and fit, in `rows`; there may be more of their name in Cerbo."""
    return replace(_error_page(error, rows, is_in_trouble=is_in_trouble), warning=_same_name_words(groups))


def _error_page(error: ServerError, rows: tuple[ResultRow, ...], *, is_in_trouble: bool) -> SearchPage:
    """Offline and busy have their own words; the busy one tries again by itself. `is_in_trouble`: so do all, and the
    strip above says why and has the one button. Of a refused key the strip tells too.
    """
    again = [instead.search_goes_on()] if is_in_trouble else []
    here = [instead.known_here_alone()] if rows else []
    if isinstance(error, Unreachable) and not isinstance(error, Untrusted):
        what = here or [instead.open_from_today()]
        return SearchPage(instead.offline(), _lines(*what, *again), rows=rows, can_retry=not again, is_failure=True)
    if isinstance(error, Overloaded):
        lines = _lines(*here, common.loads_automatically())
        return SearchPage(common.cerbo_is_busy(), lines, rows=rows, is_failure=True, is_put_off=True)
    if isinstance(error, SignedOut):
        lines = _lines(*(here or [instead.open_from_today()]), instead.search_needs_key())
        return SearchPage(instead.cannot_search(), lines, rows=rows, is_failure=True)
    sentence = error_sentence(error, doing=ActionContext.SEARCHING)
    is_told_above = bool(again) and sentence.may_retry
    said = [*here, *again] if is_told_above else [sentence.title, sentence.text, *here]
    lines = _lines(*(line for line in said if line))
    can_retry = sentence.may_retry and not is_told_above
    return SearchPage(instead.cannot_search(), lines, rows=rows, can_retry=can_retry, is_failure=True)


def busy_wait_s(error: Overloaded) -> float:
    """Seconds until a busy Cerbo is asked again."""
    return min(120.0, max(1.0, error.retry_after_s or BUSY_WAIT_S))


def _lines(*lines: str) -> tuple[tuple[Piece, ...], ...]:
    return tuple((Piece(line),) for line in lines)


def _same_name_words(groups: Sequence[Sequence[Patient]]) -> tuple[str, str] | None:
    if not groups:
        return None
    if len(groups) > 1:
        return text.several_share_a_name(), text.ask_before_you_open()
    name = patients.shared_name(groups[0][0], 60)
    return text.people_named(len(groups[0]), name), text.ask_before_you_open()


def _searched(asked: Interpretation) -> list[SearchedWord]:
    """What was searched for, with the ID and the dates."""
    words = list(asked.searched)
    if asked.kind is SearchKind.ID:
        words.insert(0, SearchedWord(SearchedField.ID, str(asked.patient_id)))
    if asked.dates:
        words.append(SearchedWord(SearchedField.DATE_OF_BIRTH, text.any_of(asked.dates)))
    return words


def _date_rows(asked: Interpretation) -> tuple[Suggestion, ...]:
    names = _names_as_typed(asked)
    return tuple(
        Suggestion("calendar", dates.day(each), text.only_this_date(), f"{names} {each.isoformat()}".strip())
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
        yield Suggestion("search", shorter, instead.last_name_starts_with(shorter), f"{shorter},")
    if first:
        yield Suggestion("person", instead.any_last_name(first), instead.first_name_starts_with(first), f", {first}")
    if asked.email and (mailbox := asked.email.partition("@")[0]) and asked.email != f"{mailbox}@":
        yield Suggestion("mail", f"{mailbox}@", instead.email_starts_with(f"{mailbox}@"), f"{mailbox}@")
    if not asked.dates:
        yield Suggestion("calendar", instead.date_of_birth(), text.type_a_date(), "")


def _shorter(name: str) -> str:
    cut = name[:-1].strip(" -'’") if len(name) > 3 else ""
    return cut if len(cut) >= 2 else ""
