"""Every fix does away with its finding, makes no new error, and leaves all other bytes of the file as they are."""

from __future__ import annotations

import difflib
import stat
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from skillcheck import cli, fix
from skillcheck.config import Config
from skillcheck.fix import fixable, fixed, hinted
from skillcheck.lint import lint
from skillcheck.model import Client, Edit, Finding, Place, Report, Severity
from skillcheck.rules import RULES

ALL = tuple(Client)
SKILL = "skills/pdf-forms/SKILL.md"
MANIFEST = "p/.claude-plugin/plugin.json"
REST = "description: Fills PDF forms. Use when the user asks to fill a form. # short\n{}---\n\n# PDF forms\n\nText.\n"
TOP = f"---\nname: pdf-forms\n{REST}"
# what each example of a rule's own, and these beside it, becomes: code, files, the line that is mended, and how safe
CASES = [
    ("SK101", SKILL, "\n \n" + TOP.format(""), None, True),
    ("SK101", SKILL, "\ufeff\ufeff" + TOP.format(""), None, True),
    ("SK103", SKILL, TOP.format("metadata:\n\tauthor: x\n"), "  author: x\n", False),
    ("SK103", SKILL, TOP.format('license: MIT: or so \\ "x"\n'), 'license: "MIT: or so \\\\ \\"x\\""\n', True),
    ("SK104", SKILL, TOP.format("license: |\n  MIT\n\n  more\nlicense: 'Apache' # kept\n"), None, False),
    ("SK104", SKILL, TOP.format("license: |\n  # MIT\n\n# the other\n\nlicense: Apache\n"), None, False),
    ("SK104", SKILL, TOP.format('license: "a\u2028b"\ncompatibility: x\nlicense: c\n'), None, False),
    ("SK128", SKILL, TOP.format("license: 1.0 # a number\n"), 'license: "1.0" # a number\n', True),
    ("SK128", SKILL, TOP.format("compatibility: true\n"), 'compatibility: "true"\n', True),
    ("SK107", SKILL, TOP.format("Allowed_Tools: Read\n"), "allowed-tools: Read\n", True),
    ("SK107", SKILL, TOP.format("allowed-tool: Read\n"), "allowed-tools: Read\n", False),
    ("SK110", SKILL, "---\n# a comment\n" + REST.format(""), "name: pdf-forms\n", True),
    ("SK110", SKILL, "---\n# skillcheck: ignore SK107\nlicence: x\n" + REST.format(""), "name: pdf-forms\n", True),
    ("SK111", SKILL, TOP.format("").replace("pdf-forms", "'PDF_Forms' # name"), "name: pdf-forms # name\n", True),
    ("SK111", SKILL, TOP.format("").replace("pdf-forms", "pdf--forms!"), "name: pdf-forms\n", False),
    ("SK113", SKILL, TOP.format("").replace("pdf-forms", '"pdf"  # name'), "name: pdf-forms  # name\n", False),
    ("SK202", SKILL, TOP.format("allowed-tools: 'read, Glob'\n"), "allowed-tools: 'Read, Glob'\n", True),
    ("SK202", SKILL, TOP.format("allowed-tools: Raed(x y), Glob\n"), "allowed-tools: Read(x y), Glob\n", False),
    ("SK204", SKILL, TOP.format("allowed-tools: MultiEdit\n"), "allowed-tools: Edit\n", False),
    ("SK205", SKILL, TOP.format("allowed-tools: Read Task Glob\n"), "allowed-tools: Read Agent Glob\n", True),
    ("SK206", SKILL, TOP.format("allowed-tools: Write(/x y)\n"), "allowed-tools: Edit(/x y)\n", False),
    ("SK210", SKILL, TOP.replace(" # short", "").format("allowed-tools: [Read, Bash(git *)]\n"), None, True),
    ("SK210", SKILL, TOP.replace(" # short", "").format("allowed-tools:\n  - Read\n  - Glob\n"), None, True),
    ("SK551", MANIFEST, '{"name": "p",\n\t"author": "Me \\u00e9 é"}', '\t"author": {"name": "Me é é"}}', True),
    ("SK551", MANIFEST, '{"name": "p",\n "keywords": "a, b"\n}', ' "keywords": ["a", "b"]\n', True),
    ("SK504", MANIFEST, '{"name": "p",\n "home_page": "https://x.org"\n}', ' "homepage": "https://x.org"\n', True),
    ("SK504", MANIFEST, '{"name": "p",\n "descriptin": "d"\n}', ' "description": "d"\n', False),
]
VARIANTS: Mapping[str, Callable[[str], bytes]] = {
    "plain": lambda text: text.encode(),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "bom": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "no-end": lambda text: text.rstrip("\n").encode(),
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def put(path: str, content: bytes) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def found(code: str) -> list[Finding]:
    return [each for each in lint(["."], Config(Path.cwd(), targets=ALL)).findings if each.code == code]


def touched(content: bytes, told: list[Finding]) -> set[bytes]:
    lines = content.splitlines(keepends=True)
    places = [edit.place for finding in told for edit in finding.edits]
    return {line for place in places for line in lines[place.line - 1 : place.end_line]}


def only(code: str) -> Config:
    return Config(Path.cwd(), targets=ALL, select=(code,))


def errors() -> set[str]:
    report = lint(["."], Config(Path.cwd(), targets=ALL))
    return {each.code for each in report.findings if each.severity is Severity.ERROR}


def changed(before: bytes, after: bytes) -> tuple[list[bytes], list[bytes]]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    gone: list[bytes] = []
    come: list[bytes] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += old[i:j]
            come += new[k:m]
    return gone, come


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(("code", "path", "text", "line", "safe"), CASES)
def test_a_fix_mends_its_finding_and_nothing_else(  # noqa: PLR0913 - a column each
    code: str, path: str, text: str, line: str | None, variant: str, *, safe: bool
) -> None:
    if (variant, code) == ("crlf", "SK103") and "\t" not in text:
        code = "SK102"  # in lines that end so, Claude Code quotes nothing
    file = put(path, VARIANTS[variant](text))
    before, wrong = file.read_bytes(), errors()
    told = found(code)
    assert [(bool(each.edits), each.safe) for each in told] == [(True, safe)], told
    assert "nothing to fix" in fixed(["."], only(code)).notes or safe
    fixed(["."], only(code), unsafe=True)
    after = file.read_bytes()
    assert found(code) == []
    assert errors() <= wrong
    gone, come = changed(before, after)
    assert set(gone) <= touched(before, told)
    if line is not None:
        end = b"\r\n" if variant == "crlf" and line.endswith("\n") else b""
        assert come == [line.rstrip("\n").encode() + (end or (b"\n" if line.endswith("\n") else b""))]
    marks = {content.startswith(b"\xef\xbb\xbf") for content in (before, after)}
    assert marks == {text[0] == "\ufeff" or variant == "bom"}
    assert before.count(b"\r\n") == 0 or after.count(b"\n") == after.count(b"\r\n")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("SK104", TOP.format("metadata:\n  a: 1\n  a: 2\n")),
        ("SK104", TOP.format("license: a\n'license': b\nlicense: c\n")),
        ("SK128", TOP.format("license: [MIT]\n")),
        ("SK128", TOP.format("license: &version 1.0\ncompatibility: x\n")),
        ("SK128", TOP.format("metadata:\n  a: &a 1.0\nlicense: *a\n")),
        ("SK111", TOP.format("").replace("pdf-forms", "&name PDF-Forms")),
        ("SK113", TOP.format("").replace("pdf-forms", "!!str forms")),
        ("SK210", TOP.replace(" # short", "").format("allowed-tools: &tools [Read, Glob]\n")),
        ("SK210", TOP.replace(" # short", "").format("allowed-tools: [&read Read, Glob]\n")),
        ("SK107", TOP.format("allowed_tools: Read\nallowed-tools: Read\n")),
        ("SK107", TOP.format("allowed_tools: Read\nallowedTool: Glob\n")),
        ("SK107", TOP.format("allowed_tools: {a: b}\n")),
        ("SK110", "---\n{description: Fills forms. Use when one is to be filled.}\n---\nText.\n"),
        ("SK110", "---\nname:\n" + REST.format("")),
        ("SK111", TOP.format("").replace("name: pdf-forms", "name: Other_Name")),
        ("SK111", TOP.format("").replace("name: pdf-forms", "name: |\n  PDF-Forms")),
        ("SK113", TOP.format("").replace("name: pdf-forms", "name: >-\n  other")),
        ("SK111", TOP.format("license: a: b\n").replace("pdf-forms", "'PDF_Forms'  # name")),
        ("SK113", TOP.format("license: a: b\n").replace("pdf-forms", "forms  # name")),
        ("SK202", TOP.format('allowed-tools: "\\x52aed"\n')),
        ("SK204", TOP.format("allowed-tools: BashOutput LS\n")),
        ("SK210", TOP.format("allowed-tools: [Read, Glob]\n")),
        ("SK210", TOP.replace(" # short", "").format("allowed-tools: ['Read \"x\"', Glob]\n")),
    ],
)
def test_where_more_than_one_way_is_right_nothing_is_fixed(code: str, text: str) -> None:
    file = put(SKILL, text.encode())
    assert [each.edits for each in found(code)] in ([()], [(), ()])
    fixed(["."], only(code), unsafe=True)
    assert file.read_bytes() == text.encode()


@pytest.mark.parametrize(
    ("fields", "mended"),
    [
        ("license: a\n  # on tools\ncompatibility: x\nlicense: c\n", "  # on tools\ncompatibility: x\nlicense: c\n"),
        ("license: |\n  # a\ncompatibility: x\nlicense: c\n", "compatibility: x\nlicense: c\n"),
        ("license: a\n# on tools\nlicense: c\n", "# on tools\nlicense: c\n"),
    ],
)
def test_a_comment_before_the_next_key_is_kept(fields: str, mended: str) -> None:
    file = put(SKILL, TOP.format(fields).encode())
    fixed(["."], only("SK104"), unsafe=True)
    assert file.read_text(encoding="utf-8") == TOP.format(mended)


@pytest.mark.parametrize(
    ("path", "fields", "told"),
    [
        (MANIFEST, '"home_page": "https://x.org", "Homepage": "https://x.org"', ["SK504", "SK504"]),
        (MANIFEST, '"home_page": {}', ["SK504"]),
        (MANIFEST, '"home_page": "nowhere"', ["SK504"]),
        ("p/.claude-plugin/marketplace.json", '"owner": {"name": "x"}, "plugins": [{"Keywords": "a"}]', ["SK505"]),
    ],
)
def test_a_field_is_renamed_only_where_its_value_is_right(path: str, fields: str, told: list[str]) -> None:
    file = put(path, f'{{"name": "p", {fields}}}'.encode())
    before = file.read_bytes()
    assert [each.code for code in ("SK504", "SK505") for each in found(code)] == told
    fixed(["."], Config(Path.cwd(), targets=ALL, select=("SK504", "SK505")), unsafe=True)
    assert file.read_bytes() == before


@pytest.mark.parametrize("source", ["forms", "plugins/forms"])
def test_a_source_is_made_a_path_only_where_a_folder_is(source: str) -> None:
    text = f'{{"name": "m", "owner": {{"name": "x"}}, "plugins": [{{"name": "forms", "source": "{source}"}}]}}'
    file = put(".claude-plugin/marketplace.json", text.encode())
    fixed(["."], only("SK514"), unsafe=True)
    assert file.read_text(encoding="utf-8") == text
    put(f"{source}/README.md", b"")
    fixed(["."], only("SK514"), unsafe=True)
    assert file.read_text(encoding="utf-8") == text.replace(f': "{source}"}}]', f': "./{source}"}}]')


EXAMPLES = [
    pytest.param(rule.code, example.files, id=rule.name) for rule in RULES for example in rule.examples if example.bad
]


@pytest.mark.parametrize(("code", "files"), EXAMPLES)
def test_the_examples_of_rules_are_fixed_where_they_can_be(code: str, files: tuple[tuple[str, str], ...]) -> None:
    for path, text in files:
        put(path, text.encode())
    before, wrong = {path: Path(path).read_bytes() for path, _ in files}, errors()
    had = [each for each in found(code) if each.edits]
    fixed(["."], only(code), unsafe=True)
    assert [each for each in found(code) if each.edits] == []
    assert errors() <= wrong
    paths = {edit.place.path for each in had for edit in each.edits}
    assert {path for path, content in before.items() if Path(path).read_bytes() != content} == paths


def test_findings_at_one_place_are_fixed_in_rounds() -> None:
    file = put(SKILL, TOP.format("allowed-tools: [Task, Write(x)]\n").replace("pdf-forms", "PDF-Forms").encode())
    report = fixed(["."], Config(Path.cwd(), targets=ALL), unsafe=True)
    assert b"name: pdf-forms\n" in file.read_bytes()
    assert b"allowed-tools: [Agent, Edit(x)]\n" in file.read_bytes()
    assert {each.code for each in report.findings} == {"SK210"}
    assert report.notes == ("3 findings fixed in 1 file",)


def test_fixing_ends_though_each_round_changes_something(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fix, "ROUNDS", 1)
    put(SKILL, TOP.format("").replace("pdf-forms", "PDF-Forms").encode())
    assert fixed(["."], Config(Path.cwd(), targets=ALL), unsafe=True).notes == ("1 finding fixed in 1 file",)


def test_faults_that_hide_the_next_are_all_fixed() -> None:
    file = put(SKILL, TOP.format('metadata: {a: b, or c."\n' * 15).encode())
    fixed(["."], Config(Path.cwd(), targets=ALL), unsafe=True)
    assert fixed(["."], Config(Path.cwd(), targets=ALL), unsafe=True).notes == ("nothing to fix",)
    assert b": {a" not in file.read_bytes()


def test_a_fix_that_undoes_another_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    file, rounds = put("a.md", b"x"), []

    def told(*_: object) -> Report:
        rounds.append(file.read_text())
        other = {"x": "y", "y": "x"}[rounds[-1]]
        edits = (Edit(Place("a.md", 1, 1, 1, 2), other),)
        return Report(findings=(Finding("SK1", "n", Severity.ERROR, Place("a.md"), "", "", edits=edits),))

    monkeypatch.setattr(fix, "lint", told)
    assert fixed(["."], Config(Path.cwd())).notes == ("1 finding fixed in 1 file",)
    assert rounds == ["x", "y"]


def test_an_edit_that_changes_nothing_is_none() -> None:
    put("a.md", b"x")
    same = Finding("SK1", "n", Severity.ERROR, Place("a.md"), "", "", edits=(Edit(Place("a.md", 1, 1, 1, 2), "x"),))
    assert fixable(Report(findings=(same,))).diffs == ()


def test_an_unused_ignore_is_taken_out() -> None:
    text = TOP.format("").replace("Text.", "Text. <!-- skillcheck: ignore SK401 -->")
    file = put(SKILL, text.encode())
    assert fixed(["."], Config(Path.cwd())).findings == ()
    assert file.read_text() == text.replace("<!-- skillcheck: ignore SK401 -->", "")


def test_what_is_no_file_on_disk_is_left_alone() -> None:
    edit = Edit(Place("x.zip/SKILL.md", 1, 1, 1, 2), "y")
    put("latin.md", b"\xff")
    edits = [edit, Edit(Place("latin.md", 1, 1, 1, 2), "y"), Edit(Place("a\0b", 1, 1, 1, 2), "y")]
    findings = tuple(Finding("SK1", "n", Severity.ERROR, each.place, "", "", edits=(each,)) for each in edits)
    assert fixable(Report(findings=findings)).diffs == ()


def test_the_mode_and_the_link_of_a_file_are_kept(here: Path) -> None:
    real = put("real/SKILL.md", TOP.format("allowed-tools: Task\n").encode())
    real.chmod(0o640)
    (here / "skills/pdf-forms").mkdir(parents=True)
    (here / SKILL).symlink_to("../../real/SKILL.md")
    fixed([SKILL], Config(here))
    assert (here / SKILL).is_symlink()
    assert b"Agent" in real.read_bytes()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(path.name for path in real.parent.iterdir()) == ["SKILL.md"]


def test_through_a_link_only_safe_fixes_are_done(here: Path) -> None:
    real = put("b/forms/SKILL.md", TOP.format("allowed-tools: Task\n").replace("pdf-forms", "forms").encode())
    (here / "a/other").mkdir(parents=True)
    (here / "a/other/SKILL.md").symlink_to("../../b/forms/SKILL.md")
    report = fixed(["."], Config(here, targets=ALL), unsafe=True)
    assert b"Agent" in real.read_bytes()
    assert b"name: forms\n" in real.read_bytes()
    assert [finding.code for finding in report.findings] == ["SK113"]
    assert hinted(report).notes == report.notes


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli.skillcheck, arguments, catch_exceptions=False)


def test_a_call_fixes_shows_or_hints() -> None:
    text = TOP.format("allowed-tools: Task Raed\n")
    file = put(SKILL, text.encode())
    assert "note: can be fixed: 1 with --fix, 1 more with --fix --unsafe-fixes\n" in call("check").output
    shown = call("check", "--diff").output
    assert "-allowed-tools: Task Raed\n+allowed-tools: Agent Raed\n" in shown
    assert "+allowed-tools: Agent Read\n" in call("check", "--diff", "--unsafe-fixes").output
    assert file.read_text() == text
    done = call("check", "--fix").output
    assert "note: 1 finding fixed in 1 file\nnote: can be fixed: 1 with --fix --unsafe-fixes\n" in done
    assert "note: 1 finding fixed in 1 file\n" in call("check", "--fix", "--unsafe-fixes").output
    assert file.read_text() == text.replace("Task Raed", "Agent Read")
    assert "note: nothing to fix\n" in call("check", "--fix").output


def test_a_call_that_writes_and_does_not_is_wrong() -> None:
    done = call("check", "--fix", "--diff")
    assert (done.exit_code, "--fix writes and --diff does not; ask for one of them" in done.output) == (2, True)


def test_a_file_that_cannot_be_replaced_is_a_wrong_call(monkeypatch: pytest.MonkeyPatch) -> None:
    file = put(SKILL, TOP.format("allowed-tools: Task\n").encode())

    def refuse(self: Path, _: Path) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "replace", refuse)
    done = call("check", "--fix")
    assert done.exit_code == 2
    assert "cannot be written: Permission denied" in done.output
    assert [path.name for path in file.parent.iterdir()] == ["SKILL.md"]


def test_a_last_line_without_an_end_is_shown_whole() -> None:
    put(MANIFEST, b'{"name": "p", "author": "Me"}')
    (diff,) = fixable(lint(["."], Config(Path.cwd()))).diffs
    assert diff.endswith('+{"name": "p", "author": {"name": "Me"}}\n\\ No newline at end of file\n')


def test_nothing_is_hinted_at_where_nothing_can_be_fixed() -> None:
    assert hinted(Report()).notes == ()


def test_nothing_is_hinted_at_in_an_archive() -> None:
    with zipfile.ZipFile("a.zip", "w") as archive:
        archive.writestr("pdf/SKILL.md", TOP.format("allowed-tools: Task\n"))
    report = lint(["a.zip"], Config(Path.cwd()))
    assert any(finding.edits for finding in report.findings)
    assert hinted(report).notes == report.notes
