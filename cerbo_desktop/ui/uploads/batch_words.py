"""What the card of several photos shows: whose they are, how many, and how far each kind of them is."""

from dataclasses import replace
from datetime import datetime

from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.ui.text import lists, patients, tray
from cerbo_desktop.ui.text.uploads import recipient_spoken
from cerbo_desktop.ui.uploads.batches import Batch, UploadStage
from cerbo_desktop.ui.uploads.card_words import CardWords, SendingConditions


def batch_words(batch: Batch, now: datetime, conditions: SendingConditions) -> CardWords:
    """One line for each stage that its photos have reached, with their number where there are several stages."""
    stages = batch.stages
    lines = [_line(uploads, now, conditions, is_only=len(stages) == 1) for _, uploads in stages]
    first, *others = lines
    text = first.text if stages[0][0] is UploadStage.ON_THIS_PC else ""  # what is said of one in Cerbo is of one alone
    return replace(first, text=text, others=tuple(others))


def _line(uploads: list[Upload], now: datetime, conditions: SendingConditions, *, is_only: bool) -> CardWords:
    words = conditions.words(uploads[0], now)
    if is_only or len(uploads) == 1:
        return words
    return replace(words, title=lists.labelled(words.title, str(len(uploads))))


def name_of(batch: Batch) -> str:
    """The patient; of photos of several patients how many they are."""
    recipient = batch.recipient
    return tray.more_photos(len(batch.uploads)) if recipient is None else patients.shown_name(recipient.name)


def beneath_name(batch: Batch) -> str:
    """The date of birth, and how many photos; of several patients how many patients."""
    recipient = batch.recipient
    if recipient is None:
        return tray.of_patients(batch.patient_count)
    born = patients.date_of_birth(recipient.born)
    return born if batch.is_single else lists.dotted(born, tray.photo_count(len(batch.uploads)))


def batch_spoken(batch: Batch, words: CardWords) -> str:
    """Maria Lopez, born 4 March 1981, 5 photos, Waiting in Cerbo’s queue: 3, Found in chart: 2"""
    states = [words.title, *(each.title for each in words.others)]
    if batch.recipient is None:
        return lists.spoken(tray.more_photos(len(batch.uploads)), tray.of_patients(batch.patient_count), *states)
    return lists.spoken(recipient_spoken(batch.first), tray.photo_count(len(batch.uploads)), *states)
