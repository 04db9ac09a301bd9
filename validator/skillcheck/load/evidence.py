"""EVIDENCE.json of a skill -> Evidence, compared with the blocks and snippets that it speaks of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from skillcheck import facts
from skillcheck.load.limits import Limits
from skillcheck.load.placed_json import parse
from skillcheck.load.source import decode
from skillcheck.model import Claim, Data, Document, Evidence, Fault, FaultKind, File, Level, Place, Role

NAME = "EVIDENCE.json"
_AGAIN = "prove and pack the skill again with `skillcheck verify`"
_SNIPPETS = "snippets/"
_ENOUGH = 100  # errors of a schema, among which the worst is looked for


def evidence(files: Mapping[str, File], documents: Sequence[Document], limits: Limits) -> Evidence | None:
    """Read the evidence among the files of a skill, None where there is none."""
    file = files.get(NAME)
    if file is None:
        return None
    try:
        source, faults = decode(file.place.path, _content(file, limits.max_file))
    except OSError as error:
        fact = f"the evidence cannot be read: {error.strerror or error}"
        return Evidence(file.place, faults=(Fault(FaultKind.BAD_EVIDENCE, file.place, fact, _AGAIN),))
    data, broken = parse(source)
    wrong = (*faults, *broken) or tuple(_misshapen(data))
    if wrong:
        told = (Fault(FaultKind.BAD_EVIDENCE, fault.place, fault.fact, _AGAIN) for fault in wrong)
        return Evidence(file.place, faults=tuple(told))
    return _read(data, file.place, documents, files)


def _content(file: File, limit: int) -> bytes:
    if file.size > limit:
        message = f"it holds {file.size:,} bytes, more than the {limit:,} that are read"
        raise OSError(message)
    return file.read()


def _misshapen(data: Data) -> Iterator[Fault]:
    """Yield the first thing that the schema refuses."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - 0.1 s, which only a skill with evidence pays
    from jsonschema.exceptions import best_match  # noqa: PLC0415 - as above

    errors = Draft202012Validator(facts.schema("evidence")).iter_errors(data.value)
    error = best_match(islice(errors, _ENOUGH))
    if error is not None:
        pointer = tuple(error.absolute_path)
        named = ".".join(map(str, pointer)) or "the evidence"
        fact = f"`{named}` is not what the schema of evidence takes: it breaks `{error.validator}`"
        yield Fault(FaultKind.BAD_EVIDENCE, data.place(*pointer), fact, _AGAIN)


def _read(data: Data, place: Place, documents: Sequence[Document], files: Mapping[str, File]) -> Evidence:
    value: Any = data.value
    environments, listed = value["environments"], value["blocks"]
    claims = tuple(_claim(entry, data.place("blocks", number)) for number, entry in enumerate(listed))
    return Evidence(
        place,
        value["skillcheck"],
        claims,
        value["tests"]["passed"],
        tuple(environment["python"] for environment in environments),
        tuple(environment["lock"] for environment in environments),
        (*_stale(data, documents, place), *_stale_snippets(data, files)),
    )


def _claim(entry: Any, place: Place) -> Claim:  # noqa: ANN401 - the schema has been asked
    level = Level[entry["level"].upper()]
    return Claim(entry["document"], entry["index"], Role(entry["role"]), level, place, entry["coverage"])


def _stale(data: Data, documents: Sequence[Document], place: Place) -> Iterator[Fault]:
    """Yield each block that is not the one which was proven, and each that is only in the skill or in the evidence."""
    value: Any = data.value
    blocks = {(document.relative, block.index): block for document in documents for block in document.blocks}
    for number, entry in enumerate(value["blocks"]):
        block = blocks.pop((entry["document"], entry["index"]), None)
        if block is None:
            fact = f"the evidence speaks of block {entry['index'] + 1} of {entry['document']}, which is not there"
            yield _fault(data.place("blocks", number), fact)
        elif (found := _digest(block.text.encode("utf-8", "surrogatepass"))) != entry["sha256"]:
            yield _fault(block.place, _differs("the block", entry["sha256"], found))
    for block in blocks.values():
        yield _fault(block.place, f"{place.path} does not speak of the block, so nothing says that it was proven")


def _stale_snippets(data: Data, files: Mapping[str, File]) -> Iterator[Fault]:
    value: Any = data.value
    for entry in value["blocks"]:
        snippet = entry["snippet"]
        file = files.get(_SNIPPETS + snippet["path"])
        if file is not None and (found := _file_digest(file)) != snippet["sha256"]:
            yield _fault(file.place, _differs("the snippet", snippet["sha256"], found))


def _file_digest(file: File) -> str:
    try:
        return _digest(file.read())
    except OSError:
        return "nothing that can be read"


def _differs(what: str, expected: str, found: str) -> str:
    return f"{what} is not the one that was proven: its hash is {found[:12]}…, the evidence says {expected[:12]}…"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _fault(place: Place, fact: str) -> Fault:
    return Fault(FaultKind.STALE_EVIDENCE, place, fact, _AGAIN)
