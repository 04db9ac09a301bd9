"""The published schemas: valid by their own, with an address, taking what is right and refusing what is not."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from skillcheck import facts

NAMES = sorted(file.name.removesuffix(".schema.json") for file in files(facts).joinpath("schemas").iterdir())
REGISTRY: Registry[Any] = Registry().with_resources(
    (str(facts.schema(name)["$id"]), Resource.from_contents(dict(facts.schema(name)))) for name in NAMES
)
PLUGIN = {"name": "forms"}
ENTRY = {"name": "forms", "source": "./"}
MARKET = {"name": "forms", "owner": {"name": "Ada"}, "plugins": [ENTRY]}
HOOK = {"type": "command", "command": "true"}


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_schemas_with_an_address(name: str) -> None:
    schema = facts.schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].endswith(f"/{name}.schema.json")
    assert schema["title"]


@pytest.mark.parametrize(
    ("name", "value", "is_right"),
    [
        ("skill-frontmatter", {"name": "forms", "description": "x", "allowed-tools": ["Read"]}, True),
        ("skill-frontmatter", {"name": 3}, False),
        ("skill-frontmatter", {"hooks": {"Stop": [{"hooks": [HOOK]}]}}, True),
        ("skill-frontmatter", {"hooks": {"Stopp": []}}, False),
        ("plugin", PLUGIN, True),
        ("plugin", {**PLUGIN, "author": "Ada"}, False),
        ("plugin", {}, False),
        ("marketplace", MARKET, True),
        ("marketplace", {**MARKET, "name": "a..b"}, False),
        ("marketplace", {**MARKET, "plugins": [{**ENTRY, "source": {"source": "github", "repo": "a"}}]}, False),
        ("hooks", {"hooks": {"Stop": [{"hooks": [HOOK]}]}}, True),
        ("hooks", {"hooks": {"Stop": [{"hooks": [{"type": "zz"}]}]}}, False),
        ("hooks", {"hooks": {event: [] for event in ("PreModelSwitch", "PostModelSwitch", "DirectoryAdded")}}, True),
        ("hooks", {}, False),
        ("mcp", {"mcpServers": {"a": {"command": "x"}}}, True),
        ("mcp", {"a": {"type": "http"}}, False),
        ("lsp", {"py": {"command": "x", "extensionToLanguage": {".py": "python"}}}, True),
        ("lsp", {"py": {"command": "x"}}, False),
    ],
)
def test_instances(name: str, value: object, *, is_right: bool) -> None:
    assert Draft202012Validator(facts.schema(name), registry=REGISTRY).is_valid(value) is is_right
