"""What a snippet needs -> the lines above it that make it run by itself."""

from __future__ import annotations

import json
from collections.abc import Sequence

from skillcheck.model import Program, Requirement, Unit


def metadata(requirements: Sequence[Requirement], python: str) -> str:
    """Return the PEP 723 block for the requirements, sorted, each once; `python` is a version specifier."""
    texts = sorted({requirement.text for requirement in requirements})
    listed = [f"#   {_quoted(text)}," for text in texts]
    dependencies = ["# dependencies = [", *listed, "# ]"] if listed else ["# dependencies = []"]
    return "\n".join(["# /// script", f"# requires-python = {_quoted(python)}", *dependencies, "# ///"]) + "\n"


def origin(unit: Unit, document: str) -> str:
    """Return the words that say where a snippet comes from: its document and headings, no line that would go stale."""
    return " > ".join([f"from {document}", *unit.block.headings])


def search_path(program: Program) -> str:
    """Return the lines that let a snippet import the example project beside it, none where it has no modules."""
    paths = [file.path for file in program.files if file.path and file.language == "python"]
    if not paths:
        return ""
    ups = "/".join([".."] * program.unit.snippet.count("/"))
    roots = ["src"] * any(path.startswith("src/") for path in paths)
    roots += [""] * any(not path.startswith("src/") for path in paths)
    folders = ", ".join(_quoted("/".join(filter(None, (ups, root))) or ".") for root in roots)
    return (
        "import os.path as _path, sys as _sys  # the example project is imported from its own files\n"
        f"_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ({folders},)]\n"
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
