"""The matcher of a hook → why it matches no tool, and what to write."""

from __future__ import annotations

import re

from skillcheck import facts
from skillcheck.rules.wording import closest

OF_TOOLS = frozenset({"PreToolUse", "PostToolUse", "PostToolUseFailure", "PermissionRequest", "PermissionDenied"})
"""The events whose matchers are compared with the name of a tool."""

_RULE = re.compile(r"(?P<tool>\w+)\([^()|]*[ :*/.][^()]*\)")
_LISTED = re.compile(r"[\w ,|-]+")  # letter by letter, not as a pattern
_BETWEEN = re.compile(r"\s*[|,]\s*")
_NAME = re.compile(r"[A-Za-z]\w*")
_GROUPED = re.compile(r"[\[\](){}\\]")
_IN_NO_NAME = re.compile(r"[!/@#%&=:;\"'~<> ](?![*?{])")
_OF_PYTHON = re.compile(r"\(\?(?:[aiLmsux]+\)|P)|[*+?}]\+")
_OF_JAVASCRIPT = re.compile(r"\(\?<(?=\w)")  # a group with a name
_LONGEST = 500  # a longer pattern is nobody's, and takes long to compile
_NAMES = "write the names of tools, parted by `|`"


def wrong_matcher(matcher: str) -> tuple[str, str] | None:
    """Return what is wrong with a matcher and the remedy, None where it may match."""
    if matcher == "*" or len(matcher) > _LONGEST:
        return None
    if of_permissions := _RULE.fullmatch(matcher):
        fix = f"write `{of_permissions['tool']}`, and look at the command in the hook"
        return f"the matcher `{matcher}` is a rule of permissions, and matches no tool", fix
    if _LISTED.fullmatch(matcher):
        return next(filter(None, map(_unknown, _BETWEEN.split(matcher.strip()))), None)
    if fact := _malformed(matcher):
        return f"the matcher `{matcher[:60]}` is no pattern of JavaScript: {fact}", _NAMES
    return next(filter(None, map(_unmatched, matcher.split("|"))), None) if not _GROUPED.search(matcher) else None


def _malformed(matcher: str) -> str:
    """Return why Claude Code cannot compile a pattern, empty where it can."""
    if foreign := _OF_PYTHON.search(matcher):
        return f"it has no `{foreign[0]}`"
    try:
        re.compile(_OF_JAVASCRIPT.sub("(?P<", matcher))
    except re.error as error:
        return "" if "bad escape" in error.msg else error.msg
    except OverflowError:
        return "it repeats too often"
    return ""


def _unknown(name: str) -> tuple[str, str] | None:
    """Return what is wrong with a name that is compared letter by letter."""
    known = facts.tools()
    if name in {"", *known.tools} or re.match(known.mcp_pattern, name):
        return None
    near = closest(name, known.tools)
    return f"no tool is called `{name}`", f"write `{near}`" if near else "write the name of a tool"


def _unmatched(part: str) -> tuple[str, str] | None:
    """Return why one of the alternatives of a pattern matches no name; of servers' tools any name may be."""
    if _NAME.fullmatch(part):
        told = None if any(part in name for name in facts.tools().tools) else _unknown(part)
        return told if told and "the name of" not in told[1] else None
    odd = _IN_NO_NAME.search(part)
    return (f"`{part}` matches no tool, for none has `{odd[0]}` in its name", _NAMES) if odd else None
