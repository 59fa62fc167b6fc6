"""A cache that never holds more than it may."""

from hypothesis import given, strategies as st

from cerbo_desktop.runtime.byte_lru_cache import ByteLruCache


def budget(limit_bytes: int = 10) -> ByteLruCache[str, bytes]:
    return ByteLruCache(limit_bytes, len)


def test_what_was_used_longest_ago_goes_first() -> None:
    cache = budget()
    for name in "abc":
        cache.put(name, b"123")
    assert cache.get("a") == b"123"
    cache.put("d", b"123")
    assert [name for name in "abcd" if name in cache] == ["a", "c", "d"]


def test_looking_whether_it_is_there_is_no_use() -> None:
    cache = budget()
    for name in "abc":
        cache.put(name, b"123")
    assert "a" in cache
    cache.put("d", b"123")
    assert cache.get("a") is None


def test_a_value_larger_than_all_is_not_kept_and_costs_the_others_nothing() -> None:
    cache = budget()
    cache.put("a", b"123")
    cache.put("b", b"x" * 11)
    assert (cache.get("a"), cache.get("b")) == (b"123", None)


def test_an_outgrown_value_is_gone() -> None:
    cache = budget()
    cache.put("a", b"123")
    cache.put("a", b"x" * 11)
    assert (cache.get("a"), cache.used_bytes) == (None, 0)


def test_replacing_discarding_clearing() -> None:
    cache = budget()
    cache.put("a", b"123")
    cache.put("a", b"12345")
    assert cache.used_bytes == 5
    cache.discard("a")
    cache.discard("a")
    assert cache.used_bytes == 0
    for name in "bcd":
        cache.put(name, b"1")
    cache.discard_where(lambda name: name != "c")
    assert (len(cache), cache.used_bytes, cache.get("c")) == (1, 1, b"1")
    cache.clear()
    assert (cache.used_bytes, len(cache)) == (0, 0)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.binary(max_size=14)), max_size=60))
def test_always_within_its_limit_and_right_about_itself(puts: list[tuple[str, bytes]]) -> None:
    cache = budget()
    for name, value in puts:
        cache.put(name, value)
        kept = [cache.get(each) for each in "abcdef"]
        assert cache.used_bytes == sum(len(each) for each in kept if each is not None) <= 10
        assert cache.get(name) == (value if len(value) <= 10 else None)
