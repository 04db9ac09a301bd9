"""Component -> what breaks its schema, as far as Claude Code's validator looks."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Component, ComponentKind, Json, Pointer
from skillcheck.rules.entries import is_parsed
from skillcheck.rules.shape import Complaint, complaints

_READ = {
    ComponentKind.AGENT: {"name", "description", "allowed-tools"},
    ComponentKind.COMMAND: {"name", "description", "allowed-tools", "metadata", "shell"},
}
_PASSED_OVER = frozenset(
    (
        *("agent", "arguments", "background", "context", "disable-model-invocation", "disallowed-tools"),
        *("disallowedTools", "effort", "model", "user-invocable", "when_to_use"),
    )
)
_JSON = {
    ComponentKind.HOOKS: "hooks",
    ComponentKind.MCP: "mcp",
    ComponentKind.LSP: "lsp",
    ComponentKind.MONITORS: "monitors",
}


def markdown_complaints(component: Component) -> Iterator[Complaint]:
    """Yield what is wrong with the frontmatter of an agent or a command; a description may be any single value."""
    read = _READ.get(component.kind, set())
    is_scalar = not isinstance(component.data.mapping().get("description"), list | dict)
    for complaint in complaints("skill-frontmatter", component.data) if read else ():
        field = complaint.pointer[0] if complaint.pointer else ""
        if field in read and not (field == "description" and is_scalar):
            yield complaint


def unread_values(component: Component) -> Iterator[Complaint]:
    """Yield the fields of a command whose values Claude Code passes over, though its validator never looks at them."""
    if component.kind is ComponentKind.COMMAND and not _PASSED_OVER.isdisjoint(component.data.mapping()):
        for complaint in complaints("skill-frontmatter", component.data):
            if complaint.pointer and complaint.pointer[0] in _PASSED_OVER:
                yield complaint


def json_complaints(component: Component) -> Iterator[Complaint]:
    """Yield what is wrong with a file of hooks, servers or monitors that could be parsed."""
    if component.kind in _JSON and is_parsed(component.faults):
        yield from complaints(_JSON[component.kind], component.data)


def in_hooks(component: Component) -> Iterator[tuple[str, Pointer, dict[str, Json]]]:
    """Yield each matcher of a file of hooks: its event, where it stands, and itself."""
    events = component.data.mapping().get("hooks") if component.kind is ComponentKind.HOOKS else None
    for event, matchers in events.items() if isinstance(events, dict) else ():
        for index, matcher in enumerate(matchers if isinstance(matchers, list) else ()):
            if isinstance(matcher, dict):
                yield event, ("hooks", event, index), matcher
