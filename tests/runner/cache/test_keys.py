"""Keys that differ where a result could."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from skillcheck.model import Bundled, Environment, File, Place, Program
from skillcheck.runner.cache import Around, around, key_of
from skillcheck.runner.cache.keys import LEFT_OUT, plain
from skillcheck.runner.sandbox import Limits

Programs = Callable[..., Program]

HELD = ("namespaces", "landlock")
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXTS = st.text(st.characters(), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def plain_key(surroundings: Around, program: Program, limits: Limits | None = None) -> str:
    name = replace(surroundings, units={}).program_key(program, limits or Limits())
    assert name is not None
    return name


def variants(value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any part of a program
    """Yield all that differs from `value` in one place, with that place's name."""
    match value:
        case StrEnum():
            yield from (("enum", other) for other in type(value) if other is not value)
        case None | str():
            yield "text", f"{value or ''}#"
        case int() | float():
            yield "number", value + 1
        case Mapping():
            yield "more", {**value, "raises": "ValueError"}
            yield from (("less", {k: v for k, v in value.items() if k != name}) for name in value)
            yield from (("other", {**value, name: f"{old}1"}) for name, old in value.items())
        case tuple():
            yield "doubled", (*value, *value) if value else ("new",)
            yield from (("without", value[:-1]) for _ in value[:1])
            for index, part in enumerate(value):
                yield from ((f"{index}/{w}", (*value[:index], o, *value[index + 1 :])) for w, o in variants(part))
        case _:
            yield from of_fields(value)


def of_fields(value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    for part in fields(value):
        for where, other in variants(getattr(value, part.name)):
            yield f"{type(value).__name__}.{part.name}/{where}", replace(value, **{part.name: other})


def is_left_out(where: str) -> bool:
    return any(f"{kind.__name__}.{name}/" in where for kind, names in LEFT_OUT.items() for name in names)


def test_what_is_left_out_of_keys_is_only_what_no_run_sees() -> None:
    assert {kind.__name__: set(names) for kind, names in LEFT_OUT.items()} == {
        "Program": {"unbound", "imports", "calls", "uses", "misuses"},
        "Unit": {"faults"},
        "Block": {"info", "headings", "intro", "closed", "in_container"},
        "Directive": {"faults", "place"},
        "Environment": {"python", "requirements", "modules", "refused"},
    }


def test_each_part_of_a_program_is_part_of_its_key(here: Around, program_of: Programs) -> None:
    program = program_of("print(x)\n", timeout="5")
    keys = {plain_key(here, program): "unchanged"}
    for where, other in variants(program):
        name = plain_key(here, other)
        if is_left_out(where):
            assert keys[name] == "unchanged", where
        else:
            assert name not in keys, (where, keys[name])
            keys[name] = where
    assert len(keys) > 80


def file_of(path: str, content: bytes | OSError) -> File:
    def read() -> bytes:
        if isinstance(content, OSError):
            raise content
        return content

    return File(path, Place(f"demo/{path}"), 1, read)


@pytest.mark.parametrize("part", ["files", "data"])
def test_the_skills_own_files_are_known_by_path_and_content(here: Around, program_of: Programs, part: str) -> None:
    contents = [("a.py", b"1"), ("a.py", b"2"), ("b.py", b"1"), ("a.py", PermissionError())]
    found = [Bundled(**{part: (file_of(path, content),)}) for path, content in contents]  # type: ignore[arg-type]
    keys = [plain_key(here, replace(program_of(), bundled=bundled)) for bundled in found]
    assert len({*keys, plain_key(here, program_of())}) == 5
    again = Bundled(**{part: (file_of("a.py", b"1"),)})  # type: ignore[arg-type]
    assert plain_key(here, replace(program_of(), bundled=again)) == keys[0]


@pytest.mark.parametrize(("where", "limits"), list(variants(Limits())))
def test_each_limit_is_part_of_the_key(here: Around, where: str, limits: Limits, program_of: Programs) -> None:
    assert plain_key(here, program_of(), limits) != plain_key(here, program_of()), where


def test_a_module_imported_without_its_package_has_a_key_of_its_own(here: Around, program_of: Programs) -> None:
    assert here.program_key(program_of(), Limits(), alone=True) != here.program_key(program_of(), Limits())


def test_what_asks_for_the_network_has_no_key(here: Around, program_of: Programs) -> None:
    assert here.program_key(program_of(network=""), Limits()) is None
    assert here.program_key(program_of(), Limits(), network=True) is None
    assert here.suite_key("demo", "tests", (), Limits(), network=True) is None


@FEW
@given(text=TEXTS, options=st.dictionaries(st.sampled_from(["raises", "timeout", "after", "level"]), TEXTS))
def test_programs_built_apart_have_one_key(
    here: Around, text: str, options: dict[str, str], program_of: Programs
) -> None:
    program = program_of(text, **options)
    again = deepcopy(program_of(text, **dict(reversed(options.items()))))
    assert plain_key(here, program) == plain_key(here, again)
    assert here.program_key(program, Limits()) == here.program_key(program, Limits()) == plain_key(here, program)


@FEW
@given(first=st.dictionaries(TEXTS, JSON, max_size=3), second=st.dictionaries(TEXTS, JSON, max_size=3))
@example({"a": "\ud83d\ude00"}, {"a": "\U0001f600"})
@example({"a": "\ud800"}, {"a": "\ud801"})
@example({"a": 1}, {"a": 1.0})
@example({"a": 1}, {"a": True})
@example({"a": "1"}, {"a": 1})
@example({"a": ["b", "c"]}, {"a": ["b,c"]})
@example({"a": "b", "c": "d"}, {"c": "d", "a": "b"})
def test_keys_are_equal_exactly_if_the_parts_are(first: dict[str, Any], second: dict[str, Any]) -> None:
    def exact(value: object) -> object:
        match value:
            case dict():
                return {name: exact(part) for name, part in value.items()}
            case list():
                return [exact(part) for part in value]
        return type(value), repr(value)

    assert (key_of(first) == key_of(second)) == (exact(first) == exact(second))


def test_what_is_no_plain_value_is_refused() -> None:
    with pytest.raises(TypeError):
        plain({"read": object()}, {})


def test_each_part_of_a_session_is_part_of_its_key(here: Around, program_of: Programs) -> None:
    files = program_of().files
    keys = [
        here.suite_key("demo", "tests", files, Limits()),
        here.suite_key("other", "tests", files, Limits()),
        here.suite_key("demo", "other", files, Limits()),
        here.suite_key("demo", "tests", (), Limits()),
        here.suite_key("demo", "tests", files, Limits(seconds=11)),
        here.program_key(program_of(), Limits()),
    ]
    assert len(set(keys)) == len(keys)
    assert None not in keys


def test_each_part_of_a_probe_is_part_of_its_key(environment: Environment, here: Around) -> None:
    asked = {"module": "os", "attribute": None, "keywords": None}
    jobs: list[dict[str, Any]] = [
        {"kind": "probe", "sources": ["x = 1"], "wanted": [asked]},
        {"kind": "probe", "sources": ["x = 2"], "wanted": [asked]},
        {"kind": "probe", "sources": ["x = 1"], "wanted": [{**asked, "attribute": "x"}]},
        {"kind": "other", "sources": ["x = 1"], "wanted": [asked]},
    ]
    other = around(replace(environment, lock=()), HELD)
    keys = [here.probe_key(job) for job in jobs] + [other.probe_key(job) for job in jobs]
    assert len(set(keys)) == 8
    assert here.probe_key(deepcopy(jobs[0])) == keys[0]
