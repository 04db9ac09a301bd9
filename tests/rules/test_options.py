from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from skillcheck.model import Finding, Script
from skillcheck.rules.options import options, takes

Told = Callable[[Mapping[str, str]], list[Finding]]
MAIN, SCRIPT = "skills/forms/SKILL.md", "skills/forms/scripts/fill.py"
TOP = "---\nname: forms\ndescription: Fills forms. Use when the user asks to fill one.\n---\n\n"
PARSER = "import argparse\n\nparser = argparse.ArgumentParser()\n"
PARSE = 'parser.add_argument("form")\nparser.add_argument("--output", "-o")\nparser.parse_args()\n'


def said(told: Told, body: str, script: str = PARSER + PARSE) -> list[Finding]:
    return [each for each in told({MAIN: TOP + body, SCRIPT: script}) if each.code == "SK443"]


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        ("python scripts/fill.py form.pdf --outptu x.pdf", "--outptu"),
        ("python3 ./scripts/fill.py --verbose form.pdf", "--verbose"),
        ("uv run scripts/fill.py form.pdf --output x --flat", "--flat"),
        ("$ python -u scripts/fill.py form.pdf [--flat]", "--flat"),
        ("scripts/fill.py form.pdf --flat=yes", "--flat"),
        ("python ${CLAUDE_SKILL_DIR}/scripts/fill.py x --flat", "--flat"),
        ("python <skill>/scripts/fill.py x --flat", "--flat"),
        ("python {baseDir}/scripts/fill.py x --flat", "--flat"),
        ("python .claude/skills/forms/scripts/fill.py x --flat", "--flat"),
        ("python scripts/fill.py form.pdf \\\n  --output x \\\n  --flat", "--flat"),
        ("ls | python scripts/fill.py - --flat", "--flat"),
        ("python 'scripts/fill.py' x --flat", "--flat"),
    ],
)
def test_an_option_that_the_script_does_not_have(told: Told, command: str, wrong: str) -> None:
    (found,) = said(told, f"Fill it:\n\n```bash\n{command}\n```\n")
    lines = (TOP + f"Fill it:\n\n```bash\n{command}\n```\n").split("\n")
    place = found.place
    assert lines[place.line - 1][place.column - 1 : (place.end_column or 0) - 1] == wrong
    assert found.message == f"scripts/fill.py has no option `{wrong}`"


@pytest.mark.parametrize(
    "command",
    [
        "python scripts/fill.py form.pdf --output x.pdf",
        "python scripts/fill.py form.pdf --out x.pdf",
        "python scripts/fill.py --help",
        "python scripts/fill.py -o x form.pdf",
        "python scripts/fill.py form.pdf -- --flat",
        "python scripts/fill.py form.pdf # --flat",
        "python scripts/fill.py form.pdf | sort --unique",
        "python scripts/fill.py form.pdf && git push --force",
        "python scripts/fill.py 'a --flat b' \"c --flat\"",
        "python scripts/fill.py x-$(git rev-parse --short HEAD)",
        "python scripts/other.py --flat",
        "python ../other/scripts/fill.py --flat",
        "python other-skill/scripts/fill.py --flat",
        "python $PROJECT/scripts/fill.py --flat",
        "python fill.py --flat",
        "# WRONG:\npython scripts/fill.py --flat",
        "python scripts/fill.py",
    ],
)
def test_a_command_that_may_be_right(told: Told, command: str) -> None:
    assert said(told, f"Fill it:\n\n```bash\n{command}\n```\n") == []


@pytest.mark.parametrize(
    "script",
    [
        PARSE,
        PARSER,
        f"{PARSER}{PARSE}parser.parse_known_args()\n",
        f"{PARSER}{PARSE}for name in NAMES:\n    parser.add_argument(f'--{{name}}')\n",
        f"{PARSER}{PARSE}parser.add_argument('--' + name)\n",
        f"{PARSER}{PARSE}parser.add_argument('--{{}}'.format(name))\n",
        f"{PARSER}{PARSE}parser.add_argument('rest', nargs=argparse.REMAINDER)\n",
        "from transformers import HfArgumentParser\nHfArgumentParser(Arguments).parse.add_argument()\n",
        "import sys\nprint(sys.argv)\n",
        f"{PARSER.replace('()', '(parents=[shared])')}{PARSE}",
        f"{PARSER}{PARSE}run(sys.argv[1])\n",
        f"{PARSER}{PARSE}run(sys.argv[2:])\n",
    ],
)
def test_a_script_whose_options_cannot_be_told(told: Told, script: str) -> None:
    assert said(told, "```bash\npython scripts/fill.py --flat\n```\n", script) == []


@pytest.mark.parametrize("text", ['print("""---\\nname: forms""")\n', "Path('out').mkdir(parents=True)\n"])
def test_what_is_no_option_hides_none(told: Told, text: str) -> None:
    assert len(said(told, "```bash\npython scripts/fill.py --flat\n```\n", PARSER + PARSE + text)) == 1


def test_a_script_that_parses_all_of_its_arguments(told: Told) -> None:
    script = f"{PARSER}{PARSE}parser.parse_args(sys.argv[1:])\n"
    assert len(said(told, "```bash\npython scripts/fill.py --flat\n```\n", script)) == 1


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("Run `python scripts/fill.py --flat form.pdf` first.", ["--flat"]),
        ("Run `scripts/fill.py --flat` or `scripts/fill.py --flat`.", ["--flat"]),
        ("Don't run `python scripts/fill.py --flat`.", []),
        ("```python\nprint('python scripts/fill.py --flat')\n```", []),
        ("<!-- skillcheck: skip why -->\n```bash\npython scripts/fill.py --flat\n```", []),
        ("```\npython scripts/fill.py --flat\n```", ["--flat"]),
        ("- one\n\n  ```bash\n  python scripts/fill.py --flat\n  ```", ["--flat"]),
        ("Nothing.", []),
    ],
)
def test_commands_in_the_text_and_in_blocks_each_option_once(told: Told, body: str, wrong: list[str]) -> None:
    found = said(told, f"{body}\n")
    lines = (TOP + body).split("\n")
    assert [lines[at.line - 1][at.column - 1 : (at.end_column or 0) - 1] for at in (f.place for f in found)] == wrong


def test_so_many_are_looked_at_and_no_more(told: Told) -> None:
    every = " ".join(f"--o{number}" for number in range(600))
    assert len(said(told, f"```bash\npython scripts/fill.py {every}\n```\n")) == 500


def test_the_nearest_option_is_named(told: Told) -> None:
    assert [f.fix for f in said(told, "Run `scripts/fill.py --outptu x --flat`.\n")] == [
        "write `--output`",
        "remove it, or add it to the script",
    ]


def test_options_of_scripts_beside_it_and_those_that_negate() -> None:
    script = Script(
        "s/a.py", "a.py", f"from scripts.common import add\n{PARSER}parser.add_argument('--a')\nadd(parser)\n"
    )
    common = Script("s/scripts/common.py", "scripts/common.py", "parser.add_argument('--flat')\n")
    assert options(script, (script, common)) == frozenset({"--help", "--a", "--flat"})
    either = f"{PARSER}parser.add_argument('--flat', action=argparse.BooleanOptionalAction)\n"
    known = options(Script("s/a.py", "a.py", either), ())
    assert known == frozenset({"--help", "--flat", "--no-flat"})
    assert takes(known, "--no-fl")
    assert not takes(known, "--flatten")
