from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from skillcheck.extract import snippets, write
from skillcheck.model import Import, Place, Program, Requirement, Role, Segment, Skill, Snippet, Unit

MakeSkill = Callable[[str | Mapping[str, str]], Skill]
FENCE = "\n```python\n{}\n```\n"


def requirement(text: str) -> Requirement:
    return Requirement(text, Place("requirements.txt"))


def script(skill: Skill, index: int, snippet: str) -> Unit:
    return Unit(skill.documents[0].blocks[index], Role.SCRIPT, "python", snippet=snippet)


def program(unit: Unit, *context: Unit, files: tuple[Unit, ...] = ()) -> Program:
    found = (*context, unit)
    segments = tuple(Segment(each, each.block.place.path, each.block.line, each.block.text) for each in found)
    return Program(unit, context, files, imports=(Import("os", None, Place("x")),), segments=segments)


def texts(found: tuple[Snippet, ...]) -> dict[str, str]:
    return {snippet.path: snippet.text for snippet in found}


def test_a_script_gets_its_requirements_its_origin_and_its_context(skill: MakeSkill) -> None:
    read = skill("# Top\n" + FENCE.format("x = 1") + "## Use it\n" + FENCE.format("print(x)"))
    first, second = script(read, 0, "top-1.py"), script(read, 1, "use-it.py")
    required = [requirement("quart>=0.22"), requirement('aiosqlite; python_version < "4"'), requirement("quart>=0.22")]
    found = texts(snippets(read, [program(first), program(second, first)], [first, second], required))
    assert found["use-it.py"] == (
        "# /// script\n"
        '# requires-python = ">=3.11"\n'
        "# dependencies = [\n"
        '#   "aiosqlite; python_version < \\"4\\"",\n'
        '#   "quart>=0.22",\n'
        "# ]\n"
        "# ///\n"
        "\n"
        "# from SKILL.md > Top > Use it\n"
        "\n"
        "x = 1\n"
        "\n"
        "print(x)\n"
    )


def test_without_requirements_the_list_is_empty_and_the_python_is_the_callers(skill: MakeSkill) -> None:
    read = skill(FENCE.format("x = 1"))
    unit = script(read, 0, "a.py")
    found = texts(snippets(read, [program(unit)], [unit], [], python=">=3.13"))
    assert found["a.py"].startswith('# /// script\n# requires-python = ">=3.13"\n# dependencies = []\n# ///\n')


def test_a_block_with_metadata_of_its_own_keeps_it(skill: MakeSkill) -> None:
    read = skill(FENCE.format("# /// script\n# dependencies = []\n# ///\nx = 1"))
    unit = script(read, 0, "a.py")
    assert texts(snippets(read, [program(unit)], [unit], []))["a.py"].count("# /// script") == 1


def test_a_file_and_what_is_not_python_are_verbatim(skill: MakeSkill) -> None:
    read = skill(
        "# Top\n"
        + FENCE.format("# src/a.py\nx = 1")
        + "\n```sh\nls\n```\n"
        + "\n```json\n{}\n```\n"
        + FENCE.format("BAD")
    )
    blocks = read.documents[0].blocks
    units = [
        Unit(blocks[0], Role.FILE, "python", "src/a.py", snippet="src/a.py"),
        Unit(blocks[1], Role.SCRIPT, "bash", snippet="top.sh"),
        Unit(blocks[2], Role.SCRIPT, "json", snippet="top.json"),
        Unit(blocks[3], Role.SHOWN, "python", snippet="top-1.py"),
    ]
    found = texts(snippets(read, [program(unit) for unit in units[:3]], units, []))
    assert found["src/a.py"] == "# src/a.py\nx = 1\n"
    assert found["top.sh"] == "# from SKILL.md > Top\nls\n"
    assert found["top.json"] == "{}\n"
    assert found["top-1.py"] == "# from SKILL.md > Top\nBAD\n"


def test_the_manifest_lists_every_snippet_by_its_digest(skill: MakeSkill) -> None:
    read = skill({"SKILL.md": "", "references/b.md": "# Top\n\n```json\n{}\n```\n"})
    unit = Unit(read.documents[1].blocks[0], Role.SCRIPT, "json", snippet="b/top.json")
    *_, manifest = snippets(read, [], [unit], [])
    assert manifest.path == "manifest.json"
    assert json.loads(manifest.text) == {
        "version": 1,
        "skill": "demo",
        "snippets": [
            {
                "path": "b/top.json",
                "document": "references/b.md",
                "headings": ["Top"],
                "role": "script",
                "language": "json",
                "sha256": hashlib.sha256(b"{}\n").hexdigest(),
            }
        ],
    }


def test_a_skill_without_blocks_has_no_snippets(skill: MakeSkill) -> None:
    assert snippets(skill(""), [], [], []) == ()


@pytest.mark.parametrize("name", ["use-it.py", "more/use-it.py"])
def test_a_snippet_imports_the_example_project_from_anywhere(skill: MakeSkill, tmp_path: Path, name: str) -> None:
    text = "from __future__ import annotations\nfrom app.db import X\nfrom flat import Y\nprint(X, Y)"
    read = skill(FENCE.format("X = 1") + FENCE.format("Y = 2") + FENCE.format(text))
    blocks = read.documents[0].blocks
    files = (
        Unit(blocks[0], Role.FILE, "python", "src/app/db.py", snippet="src/app/db.py"),
        Unit(blocks[1], Role.FILE, "python", "flat.py", snippet="flat.py"),
        Unit(blocks[1], Role.FILE, "toml", "a.toml", snippet="a.toml"),
    )
    unit = script(read, 2, name)
    made = snippets(read, [program(unit, files=files)], [*files, unit], [])
    write(made, tmp_path / "demo")
    command = [sys.executable, "-P", str(tmp_path / "demo" / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")  # noqa: S603 - our own file
    assert (done.stdout, done.stderr) == ("1 2\n", "")


def test_only_modules_are_worth_a_search_path(skill: MakeSkill) -> None:
    read = skill(FENCE.format("x = 1"))
    unit = script(read, 0, "a.py")
    toml = replace(unit, role=Role.FILE, language="toml", path="a.toml")
    assert "_path" not in texts(snippets(read, [program(unit, files=(toml,))], [unit], []))["a.py"]
