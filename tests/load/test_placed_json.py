from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillcheck.load.placed_json import parse
from skillcheck.load.source import Source
from skillcheck.model import FaultKind, Json, Place


def test_every_value_and_key_has_its_place() -> None:
    data, faults = parse(Source("f", '{\n\t"a": [1, {"b": null}],\n "c": true}'))
    assert faults == ()
    assert data.value == {"a": [1, {"b": None}], "c": True}
    assert data.place("a", 1, "b") == Place("f", 2, 17, 2, 21)
    assert data.key_place("c") == Place("f", 3, 2, 3, 5)


def test_a_value_is_found_by_its_pointer() -> None:
    data, _ = parse(Source("f", '{"a": [1, {"b": 2}]}'))
    assert (data.at("a", 1, "b"), data.at("a", 0), data.at()) == (2, 1, {"a": [1, {"b": 2}]})
    assert [data.at("b"), data.at("a", 2), data.at("a", "b"), data.at("a", 0, "b")] == [None] * 4


def test_the_last_of_duplicate_keys_wins() -> None:
    data, _ = parse(Source("f", '{"a": 1, "b": 2, "a": 3}'))
    assert list(data.mapping().items()) == [("b", 2), ("a", 3)]
    assert data.duplicates == ((("a",), Place("f", 1, 18, 1, 21)),)
    assert data.key_place("a").column == 18


@pytest.mark.parametrize(
    ("text", "column", "fact"),
    [
        ("", 1, "the file is empty"),
        ('{"a": 1,}', 8, "a comma stands before the closing `}`"),
        ("[1,]", 3, "a comma stands before the closing `]`"),
        ('{"a" 1}', 6, "`1` stands where `:` after the key belongs"),
        ('{"a": 1 "b": 2}', 9, '`"` stands where `,` or `}` belongs'),
        ("{a: 1}", 2, "`a` stands where a key in double quotes belongs"),
        ("{'a': 1}", 2, "`'` stands where a key in double quotes belongs"),
        ("// x\n{}", 1, "a comment, which JSON does not have"),
        ("{/* x */}", 2, "a comment, which JSON does not have"),
        ("[1, # x\n]", 5, "a comment, which JSON does not have"),
        ("[NaN]", 2, "`NaN` stands where a value belongs"),
        ("[-Infinity]", 2, "`-Infinity` stands where a value belongs"),
        ("[01]", 2, "`01` stands where a value belongs"),
        ("[1.]", 2, "`1.` stands where a value belongs"),
        ("[tru]", 2, "`tru` stands where a value belongs"),
        ("{} x", 4, "`x` follows the end of the value"),
        ('["a', 2, "the string is never closed"),
        ('["a\nb"]', 4, "a line break or control character stands inside a string"),
        ('["\\x"]', 3, "invalid \\escape"),
        ("[1", 3, "the file ends where `,` or `]` belongs"),
        ("[" * 5000, 102, "values nested deeper than 100 levels"),
    ],
)
def test_what_is_not_json_is_one_fault_at_its_place(text: str, column: int, fact: str) -> None:
    data, (fault,) = parse(Source("f", text))
    assert data.value == {}
    assert (fault.kind, fault.place, fault.fact) == (FaultKind.BAD_JSON, Place("f", 1, column), fact)
    assert fault.remedy


def test_lone_surrogates_are_replaced_and_pairs_joined() -> None:
    data, _ = parse(Source("f", r'["\ud800", "\ud83d\ude00"]'))
    assert data.value == ["\ufffd", "\U0001f600"]


def test_an_integer_too_long_to_write_out_is_a_float() -> None:
    data, _ = parse(Source("f", "9" * 5000))
    assert data.value == float("inf")


_TREE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(_TREE, st.sampled_from([None, 1, "\t"]), st.booleans())
@settings(max_examples=150, deadline=None)
def test_values_agree_with_the_library(value: Json, indent: int | str | None, ascii_: bool) -> None:  # noqa: FBT001
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_)
    data, faults = parse(Source("f", text))
    assert (data.value, faults) == (json.loads(text), ())


@given(st.text(alphabet='{}[],:"ab01-.e \n\\u/tfrn#', max_size=25))
@settings(max_examples=400, deadline=None)
def test_what_is_json_agrees_with_the_library(text: str) -> None:
    _, faults = parse(Source("f", text))
    assert (not faults) == _is_json(text)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
