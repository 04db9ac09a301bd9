"""Skills → pytest items: one test for each block, proven as `skillcheck run` proves it.

Without `--skillcheck` nothing but two options is added. What is proven is kept on the collector of its skill, so each
process of xdist has its own: there a block is proven when its turn comes, elsewhere with all others that are selected.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from skillcheck import Fault, Finding, Place, Result, Skill, Unit
    from skillcheck.verify.proving import Proving

AROUND = 1
"""Lines of Markdown that are shown on either side of the one at fault."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add our options."""
    group = parser.getgroup("skillcheck", "proof of skills")
    group.addoption(
        "--skillcheck", action="store_true", help="collect the code blocks of each SKILL.md, and prove each as a test"
    )
    group.addoption(
        "--skillcheck-requirement",
        action="append",
        default=[],
        metavar="PEP508",
        help="with --skillcheck: install this too, for the blocks to use; can be repeated",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Take part in the session if that is asked for."""
    if config.getoption("--skillcheck"):
        config.pluginmanager.register(Collecting(), "skillcheck-blocks")


class Collecting:
    """The hooks that only a session with `--skillcheck` has."""

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Leave out what `skillcheck extract` wrote: it is the blocks again, and needs the skill's environment."""
        return _is_extracted(collection_path) or None

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> SkillFile | None:
        """Take each SKILL.md."""
        return SkillFile.from_parent(parent, path=file_path) if file_path.name == "SKILL.md" else None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Report a block at its place in the Markdown, with the time that it took itself."""
        report = yield
        if isinstance(item, BlockItem | FaultItem) and call.when == "call":
            _correct(report, item.file.on_disk(item.place), item.place.line)
            report.duration = item.duration
        return report


class SkillFile(pytest.File):
    """A SKILL.md with the Markdown that it links: the blocks of one skill."""

    skill: Skill
    proving: Proving
    results: dict[str, Result]
    refused: dict[Fault, bool]
    """What is to be told of requirements that could not be installed, and whether it has been."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield an item for each block, under the name of its snippet, and one for what could not be read."""
        from skillcheck import Settings, find, load  # noqa: PLC0415 - sessions without skills need not wait for it
        from skillcheck.verify.proving import Proving  # noqa: PLC0415 - as above

        bundle = load([self.path])
        if not bundle.skills:
            raise self.CollectError("\n".join(f"{fault.place}: {fault.fact}" for fault in bundle.faults))
        self.skill, self.results, self.refused = bundle.skills[0], {}, {}
        given = tuple(self.config.getoption("--skillcheck-requirement"))
        settings = Settings(given, jobs=1 if self.is_shared else 0)
        self.proving = Proving.of(self.skill, find(self.path), settings)
        faults = (*self.proving.config.faults, *bundle.faults, *self.skill.faults, *self.proving.faults)
        if errors := self.errors(faults):
            yield FaultItem.from_parent(self, name="reading", errors=errors)
        for unit in self.proving.units:
            yield BlockItem.from_parent(self, name=unit.snippet, unit=unit)

    @property
    def is_shared(self) -> bool:
        """Whether xdist shares the items out: then a process learns of its own ones by one."""
        return hasattr(self.config, "workerinput")

    def result(self, item: pytest.Item) -> Result:
        """Return the result of a block; prove it first, and with it all others that this process is to run."""
        if item.name not in self.results:
            near = [] if self.is_shared else [each for each in self.session.items if each.parent is self]
            found, refused = self.proving.blocks({each.name for each in (item, *near)})
            self.refused = dict.fromkeys(refused, False) | self.refused
            self.results |= {result.unit.snippet: result for result in found}
        return self.results[item.name]

    def errors(self, nodes: Iterable[object]) -> tuple[Finding, ...]:
        """Return the errors that the rules find, as far as the configuration wants to hear of them."""
        from skillcheck import Severity  # noqa: PLC0415 - as in `collect`
        from skillcheck.lint import told  # noqa: PLC0415 - as in `collect`

        return tuple(found for found in told(nodes, self.proving.config) if found.severity is Severity.ERROR)

    def text(self, findings: Iterable[Finding]) -> str:
        """Return what pytest prints of findings; its summary takes the first line."""
        return "\n\n".join("\n".join(self._lines(finding)) for finding in findings)

    def on_disk(self, place: Place) -> Path:
        """Return the file of a place, which is shown relative to where the session began."""
        return Path(os.path.normpath(self.config.invocation_params.dir / place.path))

    def _lines(self, finding: Finding) -> Iterator[str]:
        yield _visible(finding.message)
        yield _visible(f"  --> {finding.place} [{finding.code}]")
        yield from self._excerpt(finding.place)
        yield _visible(f"  fix: {finding.fix}")

    def _excerpt(self, place: Place) -> Iterator[str]:
        text = next((document.text for document in self.skill.documents if document.path == place.path), None)
        first = max(place.line - AROUND, 1)
        lines = text.split("\n")[first - 1 : place.line + AROUND] if text else ()
        for number, line in enumerate(lines, first):
            yield _visible(f"  {'>' if number == place.line else ' '} {number:4} | {line}")


class FaultItem(pytest.Item):
    """What of a skill could not be read, as a test that fails."""

    def __init__(self, *, errors: tuple[Finding, ...], parent: SkillFile, **kwargs: Any) -> None:  # noqa: ANN401 - pytest's
        """Keep what is told of the faults."""
        super().__init__(parent=parent, **kwargs)
        self.file, self.errors, self.place, self.duration = parent, errors, errors[0].place, 0.0

    def runtest(self) -> None:
        """Fail."""
        pytest.fail(self.file.text(self.errors), pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the first fault stands, its line counted from 0, and the heading of the report."""
        return self.file.on_disk(self.place), self.place.line - 1, f"reading {self.file.skill.path}"


class BlockItem(pytest.Item):
    """A block of a skill as a test."""

    def __init__(self, *, unit: Unit, parent: SkillFile, **kwargs: Any) -> None:  # noqa: ANN401 - pytest's
        """Keep the unit; where it fails is known later."""
        super().__init__(parent=parent, **kwargs)
        self.file, self.unit, self.place, self.duration = parent, unit, unit.block.place, 0.0

    def setup(self) -> None:
        """Prove the block here: what installing and other blocks take is no time of its test."""
        self.duration = self.file.result(self).duration

    def runtest(self) -> None:
        """Pass, skip or fail as the proof did."""
        from skillcheck import Outcome  # noqa: PLC0415 - as in `collect`

        result = self.file.result(self)
        self.user_properties += [
            ("place", str(self.place)),
            ("role", str(self.unit.role)),
            ("level", str(result.level)),
        ]
        if result.output and result.outcome is not Outcome.BLOCKED:
            self.add_report_section("call", "stdout", "\n".join(map(_visible, result.output.splitlines())))
        refused = [fault for fault, told in self.file.refused.items() if not told]
        self.file.refused |= dict.fromkeys(refused, True)  # each is told once, by the first block that is tried
        errors = self.file.errors((*refused, result, *self.unit.faults, *self.unit.block.directive.faults))
        if errors:
            self.place = errors[0].place
            pytest.fail(self.file.text(errors), pytrace=False)
        facts = _visible("; ".join(cause.fact for cause in result.causes))
        match result.outcome:
            case Outcome.BLOCKED:
                pytest.fail(f"blocked: {facts}", pytrace=False)
            case Outcome.SKIPPED:
                pytest.skip(_visible(result.reason))
            case Outcome.FAILED | Outcome.ERROR:
                pytest.skip(f"the configuration ignores that it fails: {facts}")

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the block stands in the Markdown, its line counted from 0, and the heading of its report."""
        place = self.unit.block.place
        return self.file.on_disk(place), place.line - 1, f"{place.path}:{place.line} {self.name}"


def _correct(report: pytest.TestReport, path: Path, line: int) -> None:
    """Put a place in the Markdown where pytest has one of our own lines."""
    crash = getattr(report.longrepr, "reprcrash", None)
    if isinstance(report.longrepr, tuple):
        report.longrepr = (str(path), line, report.longrepr[2])
    elif crash is not None:
        crash.path, crash.lineno = str(path), line
        crash.message = crash.message.removeprefix("Failed: ").partition("\n")[0]


def _is_extracted(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(manifest, dict) and {"version", "skill", "snippets"} == manifest.keys()


def _visible(line: str) -> str:
    """Return a line that a terminal shows and never obeys, with its indentation."""
    from skillcheck.reporters.visible import visible  # noqa: PLC0415 - as in `collect`

    bare = line.expandtabs(4).rstrip()
    return " " * (len(bare) - len(bare.lstrip(" "))) + visible(bare.lstrip(" "))
