from __future__ import annotations

from pathlib import Path

import pytest

from skillcheck.load import components as room
from skillcheck.load import manifest
from skillcheck.load.components import components
from skillcheck.load.limits import Limits
from skillcheck.load.tree import may_hold
from skillcheck.model import ComponentKind, FaultKind, Origin


def write(root: Path, path: str, text: str = "---\ndescription: d\n---\n") -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def test_components_are_found_where_the_client_looks(tmp_path: Path) -> None:
    for path in ("agents/deep/a.md", "agents/b.txt", "commands/c.md", "commands/node_modules/d.md", "other/e.md"):
        write(tmp_path, path)
    write(tmp_path, ".mcp.json", "{}")
    write(tmp_path, "hooks/hooks.json", "{}")
    (tmp_path / "agents" / "linked.md").symlink_to(tmp_path / "other" / "e.md")
    found = [(each.kind, each.path) for each in components(tmp_path, "p", Limits())]
    assert found == [
        (ComponentKind.HOOKS, "p/hooks/hooks.json"),
        (ComponentKind.MCP, "p/.mcp.json"),
        (ComponentKind.AGENT, "p/agents/deep/a.md"),
        (ComponentKind.COMMAND, "p/commands/c.md"),
    ]


def test_a_folder_in_the_place_of_a_file_is_a_fault(tmp_path: Path) -> None:
    for path in ("hooks/hooks.json/x", ".mcp.json/x"):
        write(tmp_path, path)
    found = [(each.path, [fault.kind for fault in each.faults]) for each in components(tmp_path, "p", Limits())]
    assert found == [
        ("p/hooks/hooks.json", [FaultKind.UNREADABLE]),
        ("p/.mcp.json", [FaultKind.UNREADABLE]),
    ]


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, _: object) -> bytes:
        raise PermissionError(13, "Permission denied", path)

    write(tmp_path, "agents/a.md")
    monkeypatch.setattr(room, "read_file", refuse)
    (found,) = components(tmp_path, ".", Limits())
    assert [(fault.kind, fault.fact) for fault in found.faults] == [
        (FaultKind.UNREADABLE, "the file cannot be read: Permission denied")
    ]


def test_json_that_cannot_be_opened_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path | str, *_: object) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    write(tmp_path, "hooks/hooks.json", "{}")
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(manifest, "read_file", refuse)
    (found,) = components(tmp_path, ".", Limits())
    assert [fault.kind for fault in found.faults] == [FaultKind.UNREADABLE]


def test_a_file_that_is_too_large_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, "agents/a.md")
    (found,) = components(tmp_path, ".", Limits(max_file=3))
    assert [fault.kind for fault in found.faults] == [FaultKind.TOO_LARGE]


def test_what_is_named_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "commands/a.md")
    write(tmp_path, "more/b.md")
    write(tmp_path, "hooks/hooks.json", "{}")
    named = [
        *(("commands", path, Origin.MANIFEST) for path in ("./commands/a.md", "./more", "./more/b.md", "./", "./none")),
        *(("hooks", path, Origin.ENTRY) for path in ("./hooks/hooks.json", "./none.json", "./commands/a.md")),
        ("commands", "./more/b.md", Origin.ENTRY),
        ("mcpServers", "./more/s.json", Origin.ENTRY),
        ("skills", "./more", Origin.MANIFEST),
        ("agents", "./more", Origin.MANIFEST),
    ]
    write(tmp_path, "more/s.json", "{}")
    found = [(each.path, each.origin) for each in components(tmp_path, ".", Limits(), named)]
    assert found == [
        ("hooks/hooks.json", Origin.PLACE),
        ("more/s.json", Origin.ENTRY),
        ("commands/a.md", Origin.PLACE),
        ("more/b.md", Origin.MANIFEST),
    ]


def test_what_a_folder_may_hold_is_told_by_its_listing_in_any_case(tmp_path: Path) -> None:
    (tmp_path / "Agents").mkdir()
    held = may_hold(tmp_path)
    assert (held("agents"), held("Agents"), held("commands")) == (True, True, False)
    assert may_hold(tmp_path / "nowhere")("agents")
