"""Finding a patient by what a person types: asked kindly, answered in one list, best matches first."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, replace

from cerbo_desktop.domain.acts import Publish, Searched, to_nobody
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Forbidden, Missing, ServerError, ServerRefused
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.page import Listing
from cerbo_desktop.domain.patient import Patient, are_namesakes, folded, namesake_key
from cerbo_desktop.domain.patient_query import WILDCARD, PatientQuery
from cerbo_desktop.domain.ports import CerboServer, Clock
from cerbo_desktop.services.search.interpretation import Interpretation
from cerbo_desktop.services.search.interpreting import MAX_ID_DIGITS, interpret
from cerbo_desktop.services.search.matching import has_all_that_was_typed, matches
from cerbo_desktop.services.search.seen_patients import SeenPatients
from cerbo_desktop.services.search.spellings import MAX_QUESTIONS, Round, spelled_as_namesake

MAX_SHOWN = 50
MAX_ROWS = 100
"""As many as Cerbo gives at once (contract 3): wildcards bring strangers, who are left out here."""
_RECORD_IS_NEW_S = 60.0
_NOT_ALLOWED: Listing[Patient] = Listing((), is_complete=False)
"""In the place of an answer: this key may not search by these criteria."""
_SILENT_MORE = 2
"""Pages after the first of an answer that says nothing of more."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """At most 50 patients, each once. `is_complete` False: Cerbo may know more that fit the text."""

    interpretation: Interpretation
    patients: tuple[Patient, ...]
    is_complete: bool = True
    unreadable_count: int = 0
    """Entries of an answer that could not be read: whoever was meant may be among them."""


class Searching:
    """Asks Cerbo at most four questions for one text, and counts only when all answers are merged by id."""

    def __init__(self, server: CerboServer, clock: Clock, publish: Publish = to_nobody) -> None:
        self._server, self._clock, self._publish = server, clock, publish
        self.seen = SeenPatients()
        self._record: Patient | None = None
        self._record_read_s = 0.0
        """What the last search by id read, and when."""

    def record_just_read(self, patient_id: PatientId) -> Patient | None:
        """The patient's whole record, if a search by id read it a moment ago: it need not be asked for again."""
        is_new = self._clock.elapsed_s() - self._record_read_s < _RECORD_IS_NEW_S
        return self._record if self._record is not None and self._record.id == patient_id and is_new else None

    def interpret(self, text: str) -> Interpretation:
        """What `text` means today."""
        return interpret(text, self._clock.local(self._clock.now()).date())

    async def search(self, interpretation: Interpretation) -> SearchResult:
        """Ask what can be asked; nothing is sent for text that is too short.

        Raises:
            ServerError: a question failed; an answer with a silent gap could hide the right person.
        """
        first, *later = interpretation.rounds or (Round(()),)
        answer = await self._ask_all(first, interpretation)
        for each in later:
            if not answer.items:
                answer = await self._ask_all(each, interpretation)
        self.seen.note(answer.items)
        patients = await asyncio.to_thread(ranked, answer.items, interpretation)
        is_complete = answer.is_complete and len(patients) <= MAX_SHOWN
        self._publish(Searched(len(patients[:MAX_SHOWN])))
        return SearchResult(interpretation, patients[:MAX_SHOWN], is_complete, answer.unreadable_count)

    async def namesakes_of(self, patient: Patient) -> Listing[Patient]:
        """Everybody else in Cerbo whose name reads the same. Not complete: Cerbo may know more of them.

        Raises:
            ServerError: Cerbo could not be asked.
        """
        asked = spelled_as_namesake(patient.last_name, patient.first_name)
        return await self._ask_round(asked, lambda other: are_namesakes(other, patient))

    async def _ask_all(self, asked: Round, text: Interpretation) -> Listing[Patient]:
        return await self._ask_round(asked, lambda each: matches(each, text), text)

    async def _ask_round(
        self, asked: Round, is_meant: Callable[[Patient], bool], text: Interpretation | None = None
    ) -> Listing[Patient]:
        """All questions together; then the narrow ones where a list was cut, or the plain ones where nobody fits."""
        by_id, *first_rows = await _all_of([self._by_id(text), *map(self._ask, asked.questions)])
        if first_rows and not by_id.items and all(each is _NOT_ALLOWED for each in first_rows):
            raise Forbidden
        has_room = MAX_QUESTIONS - len(asked.questions) > bool(asked.if_cut) and not (text and text.dates)
        listings = await self._with_rest(asked, first_rows, has_room=has_room)
        left = MAX_QUESTIONS - len(asked.questions) - (listings is not first_rows)
        found = await asyncio.to_thread(_fitting, listings, is_meant)
        cut = {query for query, listing in zip(asked.questions, listings, strict=True) if not listing.is_complete}
        more = await _all_of(map(self._ask, _later(asked, listings, bool(found))[:left]))
        if more:
            found = await asyncio.to_thread(_fitting, [*listings, *more], is_meant)
        if found:
            cut -= set(asked.hints)
        is_sure = asked.finds_everybody and (bool(found) or asked.rules_out)
        is_complete = is_sure and not cut and all(listing.is_complete for listing in more)
        # The same entry may be in several answers.
        unreadable_count = max((listing.unreadable_count for listing in [*listings, *more]), default=0)
        return Listing((*by_id.items, *found), is_complete and not unreadable_count, unreadable_count=unreadable_count)

    async def _with_rest(
        self, asked: Round, listings: list[Listing[Patient]], *, has_room: bool
    ) -> list[Listing[Patient]]:
        """One answer that was cut is read on for another hundred rows: in a large clinic most need no more. One that
        may be cut, since it is just as long as was asked for and says nothing of more, is read on for two hundred."""
        cut = [
            at for at, each in enumerate(listings) if not each.is_complete and asked.questions[at] not in asked.hints
        ]
        if len(cut) != 1 or not asked.finds_everybody:
            return listings
        joined = listings[cut[0]]
        for _ in range(_SILENT_MORE if joined.is_silent else has_room):
            if joined.goes_on_at is None:
                break
            rest = await self._ask(replace(asked.questions[cut[0]], first_row=joined.goes_on_at))
            joined = _joined(joined, rest)
        if joined is listings[cut[0]]:
            return listings
        return [*listings[: cut[0]], joined, *listings[cut[0] + 1 :]]

    async def _by_id(self, interpretation: Interpretation | None) -> Listing[Patient]:
        asked = interpretation.patient_id if interpretation else None
        if asked is None or len(asked) > MAX_ID_DIGITS:
            return Listing(())
        try:
            patient = await self._server.patient(asked)
        except Missing:
            return Listing(())
        if patient.id != asked:
            raise BadAnswer(BadAnswerKind.OTHER_PATIENT)
        self._record, self._record_read_s = patient, self._clock.elapsed_s()
        return Listing((patient,))

    async def _ask(self, query: PatientQuery) -> Listing[Patient]:
        """A server that refuses wildcards within a name has not said that there is nobody. A key may search by some
        criteria alone."""
        try:
            return await self._server.search_patients(query, limit=MAX_ROWS)
        except Forbidden:
            return _NOT_ALLOWED
        except ServerRefused:
            if WILDCARD not in query.last_name + query.first_name:
                raise
            return Listing((), is_complete=False)


def _joined(begun: Listing[Patient], rest: Listing[Patient]) -> Listing[Patient]:
    """Rows that come twice show that the list moved between two answers: then it may have gaps.

    Where nothing more comes, that was all, unless the server counts more rows, or says without a count that more
    follow.
    """
    items, unreadable_count = (*begun.items, *rest.items), begun.unreadable_count + rest.unreadable_count
    if not rest.items:
        is_end = rest.is_complete or (begun.is_all_counted and not rest.unreadable_count)
        return Listing(items, is_end and not unreadable_count, unreadable_count=unreadable_count)
    has_moved = not {each.id for each in begun.items}.isdisjoint(each.id for each in rest.items)
    goes_on_at = None if has_moved else rest.goes_on_at
    is_complete = rest.is_complete and not has_moved
    return Listing(items, is_complete, goes_on_at, unreadable_count, is_silent=rest.is_silent)


async def _all_of(questions: Iterable[Coroutine[object, object, Listing[Patient]]]) -> list[Listing[Patient]]:
    """Every answer; the first failure ends the other questions and is raised as it is.

    No failure reaches the group: one that comes while it is left would hide the cancelling behind it, and after any
    other the task would count as cancelled for ever (Python 3.11).
    """
    waiting, failures = list(questions), list[ServerError]()

    async def ask(question: Coroutine[object, object, Listing[Patient]]) -> Listing[Patient]:
        try:
            return await question
        except ServerError as error:
            failures.append(error)
            for other in asked:
                if other is not asyncio.current_task():
                    other.cancel()
            return Listing((), is_complete=False)

    try:
        async with asyncio.TaskGroup() as group:
            asked = [group.create_task(ask(question)) for question in waiting]
    finally:
        for question in waiting:
            question.close()  # of those that were ended before they began
    if failures:
        raise failures[0]
    return [task.result() for task in asked]


def _later(asked: Round, listings: Sequence[Listing[Patient]], is_found: bool) -> tuple[PatientQuery, ...]:
    """No rows at all may mean that the server refuses wildcards within a name, or takes them for letters."""
    if not any(listing.items for listing in listings):
        return asked.if_nobody
    if not all(listing.is_complete for listing in listings):
        return _first_of_cut(asked.if_cut, listings)
    return () if is_found else asked.if_nobody


def _first_of_cut(narrow: tuple[PatientQuery, ...], listings: Sequence[Listing[Patient]]) -> tuple[PatientQuery, ...]:
    """The narrow question for an answer that was cut comes before one for an answer that is whole."""
    cut = [at for at, listing in enumerate(listings) if not listing.is_complete]
    return tuple(query for _, query in sorted(enumerate(narrow), key=lambda each: each[0] not in cut))


def _fitting(listings: Iterable[Listing[Patient]], is_meant: Callable[[Patient], bool]) -> list[Patient]:
    """In a thread: four answers of 100 strangers each take the window's time for a frame or two."""
    once = {each.id: each for listing in listings for each in listing.items}
    return [each for each in once.values() if is_meant(each)]


def namesakes(patients: Iterable[Patient]) -> tuple[tuple[Patient, ...], ...]:
    """Groups of two or more people whose names read the same."""
    groups: dict[str, list[Patient]] = {}
    for patient in {each.id: each for each in patients}.values():
        groups.setdefault(namesake_key(patient), []).append(patient)
    return tuple(tuple(group) for key, group in groups.items() if key and len(group) > 1)


def ranked(patients: Iterable[Patient], interpretation: Interpretation) -> tuple[Patient, ...]:
    """Return each patient once: first the one with the typed id, then whole matches of the name, then names that begin
    as typed. Patients who lack a typed suffix such as Jr. come last."""
    once = {patient.id: patient for patient in reversed(list(patients))}
    return tuple(sorted(once.values(), key=lambda patient: _rank(patient, interpretation)))


def _rank(patient: Patient, asked: Interpretation) -> tuple[bool, bool, bool, bool, str, str, str, str]:
    last, first = folded(patient.last_name), folded(patient.first_name)
    wanted_last, wanted_first = folded(asked.last_name), folded(asked.first_name)
    either = folded(asked.either_name)
    whole_names = {last, first, f"{first} {last}", f"{last} {first}"}
    is_whole = either in whole_names if either else (wanted_last or last) == last and (wanted_first or first) == first
    begins = (last.startswith(wanted_last) and first.startswith(wanted_first)) and (
        not either or last.startswith((either.split()[-1], either.split()[0]))
    )
    born = patient.born.isoformat() if patient.born else ""
    is_less = not has_all_that_was_typed(patient, asked)
    return (patient.id != asked.patient_id, is_less, not is_whole, not begins, last, first, born, patient.id)
