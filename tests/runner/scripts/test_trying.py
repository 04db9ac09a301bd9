from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from skillcheck.model import CauseKind, Environment, Level, Outcome, Result
from skillcheck.runner import Cache, Options, Proof

Proved = Callable[..., Proof]
Faked = Callable[..., Path]
RUN = "<!-- skillcheck: run -->\n"
FAILING = 'echo "TypeError: odd" >&2; echo "    at $file:9:3" >&2; exit 1'


def js(text: str, tag: str = "js") -> str:
    return f"```{tag}\n{text}\n```\n"


def told(result: Result) -> tuple[Level, Outcome, list[CauseKind], str]:
    return result.level, result.outcome, [cause.kind for cause in result.causes], result.reason


def only(proof: Proof) -> Result:
    (result,) = proof.results
    return result


def test_what_the_runtime_takes_has_run(proved: Proved, faked: Faked) -> None:
    faked(body='echo "$file"; cat "$file"')
    proof = proved(js("console.log(1)"))
    result = only(proof)
    assert told(result) == (Level.RAN, Outcome.PASSED, [], "")
    assert result.output.replace("\n", "") == "demo/SKILL.mdconsole.log(1)"
    assert result.output.startswith("demo/SKILL.md\n\n\n\n\n\nconsole")
    assert proof.isolation


def test_what_fails_is_told_at_its_line(proved: Proved, faked: Faked) -> None:
    faked(body=FAILING)
    result = only(proved("- item\n\n  ```js\n  const a = 1;\n  console.log(a);\n  ```\n"))
    assert told(result) == (Level.PARSED, Outcome.FAILED, [CauseKind.EXCEPTION], "")
    assert (result.causes[0].place.line, result.causes[0].place.column) == (9, 5)


def test_what_a_runtime_lacks_is_told_with_its_release(proved: Proved, faked: Faked) -> None:
    said = "SyntaxError: The requested module 'node:fs' does not provide an export named 'nope'"
    faked(body=f'echo "{said}" >&2; echo "    at file://$file:8:3" >&2; exit 1')
    (cause,) = only(proved(js("import {nope} from 'node:fs';\nnope();"))).causes
    assert (cause.kind, cause.remedy) == (
        CauseKind.MISSING_ATTRIBUTE,
        "import what node 24.0.0 has, or say which it needs",
    )


def test_no_private_path_is_told(proved: Proved, faked: Faked) -> None:
    faked(body='echo "TypeError: odd file://$file" >&2; echo "    at $file:7:3" >&2; exit 1')
    (cause,) = only(proved(js("const a = 1;"))).causes
    assert cause.fact == "TypeError: odd demo/SKILL.md"


@pytest.mark.parametrize(
    ("text", "tag", "reason"),
    [
        ("db.query()", "js", "it needs `db`"),
        ("import a from 'node:fs'; require('b'); a;", "js", "it needs the package `b`"),
        ("import a from './b.js'; a;", "js", "it needs `./b.js`, which no block shows"),
        ("import a from 'https://example.com/a.js'; a;", "js", "it needs `https://example.com/a.js` from the network"),
        ("export const a = __dirname;", "js", "it needs `__dirname`, which a module does not have"),
        ("const a = <b/>;", "js", "it needs a compiler of JSX"),
        ("class A { @console b() {} }", "js", "it needs a compiler of decorators"),
        ("plugins: ['a']", "js", "it needs a statement around its values"),
        ("// nothing", "js", "it holds nothing that runs"),
        ("let a: number = 1;", "ts", "node 24.0.0 does not run TypeScript, which node 22.6, deno or bun would"),
    ],
)
def test_what_cannot_run_stays_parsed_and_says_why(
    proved: Proved, faked: Faked, text: str, tag: str, reason: str
) -> None:
    faked(body="exit 9")
    assert told(only(proved(js(text, tag)))) == (Level.PARSED, Outcome.PASSED, [], reason)


def test_what_is_asked_to_run_fails_for_what_it_lacks(proved: Proved, faked: Faked) -> None:
    faked()
    result = only(proved(RUN + js("const a = 1;\na(db)")))
    assert told(result) == (Level.PARSED, Outcome.FAILED, [CauseKind.UNBOUND_NAME], "")
    cause = result.causes[0]
    assert (cause.place.line, cause.place.column, cause.fact) == (8, 3, "the block needs `db`")
    configured = only(proved(js("db()"), Options(run=frozenset({"javascript"}))))
    assert configured.outcome is Outcome.FAILED


def test_types_alone_have_run_where_that_is_asked(proved: Proved, faked: Faked) -> None:
    faked("deno")
    assert told(only(proved(RUN + js("type A = 1;", "ts")))) == (Level.RAN, Outcome.PASSED, [], "")


@pytest.mark.usefixtures("faked")
def test_a_missing_runtime_is_never_a_pass(proved: Proved) -> None:
    first, second = proved(js("let a;") + RUN + js("let a;")).results
    assert told(first) == (Level.PARSED, Outcome.PASSED, [], "node is not installed")
    assert told(second) == (Level.SHOWN, Outcome.SKIPPED, [], "node is not installed")


@pytest.mark.parametrize("directive", ["level=parsed", "level=resolved"])
def test_what_is_asked_to_be_parsed_is_not_run(proved: Proved, faked: Faked, directive: str) -> None:
    faked(body="exit 9")
    result = only(proved(f"<!-- skillcheck: {directive} -->\n" + js("let a;")))
    assert told(result) == (Level.PARSED, Outcome.PASSED, [], "")


def test_what_does_not_parse_is_not_run(proved: Proved, faked: Faked) -> None:
    faked()
    assert told(only(proved(js("let = = ;"))))[:2] == (Level.SHOWN, Outcome.FAILED)


def test_files_of_the_project_are_there(proved: Proved, faked: Faked) -> None:
    faked(body='cat lib/b.js package.json; echo "${file##*/}"')
    text = js("// lib/b.js\nexport const b = 1;") + js("// lib/a.js\nimport { b } from './b';\nconsole.log(b);")
    _, result = proved(text).results
    assert result.level is Level.RAN
    assert result.output == '// lib/b.js\nexport const b = 1;\n{"type": "module"}\na.js\n'


def test_a_package_of_the_project_is_kept(proved: Proved, faked: Faked) -> None:
    faked(body="cat package.json")
    text = "<!-- skillcheck: file=package.json -->\n```json\n{}\n```\n" + js("export const b = 1;")
    assert proved(text).results[1].output == "{}\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("#!/usr/bin/env node\nconsole.log(1);", "demo_SKILL_block.cjs"),
        ("export default 1;", "demo_SKILL_block.mjs"),
    ],
)
def test_modules_are_named_so(proved: Proved, faked: Faked, text: str, name: str) -> None:
    faked(body='echo "${file##*/}"; grep -c "^//!/usr" "$file"; exit 0')
    assert only(proved(js(text))).output.startswith(name)


def test_another_files_failure_blocks(proved: Proved, faked: Faked) -> None:
    faked(body='echo "TypeError: odd" >&2; echo "    at ${file%/*}/b.js:1:1" >&2; exit 1')
    text = js("// b.js\nconst b = 1;\nmodule.exports = b;") + js("require('./b.js');")
    first, second = proved(text).results
    assert (first.outcome, second.outcome) == (Outcome.FAILED, Outcome.BLOCKED)
    assert second.causes[0].fact == "the block needs the one at demo/SKILL.md:6:1, which fails"


@pytest.mark.usefixtures("landlock")
def test_passes_are_remembered(proved: Proved, faked: Faked, tmp_path: Path) -> None:
    options = Options(cache=Cache(tmp_path / "results"))
    nothing = Environment("")
    faked(body="date +%N; echo $$")
    first, again = (only(proved(js("let a;"), options, nothing)) for _ in range(2))
    assert first.output == again.output
    assert only(proved(js("let b;"), options, nothing)).output != first.output
    slower = "<!-- skillcheck: timeout=9 -->\n"
    assert only(proved(slower + js("let a;"), options, nothing)).output != first.output
    faked(body="date +%N; echo $$ other")
    assert only(proved(js("let a;"), options, nothing)).output != first.output


@pytest.mark.usefixtures("landlock")
def test_what_lacked_something_is_tried_again(proved: Proved, faked: Faked, tmp_path: Path) -> None:
    options = Options(cache=Cache(tmp_path / "results"))
    faked(body='echo "ReferenceError: a is not defined" >&2; exit 1')
    assert only(proved(js("let a;"), options)).reason == "it needs `a`"
    assert only(proved(js("let a;"), options)).reason == "it needs `a`"


def test_progress_is_told_of_each_block_once(proved: Proved, faked: Faked) -> None:
    faked()
    seen: list[int] = []
    proved(
        js("let a;") + js("{}", "json") + js("x", "text"), Options(progress=lambda unit: seen.append(unit.block.index))
    )
    assert sorted(seen) == [0, 1, 2]


def test_commands_do_not_find_our_own_interpreter(proved: Proved, faked: Faked, bare: Environment) -> None:
    faked(body='echo "$PATH"')
    assert only(proved(js("let a;"), None, Environment(""))).output == "/usr/local/bin:/usr/bin:/bin\n"
    assert only(proved(js("let a;"))).output.startswith(str(Path(bare.python).parent))
