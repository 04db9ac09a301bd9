from __future__ import annotations

import math

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from skillcheck.load import placed_yaml
from skillcheck.load.placed_yaml import BadYamlError
from skillcheck.load.source import Source
from skillcheck.model import Data, Json, Place


def parse(text: str) -> Data:
    return placed_yaml.parse(Source("f", text), 0, len(text))


def problem(text: str) -> tuple[str, int]:
    with pytest.raises(BadYamlError) as caught:
        parse(text)
    return caught.value.problem, caught.value.offset


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(
            (word, word)
            for word in ("yes", "No", "on", "off", "y", "1_000", "2024-01-01", "12:30", "1:30:45", "=", "<<")
        ),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("0o17", 15),
        ("0x1F", 31),
        ("017", 17),
        ("-1", -1),
        ("+1", 1),
        (".inf", math.inf),
        ("-.inf", -math.inf),
        ("9" * 5000, math.inf),
        ("0x" + "f" * 5000, math.inf),
        ("1" * 999, int("1" * 999)),
    ],
)
def test_plain_scalars_have_the_core_schema(text: str, value: Json) -> None:
    assert parse(f"a: {text}").value == {"a": value}


def test_nan_is_a_number() -> None:
    assert isinstance(parse(".nan").value, float)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"1"', "1"),
        ("!!str 123", "123"),
        ('!!int "3"', "3"),
        ("|\n  a\n  b", "a\nb"),
        ("[x, {y: 1}]", ["x", {"y": 1}]),
        ("&a [1]", [1]),
    ],
)
def test_styles_and_tags(text: str, value: Json) -> None:
    assert parse(f"a: {text}").value == {"a": value}


@pytest.mark.parametrize("tag", ["!foo", "!foo/bar", "!!python/name:x"])
def test_a_tag_that_few_readers_know_is_refused_where_it_stands(tag: str) -> None:
    text = f"a: {tag} bar"
    assert problem(text)[1] == text.index("!")
    assert placed_yaml.parse(Source("f", text), 0, len(text), any_tag=True).value == {"a": "bar"}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("!foo true", "true"),
        ("!!foo 3", "3"),
        ("!foo null", "null"),
        ("! 3", "3"),
        ("! ''", ""),
        ("!foo", None),
        ("!!bool yes", "yes"),
        ("!!int 3", 3),
    ],
)
def test_a_tag_that_is_no_core_type_makes_text(written: str, value: Json) -> None:
    text = f"a: {written}"
    assert placed_yaml.parse(Source("f", text), 0, len(text), any_tag=True).value == {"a": value}


def test_every_value_and_key_has_its_place() -> None:
    data = parse("a: 1\nb:\n  - x\n  - c: \u00e9\nd: 2\n")
    assert data.place("b", 1, "c") == Place("f", 4, 8, 4, 9)
    assert data.key_place("b", 1, "c") == Place("f", 4, 5, 4, 6)
    assert data.place("b") == Place("f", 3, 3, 4, 9)
    assert data.place() == Place("f", 1, 1, 5, 5)


def test_the_last_of_duplicate_keys_wins_and_each_is_told() -> None:
    data = parse("a: {b: 1}\nc: 0\na: 3\na: 4")
    assert data.value == {"c": 0, "a": 4}
    assert data.duplicates == ((("a",), Place("f", 3, 1, 3, 2)), (("a",), Place("f", 4, 1, 4, 2)))
    assert ("a", "b") not in data.values


def test_keys_are_strings_as_written() -> None:
    assert parse("1: a\ntrue: b\n? [x, y]\n: c").value == {"1": "a", "true": "b", "[x, y]": "c"}


def test_several_documents_are_a_list() -> None:
    data = parse("- a\n---\nb: 1\n")
    assert data.value == [["a"], {"b": 1}]
    assert data.place(1, "b") == Place("f", 3, 4, 3, 5)


def test_nothing_is_null() -> None:
    assert parse("# only a comment").value is None


def test_aliases_are_resolved() -> None:
    data = parse("a: &x [1, 2]\nb: *x")
    assert data.value == {"a": [1, 2], "b": [1, 2]}
    assert data.place("b") == Place("f", 2, 4, 2, 6)


def test_aliases_cannot_blow_up() -> None:
    lines = ["a0: &a0 [1, 2, 3]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 40)]
    assert problem("\n".join(lines))[0] == "more than 20000 values with aliases written out"


def test_aliases_cannot_nest_without_end() -> None:
    lines = ["a0: &a0 [1]"] + [f"a{i}: &a{i} [[[*a{i - 1}]]]" for i in range(1, 60)]
    assert problem("\n".join(lines))[0] == "values nested deeper than 100 levels"


@pytest.mark.parametrize("text", ["[" * 5000, "- " * 5000, "{a: " * 5000])
def test_deep_nesting_is_bounded(text: str) -> None:
    assert problem(text)[0] == "values nested deeper than 100 levels"


@pytest.mark.parametrize(
    ("text", "said", "offset"),
    [
        ("a: *b", "alias `*b` has no anchor `&b`", 3),
        ("a: \0", "control character U+0000", 3),
        ("a: b: c", "mapping values are not allowed in this context", 4),
        ('a: "b', "found unexpected end of stream", 3),
        ("a: {b: c\nd: e", "did not find expected ',' or '}'", 3),
    ],
)
def test_problems_have_their_offset(text: str, said: str, offset: int) -> None:
    assert problem(text) == (said, offset)


def test_an_anchor_ends_with_its_document() -> None:
    assert problem("&a b\n---\n*a")[0] == "alias `*a` has no anchor `&a`"


_LEAF = st.none() | st.booleans() | st.integers() | st.text(alphabet="ab: #-'\"\n\u00e9[]{}", max_size=12)
_TREE = st.recursive(
    _LEAF,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(_TREE, st.booleans())
@settings(max_examples=150, deadline=None)
def test_values_agree_with_the_library(value: Json, flow: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow)
    assert parse(text).value == yaml.safe_load(text) == value


_FRAGMENT = st.sampled_from(
    [
        "a",
        ": ",
        "- ",
        "\n",
        "  ",
        "\t",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&a ",
        "*a",
        "!x ",
        "|",
        ">",
        '"',
        "'",
        "#",
        "\x85",
        "---\n",
    ]
)


@given(st.lists(_FRAGMENT, max_size=25).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused_at_an_offset_inside(text: str) -> None:
    assert 0 <= _end(text) <= len(text)


def _end(text: str) -> int:
    try:
        parse(text)
    except BadYamlError as error:
        return error.offset
    return len(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<<: {a: 1}\na: 2", {"a": 2}),
        ("a: 2\n<<: {a: 1, b: 3}", {"a": 2, "b": 3}),
        ("<<: [{a: 1}, x, {b: 2}]", {"a": 1, "b": 2}),
        ("x: &x {a: 1}\n<<: *x", {"x": {"a": 1}, "a": 1}),
        ("<<: x", {"<<": "x"}),
        ("a: &x [*x]", {"a": [None]}),
        ("a: [b,\n]", {"a": ["b"]}),
        ("{a: b,\nc: d}", {"a": "b", "c": "d"}),
    ],
)
def test_values_are_merged_and_bounded(text: str, value: object) -> None:
    assert parse(text).value == value


@pytest.mark.parametrize("text", ["a: 'b\nc'", "a: [b,\nc]", "a:\n  b: {c: d,\n  e: f}"])
def test_lines_inside_quotes_and_brackets_are_indented(text: str) -> None:
    with pytest.raises(BadYamlError, match="not indented deeper"):
        parse(text)


def test_a_list_ends_before_the_blank_lines_behind_it_however_many() -> None:
    data = parse("a:\n  - b\n" + "\n" * 3000 + "c: d\n")
    assert data.place("a") == Place("f", 2, 3, 2, 6)
