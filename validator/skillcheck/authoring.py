"""What an author asks for: the rules and what they mean, and a new skill to begin with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from skillcheck.answer import unwritable
from skillcheck.config import Config
from skillcheck.rules import RULES, Rule
from skillcheck.rules.fields import is_name
from skillcheck.rules.pages import pages
from skillcheck.rules.wording import closest
from skillcheck.scaffold import TakenError, put, skill_files, suite_files
from skillcheck.verify import Extraction, Stages, verify


@click.command()
@click.argument("code", metavar="CODE")
def explain(code: str) -> None:
    """Say what a rule is about, by its code or its name, with examples."""
    wanted = code.lower()
    rule = next((rule for rule in RULES if wanted in {rule.code.lower(), rule.name}), None)
    if rule is None:
        near = closest(wanted, (rule.name for rule in RULES))
        meant = f", did you mean `{near}`?" if near else "; `skillcheck rules` lists them all"
        message = f"no rule has the code or the name {code!r}{meant}"
        raise click.BadParameter(message, param_hint="CODE")
    click.echo(_explanation(rule))


@click.command()
@click.option("--markdown", metavar="FOLDER", type=click.Path(file_okay=False), help="Write a page a rule there.")
def rules(markdown: str | None) -> None:
    """List the rules: code, level, name, and what each is about."""
    if markdown is not None:
        click.echo(f"{_pages(Path(markdown))} pages in {markdown}")
        return
    width = max(len(rule.name) for rule in RULES)
    for rule in RULES:
        click.echo(f"{rule.code}  {rule.severity:7}  {rule.name:{width}}  {rule.summary}")


def new(configured: Callable[[tuple[str, ...]], Config]) -> click.Command:
    """Return the command that makes a skill; `configured` gives the configuration of a folder."""

    @click.command("new")
    @click.argument("name", metavar="NAME")
    @click.option("--in", "folder", default="skills", show_default=True, metavar="FOLDER", help="Where to keep it.")
    def command(name: str, folder: str) -> None:
        """Make a skill to begin with, tests and all, that `skillcheck verify` finds nothing wrong with."""
        if not is_name(name):
            message = (
                f"{name!r} is no name for a skill: lower-case letters and digits, joined by hyphens, 64 at most, "
                "without the words claude and anthropic"
            )
            raise click.BadParameter(message, param_hint="NAME")
        config = configured((folder,))
        skill, tested = Path(folder) / name, Path(config.tests) / name
        try:
            made = put({skill: skill_files(name), config.root / tested: suite_files()})
        except TakenError as taken:
            message = f"{taken} is there already; take another name, or delete it"
            raise click.UsageError(message) from taken
        except OSError as error:
            raise unwritable(error) from error
        verify([skill], config, Stages(check=False, extraction=Extraction.WRITE))
        for path in made:
            click.echo(path if path.is_relative_to(skill) else path.relative_to(config.root))
        listed = " and `skillcheck marketplace`" if config.marketplace else ""
        click.echo(f"\nnext: write {skill / 'SKILL.md'}, then `skillcheck extract`{listed}, then `skillcheck verify`")

    return command


def _pages(folder: Path) -> int:
    made = pages(RULES)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise unwritable(error) from error
    return len(made)


def _explanation(rule: Rule) -> str:
    clients = ", ".join(rule.clients) or "all"
    lines = [f"{rule.code} {rule.name} ({rule.severity})", "", rule.summary, "", rule.help, "", f"Clients: {clients}"]
    return "\n".join([*lines, f"Source: {rule.source}"] if rule.source else lines)
