"""The command that is called most, by itself: it starts without what the others need."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from skillcheck.answer import HOW, WHAT, Answer, answering, unwritable
from skillcheck.config import Config, find
from skillcheck.disk import exists
from skillcheck.fix import fixable, fixed, hinted
from skillcheck.lint import lint
from skillcheck.recall import Call

SETTINGS = {"help_option_names": ["-h", "--help"]}
PATHS = click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())


@click.command()
@PATHS
@answering(*HOW, *WHAT)
@click.option("--fix", is_flag=True, help="Mend what can be mended without a doubt.")
@click.option("--unsafe-fixes", "unsafe", is_flag=True, help="With --fix or --diff: mend also what may be meant.")
@click.option("--diff", is_flag=True, help="Show what --fix would change; write nothing.")
@click.option("--no-cache", is_flag=True, expose_value=False, help="Look at everything again.")
def check(paths: tuple[str, ...], answer: Answer, *, fix: bool, unsafe: bool, diff: bool) -> None:
    """Check skills as the clients read them; nothing of them is executed."""
    if fix and diff:
        message = "--fix writes and --diff does not; ask for one of them"
        raise click.UsageError(message)
    config, given = answer.asked(configured(paths)), paths or (".",)
    try:
        report = fixed(given, config, unsafe=unsafe) if fix else lint(given, config)
    except OSError as error:
        raise unwritable(error) from error
    call = click.get_current_context().find_object(Call)
    answer.give(fixable(report, unsafe=unsafe) if diff else hinted(report), config, given, call.keep if call else None)


def configured(paths: tuple[str, ...]) -> Config:
    """Return the configuration of the first of the paths, that of this folder without any."""
    start = Path(paths[0]) if paths else Path()
    config = find(start if exists(start) else Path())
    return config if config.path else replace(config, root=Path.cwd())
