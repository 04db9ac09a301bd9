"""Every reader as a function of bytes: it may tell of faults, never raise; all rules are asked about what it read."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from skillcheck.blocks import programs, units
from skillcheck.config import Config, find
from skillcheck.environments.declared import declared
from skillcheck.environments.locks import locked
from skillcheck.fix import fixed
from skillcheck.lint import lint
from skillcheck.load import Limits, load
from skillcheck.load.frontmatter import frontmatter
from skillcheck.load.markdown import document
from skillcheck.load.placed_json import parse as parse_json
from skillcheck.load.placed_yaml import BadYamlError
from skillcheck.load.placed_yaml import parse as parse_yaml
from skillcheck.load.source import decode
from skillcheck.model import Client, Report
from skillcheck.rules import judge, nodes
from skillcheck.runner.languages import languages
from skillcheck.telling.baseline import BadBaselineError, Baseline

TOP = b"---\nname: forms\ndescription: Fills forms. Use when asked.\n"
LIMITS = Limits(max_unpacked=8 * 1024 * 1024)


def _yaml(content: bytes) -> None:
    source, _ = decode("f", content)
    try:
        parse_yaml(source, 0, len(source.text))
    except BadYamlError as error:
        source.place(error.offset)


def _json(content: bytes) -> None:
    parse_json(decode("f", content)[0])


def _frontmatter(content: bytes) -> None:
    frontmatter(decode("f", content)[0])


def _markdown(content: bytes) -> None:
    source, _ = decode("f", content)
    document(source, "SKILL.md", 1)


def _files(files: Mapping[str, bytes]) -> None:
    """Read files as a bundle and ask every rule."""
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        list(judge(nodes(load([folder], limits=LIMITS))))


def _skill(content: bytes) -> None:
    _files({"skills/forms/SKILL.md": content})


def _grants(content: bytes) -> None:
    line = content.replace(b"\n", b" ")
    _files({"skills/forms/SKILL.md": TOP + b"allowed-tools: " + line + b"\n---\n\n```bash\n" + content + b"\n```\n"})


def _directives(content: bytes) -> None:
    _files({"skills/forms/SKILL.md": TOP + b"---\n\n<!-- skillcheck: " + content + b" -->\n```python\nx = 1\n```\n"})


def _plugin(content: bytes) -> None:
    half = len(content) // 2
    _files({".claude-plugin/plugin.json": content, "hooks/hooks.json": content[half:], ".mcp.json": content[:half]})


def _marketplace(content: bytes) -> None:
    _files({".claude-plugin/marketplace.json": content, "marketplace.json": content[1:]})


def _archive(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "forms.zip")
        file.write_bytes(content)
        list(judge(nodes(load([file], limits=LIMITS))))


def _components(content: bytes) -> None:
    half = len(content) // 2
    pages = {"agents/a.md": content, "commands/b.md": content[half:], "output-styles/c.md": content[:half]}
    others = {".lsp.json": content[:half], "monitors/monitors.json": content[half:], "themes/d.json": content}
    _files({".claude-plugin/plugin.json": b'{"name": "a"}', **others, **pages})


def _linked(content: bytes) -> None:
    """Read a text where links and names lead to it: as a page, as scripts, and as settings beside them."""
    suffixes = ("py", "sh", "js", "json", "yaml", "toml")
    scripts = {f"skills/forms/scripts/a.{suffix}": content for suffix in suffixes}
    named = b"[a](references/a.md#a) `references/b.md`\n\n```bash\npython scripts/a.py --a\n```\n\n"
    pages = {"skills/forms/references/a.md": content, "skills/forms/references/b.md": b"[a](a.md#" + content + b")\n"}
    _files({"skills/forms/SKILL.md": TOP + b"---\n\n" + named + content, **pages, **scripts})


def _ignores(content: bytes) -> None:
    """Lint a skill whose comments ask for what is there."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "SKILL.md")
        comment = b"<!-- skillcheck: ignore " + content + b" -->"
        file.write_bytes(TOP + b"# skillcheck: ignore " + content + b"\n---\n\n" + comment + b"\n[a](b.md)\n" + comment)
        lint([folder], Config(Path(folder)))


def _locks(content: bytes) -> None:
    for name in ("pylock.toml", "requirements.lock", "requirements.txt"):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "SKILL.md").write_bytes(TOP + b"---\n\n```python\n1\n```\n")
            Path(folder, name).write_bytes(content)
            locked(load([folder]).skills[0], "3.12.1")


def _baseline(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "skillcheck-baseline.json")
        file.write_bytes(content)
        with contextlib.suppress(BadBaselineError):
            Baseline.read(file, Path(folder)).without_known(Report(), [folder])


def _evidence(content: bytes) -> None:
    _files({"skills/forms/SKILL.md": TOP + b"---\n\n```python\n1\n```\n", "skills/forms/EVIDENCE.json": content})


def _requirements(content: bytes) -> None:
    line = content.replace(b"\n", b" ")
    body = b"---\n\n```bash\npip install " + line + b"\n```\n\n```python\n# /// script\n# " + line + b"\n# ///\n```\n"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "SKILL.md")
        file.write_bytes(TOP + body)
        declared(load([folder]).skills[0])
        Path(folder, "requirements.txt").write_bytes(content)
        declared(load([folder]).skills[0])


def _blocks(content: bytes) -> None:
    text = b"\n```python\n" + content + b"\n```\n"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "SKILL.md").write_bytes(TOP + b"---\n" + text + b"\nThen:\n" + text)
        for skill in load([folder]).skills:
            programs(units(skill), skill.files)


def _languages(content: bytes) -> None:
    """Give a text to the parser that its first byte says."""
    every = sorted(languages().values(), key=lambda language: language.name)
    every[content[0] % len(every) if content else 0].parse(decode("f", content[1:])[0].text)


def _mending(content: bytes) -> None:
    """Mend a skill, and mend it again, which must change nothing."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "forms", "SKILL.md")
        file.parent.mkdir()
        file.write_bytes(b"---\nname: Forms\n" + content + b"\n---\n\n" + content + b"\n")
        config = Config(Path(folder), targets=tuple(Client))
        fixed([folder], config, unsafe=True)
        mended = file.read_bytes()
        fixed([folder], config, unsafe=True)
        if file.read_bytes() != mended:
            message = f"mended twice: {mended!r}"
            raise AssertionError(message)


def _config(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "skillcheck.toml").write_bytes(content)
        find(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pyproject.toml").write_bytes(b"[tool.skillcheck]\n" + content)
        find(Path(folder))


READERS: Mapping[str, Callable[[bytes], None]] = {
    "yaml": _yaml,
    "json": _json,
    "frontmatter": _frontmatter,
    "markdown": _markdown,
    "skill": _skill,
    "grants": _grants,
    "directives": _directives,
    "plugin": _plugin,
    "marketplace": _marketplace,
    "archive": _archive,
    "config": _config,
    "components": _components,
    "evidence": _evidence,
    "requirements": _requirements,
    "blocks": _blocks,
    "languages": _languages,
    "mending": _mending,
    "linked": _linked,
    "ignores": _ignores,
    "locks": _locks,
    "baseline": _baseline,
}
SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "yaml": (b"a: {b: [1, &x 2, *x]}\n<<: {c: d}\n", b"- |\n  x\n- >-\n  y\n"),
    "json": (b'{"a": [1, -2.5e3, true, null, "\\u00e9"]}',),
    "frontmatter": (TOP + b"allowed-tools: Read\n---\n\nFill.\n", b"---\na: b: c\n---\n", b"\xff\xfe-\0-\0-\0\n\0"),
    "markdown": (b"# A\n\n[b](c.md#d)\n\n```python title='x.py'\n1\n```\n\n<!-- skillcheck: skip -->\n> - x\n",),
    "skill": (TOP + b"---\n\n# A\n\n[b](c.md) `scripts/x.py` !`ls` $1\n",),
    "grants": (b"Bash(git *), Read, mcp__a__b", b"x && y | z; cat <<E\nE\n"),
    "directives": (b'skip reason="x" timeout=3 file=a.py',),
    "plugin": (b'{"name": "a", "hooks": {"Stop": [{"hooks": [{"type": "command", "command": "x"}]}]}}',),
    "marketplace": (b'{"name": "a", "owner": {"name": "b"}, "plugins": [{"name": "c", "source": "./"}]}',),
    "archive": (b"PK\x05\x06" + b"\0" * 18,),
    "components": (b"---\nname: a\ntools: Read, Task(x)\n---\n\nDo $1 !`ls`\n", b'{"a": {"command": "b"}}'),
    "evidence": (b'{"version": 1, "skill": "forms", "blocks": [{"path": "SKILL.md", "line": 8}], "files": {}}',),
    "requirements": (b"quart>=0.20 ; python_version > '3'\n-r x.txt\nx @ https://e.org/x.whl # c\n\\\n",),
    "blocks": (
        b"import os as o\nasync def f(a: int = 1, *b):\n    return [x for x in a if (y := x)]\n",
        b">>> 1 + 1\n2\n",
    ),
    "languages": tuple(bytes([number]) + b"a = {'b': [1]} # c\n<d e='f'>" for number in range(32)),
    "mending": (
        b"allowed_tools: [Task, read]\nlicense: 1.0\nlicense: a: b\n",
        b"[a](b\\c.md) <!-- skillcheck: ignore SK401 -->",
    ),
    "linked": (
        b"import argparse\np = argparse.ArgumentParser()\np.add_argument('--a')\n",
        b"#!/bin/sh\ncat $1 | x && y <<E\nE\n",
        b"# A\n\n<a id='b'></a>\n\n\t- `scripts/a.py` [b](#b) [c](../c.md)\n",
        b'{"a": [1]}\n[b]\nc = "d"\n',
    ),
    "ignores": (b"SK401 why", b"SK4, SK5: x", b"SK"),
    "locks": (
        (
            b'lock-version = "1.0"\ncreated-by = "x"\n[[packages]]\nname = "a"\nversion = "1.0"\n[[packages.wheels]]\n'
            b'name = "a-1.0-py3-none-any.whl"\nurl = "https://e.org/a-1.0-py3-none-any.whl"\nhashes = {sha256 = "ab"}\n'
        ),
        b"a==1.0 --hash=sha256:ab\n",
    ),
    "baseline": (b'{"version": 1, "findings": [{"path": "a", "code": "SK401", "fingerprint": "b", "message": "c"}]}',),
    "config": (b'targets = ["spec"]\n[skills.a]\nrequirements = ["x"]\n',),
}
