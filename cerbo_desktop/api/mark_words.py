"""Words in the names of flags that stand beside the rows of an answer, or in their place (ANSWERS 1)."""

from cerbo_desktop.api.name_words import word_set

WITHHELD = word_set(
    "restricted hidden locked withheld denied forbidden pending processing redacted unavailable partial incomplete"
    " blocked suspended disabled maintenance"
)
"""A flag with such a word, and no others but `FLAG_WORDS`, says where it is set that rows are not shown."""
GIVEN = word_set("allowed authorized authorised permitted access accessible visible available complete ready")
"""A flag with such a word, and no others but `FLAG_WORDS`, says so where it is not set."""
FLAG_WORDS = word_set("is are has can be data list view")
HARMLESS = (
    GIVEN
    | FLAG_WORDS
    | word_set(
        "result ok success successful valid done completed finished loaded empty none no without cached cache fresh"
        " live sorted ascending descending asc desc exact strict debug sandbox test enabled active supported final last"
        " first end more next truncated authenticated secure include includes paginated deprecated"
    )
)
"""A flag whose name has no other words is set beside an honest empty list as well."""
MOVED = word_set(
    "merged merge merging moved moving migrated migrating migration transferred transfer relocated redirect redirected"
    " redirects forwarded forward replaced superseded successor duplicate alias canonical archived purged elsewhere"
    " temporary temporarily"
)
"""In the name of a mark that the rows are, or may be, in another place."""
