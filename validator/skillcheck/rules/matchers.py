"""The matcher of a hook → why it matches nothing, and what to write."""

from __future__ import annotations

import re

from skillcheck import facts
from skillcheck.rules.wording import closest

_RULE = re.compile(r"(?P<tool>\w+)\([^()|]*[ :*/.][^()]*\)")
_LISTED = re.compile(r"[\w ,|-]+")  # letter by letter, not as a pattern
_BARRED = re.compile(r"[\w|]+")  # letter by letter too, where a comma parts nothing
_BETWEEN = re.compile(r"\s*[|,]\s*")
_NAME = re.compile(r"[A-Za-z]\w*")
_GROUPED = re.compile(r"[\[\](){}\\]")
_IN_NO_NAME = re.compile(r"[!/@#%&=:;\"'~<> ](?![*?{])")
_OF_PYTHON = re.compile(r"\(\?(?:[aiLmsux]+\)|P)|[*+?}]\+")
_OF_JAVASCRIPT = re.compile(r"\(\?<(?=\w)")  # a group with a name
_LONGEST = 500  # a longer pattern is nobody's, and takes long to compile
_NAMES = "write the names of tools, parted by `|`"
_REPEATED = re.compile(r"\)[*+?{]")  # what a group holds may be taken in ever so many ways
_REPEATS = 4
_FEW, _FIRST = 6, 3  # so many words are named in a remedy, where there are more the first


def wrong_matcher(event: str, matcher: str) -> tuple[str, str] | None:
    """Return what is wrong with the matcher of an event and the remedy, None where it may match."""
    known = facts.hooks()
    if matcher in {"", "*"} or len(matcher) > _LONGEST:
        return None
    if event in known.of_tools:
        return _of_tools(matcher)
    if event in known.unmatched:
        return _of_nothing(event, matcher)
    return _of_values(event, matcher, known.values[event]) if event in known.values else None


def _of_nothing(event: str, matcher: str) -> tuple[str, str] | None:
    """Return what is wrong with a matcher that is never looked at, unless it is to match everything anyway."""
    if _malformed(matcher) or _may_match(matcher, ("anything",)):
        return None
    return f"`{event}` has nothing to match, so the hook runs each time", "remove `matcher`"


def _of_values(event: str, matcher: str, values: tuple[str, ...]) -> tuple[str, str] | None:
    """Return what is wrong with a matcher that is compared with one of few words."""
    first = values if len(values) <= _FEW else (*values[:_FIRST], "…")
    asked = f"write one of {', '.join(first)}"
    if (_BARRED if event in facts.hooks().without_commas else _LISTED).fullmatch(matcher):
        names = filter(None, (name.strip() for name in _BETWEEN.split(matcher)))
        name = next((name for name in names if name not in values), None)
        near = _nearest(name, values) if name else None
        return (f"`{event}` never has `{name}`", f"write `{near}`" if near else asked) if name else None
    if fact := _malformed(matcher):
        return f"the matcher `{matcher[:60]}` is no pattern of JavaScript: {fact}", asked
    if _may_match(matcher, values):
        return None
    return f"the matcher `{matcher[:60]}` matches nothing that `{event}` has", asked


def _nearest(name: str, values: tuple[str, ...]) -> str | None:
    """Return the word that is meant: the one most like it, or that begins with it."""
    return closest(name, values) or next((value for value in values if value.startswith(name.lower())), None)


def _of_tools(matcher: str) -> tuple[str, str] | None:
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
        _compiled(matcher)
    except re.error as error:
        return "" if "bad escape" in error.msg else error.msg
    except OverflowError:
        return "it repeats too often"
    return ""


def _compiled(matcher: str) -> re.Pattern[str]:
    return re.compile(_OF_JAVASCRIPT.sub("(?P<", matcher))


def _may_match(matcher: str, values: tuple[str, ...]) -> bool:
    """Return whether a pattern matches one of few words, is none that Python reads as JavaScript, or takes long."""
    if _REPEATED.search(matcher) or sum(map(matcher.count, "*+{")) > _REPEATS:
        return True
    try:
        pattern = _compiled(matcher)
    except re.error:
        return True
    return any(map(pattern.search, values))


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
