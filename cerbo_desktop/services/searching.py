"""Finding a patient by what a person types: asked kindly, answered in one list, best matches first."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Missing, ServerError
from cerbo_desktop.domain.page import Listing
from cerbo_desktop.domain.patient import Patient, are_namesakes
from cerbo_desktop.domain.ports import CerboServer, Clock, PatientQuery
from cerbo_desktop.services.interpreting import (
    MAX_ID_DIGITS,
    Interpretation,
    SearchKind,
    interpret,
    matches,
    name_key,
)

MAX_SHOWN = 50
AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class SearchResult:
    """At most 50 patients, each once. `is_complete` False: Cerbo knows more that fit the text."""

    interpretation: Interpretation
    patients: tuple[Patient, ...]
    is_complete: bool = True


class Searching:
    """Asks Cerbo at most three questions at a time and merges the answers."""

    def __init__(self, server: CerboServer, clock: Clock) -> None:
        self._server = server
        self._clock = clock

    def interpret(self, text: str) -> Interpretation:
        """What `text` means today."""
        return interpret(text, self._clock.local(self._clock.now()).date())

    async def search(self, interpretation: Interpretation) -> SearchResult:
        """Ask what can be asked; nothing is sent for text that is too short.

        Raises:
            ServerError: any question failed; an answer with a silent gap could hide the right person.
        """
        found = await self._by_id(interpretation)
        is_complete = True
        for queries in interpretation.rounds:
            if found and interpretation.kind is not SearchKind.DATE:
                break
            answer = await self._ask_all(queries)
            is_complete = is_complete and answer.is_complete
            found += [each for each in answer.items if matches(each, interpretation)]
            if found:
                break
        ranked = _ranked(found, interpretation)
        return SearchResult(interpretation, ranked[:MAX_SHOWN], is_complete and len(ranked) <= MAX_SHOWN)

    async def _by_id(self, interpretation: Interpretation) -> list[Patient]:
        asked = interpretation.patient_id
        if asked is None or len(asked) > MAX_ID_DIGITS:
            return []
        try:
            patient = await self._server.patient(asked)
        except Missing:
            return []
        if patient.id != asked:
            raise BadAnswer(BadAnswerKind.OTHER_PATIENT)
        return [patient]

    async def _ask_all(self, queries: Iterable[PatientQuery]) -> Listing[Patient]:
        turnstile = asyncio.Semaphore(AT_ONCE)

        async def ask(query: PatientQuery) -> Listing[Patient]:
            async with turnstile:
                return await self._server.search_patients(query, limit=MAX_SHOWN)

        try:
            async with asyncio.TaskGroup() as group:
                asked = [group.create_task(ask(query)) for query in queries]
        except* ServerError as failures:
            failure = _first_of(failures)
        else:
            answers = [task.result() for task in asked]
            items = tuple(patient for answer in answers for patient in answer.items)
            return Listing(items, all(answer.is_complete for answer in answers))
        raise failure


def namesakes(patients: Iterable[Patient]) -> tuple[tuple[Patient, ...], ...]:
    """Groups of two or more people whose first and last names read the same."""
    groups: list[list[Patient]] = []
    for patient in {each.id: each for each in patients}.values():
        group = next((group for group in groups if are_namesakes(group[0], patient)), None)
        if group is None:
            groups.append([patient])
        else:
            group.append(patient)
    return tuple(tuple(group) for group in groups if len(group) > 1)


def _ranked(patients: list[Patient], interpretation: Interpretation) -> tuple[Patient, ...]:
    once = {patient.id: patient for patient in reversed(patients)}
    return tuple(sorted(once.values(), key=lambda patient: _rank(patient, interpretation)))


def _rank(patient: Patient, asked: Interpretation) -> tuple[bool, bool, bool, str, str, str, str]:
    """The asked id, then whole names, then names that begin so; equal ones by name and birth date."""
    last, first = name_key(patient.last_name), name_key(patient.first_name)
    wanted_last, wanted_first = name_key(asked.last_name), name_key(asked.first_name)
    either = name_key(asked.either_name)
    whole_names = {last, first, f"{first} {last}", f"{last} {first}"}
    is_whole = either in whole_names if either else (wanted_last or last) == last and (wanted_first or first) == first
    begins = (last.startswith(wanted_last) and first.startswith(wanted_first)) and (
        not either or last.startswith((either.split()[-1], either.split()[0]))
    )
    born = patient.born.isoformat() if patient.born else ""
    return (patient.id != asked.patient_id, not is_whole, not begins, last, first, born, patient.id)


def _first_of(failures: BaseExceptionGroup[ServerError]) -> ServerError:
    first = failures.exceptions[0]
    return _first_of(first) if isinstance(first, BaseExceptionGroup) else first
