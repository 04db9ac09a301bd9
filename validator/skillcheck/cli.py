"""Options → stages → exit status; judges nothing."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial, wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from skillcheck.answer import HOW, WHAT, Answer, Keep, answering, unwritable
from skillcheck.authoring import explain, new, rules
from skillcheck.checking import PATHS, SETTINGS, check, configured
from skillcheck.disk import Grounds, known_patterns
from skillcheck.hooking import hook
from skillcheck.recall import Call, answers
from skillcheck.reporters import FORMATS
from skillcheck.reporters.visible import visible
from skillcheck.verify import (
    Extraction,
    Settings,
    Stages,
    evidenced,
    isolation,
    released,
    remade,
    results,
    verify,
)

REPORT = click.option(
    "--report", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to report."
)
F = TypeVar("F", bound=Callable[..., Any])

LEVELS = ("namespaces+landlock+seccomp", "landlock+seccomp", "process")
RUNNING = (
    click.option(
        "-r", "--requirement", "given", multiple=True, metavar="PEP508", help="Install this too, for the blocks to use."
    ),
    click.option("--python", metavar="VERSION", help="Run the blocks on this Python, by default this one."),
    click.option("-j", "--jobs", type=click.IntRange(1, 256), help="Run so many blocks at a time [one a core]."),
    click.option("--matrix", is_flag=True, help="Also on each Python here: lowest, locked, newest releases."),
    click.option("--no-install", is_flag=True, help="Install nothing: run on what that Python, or this one, has."),
    click.option("--no-cache", is_flag=True, help="Run everything again, whatever is known of it."),
    click.option("--require-isolation", type=click.Choice(LEVELS), help="Run nothing that would be held by less."),
)


def running(command: F) -> F:
    """Give a command the options of what runs blocks; it gets them as `settings`."""

    @wraps(command)
    def gathered(**options: Any) -> None:  # noqa: ANN401 - what click makes of them
        _require(options.pop("require_isolation"))
        settings = Settings(
            requirements=options.pop("given"),
            python=options.pop("python"),
            jobs=options.pop("jobs") or 0,
            matrix=options.pop("matrix"),
            installs=not options.pop("no_install"),
            cached=not options.pop("no_cache"),
        )
        command(**options, settings=settings)

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


@click.group(context_settings=SETTINGS)
@click.version_option(package_name="claude-skillcheck", prog_name="skillcheck")
def skillcheck() -> None:
    """Prove Claude skills: check them, run their code blocks, pack them.

    PATH is a folder that holds skills, a skill, a SKILL.md, a ZIP or .skill file, a plugin or a marketplace; by default
    this folder. The exit status is 0 if all is well, 1 if something was found, 2 for a wrong call.
    """


@skillcheck.command()
@PATHS
@answering(*HOW)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; tell which files are stale, and show how.")
def extract(paths: tuple[str, ...], answer: Answer, *, only_check: bool) -> None:
    """Extract every code block into an executable file below snippets/."""
    extraction = Extraction.CHECK if only_check else Extraction.WRITE
    _verify(paths, answer, Stages(check=False, extraction=extraction), Settings())


@skillcheck.command()
@PATHS
@answering(*HOW)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; tell what is stale, and show how.")
@click.option("--archives", metavar="URL", help="Write that of a release: the ZIPs in dist, at {name} of this address.")
def marketplace(paths: tuple[str, ...], answer: Answer, *, only_check: bool, archives: str | None) -> None:
    """Write marketplace.json and its twin from the skills and [tool.skillcheck.marketplace].

    With --archives the file is dist/marketplace.json; {version} in the address stands for the plugin's.
    """
    config = configured(paths)
    if config.marketplace is None:
        message = "no marketplace is configured; name it in [tool.skillcheck.marketplace], with its owner"
        raise click.UsageError(message)
    if archives is not None:
        if only_check:
            message = "--archives writes and --check does not; ask for one of them"
            raise click.UsageError(message)
        try:
            answer.give(released(paths or (".",), config, archives), config, paths or (".",))
        except FileNotFoundError as error:
            message = f"{error.filename} is not there; `skillcheck verify` leaves it"
            raise click.UsageError(message) from error
    listing = Extraction.CHECK if only_check else Extraction.WRITE
    _verify(paths, answer, Stages(check=False, listing=listing), Settings())


@skillcheck.command()
@PATHS
@answering(*HOW, *WHAT)
@click.option("--update", is_flag=True, help="Write what is printed where a block says something else; show the diff.")
@running
def run(paths: tuple[str, ...], answer: Answer, settings: Settings, *, update: bool) -> None:
    """Run every code block, and the skill's tests, in an environment of what the skill declares."""
    call, grounds = click.get_current_context().find_object(Call), Grounds()
    keep = partial(call.keep, grounds=grounds) if call else None
    settings = replace(settings, update=update, grounds=grounds if call else None)
    _verify(paths, answer, Stages(check=False, run=True), settings, keep)


@skillcheck.command()
@PATHS
@answering(REPORT, HOW[1])
@click.option("--format", "suffix", type=click.Choice(["zip", "skill"]), default="zip", help="What the ZIPs end with.")
@click.option("--from", "given", multiple=True, metavar="ZIP", type=click.Path(), help="Mend somebody's ZIP instead.")
def pack(paths: tuple[str, ...], answer: Answer, *, suffix: str, given: tuple[str, ...]) -> None:
    """Pack each skill into the ZIP that claude.ai takes, in dist/.

    With --from, what keeps claude.ai from taking a ZIP is mended in a new one, and each thing that was done is told.
    """
    if given:
        _remade(paths, answer, given, suffix)
    else:
        _verify(paths, answer, Stages(pack=True, suffix=suffix), Settings())


def _remade(paths: tuple[str, ...], answer: Answer, given: tuple[str, ...], suffix: str) -> None:
    if paths or not all(path.endswith((".zip", ".skill")) for path in given):
        message = "--from takes .zip and .skill files, and no other PATH stands beside it"
        raise click.UsageError(message)
    config = configured(())
    try:
        answer.give(remade(given, config, suffix), config, given)
    except OSError as error:
        raise unwritable(error) from error


@skillcheck.command("verify")
@PATHS
@answering(*HOW, *WHAT)
@running
def verify_(paths: tuple[str, ...], answer: Answer, settings: Settings) -> None:
    """Do it all: check, compare the snippets, run, test, pack. The step for CI."""
    stages = Stages(extraction=Extraction.CHECK, listing=Extraction.CHECK, run=True, pack=True)
    _verify(paths, answer, stages, settings)


@skillcheck.command()
@PATHS
@answering(*HOW)
@click.option("--rerun", is_flag=True, help="Run the blocks, and compare what that gives with what is claimed.")
@running
def evidence(paths: tuple[str, ...], answer: Answer, settings: Settings, *, rerun: bool) -> None:
    """Compare the EVIDENCE.json of packed skills with their blocks."""
    asked = replace(settings, say=_progress, tell=_tell) if rerun else None
    config = configured(paths)
    report = evidenced(paths or (".",), config, asked)
    _clear_progress()
    answer.give(report, config, paths or (".",))


@skillcheck.command()
@PATHS
@answering(HOW[0])
@click.option(
    "--output", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder of the site."
)
@click.option("--title", default="", help="What the site is called, by default as the marketplace.")
@click.option("--repository", default="", metavar="URL", help="Where the skills are installed from.")
@click.option("--run", "measure", is_flag=True, help="Run the blocks, and show beside each how far it is proven.")
@running
def site(  # noqa: PLR0913 - each is an option
    *,
    paths: tuple[str, ...],
    answer: Answer,
    folder: Path,
    title: str,
    repository: str,
    settings: Settings,
    measure: bool,
) -> None:
    """Make a static site that lists the skills, with their ZIPs and the discovery index."""
    from skillcheck.verify.siting import Site, sited  # noqa: PLC0415 - what makes pages is slow to import

    asked = replace(settings, say=_progress, tell=_tell) if measure else None
    config = configured(paths)
    try:
        report = sited(paths or (".",), config, Site(folder, title, repository), asked)
    except OSError as error:
        raise unwritable(error) from error
    _clear_progress()
    answer.give(report, config, paths or (".",))


@skillcheck.command()
def lsp() -> None:
    """Tell an editor of what is wrong in skills, as they are typed: a language server on standard input and output."""
    try:
        from skillcheck.language_server.server import language_server  # noqa: PLC0415 - it and pygls are wanted here only
    except ModuleNotFoundError as error:
        message = f"{error.name} is not installed; `pip install 'claude-skillcheck[lsp]'` brings it"
        raise click.UsageError(message) from error
    language_server().start_io()


@skillcheck.group()
def cache() -> None:
    """Look at what need not be found out again, or forget it."""


@cache.command()
def info() -> None:
    """Say where results of blocks, answers of calls and what starts need lie, how many they are, and how large."""
    for what, kept in (("results", results()), ("answers", answers()), ("starts", known_patterns())):
        known = kept.info()
        click.echo(f"{known.folder}: {known.entries:,} {what}, {known.bytes:,} bytes")


@cache.command()
def clear() -> None:
    """Forget all results, answers and what starts need; environments stay."""
    click.echo(f"{results().clear():,} results forgotten")
    click.echo(f"{answers().clear():,} answers forgotten")
    click.echo(f"{known_patterns().clear():,} starts forgotten")


def _verify(
    paths: tuple[str, ...], answer: Answer, stages: Stages, settings: Settings, keep: Keep | None = None
) -> None:
    config = answer.asked(configured(paths))
    try:
        report = verify(paths or (".",), config, stages, replace(settings, say=_progress, tell=_tell))
    except OSError as error:  # what is read is told as a finding; what is left is a file that cannot be written
        raise unwritable(error) from error
    _clear_progress()
    answer.give(report, config, paths or (".",), keep)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)


def _progress(line: str) -> None:
    """Show on a terminal how far it is; elsewhere only the report is written."""
    if sys.stderr.isatty():
        width = shutil.get_terminal_size().columns - 1
        click.echo(f"\r\x1b[K{line[:width]}", err=True, nl=False)


def _tell(line: str) -> None:
    """Show what is to stay to be read."""
    start = "\r\x1b[K" if sys.stderr.isatty() else ""
    click.echo(f"{start}{visible(line)}", err=True)


for command in (check, explain, hook, new(configured), rules):
    skillcheck.add_command(command)
