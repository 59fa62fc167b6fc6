"""Words in which an answer to a photo says that it was taken, and nothing else (contract 6.5).

A message counts only where each of its words is known, as in `empty_words.py`: a message alone is otherwise the error
of a gateway.
"""

from cerbo_desktop.api.name_words import spaced, word_set

_ACTS = word_set(
    "queued enqueued added received uploaded submitted stored saved sent created accepted processed success successful"
    " successfully succeeded ok okay done completed"
)
_OTHERS = word_set(
    "the a an your this has have been was were is are will be to in into on for by and it photo image picture file"
    " document request upload patient patient's chart portal queue review approval staff 1 one"
)


def says_taken(text: str) -> bool:
    """Whether the text says nothing but that the photo was taken."""
    words = {word.strip(".,:;!") for word in spaced(text).lower().split()}
    return bool(words & _ACTS) and words <= _ACTS | _OTHERS | {""}
