"""What was seen of one value holds for all of its shape: the library is asked each time."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from skillcheck import facts
from skillcheck.model import Data, Json, Place
from skillcheck.rules import shape

FIELDS = st.sampled_from([*facts.schema("skill-frontmatter")["properties"], "another", ""])
SCALARS = (
    st.none() | st.booleans() | st.integers(-2, 70) | st.sampled_from([1.0, 0.5, float("nan")])
) | st.sampled_from(["", "yes", "fork", "max", "bash", "text", "1"])
VALUES: st.SearchStrategy[Json] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=2)
)
MAPPINGS = st.dictionaries(FIELDS, VALUES, max_size=4)


def data(value: Json) -> Data:
    return Data(value, {(): Place("f")})


@settings(max_examples=400, deadline=None)
@given(st.lists(MAPPINGS | SCALARS, min_size=1, max_size=6))
def test_what_is_told_does_not_depend_on_what_was_seen_before(values: list[Json]) -> None:
    for value in values:
        told = shape.complaints("skill-frontmatter", data(value))
        assert told == tuple(shape._complaints("skill-frontmatter", data(value)))


def test_a_field_of_which_the_value_counts_is_told_by_its_value() -> None:
    seen = [shape.shape_of("skill-frontmatter", {"context": text}) for text in ("fork", "spoon")]
    assert seen[0] != seen[1]
    alike = [shape.shape_of("skill-frontmatter", {"name": text}) for text in ("one", "other")]
    assert alike[0] == alike[1]


def test_a_schema_that_refers_to_others_tells_no_shape() -> None:
    assert shape.shape_of("plugin", {"name": "x"}) is None
    assert shape.shape_of("skill-frontmatter", ["name"]) is None
