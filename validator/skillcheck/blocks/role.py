"""A block -> its role: what its author means it to be."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace

from skillcheck.blocks import languages, paths
from skillcheck.blocks.fragments import is_signature, margin
from skillcheck.blocks.halves import without_wrong
from skillcheck.blocks.markers import is_counter_example, is_pseudocode, is_transcript
from skillcheck.blocks.templates import excuse
from skillcheck.blocks.transcripts import typed
from skillcheck.model import Block, Fault, FaultKind, Role, Unit

STARLARK = "starlark"
"""The Python of files whose names say that another program executes them, with names of its own."""
WHITELIST = re.compile(r"(?:^|[/_-])whitelist\.py$")
LISTS = "names that vulture reads, and nobody executes"
HALF = "what it calls wrong is left out"
_PASSED_OVER = ("notest", "no-test", "no_test", "ignore", "no_run", "no-run", "norun")
_WORDS = re.compile(r"[^\s,{}\"'=]+")


def unit(block: Block) -> Unit:
    """Return the block with its role, as far as it can be told without its neighbours: no `continuation` yet."""
    language = languages.canonical(block.language)
    if reason := _asked_to_show(block):
        return Unit(block, Role.SHOWN, language, reason=reason)
    path, faults = _directed_path(block)
    if path is not None:
        return Unit(block, Role.FILE, language or languages.of_path(path), path, faults=faults)
    session = typed(block) if language in {"python", "pycon"} else None
    if session is not None and not is_counter_example(block, "python"):
        return Unit(session, Role.SCRIPT, "python", typed=True)
    block = _without_margin(block) if language == "python" else block
    language = STARLARK if language == "python" and paths.in_comment(block.text, STARLARK) else language
    path = paths.in_comment(block.text, language)
    right = None if path or block.directive.options else without_wrong(block, language)
    if right is not None and not _shown_as(right, language, is_file=False):
        return Unit(right, Role.SCRIPT, language, reason=HALF, faults=faults)
    if reason := LISTS if WHITELIST.search(path or "") else _shown_as(block, language, is_file=path is not None):
        return Unit(block, Role.SHOWN, language, reason=reason, faults=faults)
    language = "jsonc" if path and language == "json" else language
    parts = paths.further(block.text, language) if path and language == "python" else ()
    return Unit(block, Role.FILE if path else Role.SCRIPT, language, path, faults=faults, parts=parts)


def _without_margin(block: Block) -> Block:
    """Return the block on the same lines without the margin that it was cut out with."""
    width = margin(block.text)
    return replace(block, text=textwrap.dedent(block.text), column=block.column + width) if width else block


def _asked_to_show(block: Block) -> str:
    """Return the reason for which the author asks to leave the block alone, empty if it is not asked."""
    options = block.directive.options
    reason = options.get("reason", "")
    if "skip" in options:
        return reason or options["skip"] or "skip"
    if "output" in options:
        return reason or "output"
    if options.get("level") == "shown":
        return reason or "level=shown"
    if "level" in options:
        return ""
    words = {word.lstrip(".").lower() for word in _WORDS.findall(block.info)[1:]} | options.keys()
    asked = next((word for word in _PASSED_OVER if word in words), "")
    return asked and (reason or f"`{asked}` in the info string")


def _directed_path(block: Block) -> tuple[str | None, tuple[Fault, ...]]:
    """Return the path that a directive or a title names, or the fault that keeps it from being one."""
    options = block.directive.options
    wanted = options.get("file") or options.get("title") or ""
    path = wanted.strip().removeprefix("./")
    meant = "file" in options and block.directive.place is not None
    if not path or not (meant or paths.is_path(path)):
        return None, ()
    if paths.is_safe(path):
        return path, ()
    fact = f"`file={wanted}` does not stay inside the example project"
    remedy = "name a path relative to the project, such as `file=src/app.py`"
    return None, (Fault(FaultKind.BAD_DIRECTIVE, block.directive.place or block.place, fact, remedy),)


def _shown_as(block: Block, language: str, *, is_file: bool) -> str:
    """Return what else than code to prove the block is, empty if nothing."""
    unproven = f"{block.language} is neither parsed nor run"
    if not language:
        return languages.PROSE.get(block.language, unproven)
    if language == "pycon":
        return "a transcript"
    if not block.text.strip():
        return "nothing in it"
    meant = not block.directive.options.keys().isdisjoint({"raises", "run"})
    reason = "" if meant else _looks_like(block, language, is_file=is_file)
    return reason or ("" if is_file or language in languages.PROVEN else unproven)


def _looks_like(block: Block, language: str, *, is_file: bool) -> str:
    """Return what the block looks like if not like code that is meant to work."""
    if is_counter_example(block, language):
        return "a counter-example"
    if is_pseudocode(block, language):
        return "pseudocode"
    if is_transcript(block.text, language):
        return "a transcript"
    if language == "python" and is_signature(block.text):
        return "a signature"
    reason = excuse(block.text, language)
    return "" if is_file and reason == "json with comments" else reason
