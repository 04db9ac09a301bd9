"""What breaks a schema is what jsonschema says, of values that are nearly what each of our schemas takes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from skillcheck import facts
from skillcheck.model import Json
from skillcheck.rules.breaches import _FITS, _INSIDE, Breach, Schema, _Reading, _target, breaches

NAMES = ("skill-frontmatter", "plugin", "marketplace", "hooks", "mcp", "lsp")
SAID_OF_A_SCHEMA = {"$schema", "$id", "$defs", "title", "description", "x-warning", "x-remedies"}
PARTS = {"then", "else"}  # of `if`
NAMED = {"properties", "patternProperties", "$defs"}  # hold schemas by names that are no keywords
TEXTS = ("", "a", "./a", "../a", "fork", "true", "1.0.0", "https://a.example", "x@y", "github", "Bash(ls *)", "a b")
SCALARS = st.sampled_from([None, True, False, 0, 1, -1, 64, 0.5, 1.0, *TEXTS])
PLAIN: st.SearchStrategy[Json] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(TEXTS), inner, max_size=2)
)
DEEPEST = 6
ENDS: list[Json] = [None, True, False, -1, 0, 1, 2, 0.5, 1.0, 2.5, {}, {"a": "a"}, {"source": "./a", "content": "a"}]
ENDS += [*TEXTS, [], [None], ["a"], ["a"] * 64, ["a"] * 65, [["a"]]]
"""Values at the ends of what is taken."""


@cache
def registry() -> Registry[Any]:
    contents = [dict(facts.schema(name)) for name in NAMES]
    empty: Registry[Any] = Registry()
    return empty.with_resources((content["$id"], Resource.from_contents(content)) for content in contents)


def said(schema: Any, value: Json) -> Iterator[Breach]:  # noqa: ANN401 - any JSON
    for error in Draft202012Validator(schema, registry=registry()).iter_errors(value):
        pointer, of_key = tuple(error.absolute_path), "propertyNames" in list(error.relative_schema_path)[-2:]
        broken: Any = error.schema
        assert error.validator_value == broken[error.validator]
        yield Breach(pointer, str(error.validator), error.instance, broken, of_key)


def parts(schema: Any, file: str) -> Iterator[tuple[Any, str]]:  # noqa: ANN401 - any JSON
    """Yield the schemas that a value of this one meets, each with the file it stands in."""
    yield schema, file
    if "$ref" in schema:
        home, target = _target(file, schema["$ref"])
        yield from parts(target, home)
    inner = (*(schema[keyword] for keyword in PARTS & set(schema)), *schema.get("allOf", ()))
    for part in (*inner, *schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from parts(part, file)


def near(schema: Any, file: str, depth: int) -> st.SearchStrategy[Json]:  # noqa: ANN401 - any JSON
    """Give values that the schema may take, or nearly."""
    if depth == 0 or not isinstance(schema, dict):
        return PLAIN
    fields: dict[str, st.SearchStrategy[Json]] = {}
    keys, words, items, others = set(TEXTS), list(TEXTS), PLAIN, PLAIN
    for part, home in parts(schema, file):
        fields |= {key: near(inner, home, depth - 1) for key, inner in part.get("properties", {}).items()}
        words += [word for word in (*part.get("enum", ()), part.get("const")) if isinstance(word, str)]
        keys |= {word for each, _ in parts(part.get("propertyNames", {}), home) for word in each.get("enum", ())}
        items |= near(part["items"], home, depth - 1) if "items" in part else PLAIN
        others |= near(part["additionalProperties"], home, depth - 1) if part.get("additionalProperties") else PLAIN
        for inner in part.get("patternProperties", {}).values():
            others |= near(inner, home, depth - 1)
    mapping = st.fixed_dictionaries({}, optional=fields) if fields else st.just({})
    surplus = st.dictionaries(st.sampled_from(sorted(keys)), others, max_size=2)
    both = st.builds(lambda one, other: {**other, **one}, mapping, surplus)
    return st.one_of(both, both, st.lists(items, max_size=2), st.sampled_from(words), SCALARS)


@pytest.mark.parametrize("name", NAMES)
def test_breaches_of_a_schema_are_those_of_jsonschema(name: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(near(facts.schema(name), name, DEEPEST))
    def same(value: Json) -> None:
        assert sorted(breaches(name, value), key=repr) == sorted(said(facts.schema(name), value), key=repr)

    same()


@pytest.mark.parametrize("name", NAMES)
def test_so_are_those_of_each_schema_in_it(name: str) -> None:
    around = {keyword: asked for keyword, asked in facts.schema(name).items() if keyword in {"$schema", "$id", "$defs"}}
    for schema in within(facts.schema(name)):
        whole = {**around, "allOf": [schema]}
        for value in ENDS:
            own = _Reading(name).of(schema, value, ())
            assert sorted(own, key=repr) == sorted(said(whole, value), key=repr)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("plugin", {"name": "forms\n"}),
        ("plugin", {"name": "forms", "dependencies": ["a\n"]}),
        ("plugin", {"name": "forms", "userConfig": {"K\n": {"type": "string", "title": "t", "description": "d"}}}),
        ("marketplace", {"name": "forms\n", "owner": {"name": "Ada"}, "plugins": []}),
        ("hooks", {"hooks": {"Stop\n": []}}),
    ],
)
def test_a_text_ends_where_it_ends_and_not_before_its_last_line_end(name: str, value: Json) -> None:
    """As JavaScript has it, and Claude Code; jsonschema takes Python's `$`."""
    assert [breach.keyword for breach in breaches(name, value)] != []


def test_every_keyword_of_our_schemas_is_known() -> None:
    used = {keyword for name in NAMES for schema in within(facts.schema(name)) for keyword in schema}
    assert used == {*_FITS, *_INSIDE} | SAID_OF_A_SCHEMA | PARTS


def test_the_words_of_our_schemas_are_equal_to_nothing_else() -> None:
    """As True is to 1."""
    schemas = [schema for name in NAMES for schema in within(facts.schema(name))]
    words = [word for schema in schemas for word in (*schema.get("enum", ()), schema.get("const", ""))]
    assert all(isinstance(word, str) or word in (None, []) for word in words)


def within(schema: Any) -> Iterator[Schema]:  # noqa: ANN401 - any JSON
    """Yield a schema and those in it."""
    for part in schema if isinstance(schema, list) else ():
        yield from within(part)
    if isinstance(schema, dict):
        yield schema
        for keyword, asked in schema.items():
            if keyword not in {"enum", "const", "x-remedies"}:
                yield from chain.from_iterable(map(within, asked.values())) if keyword in NAMED else within(asked)
