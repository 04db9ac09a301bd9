"""Lean dataclasses are to the eye what those of the standard library are."""

from __future__ import annotations

import dataclasses
import pickle
from dataclasses import field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.model.lean import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    line: int
    columns: tuple[int, ...] = ()
    note: str = field(default="", compare=False, repr=False)


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Usual:
    line: int
    columns: tuple[int, ...] = ()
    note: str = field(default="", compare=False, repr=False)


@dataclass(slots=True)
class Heap:
    spots: list[Spot] = field(default_factory=list)


Values = tuple[int, tuple[int, ...], str]
VALUES = st.tuples(st.integers(0, 2), st.lists(st.integers(0, 1), max_size=2).map(tuple), st.sampled_from("ab"))


@given(VALUES, VALUES)
def test_it_compares_as_the_usual(one: Values, other: Values) -> None:
    lean, usual = (Spot(*one), Spot(*other)), (Usual(*one), Usual(*other))
    assert (lean[0] == lean[1]) is (usual[0] == usual[1])
    assert (lean[0] < lean[1]) is (usual[0] < usual[1])
    assert len(set(lean)) == len(set(usual))
    assert repr(lean[0]) == repr(usual[0]).replace("Usual", "Spot")


def test_it_equals_nothing_of_another_class() -> None:
    others: list[object] = [Usual(1), 1, None]
    assert Spot(1) not in others


def test_what_may_be_changed_has_no_hash() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Heap())
    assert Heap() == Heap([])
    assert Heap().spots is not Heap().spots


def test_it_is_a_dataclass_to_all_who_ask() -> None:
    spot = Spot(1, (2,), "x")
    assert dataclasses.replace(spot, line=3) == Spot(3, (2,))
    assert [each.name for each in dataclasses.fields(Spot)] == ["line", "columns", "note"]
    assert pickle.loads(pickle.dumps(spot)) == spot  # noqa: S301 - its own
    assert not hasattr(spot, "__dict__")
    match spot:
        case Spot(line, (column,)):
            assert (line, column) == (1, 2)
