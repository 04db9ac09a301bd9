from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from skillcheck.model import CauseKind, Environment, Level, Outcome, Place, Refusal, Requirement, Result, Role, Unit
from skillcheck.runner import Options, Proof, covered, parsing, prove
from skillcheck.runner.layout import key
from skillcheck.runner.resolution import _to_fill_in
from skillcheck.runner.sandbox import Ended

Proved = Callable[..., Proof]


def python(text: str, directive: str = "") -> str:
    comment = f"<!-- skillcheck: {directive} -->\n" if directive else ""
    return f"{comment}```python\n{text}\n```\n\n"


def seen(result: Result) -> tuple[Level, Outcome, list[CauseKind]]:
    return result.level, result.outcome, [cause.kind for cause in result.causes]


def only(proof: Proof) -> Result:
    (result,) = proof.results
    return result


def test_no_blocks_no_results(proved: Proved) -> None:
    assert proved("Prose alone.\n") == Proof((), {}, {})


def test_what_runs_wholly_is_covered(proved: Proved, ran: Callable[[str], Ended]) -> None:
    proof = proved(python("x = 1\nprint(x)"))
    result = only(proof)
    assert seen(result) == (Level.COVERED, Outcome.PASSED, [])
    assert (result.output, result.reason, result.skill) == ("1\n", "", "demo")
    assert result.duration > 0
    assert result.coverage is not None
    assert (result.coverage.executed, result.coverage.missing) == (frozenset({6, 7}), frozenset())
    assert proof.isolation == ran("pass").isolation


def test_what_runs_in_part_has_ran(proved: Proved) -> None:
    result = only(proved(python("def f():\n    return 1")))
    assert seen(result) == (Level.RAN, Outcome.PASSED, [])
    assert result.coverage is not None
    assert (result.coverage.missing, result.coverage.percent) == (frozenset({7}), 50.0)


def test_a_later_block_covers_an_earlier_one(proved: Proved) -> None:
    first, second = proved(python("def f():\n    return 1") + python("assert f() == 1")).results
    assert (first.level, second.level, second.unit.role) == (Level.COVERED, Level.COVERED, Role.CONTINUATION)


def test_more_lines_can_be_known(proved: Proved) -> None:
    proof = proved(python("def f():\n    return 1"))
    assert only(covered(proof, {key(only(proof).unit): {7}})).level is Level.COVERED
    assert only(covered(proof)).level is Level.RAN


@pytest.mark.parametrize(
    ("text", "kind", "line", "fact"),
    [
        ("x = 1\nif:", CauseKind.SYNTAX, 7, "this is not Python: invalid syntax"),
        ("x = 1\nprint(y)", CauseKind.UNBOUND_NAME, 7, "`y` is not bound"),
        ("import json\njson.dmps({})", CauseKind.MISSING_ATTRIBUTE, 7, "`json` has no `dmps`"),
        ("from json import dmps", CauseKind.MISSING_ATTRIBUTE, 6, "`json` has no `dmps`"),
        ("import xml.dom.mini", CauseKind.MISSING_MODULE, 6, "`xml.dom` has no module `mini`"),
        ("x = 1\nassert x == 2, 'no'", CauseKind.EXCEPTION, 7, "AssertionError: no"),
        ("def f():\n    return g()\nf()", CauseKind.UNBOUND_NAME, 7, "`g` is not bound"),
        ("import sys\nsys.exit(3)", CauseKind.EXIT, 6, "the block exits with status 3"),
        ("import os\nos.kill(os.getpid(), 15)", CauseKind.SIGNAL, 6, "the block is killed by SIGTERM"),
        ("import os\nos.kill(os.getpid(), 40)", CauseKind.SIGNAL, 6, "the block is killed by signal 40"),
        ("import decimal\ndecimal.Context(precision=3)", CauseKind.EXCEPTION, 7, None),
        ("import argparse\nargparse.ArgumentParser(programm='x')", CauseKind.EXCEPTION, 7,
         "`ArgumentParser` takes no argument `programm`"),
    ],
)  # fmt: skip
def test_a_failure_is_told_at_its_line(proved: Proved, text: str, kind: CauseKind, line: int, fact: str | None) -> None:
    result = only(proved(python(text)))
    assert result.outcome is Outcome.FAILED
    assert [(cause.kind, cause.place.line) for cause in result.causes] == [(kind, line)]
    assert fact is None or result.causes[0].fact == fact
    assert result.level < Level.RAN


def test_a_traceback_names_the_lines_of_the_markdown(proved: Proved) -> None:
    result = only(proved("# Title\n\n" + python("def f():\n    return 1 / 0\n\nf()")))
    assert '  File "demo/SKILL.md", line 11, in <module>\n    f()\n' in result.output
    assert '  File "demo/SKILL.md", line 9, in f\n    return 1 / 0\n' in result.output
    assert result.causes[0].place == Place("demo/SKILL.md", 9)


def test_what_hangs_on_a_failure_is_blocked(proved: Proved) -> None:
    first, second = proved(python("x = 1\n1 / 0") + python("print(x)")).results
    assert seen(first) == (Level.RESOLVED, Outcome.FAILED, [CauseKind.EXCEPTION])
    assert seen(second) == (Level.RESOLVED, Outcome.BLOCKED, [CauseKind.BLOCKED])
    assert second.causes[0].fact == "the block needs the one at demo/SKILL.md:6:1, which fails"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("import string\ndef f():\n    return string.no_such()", CauseKind.MISSING_ATTRIBUTE),
        ("def f():\n    return missing", CauseKind.UNBOUND_NAME),
        ("import textwrap\ndef f():\n    return textwrap.dedent('', wrong=1)", CauseKind.EXCEPTION),
    ],
)
def test_what_hangs_on_what_reading_an_earlier_block_shows_is_blocked(
    proved: Proved, text: str, kind: CauseKind
) -> None:
    first, second = proved(python(text) + python("f()")).results
    assert seen(first) == (Level.PARSED, Outcome.FAILED, [kind])
    assert seen(second) == (Level.RESOLVED, Outcome.BLOCKED, [CauseKind.BLOCKED])


def test_what_an_earlier_block_raises_otherwise_is_told_of_the_one_that_calls_it(proved: Proved) -> None:
    text = "import string\ndef f(x):\n    return x.lacking if x else string.no_such()"
    first, second = proved(python(text) + python("f(1)")).results
    assert seen(first) == (Level.PARSED, Outcome.FAILED, [CauseKind.MISSING_ATTRIBUTE])
    assert seen(second) == (Level.RESOLVED, Outcome.FAILED, [CauseKind.EXCEPTION])


def test_what_hangs_on_a_failure_and_is_wrong_itself_fails(proved: Proved) -> None:
    _, second = proved(python("x = 1\n1 / 0") + python("print(x, y)")).results
    assert seen(second) == (Level.PARSED, Outcome.FAILED, [CauseKind.UNBOUND_NAME])


def test_an_unresolved_name_fails_a_block_that_runs(proved: Proved) -> None:
    result = only(proved(python("def f():\n    return missing")))
    assert seen(result) == (Level.PARSED, Outcome.FAILED, [CauseKind.UNBOUND_NAME])


def test_a_run_adds_its_cause_to_what_is_unresolved_elsewhere(proved: Proved) -> None:
    result = only(proved(python("def f():\n    return missing\n1 / 0")))
    assert seen(result) == (Level.PARSED, Outcome.FAILED, [CauseKind.UNBOUND_NAME, CauseKind.EXCEPTION])


def test_an_undeclared_requirement_is_told_once(proved: Proved) -> None:
    first, second = proved(python("import nowhere_at_all") * 2).results
    assert seen(first)[1:] == (Outcome.ERROR, [CauseKind.UNDECLARED])
    assert seen(second)[1:] == (Outcome.BLOCKED, [CauseKind.BLOCKED])
    assert first.reason == second.reason == "needs environment"
    assert second.causes[0].fact.endswith("as told at demo/SKILL.md:6:8")


@pytest.mark.parametrize(
    ("level", "text", "expected"),
    [
        ("parsed", "print(missing)", (Level.PARSED, Outcome.PASSED, [])),
        ("parsed", "if:", (Level.SHOWN, Outcome.FAILED, [CauseKind.SYNTAX])),
        ("resolved", "import json", (Level.RESOLVED, Outcome.PASSED, [])),
        ("resolved", "print(missing)", (Level.PARSED, Outcome.FAILED, [CauseKind.UNBOUND_NAME])),
        ("ran", "x = 1", (Level.COVERED, Outcome.PASSED, [])),
    ],
)
def test_a_block_is_proven_as_far_as_is_asked_for(
    proved: Proved, level: str, text: str, expected: tuple[object, ...]
) -> None:
    result = only(proved(python(text, f"level={level}")))
    assert seen(result) == expected
    reasons = {Level.SHOWN: "does not parse", Level.COVERED: ""}
    assert isinstance(expected[0], Level)
    assert result.reason == reasons.get(expected[0], f"level={level} is asked for")


def test_an_exception_can_be_asked_for(proved: Proved) -> None:
    text = python("x = 1\nint('x')", "raises=ValueError") + python("assert x == 1")
    first, second = proved(text).results
    assert seen(first) == (Level.COVERED, Outcome.PASSED, [])
    assert seen(second) == (Level.COVERED, Outcome.PASSED, [])


def test_an_exception_that_is_asked_for_has_to_come(proved: Proved) -> None:
    result = only(proved(python("x = 1", "raises=ValueError")))
    assert seen(result) == (Level.RESOLVED, Outcome.FAILED, [CauseKind.EXPECTED_EXCEPTION])
    assert only(proved(python("missing", "raises=NameError"))).outcome is Outcome.PASSED


def test_a_context_that_exits_cleanly_does_not_hide_the_block(proved: Proved) -> None:
    text = python("import sys\nx = 1\nsys.exit()") + python("assert x == 2")
    first, second = proved(text).results
    assert (first.outcome, second.outcome) == (Outcome.PASSED, Outcome.FAILED)


def test_a_block_may_take_its_time(proved: Proved) -> None:
    slow = "import time\ntime.sleep(0.7)"
    result = only(proved(python(slow), Options(seconds=0.3)))
    assert (seen(result)[2], result.causes[0].fact) == ([CauseKind.TIMEOUT], "the block does not end within 0.3 s")
    assert only(proved(python(slow, "timeout=20"), Options(seconds=0.3))).outcome is Outcome.PASSED


@pytest.mark.parametrize("timeout", ["1e400", "nan", "-1", "0", "x"])
def test_an_impossible_time_is_no_crash(proved: Proved, timeout: str) -> None:
    assert only(proved(python("x = 1", f"timeout={timeout}"))).outcome is Outcome.PASSED


def test_the_network_is_closed(proved: Proved) -> None:
    text = "import urllib.request\nurllib.request.urlopen('http://192.0.2.1/', timeout=3)"
    result = only(proved(python(text)))
    if "namespaces" in result.output or result.outcome is Outcome.PASSED:
        pytest.fail("the network is open")
    assert result.outcome is Outcome.ERROR


def test_other_languages_are_parsed(proved: Proved) -> None:
    text = "```json\n{}\n```\n\n```json\n{]\n```\n\n```bash\necho hi\n```\n\n```mermaid\ngraph TD\n```\n"
    right, wrong, shell, diagram = proved(text).results
    assert seen(right) == seen(shell) == (Level.PARSED, Outcome.PASSED, [])
    assert seen(wrong) == (Level.SHOWN, Outcome.FAILED, [CauseKind.SYNTAX])
    assert wrong.causes[0].place == Place("demo/SKILL.md", 10, 1)
    assert (diagram.level, diagram.outcome) == (Level.SHOWN, Outcome.SKIPPED)
    assert diagram.reason


def test_a_place_never_leaves_its_block(proved: Proved) -> None:
    result = only(proved("```json\n{\n\n\n```\n\nmore\n"))
    assert result.causes[0].place.line <= 8


def test_what_is_shown_only_says_why(proved: Proved) -> None:
    text = '<!-- skillcheck: skip reason="needs a camera" -->\n```python\n1 / 0\n```\n\n```\na tree\n```\n\n'
    text += "<!-- skillcheck: level=shown -->\n```json\n{]\n```\n"
    results = proved(text).results
    assert [seen(result) for result in results] == [(Level.SHOWN, Outcome.SKIPPED, [])] * 3
    assert all(result.reason for result in results)
    assert "needs a camera" in results[0].reason


def test_what_is_asked_to_be_shown_is_not_parsed(read: Callable[[str], tuple[Unit, ...]], bare: Environment) -> None:
    (unit,) = read("<!-- skillcheck: level=shown -->\n```json\n{]\n```\n")
    result = only(prove("demo", [replace(unit, role=Role.SCRIPT)], [], bare))
    assert (seen(result), result.reason) == ((Level.SHOWN, Outcome.SKIPPED, []), "level=shown is asked for")


def test_a_missing_parser_is_a_reason(proved: Proved, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(parsing, "languages", dict)
        assert only(proved("```json\n{]\n```\n")).reason == "no parser for `json`"
    monkeypatch.setattr("shutil.which", lambda _: None)
    result = only(proved("```bash\nif\n```\n"))
    assert (seen(result), result.reason) == ((Level.SHOWN, Outcome.SKIPPED, []), "bash is not installed")


APP = "```python\n# src/app/__init__.py\n{package}\n```\n\n```python\n# src/app/part.py\nvalue = 1\n```\n\n"


def test_files_are_imported_from_the_project(proved: Proved) -> None:
    results = proved(
        APP.format(package="name = 'app'") + python("from app.part import value\nassert value == 1")
    ).results
    assert [seen(result) for result in results] == [(Level.COVERED, Outcome.PASSED, [])] * 3
    assert [result.unit.role for result in results[:2]] == [Role.FILE, Role.FILE]


def test_a_file_whose_package_fails_is_imported_without_it(proved: Proved) -> None:
    package, part = proved(APP.format(package="1 / 0")).results
    assert (package.outcome, part.outcome) == (Outcome.FAILED, Outcome.PASSED)
    assert part.reason == "imported without its package, which fails"


def test_a_file_that_fails_with_and_without_its_package_fails(proved: Proved) -> None:
    text = APP.format(package="1 / 0").replace("value = 1", "from app import nothing")
    package, part = proved(text).results
    assert package.outcome is Outcome.FAILED
    assert part.outcome is not Outcome.PASSED


def test_a_module_that_no_block_shows_is_told(proved: Proved) -> None:
    result = proved(APP.format(package="") + python("from app.other import x")).results[2]
    assert [(cause.kind, cause.place.line) for cause in result.causes] == [(CauseKind.MISSING_MODULE, 16)]
    assert result.causes[0].fact == "no block shows the module `app.other`"


def test_what_shares_its_first_name_with_the_project_is_looked_up_too(proved: Proved) -> None:
    own = python("# xml/own.py\nx = 1") + python("# databricks/own.py\nx = 1")
    _, _, there, lacking = proved(own + python("import xml.dom") + python("import databricks.sdk")).results
    assert there.outcome is Outcome.PASSED
    assert [(cause.kind, cause.fact, cause.remedy) for cause in lacking.causes] == [
        (CauseKind.UNDECLARED, "`databricks.sdk` is not installed", "declare `databricks-sdk` in requirements.txt")
    ]


def test_what_leaves_the_project_is_not_written(proved: Proved, tmp_path: Path) -> None:
    result = only(proved(python("x = 1", "file=../../escaped.py")))
    assert result.unit.path is None
    assert not list(tmp_path.parent.glob("*/escaped.py"))


def test_without_an_environment_python_is_parsed(proved: Proved) -> None:
    requirement = Requirement("nothing-of-that-name", Place("requirements.txt", 3))
    broken = Environment("", requirements=(requirement,), error="no such\nthing")
    text = python("x = 1") + python("if:") + python("import nowhere\nprint(missing)") + "```json\n{}\n```\n"
    ok, wrong, unbound, data = proved(text, environment=broken).results
    assert seen(ok) == (Level.PARSED, Outcome.FAILED, [CauseKind.ENVIRONMENT])
    assert ok.causes[0].place == Place("requirements.txt", 3)
    assert ok.causes[0].fact == "the requirements cannot be installed, so no block is run: no such thing"
    assert seen(wrong) == (Level.SHOWN, Outcome.FAILED, [CauseKind.SYNTAX])
    assert seen(unbound)[2] == [CauseKind.UNBOUND_NAME, CauseKind.ENVIRONMENT]
    assert data.outcome is Outcome.PASSED
    unlisted = only(proved(python("x = 1"), environment=Environment("", error="broken")))
    assert unlisted.causes[0].place == Place("demo/SKILL.md", 6)


def test_everyone_is_told_of_each_block(proved: Proved) -> None:
    told: list[Unit] = []
    results = proved(python("x = 1") * 3 + "```json\n{}\n```\n", Options(jobs=1, progress=told.append)).results
    assert sorted(map(key, told)) == sorted(key(result.unit) for result in results)


def test_two_documents_can_be_alike(proved: Proved) -> None:
    documents = {
        "SKILL.md": "[a](a/more.md) [b](b/more.md)\n",
        "a/more.md": "# Setup\n\n```python\ndef f():\n    return 1 / 0\n```\n",
        "b/more.md": "# Use\n\n<!-- skillcheck: after=setup -->\n```python\nf()\n```\n",
    }
    setup, use = proved(documents).results
    assert setup.outcome is Outcome.PASSED
    assert (use.outcome, use.causes[0].place.path, use.causes[0].place.line) == (Outcome.FAILED, "demo/b/more.md", 5)
    assert '"demo/a/more.md", line 5, in f' in use.output


def test_a_module_below_src_has_two_names(proved: Proved) -> None:
    blocks = [
        python("# src/demo_mod.py\nA = 1"),
        python("from src.demo_mod import A"),
        python("import demo_mod\ndemo_mod.A"),
    ]
    assert [result.outcome for result in proved("".join(blocks)).results] == [Outcome.PASSED] * 3


def test_a_traceback_names_the_markdown_line(proved: Proved) -> None:
    text = python("# helper_mod.py\ndef fail():\n    raise ValueError") + python("import helper_mod\nhelper_mod.fail()")
    _, result = proved(text).results
    assert 'File "demo/SKILL.md", line 8, in fail' in result.output
    assert 'File "demo/SKILL.md", line 13, in <module>' in result.output


def test_a_folder_that_is_named_as_a_package_of_python_is_not_taken_for_it(proved: Proved) -> None:
    text = python("# test/unit/api_test.py\ndef test_it():\n    assert True")
    result = only(proved(text))
    assert (result.outcome, result.reason) == (Outcome.PASSED, "")
    package = python("# test/__init__.py\nWHOLE = True") + python("# test/api_test.py\nfrom . import WHOLE")
    assert [result.outcome for result in proved(package).results] == [Outcome.PASSED] * 2


def test_a_block_may_hold_several_files(proved: Proved) -> None:
    text = """\
# shop/ports.py
from shop.values.money import Money

class Port:
    price: Money


# shop/values/money.py
from shop.values.units import Cent

class Money:
    unit = Cent


# shop/values/units.py
class Cent: ...
"""
    use = "from shop.values.money import Money\nfrom shop.ports import Port\nassert Money.unit.__name__ == 'Cent'"
    assert [result.outcome for result in proved(python(text) + python(use)).results] == [Outcome.PASSED] * 2
    broken = only(proved(python(text.replace("class Cent: ...", "class Cent(Euro): ..."))))
    assert [(cause.place.line, cause.kind) for cause in broken.causes] == [(21, CauseKind.UNBOUND_NAME)]
    own = python("# shop/values/money.py\nclass Money:\n    unit = int")
    assert [result.outcome for result in proved(python(text) + own).results] == [Outcome.PASSED] * 2


def test_an_argument_that_is_not_taken_is_told_once(proved: Proved) -> None:
    text = "from argparse import ArgumentParser\nArgumentParser(\n    prog='x',\n    zzqqxx=1,\n)"
    result = only(proved(python(text)))
    assert [(cause.place.line, cause.fact) for cause in result.causes] == [
        (9, "`ArgumentParser` takes no argument `zzqqxx`")
    ]


def test_what_is_raised_names_no_private_folder(proved: Proved) -> None:
    result = only(proved(python("import os\nraise ValueError(f'{os.getcwd()}/data.csv is odd')")))
    assert [cause.fact for cause in result.causes] == ["ValueError: data.csv is odd"]


def test_the_network_is_seen_behind_what_wraps_it(proved: Proved) -> None:
    result = only(proved(python("import urllib.request\nurllib.request.urlopen('http://example.org')")))
    assert [cause.kind for cause in result.causes] == [CauseKind.NETWORK]
    assert (result.outcome, result.reason) == (Outcome.ERROR, "needs environment")


def test_of_files_that_import_each_other_in_a_circle_the_first_tells_it(proved: Proved) -> None:
    circle = python("# app/a.py\nfrom app.b import two\n\none = 1") + python(
        "# app/b.py\nfrom app.a import one\n\ntwo = one"
    )
    first, second = proved(circle).results
    assert (first.outcome, [cause.place.line for cause in first.causes]) == (Outcome.FAILED, [7])
    assert "circular import" in first.causes[0].fact
    assert second.outcome is Outcome.BLOCKED


def test_what_needs_a_circle_is_blocked_by_it(proved: Proved) -> None:
    circle = python("# app/a.py\nfrom app.b import two\n\none = 1") + python(
        "# app/b.py\nfrom app.a import one\n\ntwo = one"
    )
    *_, last = proved(circle + python("from app.b import two")).results
    assert last.outcome is Outcome.BLOCKED


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("import nowhere", CauseKind.UNDECLARED, 6),
        ("open('gone.txt')", CauseKind.SURROUNDINGS, 6),
        ("from pathlib import Path\nPath('gone').read_text()", CauseKind.SURROUNDINGS, 7),
        ("import os\nos.environ['GONE']", CauseKind.SURROUNDINGS, 7),
        ("input('name? ')", CauseKind.SURROUNDINGS, 6),
        ("import sys\npath = sys.argv[1]", CauseKind.SURROUNDINGS, 7),
        ("import sys\nif len(sys.argv) < 2:\n    sys.exit('Usage: x.py FILE')", CauseKind.SURROUNDINGS, 6),
    ],
)
def test_a_block_that_lacks_only_its_environment_is_not_decided(
    proved: Proved, text: str, kind: CauseKind, line: int
) -> None:
    result = only(proved(python(text)))
    assert (result.outcome, result.reason) == (Outcome.ERROR, "needs environment")
    assert [(cause.kind, cause.place.line) for cause in result.causes] == [(kind, line)]
    assert result.level < Level.RAN


def test_a_defect_beside_what_is_missing_is_a_failure(proved: Proved) -> None:
    result = only(proved(python("import nowhere\nprint(missing)")))
    assert (result.outcome, result.reason) == (Outcome.FAILED, "")


def test_what_a_refused_requirement_would_bring_is_blocked_by_it(proved: Proved, bare: Environment) -> None:
    refusal = Refusal(Requirement("zq-nowhere==9", Place("requirements.txt", 3)), "no such release")
    other = replace(refusal, requirement=Requirement("other", Place("requirements.txt", 2)))
    text = python("import zq_nowhere") + python("import nowhere") + python("x = 1")
    first, unknown, good = proved(text, environment=replace(bare, refused=(other, refusal))).results
    assert (first.outcome, first.reason) == (Outcome.BLOCKED, "needs environment")
    fact = "`zq_nowhere` is not installed: `zq-nowhere==9` cannot be, as told at requirements.txt:3:1"
    assert [cause.fact for cause in first.causes] == [fact]
    assert (unknown.outcome, good.outcome) == (Outcome.BLOCKED, Outcome.PASSED)


def test_what_is_imported_over_several_lines_is_told_once(proved: Proved, bare: Environment) -> None:
    refusal = Refusal(Requirement("zq-nowhere", Place("requirements.txt", 3)), "no such release")
    text = python("from zq_nowhere import (\n    one,\n    two,\n)")
    result = only(proved(text, environment=replace(bare, refused=(refusal,))))
    assert (result.outcome, len(result.causes)) == (Outcome.BLOCKED, 1)
    (cause,) = only(proved(python("from json import (\n    loads,\n    lods,\n)"))).causes
    assert (cause.fact, cause.place.line) == ("`json` has no `lods`", 8)


def test_a_name_is_told_once_though_it_is_used_later_in_the_run(proved: Proved) -> None:
    result = only(proved(python("def f():\n    return app\nprint(app)\nf()")))
    assert [cause.place.line for cause in result.causes] == [7]


SLOW = "import slow_to_import\nprint(1)"


@pytest.mark.parametrize(("load", "outcome"), [(0.0, Outcome.FAILED), (99.0, Outcome.PASSED)])
def test_what_has_much_to_import_gets_more_time_on_a_busy_machine(
    proved: Proved, bare: Environment, monkeypatch: pytest.MonkeyPatch, load: float, outcome: Outcome
) -> None:
    (packages,) = Path(bare.python).parent.parent.glob("lib/*/site-packages")
    (packages / "slow_to_import.py").write_text("import time\ntime.sleep(4)\n")
    monkeypatch.setattr("os.getloadavg", lambda: (load, load, load))
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert only(proved(python(SLOW), Options(seconds=3))).outcome is outcome
    assert only(proved(python("import time\ntime.sleep(4)"), Options(seconds=1))).outcome is Outcome.FAILED


def test_what_never_ends_is_told_with_the_time_that_it_was_given(
    proved: Proved, bare: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    (packages,) = Path(bare.python).parent.parent.glob("lib/*/site-packages")
    (packages / "never_ending.py").write_text("import time\ntime.sleep(99)\n")
    monkeypatch.setattr("os.getloadavg", lambda: (1.5, 1.5, 1.5))
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    (cause,) = only(proved(python("import never_ending"), Options(seconds=1))).causes
    assert (cause.kind, cause.fact) == (CauseKind.TIMEOUT, "the block does not end within 1 s")


IMPORTING = "import time\nfor count in range(40):\n    time.sleep(0.05)\n    id(count)\n"


@pytest.mark.parametrize("alike", [1, 4], ids=["cold", "warm"])
def test_time_begins_when_all_is_imported(proved: Proved, bare: Environment, alike: int) -> None:
    (packages,) = Path(bare.python).parent.parent.glob("lib/*/site-packages")
    (packages / "long_to_import.py").write_text(IMPORTING)
    late = "def late():\n    import long_to_import\n    assert long_to_import\nlate()"
    found = proved(python(late) * alike + python(f"{late}\nimport time\ntime.sleep(60)"), Options(seconds=1)).results
    assert {result.outcome for result in found[:-1]} == {Outcome.PASSED}
    assert [cause.kind for cause in found[-1].causes] == [CauseKind.TIMEOUT]


def test_a_module_of_the_project_takes_the_time_of_its_program(proved: Proved) -> None:
    result = only(proved(python(f"# src/app/slow.py\n{IMPORTING}"), Options(seconds=1)))
    assert [cause.kind for cause in result.causes] == [CauseKind.TIMEOUT]


SERVING = "from http.server import BaseHTTPRequestHandler, HTTPServer\n"
SERVING += "HTTPServer(('127.0.0.1', 8080), BaseHTTPRequestHandler).serve_forever()"


@pytest.mark.usefixtures("namespaces")
@pytest.mark.parametrize("alike", [1, 4], ids=["cold", "warm"])
def test_what_serves_until_it_is_stopped_is_not_decided(proved: Proved, alike: int) -> None:
    for result in proved(python(SERVING) * alike, Options(seconds=1)).results:
        assert (result.outcome, result.reason) == (Outcome.ERROR, "needs environment")
        fact = "the block needs to be stopped from outside: it still serves after 1 s"
        assert [cause.fact for cause in result.causes] == [fact]


def test_what_a_template_imports_later_blocks_may_use(proved: Proved) -> None:
    template, good, bad = proved(
        python("import json\nkey = <KEY>") + python("print(json.dumps(1))") + python("print(json.loads(2))")
    ).results
    assert (template.outcome, good.outcome) == (Outcome.SKIPPED, Outcome.PASSED)
    assert seen(bad)[1:] == (Outcome.FAILED, [CauseKind.EXCEPTION])


def test_what_a_template_alone_binds_leaves_later_blocks_undecided(proved: Proved) -> None:
    _, first, second, third = proved(
        python("client = make(<KEY>)")
        + python("def f():\n    return client\n\nf()")
        + python("client.x")
        + python("f()")
    ).results
    fact = "`client` is bound by the block at demo/SKILL.md:6:1 alone, which is not run (a template)"
    for result, line in ((first, 11), (second, 17)):
        assert (result.outcome, result.reason) == (Outcome.BLOCKED, "needs environment")
        assert [(cause.fact, cause.place.line) for cause in result.causes] == [(fact, line)]
    assert third.outcome is Outcome.BLOCKED


def test_what_an_import_of_a_template_lacks_is_told_where_it_is_used(proved: Proved) -> None:
    _, result = proved(python("import nowhere_at_all\nkey = <KEY>") + python("nowhere_at_all.use()")).results
    assert [(cause.kind, cause.place.line) for cause in result.causes] == [(CauseKind.UNDECLARED, 6)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("$ echo (a\nnothing (\n", 6),
        ("$ ls\na b\n$ for x in; do; echo\n", 8),
        ("$ ls\nit's (\n", None),
        ("$ cat <<EOF\na\nEOF\n", None),
        ("$ rm <file>\n", None),
        ("me@host:~$ echo (\n", None),
    ],
)
def test_what_a_console_shows_as_typed_is_parsed(proved: Proved, text: str, line: int | None) -> None:
    result = only(proved(f"```bash\n{text}```\n"))
    assert [(cause.kind, cause.place.line) for cause in result.causes] == ([(CauseKind.SYNTAX, line)] if line else [])
    assert result.outcome is (Outcome.FAILED if line else Outcome.SKIPPED)


def test_of_a_block_with_a_wrong_and_a_right_half_the_right_one_is_proven(proved: Proved) -> None:
    good = only(proved(python("# BAD\n1 / 0\n\n# GOOD\nx = 1")))
    assert (good.level, good.outcome, good.reason) == (Level.COVERED, Outcome.PASSED, "what it calls wrong is left out")
    wrong = only(proved(python("# BAD\n1 / 0\n\n# GOOD\nx = y")))
    assert [(cause.kind, cause.place.line) for cause in wrong.causes] == [(CauseKind.UNBOUND_NAME, 10)]


@pytest.mark.parametrize(
    ("text", "outcome", "fact"),
    [
        ("import at_work\nat_work.work(2)", Outcome.PASSED, []),
        (
            "import at_work\nat_work.work(60)",
            Outcome.ERROR,
            ["the block needs more time: it is still at work after 4 s"],
        ),
        ("import at_work\nat_work.wait()", Outcome.FAILED, ["the block does not end within 1 s"]),
        ("while True:\n    pass", Outcome.FAILED, ["the block does not end within 1 s"]),
    ],
)
def test_what_is_at_work_by_what_is_installed_is_given_more_time(  # noqa: PLR0913, PLR0917 - fixtures, and a table
    proved: Proved, bare: Environment, monkeypatch: pytest.MonkeyPatch, text: str, outcome: Outcome, fact: list[str]
) -> None:
    (packages,) = Path(bare.python).parent.parent.glob("lib/*/site-packages")
    loop = "    end = time.monotonic() + seconds\n    while time.monotonic() < end:\n        pass\n"
    text_of = f"import time\n\n\ndef work(seconds):\n{loop}\n\ndef wait():\n    time.sleep(60)\n"
    (packages / "at_work.py").write_text(text_of)
    monkeypatch.setattr("os.getloadavg", lambda: (0.0, 0.0, 0.0))
    monkeypatch.setattr("skillcheck.runner.executing.AT_WORK", 0.05)
    result = only(proved(python(text), Options(seconds=1)))
    assert (result.outcome, [cause.fact for cause in result.causes]) == (outcome, fact)


def test_there_is_only_so_much_time_to_spare(
    proved: Proved, bare: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    (packages,) = Path(bare.python).parent.parent.glob("lib/*/site-packages")
    (packages / "busy_for.py").write_text("def ever():\n    while True:\n        pass\n")
    monkeypatch.setattr("os.getloadavg", lambda: (0.0, 0.0, 0.0))
    monkeypatch.setattr("skillcheck.runner.executing.AT_WORK", 0.02)
    monkeypatch.setattr("skillcheck.runner.executing.SPARE", 1.0)
    text = python("import busy_for\nbusy_for.ever()") * 2
    results = proved(text, Options(seconds=1, jobs=1)).results
    facts = [cause.fact for result in results for cause in result.causes]
    assert [result.outcome for result in results] == [Outcome.ERROR] * 2
    assert facts == [f"the block needs more time: it is still at work after {seconds} s" for seconds in (4, 1)]


def test_what_waits_for_another_machine_needs_the_network(proved: Proved) -> None:
    looking = "import socket, time\nfor _ in range(9):\n    try:\n        socket.create_connection(('{}', 9))\n"
    waiting = "    except OSError:\n        time.sleep(9)"
    result = only(proved(python(looking.format("example.org") + waiting), Options(seconds=1)))
    assert (result.outcome, [cause.kind for cause in result.causes]) == (Outcome.ERROR, [CauseKind.NETWORK])
    result = only(proved(python(looking.format("127.0.0.1") + waiting), Options(seconds=1)))
    assert (result.outcome, [cause.kind for cause in result.causes]) == (Outcome.FAILED, [CauseKind.TIMEOUT])


@pytest.mark.usefixtures("namespaces")
@pytest.mark.parametrize("then", ["raise SystemExit(1)", "import time; time.sleep(9)"])
def test_what_a_child_asks_of_another_machine_needs_the_network(proved: Proved, then: str) -> None:
    child = f"import socket\ntry: socket.create_connection(('192.0.2.1', 9))\nexcept OSError: {then}"
    text = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {child!r}], check=True)"
    for blocks in (1, 4):  # each by itself, and by a warm process
        for result in proved(python(text) * blocks, Options(seconds=1)).results:
            assert (result.outcome, [cause.kind for cause in result.causes]) == (Outcome.ERROR, [CauseKind.NETWORK])


def test_a_name_that_stands_for_the_readers_own_is_no_defect(proved: Proved) -> None:
    result = only(proved(python("def f():\n    return YourModel()\n\nprint(your_key, f())")))
    assert (result.outcome, result.reason) == (Outcome.ERROR, "needs environment")
    assert [cause.fact for cause in result.causes] == [
        "`YourModel` stands for what the block's reader has",
        "`your_key` stands for what the block's reader has",
    ]
    assert only(proved(python("mcp__blender__execute(code='x')"))).outcome is Outcome.ERROR
    assert only(proved(python("print(yours)"))).outcome is Outcome.FAILED


def test_what_stands_alone_in_braces_and_capitals_is_to_be_filled_in(proved: Proved) -> None:
    result = only(proved(python("print(1 >= {FIRST_ID})")))
    assert (result.outcome, result.reason) == (Outcome.ERROR, "needs environment")
    assert [cause.fact for cause in result.causes] == ["`FIRST_ID` stands for what the block's reader has"]
    for text in ("print(FIRST_ID)", "print(f'{FIRST_ID}')", "print({first_id})", "print({FIRST_ID, LAST_ID})"):
        assert only(proved(python(text))).outcome is Outcome.FAILED


def test_what_a_template_is_filled_in_with_is_not_there(proved: Proved) -> None:
    text = "SLUG = '{{ cookiecutter.slug }}'\nif not SLUG.isidentifier():\n    raise SystemExit(1)"
    result = only(proved(python(text)))
    assert (result.outcome, [cause.fact for cause in result.causes]) == (
        Outcome.ERROR,
        ["the block needs what `{{ cookiecutter.slug }}` stands for in it: the block exits with status 1"],
    )
    assert only(proved(python(text.replace("SLUG =", "SLUG = 'x' or")))).outcome is Outcome.PASSED


def test_the_braces_of_what_only_another_interpreter_reads_say_nothing() -> None:
    assert _to_fill_in("{A} +") == frozenset()


def test_what_an_earlier_block_raises_is_told_with_its_place(proved: Proved) -> None:
    first, second = proved(python("def take(state):\n    return state['a']") + python("take({})")).results
    assert (first.outcome, second.outcome) == (Outcome.PASSED, Outcome.FAILED)
    where = f"{first.block.place.path}:{first.block.line}"
    assert second.causes[0].fact.startswith(f"KeyError: 'a', raised by what the block at {where}")
    assert second.causes[0].place.line == second.block.line


@pytest.mark.skipif(sys.version_info >= (3, 15), reason="reads it")
def test_what_a_later_python_reads_is_not_decided(proved: Proved) -> None:
    result = only(proved(python("from typing import NoExtraItems")))
    assert (result.outcome, result.reason) == (Outcome.ERROR, "needs environment")


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="reads it")
def test_the_syntax_of_a_later_python_is_not_decided(proved: Proved) -> None:
    first, second = proved(python("import os\nname = t'{os.name}'") + python("print(name)")).results
    assert (first.level, first.outcome, first.reason) == (Level.SHOWN, Outcome.ERROR, "needs environment")
    assert first.causes[0].fact.startswith("the block needs Python 3.14, by its syntax: ")
    assert second.outcome is Outcome.BLOCKED


def test_a_module_that_is_not_there_is_told_once_where_its_import_has_several_lines(proved: Proved) -> None:
    result = only(proved(python("from email.nowhere import (\n    one,\n    two,\n)")))
    assert [cause.fact for cause in result.causes] == ["`email` has no module `nowhere`"]
