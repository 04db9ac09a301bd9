"""A safeguard less: a time limit, a limit of size, a flag of a cookie, a comparison in constant time, a check."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from benchmarks.mutants.source import Edit, Source

LIMITS = re.compile(
    r"timeout|seconds|deadline|max|min|limit|size|length|pool|ttl|expire|^exp$|grace|overflow|ping|^g[te]$|^l[te]$"
)
SAFETY = re.compile(
    r"secure|httponly|samesite|csrf|origin|cred|hide|strict|extra|frozen|algorithm|audience|issuer|leeway|verify|options"
    r"|require|domain|host|trust|pattern|autoescape|check|nosniff|policy"
)
CHECKED = re.compile(r"origin|csrf|token|secret|digest|password|owner|user_id|host", re.IGNORECASE)


def drop_limit(source: Source) -> Iterator[Edit]:
    """Leave out an argument that limits time or size."""
    yield from _dropped(source, LIMITS)
    for call in source.nodes(ast.Call):
        if re.search(r"(^|\.)timeout$", source.part(call.func)) and call.args:
            yield source.replaced(call.args[0], "None")
        if source.part(call.func).endswith("wait_for") and len(call.args) > 1:
            yield source.replaced(call.args[1], "None")


def drop_setting(source: Source) -> Iterator[Edit]:
    """Leave out an argument, or an entry of a mapping, that makes something safe."""
    yield from _dropped(source, SAFETY)
    for node in source.nodes(ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str) and SAFETY.search(key.value.lower()):
                yield Edit(source.start(key), _comma(source.text, source.end(value)), "")


def _dropped(source: Source, pattern: re.Pattern[str]) -> Iterator[Edit]:
    for call in source.nodes(ast.Call):
        for keyword in call.keywords:
            if keyword.arg and pattern.search(keyword.arg.lower()):
                yield Edit(source.start(keyword), _comma(source.text, source.end(keyword)), "")


def _comma(text: str, end: int) -> int:
    """Return where the comma behind `end` ends, `end` itself if there is none."""
    found = re.compile(r"\s*,[ ]?").match(text, end)
    return found.end() if found else end


def compare_plainly(source: Source) -> Iterator[Edit]:
    """Compare secrets in a time that depends on them."""
    for call in source.nodes(ast.Call):
        if source.part(call.func).rpartition(".")[2] == "compare_digest" and len(call.args) == 2:  # noqa: PLR2004 - a pair
            yield source.replaced(call, f"({source.part(call.args[0])} == {source.part(call.args[1])})")


def skip_check(source: Source) -> Iterator[Edit]:
    """Never enter the branch that refuses an origin, a token or another's property."""
    for node in source.nodes(ast.If):
        if CHECKED.search(source.part(node.test)):
            yield source.replaced(node.test, "False")


OPERATORS = (drop_limit, drop_setting, compare_plainly, skip_check)
