from __future__ import annotations

from collections.abc import Callable, Container
from pathlib import Path
from xml.etree import ElementTree as ET

import hypothesis
import pytest

import skillcheck
from skillcheck import Bundle, Fault, FaultKind, Place, Result, find, lint, load, render
from skillcheck.verify.proving import Proving

pytest_plugins = ["pytester"]

IMPORTED = (find, hypothesis, lint, load, render)
"""Pytester forgets what is first imported inside of it, so all is imported before."""

TOP = "---\nname: adding\ndescription: Adds numbers. Use when numbers have to be added.\n---\n# Adding\n\n"
SKILL = f"""{TOP}```python
print("one")
one = 1
```

## Dividing

```python
a = 1
b = one / 0
c = 2
```

## Using it

```python
print(b)
```

## Layout

```text
src/
```

More is in [the other](references/more.md).
"""
MORE = "# More\n\n## Data\n\n```json\n{\n```\n"
NAMES = ["adding-1.py", "dividing-1.py", "using-it.py", "layout.txt", "more/data.json"]
Write = Callable[..., Path]


@pytest.fixture
def write(
    pytester: pytest.Pytester, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Write:
    """Write a skill below the working directory, with environments that need no network."""
    for name in ("PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SKILLCHECK_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_NO_INDEX", "1")
    (pytester.path / ".git").mkdir()

    def write(text: str | bytes = SKILL, **files: str) -> Path:
        folder = pytester.path / "skills" / "adding"
        (folder / "references").mkdir(parents=True, exist_ok=True)
        (folder / "SKILL.md").write_bytes(text if isinstance(text, bytes) else text.encode())
        (folder / "references" / "more.md").write_text(MORE, encoding="utf-8")
        for name, content in files.items():
            (pytester.path / f"{name}.toml").write_text(content, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """Return what is proven at a time."""
    seen: list[set[str]] = []
    blocks = Proving.blocks

    def spied(self: Proving, snippets: Container[str]) -> tuple[tuple[Result, ...], tuple[Fault, ...]]:
        seen.append({unit.snippet for unit in self.units if unit.snippet in snippets})
        return blocks(self, snippets)

    monkeypatch.setattr(Proving, "blocks", spied)
    return seen


def block(text: str, language: str = "python", before: str = "") -> str:
    return f"{TOP}{before}```{language}\n{text}\n```\n"


def lines(result: pytest.RunResult, mark: str) -> list[str]:
    """Return the lines of one test's report, those about its output left out."""
    out = result.outlines
    start = next(number for number, line in enumerate(out) if line.startswith("___") and mark in line)
    end = next(number for number in range(start + 1, len(out)) if out[number].startswith(("___", "---", "===")))
    return out[start + 1 : end]


def test_without_the_option_nothing_is_collected_or_imported(pytester: pytest.Pytester, write: Write) -> None:
    write()
    pytester.makeconftest(
        "import sys\ndef pytest_sessionfinish():\n"
        "    print('\\nimported', sorted(name for name in sys.modules if name.startswith('skillcheck')))\n"
    )
    result = pytester.runpytest_subprocess("skills")
    result.assert_outcomes()
    assert "imported ['skillcheck', 'skillcheck.pytest_plugin']" in result.outlines


def test_each_block_is_an_item(pytester: pytest.Pytester, write: Write) -> None:
    write()
    result = pytester.runpytest_inprocess("--skillcheck", "--collect-only", "-q", "skills")
    assert result.outlines[:5] == [f"skills/adding/SKILL.md::{name}" for name in NAMES]


def test_ids_stand_when_other_sections_change(pytester: pytest.Pytester, write: Write) -> None:
    write(SKILL.replace("## Dividing", "## New\n\n```python\nprint(0)\n```\n\nText.\n\n## Dividing"))
    result = pytester.runpytest_inprocess("--skillcheck", "--collect-only", "-q", "skills")
    assert {f"skills/adding/SKILL.md::{name}" for name in NAMES} < set(result.outlines)


def test_each_block_ends_as_its_proof(pytester: pytest.Pytester, write: Write, asked: list[set[str]]) -> None:
    write()
    result = pytester.runpytest_inprocess("--skillcheck", "-rs", "-v", "skills")
    result.assert_outcomes(passed=1, failed=3, skipped=1)
    assert result.ret is pytest.ExitCode.TESTS_FAILED
    assert asked == [set(NAMES)]
    result.stdout.fnmatch_lines(
        [
            "skills/adding/SKILL.md::adding-1.py PASSED*",
            "skills/adding/SKILL.md::using-it.py FAILED*",
            "skills/adding/SKILL.md::more/data.json FAILED*",
            "SKIPPED [[]1[]] skills/adding/SKILL.md:28: text",
        ]
    )


def test_a_failure_shows_the_markdown_and_nothing_of_ours(pytester: pytest.Pytester, write: Write) -> None:
    write()
    result = pytester.runpytest_inprocess("--skillcheck", "skills")
    assert lines(result, "skills/adding/SKILL.md:14 dividing-1.py") == [
        "ZeroDivisionError: division by zero",
        "  --> skills/adding/SKILL.md:16:1 [SK806]",
        "      15 | a = 1",
        "  >   16 | b = one / 0",
        "      17 | c = 2",
        '  fix: correct the block, or say why it cannot run: `<!-- skillcheck: skip reason="…" -->`',
    ]
    assert lines(result, "using-it.py") == [
        "blocked: the block needs the one at skills/adding/SKILL.md:15:1, which fails"
    ]
    assert "  --> skills/adding/references/more.md:6:1 [SK801]" in lines(result, "more/data.json")
    result.stdout.no_fnmatch_line("*pytest_plugin*")
    result.stdout.fnmatch_lines(["FAILED skills/adding/SKILL.md::dividing-1.py - ZeroDivisionError: division by*"])


def test_a_block_that_prints_otherwise_fails(pytester: pytest.Pytester, write: Write) -> None:
    write(f"{TOP}```python\nprint(1)\n#> 2\n```\n")
    result = pytester.runpytest("--skillcheck", "-p", "no:xdist", "-k", "adding")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["`1` is printed, expected `2`", "  --> skills/adding/SKILL.md:9:1 [[]SK821]"])


def test_the_short_form_names_the_markdown(pytester: pytest.Pytester, write: Write) -> None:
    write()
    result = pytester.runpytest_inprocess("--skillcheck", "--tb=line", "skills")
    assert f"{pytester.path}/skills/adding/SKILL.md:16: ZeroDivisionError: division by zero" in result.outlines


def test_only_what_is_selected_is_proven(pytester: pytest.Pytester, write: Write, asked: list[set[str]]) -> None:
    write()
    pytester.runpytest_inprocess("--skillcheck", "skills", "-k", "using").assert_outcomes(failed=1, deselected=4)
    pytester.runpytest_inprocess("--skillcheck", "skills/adding/SKILL.md::adding-1.py").assert_outcomes(passed=1)
    assert asked == [{"using-it.py"}, {"adding-1.py"}]


def test_the_last_failures_run_again(pytester: pytest.Pytester, write: Write) -> None:
    write()
    pytester.runpytest_inprocess("--skillcheck", "skills").assert_outcomes(passed=1, failed=3, skipped=1)
    write(SKILL.replace("one / 0", "one / 1"))
    pytester.runpytest_inprocess("--skillcheck", "--lf", "skills").assert_outcomes(passed=2, failed=1)


def test_each_process_of_xdist_proves_its_own(pytester: pytest.Pytester, write: Write) -> None:
    pytest.importorskip("xdist")
    write()
    result = pytester.runpytest_subprocess("--skillcheck", "-n", "2", "-rs", "skills")
    result.assert_outcomes(passed=1, failed=3, skipped=1)
    result.stdout.fnmatch_lines(["SKIPPED [[]1[]] *skills/adding/SKILL.md:28: text"])
    assert "  >   16 | b = one / 0" in lines(result, "dividing-1.py")


def test_a_shared_block_is_proven_alone(pytester: pytest.Pytester, write: Write, asked: list[set[str]]) -> None:
    write()
    pytester.makeconftest("def pytest_configure(config):\n    config.workerinput = {}\n")
    pytester.runpytest_inprocess("--skillcheck", "skills", "-p", "no:cacheprovider").assert_outcomes(
        passed=1, failed=3, skipped=1
    )
    assert asked == [{name} for name in NAMES]


def test_junit_tells_place_and_level(pytester: pytest.Pytester, write: Write) -> None:
    write()
    pytester.runpytest_inprocess("--skillcheck", "--junitxml=junit.xml", "skills")
    cases = {case.get("name"): case for case in ET.parse(pytester.path / "junit.xml").iter("testcase")}  # noqa: S314 - our own file
    assert list(cases) == NAMES
    told = {found.get("name"): found.get("value") for found in cases["adding-1.py"].iter("property")}
    assert told == {"place": "skills/adding/SKILL.md:7:1", "role": "script", "level": "covered"}
    failure = cases["dividing-1.py"].find("failure")
    assert failure is not None
    assert failure.get("message") == "ZeroDivisionError: division by zero"


def test_output_is_shown_and_cannot_steer_the_terminal(pytester: pytest.Pytester, write: Write) -> None:
    write(block('if 1:\n    print("\\x1b[2J", "  kept")\n    1 / 0'))
    result = pytester.runpytest_inprocess("--skillcheck", "skills")
    result.stdout.fnmatch_lines(["*Captured stdout call*", "\\x1b[[]2J   kept"])
    assert "\x1b[2J" not in result.stdout.str()


def test_only_shown_blocks_need_no_environment(
    pytester: pytest.Pytester, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(Proving, "environment")
    write()
    pytester.runpytest_inprocess("--skillcheck", "skills", "-k", "layout").assert_outcomes(skipped=1, deselected=4)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (block("{}", "json", '<!-- skillcheck: skpi reason="x" -->\n'), "unknown option `skpi`"),
        (block("x = 1", before="<!-- skillcheck: file=../../x.py -->\n"), "../../x.py"),
    ],
)
def test_a_directive_that_cannot_be_followed_fails_its_block(
    pytester: pytest.Pytester, write: Write, text: str, fact: str
) -> None:
    write(text)
    result = pytester.runpytest_inprocess("--skillcheck", "skills")
    result.assert_outcomes(failed=1)
    assert fact in result.stdout.str()


@pytest.mark.parametrize(
    ("text", "files", "fact"),
    [
        (SKILL, {"skillcheck": "timeout = 'long'\n"}, "skillcheck.toml:1:"),
        (SKILL.encode() + b"\n\xff\n", {}, "SK004"),
    ],
)
def test_what_cannot_be_read_is_an_item_that_fails(
    pytester: pytest.Pytester, write: Write, text: str | bytes, files: dict[str, str], fact: str
) -> None:
    write(text, **files)
    result = pytester.runpytest_inprocess("--skillcheck", "skills", "-k", "reading")
    result.assert_outcomes(failed=1, deselected=5)
    assert fact in result.stdout.str()


def test_what_the_configuration_ignores_is_skipped(pytester: pytest.Pytester, write: Write) -> None:
    write(block("1 / 0"), skillcheck='ignore = ["SK806"]\n')
    result = pytester.runpytest_inprocess("--skillcheck", "skills", "-rs")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["*SKILL.md:7: the configuration ignores that it fails: ZeroDivisionError*"])


def test_requirements_can_be_given(pytester: pytest.Pytester, write: Write) -> None:
    write(block("print(1)"))
    given = "--skillcheck-requirement=nowhere-to-be-found"
    result = pytester.runpytest_inprocess("--skillcheck", given, "--skillcheck-requirement=x==", "skills")
    result.assert_outcomes(failed=2)
    assert "`x==`" in "\n".join(lines(result, "reading"))
    assert "nowhere-to-be-found" in "\n".join(lines(result, "adding-1.py"))


def test_a_requirement_that_cannot_be_installed_is_told_by_the_first_block(
    pytester: pytest.Pytester, write: Write
) -> None:
    write(block("print(1)") + block("print(2)"))
    result = pytester.runpytest_inprocess("--skillcheck", "--skillcheck-requirement=nowhere-to-be-found", "skills")
    result.assert_outcomes(passed=1, failed=1)
    assert "`nowhere-to-be-found` cannot be installed" in "\n".join(lines(result, "adding-1.py"))


def test_what_was_extracted_is_left_out(pytester: pytest.Pytester, write: Write) -> None:
    folder = write(block("print(1)"))
    for name, manifest in {
        "snippets": '{"version": 1, "skill": "adding", "snippets": []}',
        "other": '{"name": "an extension"}',
        "broken": "{",
    }.items():
        (folder / name).mkdir()
        (folder / name / "manifest.json").write_text(manifest, encoding="utf-8")
        (folder / name / f"test_{name}.py").write_text("def test_it(): pass\n", encoding="utf-8")
    result = pytester.runpytest_inprocess("--skillcheck", "skills", "-v")
    result.assert_outcomes(passed=3)
    result.stdout.no_fnmatch_line("*test_snippets.py*")


def test_a_skill_that_vanishes_is_an_error(
    pytester: pytest.Pytester, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    fault = Fault(FaultKind.NOT_FOUND, Place("skills/adding/SKILL.md"), "it does not exist", "name another")
    monkeypatch.setattr(skillcheck, "load", lambda paths: Bundle(tuple(map(str, paths)), faults=(fault,)))
    result = pytester.runpytest_inprocess("--skillcheck", "skills/adding/SKILL.md")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["skills/adding/SKILL.md:1:1: it does not exist"])
