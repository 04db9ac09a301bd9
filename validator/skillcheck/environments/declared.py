"""Skill → the requirements that it declares, each with the place that declares it."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator, Sequence

from skillcheck.environments.listed import Declared, listed, parse
from skillcheck.model import Block, Document, Fault, FaultKind, Place, Requirement, Skill

SHELL = frozenset({"bash", "sh", "shell", "zsh", "console", "terminal", "shell-session"})
INSTALL = re.compile(
    r"^\s*(?:[$%!]\s*)?(?:python[\d.]*\s+-m\s+)?(?P<deed>(?:uv\s+)?(?:pip[\d.]*\s+install|add))\s+(?P<words>.+)$"
)
METADATA = re.compile(r"(?m)^# /// script\n(?P<lines>(?:^#(?:| .*)\n)+?)^# ///$")
TAKES_VALUE = frozenset(  # of pip install and of uv add
    {"-r", "--requirement", "--requirements", "-c", "--constraint", "--constraints", "-e", "--editable", "--group"}
    | {"-i", "--index-url", "--extra-index-url", "-f", "--find-links", "--index", "--default-index", "--trusted-host"}
    | {"-t", "--target", "--prefix", "--root", "--src", "--python", "-p", "--python-version", "--platform", "--abi"}
    | {"--no-binary", "--only-binary", "--upgrade-strategy", "--progress-bar", "--report", "--log", "--proxy", "--cert"}
    | {"--timeout", "--retries", "--cache-dir", "--extra", "--optional", "--package", "--branch", "--tag", "--rev"}
)
FILE = re.compile(r"\.(?:txt|whl|zip|toml|tar\.gz)$")


def declared(skill: Skill) -> tuple[Declared, ...]:
    """Return what the skill declares: its requirements.txt, else PEP 723 metadata and install lines of its blocks.

    A line that is no PEP 508 requirement, or that names something other than a distribution of an index, is a fault.
    """
    files = [file for file in skill.files if file.path == "requirements.txt"]
    found = [item for file in files for item in listed(file)]
    if files:
        return tuple(_unique(found))
    return tuple(_unique([item for document in skill.documents for item in _document(document)]))


def _document(document: Document) -> Iterator[Declared]:
    for block in document.blocks:
        if block.language in SHELL:
            yield from _install_lines(block)
        elif block.language.startswith("py"):
            yield from _inline_metadata(block)


def _install_lines(block: Block) -> Iterator[Requirement]:
    offset = 0
    for line in re.split(r"(?<!\\)\n", block.text):
        match, here = INSTALL.match(line.replace("\\\n", "  ")), offset
        offset += line.count("\n") + 1
        if match is None:
            continue
        place = Place(block.place.path, block.line + here, block.column + match.start("words"))
        for word in _words(match["words"]):
            item = parse(word, place, " ".join(match["deed"].split()))
            if isinstance(item, Requirement):  # a path, a placeholder or prose is not a declaration
                yield item


def _words(text: str) -> Iterator[str]:
    try:
        words = shlex.split(re.split(r"[;&|]", text)[0], comments=True)
    except ValueError:
        return
    skip = False
    for word in words:
        if not skip and not word.startswith("-") and not FILE.search(word):
            yield word
        skip = word in TAKES_VALUE


def _inline_metadata(block: Block) -> Iterator[Declared]:
    match = METADATA.search(block.text + "\n")
    if match is None:
        return
    line = block.line + block.text.count("\n", 0, match.start())
    place = Place(block.place.path, line, block.column)
    body = "".join(text[2:] if text.startswith("# ") else text[1:] for text in match["lines"].splitlines(keepends=True))
    try:
        dependencies = tomllib.loads(body).get("dependencies", [])
    except tomllib.TOMLDecodeError as error:
        yield Fault(FaultKind.BAD_REQUIREMENT, place, f"the script metadata is not TOML: {error}", "see PEP 723")
        return
    yield from (parse(str(text), place, "PEP 723") for text in (dependencies if isinstance(dependencies, list) else []))


def _unique(items: Sequence[Declared]) -> Iterator[Declared]:
    seen: set[str] = set()
    for item in items:
        key = item.text if isinstance(item, Requirement) else repr(item)
        if key not in seen:
            seen.add(key)
            yield item
