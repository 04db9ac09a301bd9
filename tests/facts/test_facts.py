"""The data files: complete, consistent, and read once."""

from __future__ import annotations

import builtins
import functools
import importlib
import re
import sys

import pytest
from jsonschema import Draft202012Validator

from skillcheck import facts


def test_fields() -> None:
    known = facts.frontmatter()
    uploaded = {name for name, field in known.fields.items() if field.upload}
    assert uploaded == {"name", "description", "license", "compatibility", "metadata", "allowed-tools"}
    assert uploaded == {name for name, field in known.fields.items() if field.spec}
    assert (known.limit("name"), known.limit("description"), known.limit("compatibility")) == (64, 1024, 500)
    assert known.listing_limit == 1536
    assert set(known.aliases.values()) <= known.fields.keys()
    with pytest.raises(KeyError):
        known.limit("license")


def test_every_field_has_a_type() -> None:
    known = facts.frontmatter()
    assert facts.schema("skill-frontmatter")["properties"].keys() == {*known.fields, *known.aliases}


def test_every_event_of_hooks_is_known_to_be_matched_with_something_or_nothing() -> None:
    known, events = facts.hooks(), facts.schema("hooks")["$defs"]["events"]
    of_anything = {"UserPromptExpansion", "SubagentStart", "SubagentStop", "PreModelSwitch", "PostModelSwitch"}
    of_anything |= {"Elicitation", "ElicitationResult", "FileChanged"}
    asked = {*known.of_tools, *known.values, *known.unmatched, *of_anything}
    assert asked == set(events["propertyNames"]["enum"])
    (pattern,) = events["patternProperties"]
    assert {event for event in asked if re.search(pattern, event)} == asked - {"PreToolUse", "PermissionRequest"}
    assert known.without_commas <= known.values.keys()


def test_tools() -> None:
    known = facts.tools()
    assert {tool.status for tool in known.tools.values()} == {
        "alias",
        "current",
        "feature-gated",
        "legacy",
        "retired",
        "rule-only",
    }
    assert all(tool.replacement for tool in known.tools.values() if tool.status == "alias")
    assert not known.tools.keys() & known.foreign.keys()
    assert known.tools["Write"].path_rules_of == "Edit"


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("mcp__forms", True),
        ("mcp__forms__fill", True),
        ("mcp__plugin_a_b__fill", True),
        ("mcp__forms__*", True),
        ("mcp__forms__get_*", True),
        ("mcp__*", False),
        ("mcp__*__fill", False),
        ("mcp_forms", False),
    ],
)
def test_mcp_names(name: str, *, taken: bool) -> None:
    assert bool(re.match(facts.tools().mcp_pattern, name)) is taken


def test_manifests() -> None:
    assert set(facts.plugin().components) <= facts.plugin().fields
    assert "agent-skills" in facts.marketplace().reserved_official
    assert facts.plugin().fields == {"name", *facts.schema("plugin")["$defs"]["fields"]["properties"]}
    guards = {"PreToolUse", "PermissionRequest"}  # which no field that is not known may hold
    assert set(facts.schema("plugin")["properties"]) == facts.plugin().fields | guards
    assert facts.marketplace().fields == set(facts.schema("marketplace")["properties"])


def test_upload() -> None:
    assert facts.upload().max_bytes == 30 * 1024 * 1024
    assert "\\" in facts.upload().invalid_characters
    assert ".git" in facts.upload().stray


@pytest.mark.parametrize(
    ("module", "distribution"),
    [
        ("PIL", "pillow"),
        ("PIL.Image", "pillow"),
        ("yaml", "PyYAML"),
        ("google.cloud.storage", "google-cloud-storage"),
        ("google.cloud.storage.Client", "google-cloud-storage"),
        ("google.cloud", None),
        ("requests", None),
        ("", None),
    ],
)
def test_a_module_is_known_by_its_longest_name(module: str, distribution: str | None) -> None:
    assert facts.distribution(module) == distribution


@pytest.mark.parametrize("name", ["skill-frontmatter", "plugin", "marketplace", "evidence"])
def test_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(facts.schema(name))
    assert facts.schema(name) is facts.schema(name)
    assert facts.schema(name)["$id"].endswith(f"/{name}.schema.json")


def test_what_is_elsewhere() -> None:
    assert facts.elsewhere("winreg") == "Windows"
    assert facts.elsewhere("os", "startfile") == "Windows"
    assert facts.elsewhere("select", "kqueue") == "other systems than Linux"
    assert facts.elsewhere("sys", "ps1") == "some programs"
    assert facts.elsewhere("os", "getcwd") == facts.elsewhere("json") == facts.elsewhere("json", "dmps") == ""


def test_what_is_bound_elsewhere() -> None:
    assert facts.host("dbutils") == "a notebook of Databricks"
    assert facts.host("json") == ""


def test_what_later_pythons_have() -> None:
    assert facts.later("annotationlib") == "3.14"
    assert (facts.later("itertools", "batched"), facts.later("asyncio.Queue", "shutdown")) == ("3.12", "3.13")
    assert facts.later("json") == facts.later("json", "loads") == facts.later("itertools", "btched") == ""


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_no_name_of_this_python_is_told_to_be_a_later_one() -> None:
    data = facts._read_later()
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    later = {
        f"{owner}.{name}"
        for owner, releases in data["names"].items()
        for since, names in releases.items()
        if since > here
        for name in names
    }
    assert [path for path in sorted(later) if _is_there(path)] == []


def test_what_python_had_and_has_no_more() -> None:
    assert facts.gone("imp") == facts.Gone("3.12", "importlib")
    assert facts.gone("collections", "Mapping") == facts.Gone("3.10", "collections.abc.Mapping")
    assert facts.gone("json") is facts.gone("json", "loads") is None


def _is_there(path: str) -> bool:
    """Whether a dotted name is one of a module, or of what is built in."""
    if "." not in path:
        return path in sys.stdlib_module_names or hasattr(builtins, path)
    try:
        found: object = importlib.import_module(path)
    except ImportError:
        found = functools.reduce(lambda owner, name: getattr(owner, name, None), path.split(".")[1:], _root(path))
    return found is not None


def _root(path: str) -> object:
    root = path.partition(".")[0]
    return getattr(builtins, root, None) or importlib.import_module(root)


def test_what_does_the_work_of_what_is_gone_is_there() -> None:
    data = facts._read_gone()
    told = [*data["modules"].values(), *(gone for names in data["names"].values() for gone in names.values())]
    wanted = {instead for _, instead in told if instead and not instead.startswith(("assert", "async ", "is_alive"))}
    assert [path for path in sorted(wanted) if not _is_there(path)] == []


def test_several_distributions_of_one_module() -> None:
    assert "faiss-gpu" in facts.several("faiss.contrib")
    assert facts.several("numpy") == ()
