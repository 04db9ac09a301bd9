"""A file may be as long as is read, and one line all of it: what rules take grows with it, not with its square."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping

import pytest

from skillcheck.model import Finding
from skillcheck.rules import shape

TOP = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n\n"
PLUGIN = {"name": "forms", "version": "1.0.0", "description": "Fills forms", "author": {"name": "Ada"}}
Told = Callable[[Mapping[str, str]], list[Finding]]
LENGTH = 250_000
SECONDS = 15  # of the processor, of which none takes five


@pytest.mark.parametrize(
    "part",
    [
        "`scripts/none.py` ",
        "Read `references/none.md` ",
        "[none](none.md) ",
        "<!--",
        "<!-- a\n",
        "<<<<<<< ours\n",
        "<<<<<<< ours\n=======\n",
        "```bash\npython scripts/none.py scripts/none.py\n```\n",
        "```bash\n" + "cat <<END <x>\n" * (LENGTH // 14),
        "```bash\n",
        "a <!-- b -->",
        "```bash\n" + "<<E " * (LENGTH // 4),
        "```bash\n" + '\\" ' * (LENGTH // 3),
        "```bash\n" + "python ${CLAUDE_PLUGIN_ROOT}/none/a.py " * (LENGTH // 38),
        "".join(f"/home/ada{n}/x\n" for n in range(LENGTH // 17)),
        "<div>\n" + "```bash\n" * (LENGTH // 8),
        "<div>\n<" + "a" * LENGTH + "\n```bash\n",
    ],
)
def test_time_does_not_grow_with_the_square_of_a_text(
    told: Callable[[Mapping[str, str]], list[Finding]], part: str
) -> None:
    begin = time.process_time()
    told({"skills/forms/SKILL.md": TOP + part * max(LENGTH // len(part), 1)})
    assert time.process_time() - begin < SECONDS


@pytest.mark.parametrize("part", ["Run `git push x` ", "Use the WebFetch tool. "])
def test_nor_with_the_square_of_orders_in_a_line(told: Told, part: str) -> None:
    begin = time.process_time()
    told({"skills/forms/SKILL.md": TOP.replace("---\n\n", "allowed-tools: Read\n---\n\n") + part * 6000})
    assert time.process_time() - begin < SECONDS


@pytest.mark.parametrize("part", ["```bash\n" + "python scripts/a.py --a\n" * 40_000, "`scripts/a.py --a` " * 40_000])
def test_nor_with_the_square_of_commands_that_give_options(told: Told, part: str) -> None:
    script = "import argparse\n\nargparse.ArgumentParser().add_argument('--b')\n"
    begin = time.process_time()
    found = told({"skills/forms/SKILL.md": TOP + part, "skills/forms/scripts/a.py": script})
    assert time.process_time() - begin < SECONDS
    assert [finding.code for finding in found if finding.code == "SK443"] == ["SK443"]


def test_nor_does_it_with_the_square_of_the_keys_of_a_frontmatter(told: Told) -> None:
    begin = time.process_time()
    told({"skills/forms/SKILL.md": TOP.replace("---\n\n", "a: b\n" * 12_000 + "---\n\n")})
    assert time.process_time() - begin < SECONDS


def test_nor_with_the_square_of_links_to_no_heading(told: Told) -> None:
    begin = time.process_time()
    found = told({"skills/forms/SKILL.md": TOP + "".join(f"# a{n}\n\n[a](#b{n})\n\n" for n in range(3000))})
    assert time.process_time() - begin < SECONDS
    *fixes, last = (finding.fix for finding in found if finding.code == "SK403")
    assert {*fixes, last} == {"link to a heading that is there", "mend those that are told, then look again"}


def test_of_many_links_to_no_heading_the_first_are_told_what_they_meant(told: Told) -> None:
    found = told({"skills/forms/SKILL.md": f"{TOP}## Fields\n\n{'[a](#field)' * 21}\n"})
    assert [finding.fix for finding in found] == [*["link to `#fields`"] * 20, "link to a heading that is there"]


@pytest.mark.parametrize(
    "text", ["".join(f"a{n}@b{n}\n" for n in range(20_000)), "def a(): pass " * 40_000, "class " + "a" * LENGTH]
)
def test_nor_with_that_of_a_script(told: Told, text: str) -> None:
    begin = time.process_time()
    told({"skills/forms/SKILL.md": f"{TOP}`scripts/a.py`\n", "skills/forms/scripts/a.py": text})
    assert time.process_time() - begin < SECONDS


def test_nor_with_that_of_what_an_agent_says(told: Told) -> None:
    begin = time.process_time()
    told(
        {
            ".claude-plugin/plugin.json": '{"name": "forms"}',
            "agents/a.md": f"---\nname: a\ndescription: Fills.\n---\n\n{'](' * LENGTH}\n",
        }
    )
    assert time.process_time() - begin < SECONDS


@pytest.mark.parametrize("given", ["Bash(g@ *), ", "Bash(g@), ", "Bash(g@:*), ", "Bash(g *@), "])
@pytest.mark.parametrize("part", ["Run `x@ y`. ", "!`x@ y` "])
def test_nor_with_that_of_what_is_granted_and_run(told: Told, given: str, part: str) -> None:
    grants, commands = ("".join(each.replace("@", f"{n}") for n in range(9000)) for each in (given, part))
    begin = time.process_time()
    told({"skills/forms/SKILL.md": TOP.replace("---\n\n", f"allowed-tools: Read, {grants}\n---\n\n") + commands})
    assert time.process_time() - begin < SECONDS


def test_nor_with_a_power_of_the_stars_of_a_grant(told: Told) -> None:
    begin = time.process_time()
    found = told(
        {
            "skills/forms/SKILL.md": TOP.replace("---\n\n", f"allowed-tools: Bash({'*a' * 20}*b)\n---\n\n")
            + f"Run `{'a' * 60} c`."
        }
    )
    assert time.process_time() - begin < SECONDS
    assert [finding.code for finding in found] == ["SK212"]


def test_nor_with_that_of_files_and_links_to_others(told: Told) -> None:
    links = "".join(f"[x](b{n}.md) " for n in range(9000))
    begin = time.process_time()
    found = told({"skills/forms/SKILL.md": TOP + links, **{f"skills/forms/a{n}.txt": "" for n in range(600)}})
    assert time.process_time() - begin < SECONDS
    fixes = {finding.fix for finding in found if finding.code == "SK401"}
    assert fixes == {"add the file, or remove the link", "mend those that are told, then look again"}


def test_nor_with_that_of_files_and_words_of_a_text(told: Told) -> None:
    files = {f"skills/forms/scripts/script{n}.py": "" for n in range(3000)}
    begin = time.process_time()
    found = told({"skills/forms/SKILL.md": f"{TOP}{'word ' * (LENGTH // 5)}script7, scripts", **files})
    assert time.process_time() - begin < SECONDS
    assert found == []


MANY = 12_000
MARKET = {"name": "forms", "owner": {"name": "Ada"}, "plugins": []}


@pytest.mark.parametrize(
    "manifest",
    [
        {f"descriptoin{number}": 1 for number in range(MANY)},
        {"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "${CLAUDE_PLUGIN_ROOT}/x.sh " * MANY}]}]}},
    ],
    ids=["fields", "paths"],
)
def test_nor_with_that_of_what_a_manifest_holds(told: Told, manifest: Mapping[str, object]) -> None:
    begin = time.process_time()
    told({".claude-plugin/plugin.json": json.dumps({"name": "forms", **manifest})})
    assert time.process_time() - begin < SECONDS


@pytest.mark.parametrize(
    "market",
    [
        {"renames": {f"a{number}": f"a{number + 1}" for number in range(MANY)}},
        {"plugins": [{"name": f"p{number}", "source": "./", "dependencies": ["p0"]} for number in range(MANY // 6)]},
        {"plugins": [{"name": "p", "source": "./", **{f"descriptoin{number}": 1 for number in range(MANY)}}]},
    ],
    ids=["renames", "dependencies", "fields"],
)
def test_nor_with_that_of_what_a_marketplace_lists(told: Told, market: Mapping[str, object]) -> None:
    begin = time.process_time()
    told({".claude-plugin/marketplace.json": json.dumps({**MARKET, **market})})
    assert time.process_time() - begin < SECONDS


def test_nor_with_that_of_a_name(told: Told) -> None:
    begin = time.process_time()
    told({"skills/forms/SKILL.md": TOP.replace("name: forms", "name: " + "a-" * 20_000)})
    assert time.process_time() - begin < SECONDS


def test_nor_do_a_million_values_of_one_file_fill_the_memory(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "MOST", 10)
    found = told({".claude-plugin/plugin.json": json.dumps(PLUGIN), ".mcp.json": json.dumps({"mcpServers": [1] * 20})})
    assert sum(finding.code == "SK531" for finding in found) == 10
