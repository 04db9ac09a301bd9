"""Options → stages → exit status; judges nothing."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from skillcheck.config import Config, find
from skillcheck.lint import lint
from skillcheck.model import Report
from skillcheck.reporters import REPORTERS, render
from skillcheck.rules import RULES, Rule
from skillcheck.verify import Extraction, Settings, Site, Stages, evidenced, isolation, results, sited, verify

CLEAN, FINDINGS = 0, 1
F = TypeVar("F", bound=Callable[..., Any])

PATHS = click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
FORMAT = click.option(
    "--format", "form", type=click.Choice(sorted(REPORTERS)), default="text", show_default=True, help="How to report."
)
LEVELS = ("namespaces+landlock+seccomp", "landlock+seccomp", "process")
RUNNING = (
    click.option(
        "-r", "--requirement", "given", multiple=True, metavar="PEP508", help="Install this too, for the blocks to use."
    ),
    click.option("--python", metavar="VERSION", help="Run the blocks on this Python, by default this one."),
    click.option("-j", "--jobs", type=click.IntRange(1, 256), help="Run so many blocks at a time [one a core]."),
    click.option("--no-cache", is_flag=True, help="Run everything again, whatever is known of it."),
    click.option("--require-isolation", type=click.Choice(LEVELS), help="Run nothing that would be held by less."),
)


def running(command: F) -> F:
    """Give a command the options of what runs blocks; it gets them as `settings`."""

    @wraps(command)
    def gathered(
        *,
        given: tuple[str, ...],
        python: str | None,
        jobs: int | None,
        no_cache: bool,
        require_isolation: str | None,
        **others: object,
    ) -> None:
        _require(require_isolation)
        command(**others, settings=Settings(given, python, jobs or 0, cached=not no_cache))

    made: Any = gathered
    for option in reversed(RUNNING):
        made = option(made)
    return cast("F", made)


def _require(level: str | None) -> None:
    held = isolation() if level else ()
    missing = [part for part in (level or "").split("+") if part not in {"", "process", *held}]
    if missing:
        message = f"programs would be held by {' + '.join(held) or 'limits alone'} here, not by {' + '.join(missing)}"
        raise click.UsageError(message)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="claude-skillcheck", prog_name="skillcheck")
def skillcheck() -> None:
    """Prove Claude skills: check them, run their code blocks, pack them.

    PATH is a folder that holds skills, a skill, a SKILL.md, a ZIP or .skill file, a plugin or a marketplace; by default
    this folder. The exit status is 0 if all is well, 1 if something was found, 2 for a wrong call.
    """


@skillcheck.command()
@PATHS
@FORMAT
def check(paths: tuple[str, ...], form: str) -> None:
    """Check skills as the clients read them; nothing of them is executed."""
    _end(lint(paths or (".",), _config(paths)), form)


@skillcheck.command()
@PATHS
@FORMAT
@click.option("--check", "only_check", is_flag=True, help="Write nothing; tell which files are stale, and show how.")
def extract(paths: tuple[str, ...], form: str, *, only_check: bool) -> None:
    """Extract every code block into an executable file below snippets/."""
    extraction = Extraction.CHECK if only_check else Extraction.WRITE
    _verify(paths, form, Stages(check=False, extraction=extraction), Settings())


@skillcheck.command()
@PATHS
@FORMAT
@click.option("--check", "only_check", is_flag=True, help="Write nothing; tell what is stale, and show how.")
def marketplace(paths: tuple[str, ...], form: str, *, only_check: bool) -> None:
    """Write marketplace.json and its twin from the skills and [tool.skillcheck.marketplace]."""
    if _config(paths).marketplace is None:
        message = "no marketplace is configured; name it in [tool.skillcheck.marketplace], with its owner"
        raise click.UsageError(message)
    listing = Extraction.CHECK if only_check else Extraction.WRITE
    _verify(paths, form, Stages(check=False, listing=listing), Settings())


@skillcheck.command()
@PATHS
@FORMAT
@running
def run(paths: tuple[str, ...], form: str, settings: Settings) -> None:
    """Run every code block, and the skill's tests, in an environment of what the skill declares."""
    _verify(paths, form, Stages(check=False, run=True), settings)


@skillcheck.command()
@PATHS
@FORMAT
def pack(paths: tuple[str, ...], form: str) -> None:
    """Pack each skill into the ZIP that claude.ai takes, in dist/."""
    _verify(paths, form, Stages(pack=True), Settings())


@skillcheck.command("verify")
@PATHS
@FORMAT
@running
def verify_(paths: tuple[str, ...], form: str, settings: Settings) -> None:
    """Do it all: check, compare the snippets, run, test, pack. The step for CI."""
    stages = Stages(extraction=Extraction.CHECK, listing=Extraction.CHECK, run=True, pack=True)
    _verify(paths, form, stages, settings)


@skillcheck.command()
@PATHS
@FORMAT
@click.option("--rerun", is_flag=True, help="Run the blocks, and compare what that gives with what is claimed.")
@running
def evidence(paths: tuple[str, ...], form: str, settings: Settings, *, rerun: bool) -> None:
    """Compare the EVIDENCE.json of packed skills with their blocks."""
    asked = replace(settings, say=_progress) if rerun else None
    report = evidenced(paths or (".",), _config(paths), asked)
    _clear_progress()
    _end(report, form)


@skillcheck.command()
@PATHS
@FORMAT
@click.option("--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder of the site.")
@click.option("--title", default="", help="What the site is called, by default as the marketplace.")
@click.option("--repository", default="", metavar="URL", help="Where the skills are installed from.")
@click.option("--run", "measure", is_flag=True, help="Run the blocks, and show beside each how far it is proven.")
@running
def site(  # noqa: PLR0913 - each is an option
    *, paths: tuple[str, ...], form: str, output: Path, title: str, repository: str, settings: Settings, measure: bool
) -> None:
    """Make a static site that lists the skills, with their ZIPs and the discovery index."""
    asked = replace(settings, say=_progress) if measure else None
    try:
        report = sited(paths or (".",), _config(paths), Site(output, title, repository), asked)
    except OSError as error:
        message = f"{error.filename} cannot be written: {error.strerror}"
        raise click.UsageError(message) from error
    _clear_progress()
    _end(report, form)


@skillcheck.group()
def cache() -> None:
    """Look at the results that need not be measured again, or forget them."""


@cache.command()
def info() -> None:
    """Say where the results lie, how many they are, and how large."""
    known = results().info()
    click.echo(f"{known.folder}: {known.entries:,} results, {known.bytes:,} bytes")


@cache.command()
def clear() -> None:
    """Forget all results; environments stay."""
    click.echo(f"{results().clear():,} results forgotten")


@skillcheck.command()
@click.argument("code", metavar="CODE")
def explain(code: str) -> None:
    """Say what a rule is about, by its code or its name, with examples."""
    wanted = code.lower()
    rule = next((rule for rule in RULES if wanted in {rule.code.lower(), rule.name}), None)
    if rule is None:
        message = f"no rule has the code or the name {code!r}; `skillcheck rules` lists them all"
        raise click.BadParameter(message, param_hint="CODE")
    click.echo(_explanation(rule))


@skillcheck.command()
def rules() -> None:
    """List the rules: code, level, name, and what each is about."""
    width = max(len(rule.name) for rule in RULES)
    for rule in RULES:
        click.echo(f"{rule.code}  {rule.severity:7}  {rule.name:{width}}  {rule.summary}")


def _explanation(rule: Rule) -> str:
    clients = ", ".join(rule.clients) or "all"
    lines = [f"{rule.code} {rule.name} ({rule.severity})", "", rule.summary, "", rule.help, "", f"Clients: {clients}"]
    return "\n".join([*lines, f"Source: {rule.source}"] if rule.source else lines)


def _config(paths: tuple[str, ...]) -> Config:
    start = Path(paths[0]) if paths else Path()
    config = find(start if start.exists() else Path())
    return config if config.path else replace(config, root=Path.cwd())


def _verify(paths: tuple[str, ...], form: str, stages: Stages, settings: Settings) -> None:
    said = replace(settings, say=_progress)
    try:
        report = verify(paths or (".",), _config(paths), stages, said)
    except OSError as error:  # what is read is told as a finding; what is left is a file that cannot be written
        message = f"{error.filename} cannot be written: {error.strerror}"
        raise click.UsageError(message) from error
    _clear_progress()
    _end(report, form)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)


def _progress(line: str) -> None:
    """Show on a terminal how far it is; elsewhere only the report is written."""
    if sys.stderr.isatty():
        width = shutil.get_terminal_size().columns - 1
        click.echo(f"\r\x1b[K{line[:width]}", err=True, nl=False)


def _end(report: Report, form: str) -> None:
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    click.echo(render(report, form, color=color), nl=False, color=color)
    sys.exit(FINDINGS if report.failed else CLEAN)
