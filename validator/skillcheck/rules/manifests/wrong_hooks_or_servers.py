"""Component -> wrong-hooks-or-servers."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Component, ComponentKind
from skillcheck.rules.components import json_complaints
from skillcheck.rules.monitors import namesakes
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK531", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference")
def wrong_hooks_or_servers(component: Component) -> Iterator[Told]:
    """A file of hooks, servers or monitors does not have the shape that Claude Code reads.

    Claude Code loads no hook and no monitor of such a file, and drops such a server without a word. A hook that guards
    tools or permissions and cannot be read is refused as well.
    """
    for complaint in json_complaints(component):
        if not complaint.is_warning:
            yield complaint.told
    if component.kind is ComponentKind.MONITORS:
        yield from namesakes(component.data, ())
