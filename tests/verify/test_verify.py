from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock
from zipfile import ZipFile

import pytest

from skillcheck.config import Config, find
from skillcheck.lint import told
from skillcheck.load import load
from skillcheck.model import (
    Client,
    Environment,
    FaultKind,
    Finding,
    Level,
    Lock,
    Outcome,
    Place,
    Refusal,
    Releases,
    Report,
    Requirement,
    Severity,
)
from skillcheck.runner import behaviour
from skillcheck.verify import (
    Extraction,
    Settings,
    Stages,
    _is_inside,
    listing,
    matrix,
    packing,
    proving,
    snippets_folder,
    verify,
)

Project = Callable[..., Path]
ALL = Stages(extraction=Extraction.CHECK, listing=Extraction.CHECK, run=True, pack=True)
TEST = "from app.sums import add\n\n\ndef test_add():\n    assert add(1, 2) == {}\n"


def verified(stages: Stages = ALL, settings: Settings | None = None, path: str = "skills/adding") -> Report:
    return verify([path], find(Path.cwd()), stages, settings)


def errors(report: Report) -> list[tuple[str, str, int]]:
    return [
        (finding.name, finding.place.path, finding.place.line)
        for finding in report.findings
        if finding.severity is Severity.ERROR
    ]


def extract() -> None:
    verified(Stages(check=False, extraction=Extraction.WRITE))


def changed(root: Path, *pairs: tuple[str, str]) -> None:
    path = root / "skills/adding/SKILL.md"
    text = path.read_text()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)


def test_a_skill_is_checked_extracted_run_tested_and_packed(project: Project, own_tools: list[object]) -> None:
    root = project({"tests/skills/adding/test_add.py": TEST.format(3)})
    extract()
    report = verified()
    assert errors(report) == []
    assert report.skills == ("adding",)
    assert [result.level for result in report.results] == [Level.COVERED, Level.COVERED, Level.PARSED]
    assert [(run.passed, run.failures, run.error) for run in report.tests] == [(1, (), "")]
    (zipped,) = report.packed
    assert (zipped.path, zipped.size) == ("dist/adding.zip", (root / "dist/adding.zip").stat().st_size)
    assert dict(report.verdicts) == {
        Client.CLAUDE_CODE: "loads",
        Client.CLAUDE_AI: "upload taken",
        Client.SPEC: "valid",
        Client.GH: "publishable",
        Client.NPX_SKILLS: "found",
    }
    assert not report.failed
    assert own_tools == [(), ("coverage>=7.11", "pytest>=8")]


def test_the_same_zip_comes_twice(project: Project) -> None:
    root = project()
    first, second = (verified(Stages(pack=True)).packed[0].sha256 for _ in range(2))
    assert first == second
    (root / "skills/adding/SKILL.md").touch()
    assert verified(Stages(pack=True)).packed[0].sha256 == first


@pytest.mark.parametrize(
    ("epoch", "year"), [("", 1980), ("1700000000", 2023), ("yesterday", 1980), ("-5", 1980), ("9" * 20, 2107)]
)
def test_the_time_of_a_zip_can_be_given(
    project: Project, monkeypatch: pytest.MonkeyPatch, epoch: str, year: int
) -> None:
    root = project()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    verified(Stages(pack=True))
    with ZipFile(root / "dist/adding.zip") as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {year}


@pytest.mark.parametrize(
    ("old", "new", "name", "line"),
    [
        ("return a + b", "return a +", "block-does-not-parse", 10),
        ("print(add(1, 2))", "print(add(1, nothing))", "unbound-name", 18),
        ("print(add(1, 2))", "import nowhere_at_all", "undeclared-requirement", 18),
        ("print(add(1, 2))", "from json import dmps", "missing-attribute", 18),
        (
            "print(add(1, 2))",
            "import argparse\nargparse.ArgumentParser(programm=add(1, 2))",
            "block-fails",
            19,
        ),
        ("print(add(1, 2))", "add(1, '2')", "block-fails", 18),
        ("[1, 2]}", "[1, 2}", "block-does-not-parse", 22),
        ("print(add(1, 2))", "import sys; sys.exit(4)", "exits-nonzero", 16),
    ],
)
def test_one_defect_is_told_once_and_keeps_the_skill_from_being_packed(
    project: Project, old: str, new: str, name: str, line: int
) -> None:
    changed(project(), (old, new))
    extract()
    report = verified()
    assert (name, "skills/adding/SKILL.md", line) in errors(report)
    assert [found for found in errors(report) if found[0] == name] == [(name, "skills/adding/SKILL.md", line)]
    assert report.packed == ()
    assert "adding: not packed, because of its errors" in report.notes
    assert report.failed


def test_a_failing_test_is_told(project: Project, own_tools: list[object]) -> None:
    project({"tests/skills/adding/test_add.py": TEST.format(4)})
    extract()
    report = verified()
    assert errors(report) == [("failing-test", "tests/skills/adding/test_add.py", 5)]
    assert report.packed == ()
    assert len(own_tools) == 2


def test_tests_among_the_blocks_run_as_well(project: Project, own_tools: list[object]) -> None:
    block = "```python\n# tests/test_sums.py\n" + TEST.format(4) + "```\n"
    root = project()
    changed(root, ("## Using it\n", f"## Testing it\n\n{block}\n## Using it\n"))
    extract()
    report = verified()
    assert ("failing-test", "skills/adding/SKILL.md", 21) in errors(report)
    assert report.tests[0].place.path == "skills/adding/SKILL.md"
    assert len(own_tools) == 2


def test_a_stale_snippet_is_told_with_its_difference(project: Project) -> None:
    root = project()
    extract()
    changed(root, ("add(1, 2)", "add(1, 20)"))
    report = verified(Stages(check=False, extraction=Extraction.CHECK))
    assert {name for name, _, _ in errors(report)} == {"stale-snippet"}
    diff = next(diff for diff in report.diffs if "print" in diff)
    assert "-print(add(1, 2))" in diff
    assert "+print(add(1, 20))" in diff


def test_a_requirement_that_cannot_be_installed_is_told_and_left_out(project: Project, own_tools: list[object]) -> None:
    project({"tests/skills/adding/test_add.py": TEST.format(3)})
    extract()
    report = verified(settings=Settings(requirements=("nothing-of-that-name==1",)))
    assert errors(report) == [("refused-requirement", "--requirement", 1)]
    assert {result.outcome for result in report.results} == {Outcome.PASSED}
    assert [refusal.requirement.text for refusal in report.environments["adding"].refused] == [
        "nothing-of-that-name==1"
    ]
    assert [run.passed for run in report.tests] == [1]
    assert own_tools[0] == ("nothing-of-that-name==1",)


def test_a_requirement_without_a_wheel_has_a_remedy_of_its_own() -> None:
    wanted = Requirement("zq>=1", Place("requirements.txt", 3))
    fault, other = proving.refused(
        Environment("", refused=(Refusal(wanted, "no wheel", unbuilt=True), Refusal(wanted, "not there")))
    )
    assert (fault.kind, other.kind) == (FaultKind.UNBUILT_REQUIREMENT, FaultKind.REFUSED_REQUIREMENT)
    assert fault.fact == "`zq>=1` cannot be installed: no wheel"
    assert "name a release that has a wheel" in fault.remedy


def test_tests_whose_requirements_cannot_be_installed_are_told(project: Project) -> None:
    project(
        {
            "tests/skills/adding/test_add.py": TEST.format(3),
            "tests/skills/adding/requirements.txt": "nothing-of-that-name==1\n-e .\n",
        }
    )
    extract()
    report = verified()
    assert ("broken-test-run", "tests/skills/adding", 1) in errors(report)
    assert ("bad-requirement", "tests/skills/adding/requirements.txt", 2) in errors(report)
    assert report.tests[0].error.startswith("its requirements cannot be installed: ")
    assert report.packed == ()


def test_what_is_given_and_configured_is_required(project: Project, own_tools: list[tuple[str, ...]]) -> None:
    project({"skillcheck.toml": '[skills.adding]\nrequirements = ["none-such>=1"]\n'})
    report = verified(Stages(check=False, run=True), Settings(requirements=("none-other", "=bad")))
    assert own_tools[0] == ("none-such>=1", "none-other")
    assert ("bad-requirement", "--requirement", 1) in errors(report)


def test_a_skill_without_python_needs_no_environment(project: Project, own_tools: list[object]) -> None:
    text = "---\nname: adding\ndescription: Adds. Use when adding.\n---\n\n```json\n{}\n```\n\n```\nprose\n```\n"
    project({"skills/adding/SKILL.md": text})
    report = verified(Stages(run=True))
    assert [result.level for result in report.results] == [Level.PARSED, Level.SHOWN]
    assert (own_tools, report.environments) == ([], {})


def test_progress_and_settings_reach_the_runner(project: Project) -> None:
    project({"skillcheck.toml": "timeout = 20\n[skills.adding]\ntimeout = 0.2\nnetwork = true\n"})
    changed(Path.cwd(), ("print(add(1, 2))", "import time; time.sleep(add(1, 2))"))
    said: list[str] = []
    report = verified(Stages(check=False, run=True), Settings(jobs=1, say=said.append))
    (late,) = (finding for finding in report.findings if finding.severity is Severity.ERROR)
    assert (late.name, late.message) == ("block-times-out", "the block does not end within 0.2 s")
    assert said[0] == "adding: installing nothing for its blocks"
    assert said[-1] == "adding: 3 of 3 blocks"


NEEDY = {
    "skills/adding/requirements.txt": "nothing-of-that-name==1\n",
    "skillcheck.toml": '[skills.adding]\nrequirements = ["nothing-else"]\n',
}


def test_what_is_installed_is_told_with_where_it_comes_from(project: Project) -> None:
    project(NEEDY)
    told: list[str] = []
    verified(Stages(run=True), Settings(("nor-this",), tell=told.append))
    assert told == [
        "adding: installing for its blocks, from the package index:",
        "  nothing-of-that-name==1  skills/adding/requirements.txt:1:1",
        "  nothing-else             skillcheck.toml:1:1 configuration",
        "  nor-this                 --requirement:1:1 command line",
    ]


SHELL = """
<!-- skillcheck: run timeout=60 -->
```bash
python -m skillcheck --version
```
"""


def test_nothing_is_told_where_nothing_is_installed(project: Project) -> None:
    project()
    told: list[str] = []
    verified(Stages(run=True), Settings(tell=told.append))
    project(NEEDY)
    verified(Stages(run=True), Settings(installs=False, tell=told.append))
    assert told == []


def test_a_skill_may_be_proven_on_what_is_there(project: Project) -> None:
    changed(project(NEEDY), ("from app.sums", "import skillcheck\nfrom app.sums"))
    Path("skillcheck.toml").write_text("[skills.adding]\ninstall = false\n")
    skill = Path("skills/adding/SKILL.md")
    skill.write_text(skill.read_text() + SHELL)
    report = verified(Stages(check=False, run=True), Settings(matrix=True))
    found = report.environments["adding"]
    assert (found.python, found.installed, report.failed) == (sys.executable, False, False)
    assert report.results[-1].level is Level.COVERED
    assert report.cells == ()
    assert report.notes[-1] == f"adding: proven with Python {found.version} alone, on what is installed there"


def test_what_fails_for_another_reason_is_told_as_ever(project: Project) -> None:
    changed(project(), ("print(add(1, 2))", "add(1, '2')"))
    report = verified(Stages(check=False, run=True), Settings(installs=False))
    assert errors(report) == [("block-fails", "skills/adding/SKILL.md", 18)]


def test_nothing_is_installed_if_that_is_wished(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project(NEEDY | {"tests/skills/adding/test_add.py": TEST.format(3)})
    changed(Path.cwd(), ("from app.sums", "import iniconfig, nowhere\nfrom app.sums"))
    report = verified(Stages(check=False, run=True), Settings(installs=False))
    assert [(found.code, found.place.line, found.severity) for found in report.findings] == [
        ("SK815", 16, Severity.WARNING)
    ]
    fact = "`nowhere` is neither installed nor shown in a block, and nothing is to be installed"
    assert report.findings[0].message == fact
    assert report.findings[0].fix == f"install what brings it for {sys.executable}, or run without --no-install"
    assert [result.outcome for result in report.results] == [Outcome.PASSED, Outcome.ERROR, Outcome.PASSED]
    assert [(run.passed, run.error) for run in report.tests] == [(1, "")]
    bare = replace(report.environments["adding"], lock=("pytest==8",))
    monkeypatch.setattr(proving, "present", lambda *_, **__: bare)
    (run,) = verified(Stages(check=False, run=True), Settings(installs=False)).tests
    assert run.error == f"coverage is not installed for {sys.executable}, and nothing is to be installed"


@pytest.mark.parametrize("installs", [True, False])
def test_a_python_that_is_not_there_is_told_where_it_is_asked_for(project: Project, *, installs: bool) -> None:
    project({"skillcheck.toml": 'python = "9.99"\n'})
    changed(Path.cwd(), ("print(add", "print(add("), ("(1, 2))", "(1, 2)))"))
    (configured,) = verified(Stages(check=False, run=True), Settings(installs=installs)).findings
    (asked,) = verified(Stages(check=False, run=True), Settings(python="9.98", installs=installs)).findings
    for finding, place, version in ((configured, "skillcheck.toml", "9.99"), (asked, "--python", "9.98")):
        assert (finding.code, finding.place) == ("SK816", Place(place))
        assert finding.message.startswith("the Python that is asked for cannot be used, so no block is run: No")
        assert version in finding.message
        assert finding.fix == "ask for one that is on this machine, by its version or its path; none is downloaded"


def test_a_cache_that_cannot_be_written_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project()
    monkeypatch.setenv("SKILLCHECK_CACHE", str(root / "skillcheck.toml"))
    (finding,) = verified(Stages(check=False, run=True)).findings
    assert (finding.code, finding.place.path) == ("SK817", str(root / "skillcheck.toml/skillcheck/environments"))
    assert finding.message.startswith("the user's cache cannot be written, so no block is run: [Errno 20] Not a dir")
    assert finding.fix == "make it writable, or name another folder in SKILLCHECK_CACHE and UV_CACHE_DIR"


def test_snippets_that_nobody_keeps_are_not_missed(project: Project) -> None:
    root = project()
    (root / "skillcheck.toml").unlink()
    config = replace(find(root), root=root)
    assert config.path == ""
    kept = verify(["skills/adding"], config, Stages(extraction=Extraction.CHECK, run=True))
    assert errors(kept) == []
    assert "adding: no snippet files are kept in snippets/adding, so none can be stale" in kept.notes
    asked = verify(["skills/adding"], config, Stages(check=False, extraction=Extraction.CHECK))
    assert {name for name, _, _ in errors(asked)} == {"missing-snippet"}


def test_snippets_are_written_and_then_not_again(project: Project) -> None:
    root = project()
    stages = Stages(check=False, extraction=Extraction.WRITE)
    assert verified(stages).notes[0].endswith("snippet files in snippets/adding, 4 of them changed")
    assert verified(stages).notes[0].endswith("snippet files in snippets/adding, 0 of them changed")
    assert snippets_folder(load(["skills/adding"]).skills[0], find(root)) == root / "snippets/adding"
    assert (root / "snippets/adding/src/app/sums.py").read_text().endswith("    return a + b\n")


MARKETPLACE = '[marketplace]\nname = "sums"\nowner = {name = "Somebody"}\n'


def test_a_marketplace_is_written_and_compared(project: Project) -> None:
    root = project({"skillcheck.toml": MARKETPLACE})
    check = Stages(check=False, listing=Extraction.CHECK)
    assert [name for name, _, _ in errors(verified(check))] == ["stale-marketplace"] * 2
    report = verified(Stages(check=False, listing=Extraction.WRITE))
    assert report.notes == ("2 marketplace files, 2 of them changed",)
    assert errors(verified(check)) == []
    twin = root / ".claude-plugin/marketplace.json"
    assert twin.read_bytes() == (root / "marketplace.json").read_bytes()
    twin.write_bytes(b"\xff")
    found = verified(check)
    assert errors(found) == [("stale-marketplace", ".claude-plugin/marketplace.json", 1)]
    assert found.diffs[0].startswith("--- a/.claude-plugin/marketplace.json\n+++ b/")


def listed_source(root: Path) -> object:
    return json.loads((root / "marketplace.json").read_text())["plugins"][0]["source"]


def test_an_archive_is_listed_with_the_hash_of_what_was_packed(project: Project) -> None:
    source = 'source = {source = "archive", url = "https://x.example/{name}.zip"}\n'
    root = project({"skillcheck.toml": MARKETPLACE + source})
    listing_, check = Stages(check=False, listing=Extraction.WRITE), Stages(check=False, listing=Extraction.CHECK)
    expected = {"source": "archive", "url": "https://x.example/adding.zip"}
    for broken in (
        "",
        '{"plugins": 3}',
        '{"plugins": [{"name": "adding"}]}',
        '{"plugins": [{"name": "adding", "source": 3}]}',
    ):
        (root / "marketplace.json").write_text(broken)
        verified(listing_)
        assert listed_source(root) == expected
    (root / "dist").mkdir()
    (root / "dist/adding.zip").write_bytes(b"packed")
    assert [name for name, _, _ in errors(verified(check))] == ["stale-marketplace"] * 2
    verified(listing_)
    expected["sha256"] = hashlib.sha256(b"packed").hexdigest()
    assert listed_source(root) == expected
    (root / "dist/adding.zip").unlink()
    assert errors(verified(check)) == []
    (root / "skillcheck.toml").write_text(
        f'{MARKETPLACE}{source}[skills.adding]\nsource = {{source = "npm", package = "a"}}\n'
    )
    verified(listing_)
    assert listed_source(root) == {"source": "npm", "package": "a"}


def test_without_a_marketplace_none_is_written(project: Project) -> None:
    root = project()
    assert verified(Stages(check=False, listing=Extraction.WRITE)).notes == ()
    assert not (root / "marketplace.json").exists()
    assert listing._text([], find(root)) == ""


def test_errors_of_another_skill_do_not_keep_this_one_from_being_packed(project: Project) -> None:
    broken = "---\nname: other\ndescription: Breaks. Use when breaking.\n---\n\n```json\n{]\n```\n"
    project({"skills/other/SKILL.md": broken, "skills/adding-more/SKILL.md": broken.replace("other", "adding-more")})
    report = verified(Stages(run=True, pack=True), path="skills")
    assert [zipped.skill for zipped in report.packed] == ["adding"]


def test_a_skill_that_is_the_working_directory_is_held_to_the_same(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project()
    changed(root, ("return a + b", "return a +"))
    config = find(root)
    monkeypatch.chdir(root / "skills/adding")
    report = verify(["."], config, Stages(run=True, pack=True))
    assert report.failed
    assert report.packed == ()
    assert not (root / "dist").exists()


@pytest.mark.parametrize(
    ("path", "root", "expected"),
    [
        ("a/SKILL.md", "a", True),
        ("a", "a", True),
        ("a/SKILL.md", "a/", True),
        ("ab/SKILL.md", "a", False),
        ("x", ".", True),
    ],
)
def test_inside_is_below(path: str, root: str, *, expected: bool) -> None:
    assert _is_inside(path, root) is expected


def test_what_cannot_be_packed_says_why(project: Project) -> None:
    project({"skills/adding/SKILL.md": "---\nname: adding\ndescription: &a Adds. Use when adding.\nx: *a\n---\n# A\n"})
    report = verified(Stages(check=False, pack=True))
    assert report.packed == ()
    assert report.failed


def test_a_name_that_leaves_dist_is_not_packed(project: Project) -> None:
    root = project(
        {"skills/adding/SKILL.md": "---\nname: ../../adding\ndescription: Adds. Use when adding.\n---\n# A\n"}
    )
    report = verified(Stages(check=False, pack=True))
    assert report.packed == ()
    assert not list(root.parent.glob("*.zip"))
    assert not list(root.glob("**/*.zip"))


def test_a_zip_that_our_own_rules_refuse_is_not_left(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project()

    def refusing(nodes: Iterable[object], config: Config) -> tuple[Finding, ...]:
        refusal = Finding("SK999", "made-up", Severity.ERROR, Place("dist/adding.zip"), "no", "fix")
        return (*told(nodes, config), refusal)

    monkeypatch.setattr(packing, "told", refusing)
    report = verified(Stages(pack=True))
    assert report.packed == ()
    assert [finding.code for finding in report.findings if finding.severity is Severity.ERROR] == ["SK999"]
    assert not (root / "dist").exists()


def test_what_stays_out_of_a_zip_is_told(project: Project) -> None:
    root = project({f"skills/adding/.hidden{number}": "x" for number in range(7)})
    assert root.exists()
    notes = verified(Stages(pack=True)).notes
    assert [note for note in notes if note.startswith("adding: not in the ZIP: .hidden0, ")]
    assert notes[-1].endswith("and 2 more")


def test_nothing_found_is_an_error(project: Project) -> None:
    root = project()
    (root / "empty").mkdir()
    report = verified(path="empty")
    assert report.failed
    assert set(report.verdicts.values()) == {"finds no skill"}


def test_faults_of_directives_and_of_the_configuration_are_told(project: Project) -> None:
    root = project({"skillcheck.toml": "timeot = 3\n"})
    changed(
        root,
        ("```json", "<!-- skillcheck: after=nothing -->\n```json"),
        ("```python\nfrom app", "<!-- skillcheck: after=nothing -->\n```python\nfrom app"),
    )
    found = {name for name, _, _ in errors(verified(Stages(run=True)))}
    assert {"bad-config", "bad-directive"} <= found


MATRIX = Settings(matrix=True)


@pytest.fixture
def one_python(monkeypatch: pytest.MonkeyPatch) -> str:
    """Let this interpreter be the only one; return its version."""
    version = platform.python_version()
    monkeypatch.setattr(matrix, "pythons", lambda: ((sys.executable, version),))
    monkeypatch.setattr(matrix, "absent", lambda: ("3.98", "3.99"))
    monkeypatch.setattr(matrix, "hands", lambda: 1)
    return version


def test_nothing_is_said_of_pythons_where_all_are_here(
    project: Project, own_tools: list[object], one_python: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert own_tools == []
    monkeypatch.setattr(matrix, "absent", tuple)
    project()
    report = verified(Stages(run=True), MATRIX)
    assert {cell.python for cell in report.cells} == {one_python}
    assert not [note for note in report.notes if "does not have" in note]


def test_a_matrix_holds_every_python_and_choice_of_releases(
    project: Project, own_tools: list[object], one_python: str
) -> None:
    project({"tests/skills/adding/test_add.py": TEST.format(3)})
    extract()
    said: list[str] = []
    report = verified(settings=replace(MATRIX, tell=said.append))
    assert said == [f"adding: proving it with Python {one_python} and the lowest releases"]
    assert errors(report) == []
    assert [(cell.skill, cell.python, cell.releases, cell.failed) for cell in report.cells] == [
        ("adding", one_python, Releases.LOWEST, False),
        ("adding", one_python, Releases.NEWEST, False),
    ]
    assert [[run.passed for run in cell.tests] for cell in report.cells] == [[1], [1]]
    assert report.cells[1].results == report.results
    assert "adding: proven with no locked releases, since it carries no lock" in report.notes
    assert "adding: not proven with Python 3.98, 3.99, which this machine does not have" in report.notes
    assert len(own_tools) == 4


LOCKED = {
    "skills/adding/requirements.txt": "politeness>=1\n",
    "skills/adding/requirements.lock": "politeness==1.0\n",
    "tests/skills/adding/test_add.py": TEST.format(3),
}


@pytest.fixture
def installed(equipped: Environment, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Lock | None]]:
    """Let all be installed there already; return which releases were asked for, and the lock."""
    asked: list[tuple[str, Lock | None]] = []

    def prepared(_: object, *, releases: Releases, lock: Lock | None, partly: bool, **__: object) -> Environment:
        asked.append((releases.value, lock))
        assert not (lock and partly)
        return equipped

    monkeypatch.setattr(proving, "prepare", prepared)
    return asked


def test_a_lock_is_proven_too(
    project: Project, installed: list[tuple[str, Lock | None]], one_python: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What others measured in this call stands for it, since the same is installed; nothing is kept for later calls."""
    sessions = Mock(wraps=behaviour._session)
    monkeypatch.setattr(behaviour, "_session", sessions)
    project(LOCKED)
    extract()
    for _ in range(2):
        report = verified(settings=replace(MATRIX, cached=False))
        assert errors(report) == []
        assert [(cell.python, str(cell.releases)) for cell in report.cells] == [
            (one_python, "lowest"),
            (one_python, "locked"),
            (one_python, "newest"),
        ]
        assert [[run.passed for run in cell.tests] for cell in report.cells] == [[1], [1], [1]]
        assert not any("carries no lock" in note for note in report.notes)
        (lock,) = {lock for releases, lock in installed if releases == "locked"}
        assert lock
        assert [item.text for item in (*lock.pins, *lock.needs)] == ["politeness==1.0", "politeness>=1"]
        assert {lock for releases, lock in installed if releases != "locked"} == {None}
    assert sessions.call_count == 2


@pytest.mark.usefixtures("installed")
def test_cells_are_in_order_whoever_proved_them(
    project: Project, one_python: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matrix, "hands", lambda: 3)
    monkeypatch.setattr(matrix, "pythons", lambda: ((sys.executable, "3.9.9"), (sys.executable, one_python)))
    project(LOCKED)
    extract()
    cells = verified(settings=MATRIX).cells
    names = [f"{cell.python} {cell.releases}" for cell in cells]
    assert names == [f"{python} {releases}" for python in ("3.9.9", one_python) for releases in Releases]
    assert [[run.passed for run in cell.tests] for cell in cells] == [[1]] * 6


@pytest.mark.usefixtures("installed", "one_python")
def test_a_lock_that_is_none_is_told(project: Project) -> None:
    project(LOCKED | {"skills/adding/requirements.lock": "\npoliteness>=1\n"})
    extract()
    report = verified(settings=MATRIX)
    assert errors(report) == [("fails-elsewhere", "skills/adding/requirements.lock", 2)]
    assert [cell.failed for cell in report.cells] == [False, True, False]
    (message,) = [finding.message for finding in report.findings if finding.name == "fails-elsewhere"]
    assert message.endswith("`politeness>=1` names no release, so requirements.lock is no lock")


def test_what_fails_only_elsewhere_is_told_with_where(
    project: Project, own_tools: list[object], one_python: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(project({"tests/skills/adding/test_add.py": TEST.format(4)}), ("print(add(1, 2))", "add(1, '2')"))
    extract()
    monkeypatch.setattr(matrix, "_places", lambda _: iter([Place("tests/skills/adding/test_add.py", 5)]))
    report = verified(settings=MATRIX)
    where = f"with Python {one_python} and the"
    told = [finding.message for finding in report.findings if finding.name == "fails-elsewhere"]
    assert [message.partition(": ")[0] for message in told] == [f"{where} lowest releases", f"{where} newest releases"]
    assert all("unsupported operand" in message for message in told)
    assert all(cell.failed for cell in report.cells)
    assert len(own_tools) == 4


def test_what_fails_everywhere_is_told_once(project: Project, own_tools: list[object], one_python: str) -> None:
    changed(project({"tests/skills/adding/test_add.py": TEST.format(4)}), ("print(add(1, 2))", "add(1, '2')"))
    extract()
    report = verified(settings=MATRIX)
    assert [name for name, _, _ in errors(report)] == ["block-fails", "failing-test"]
    assert [cell.python for cell in report.cells] == [one_python] * 2
    assert len(own_tools) == 4


@pytest.mark.usefixtures("one_python")
def test_a_skill_without_python_has_no_matrix(project: Project) -> None:
    text = "---\nname: adding\ndescription: Adds. Use when adding.\n---\n```json\n{}\n```\n"
    project({"skills/adding/SKILL.md": text})
    assert verified(Stages(run=True), MATRIX).cells == ()
