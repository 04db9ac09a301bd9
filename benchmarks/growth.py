"""Long texts of one piece, at a size and at four times that: what takes more than grows with them is printed.

python -m benchmarks.growth [--size 32768]
"""

from __future__ import annotations

import sys
import tempfile
import time
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from skillcheck.blocks import programs, units
from skillcheck.load import load
from skillcheck.model import Bundle
from skillcheck.rules import RULES, nodes

TIMES = 4
TOO_MUCH = 7  # times as long, of which four would be right
LEAST = 0.2  # seconds
TOP = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n\n"
MANIFEST, MARKET = ".claude-plugin/plugin.json", ".claude-plugin/marketplace.json"
SKILL = "skills/forms/SKILL.md"
PIECES = (
    *(
        "[",
        "![",
        "](",
        "[a](",
        "(",
        "<!--",
        "<!-- x\n",
        "-->",
        "`",
        "`` ` ",
        "*",
        "_a_",
        "<",
        "<a ",
        "&amp;",
    ),
    *(
        "|",
        "|a|\n|-|\n",
        "> ",
        "- ",
        "> - ",
        "---\n",
        "-",
        "a\n===\n",
        ": ",
        "# a\n",
        "#",
        "```\n",
    ),
    *(
        "```python\nx = 1\n```\n",
        "~~~\n",
        "a",
        "word ",
        "9",
        "../",
        "a/b/c.md ",
        "\\",
        "$",
        "$1 ",
        "${",
    ),
    *(
        "!`ls` ",
        "\n",
        " ",
        "\t",
        "\r",
        "\u200b",
        "http://a.b ",
        "[a](b.md)\n",
        "[a]: b.md\n",
        "[a][b] ",
    ),
    *(
        "[a](#a)\n",
        "1. a\n",
        "<div>\n",
        "<!-- skillcheck: skip -->\n",
        "<<<<<<< a\n",
        "TODO ",
    ),
    *(
        "`bash scripts/x.sh` ",
        "~/x ",
        "/home/ada/x ",
        "sk-ant-",
        "api_key = ",
        "-----BEGIN ",
        "eyJ",
    ),
    *(
        "print(1)\n#> 1\n",
        "cat <<E <x>\n",
    ),
)


def main() -> None:
    """Print each stage and rule that takes too much of one of the texts; end with their number."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", type=int, default=32_768)
    size = parser.parse_args().size
    grown = [stage for text in _texts() for stage in _grown(text, size)]
    sys.exit(f"{len(grown)} grow faster than their text" if grown else 0)


def _texts() -> Iterator[tuple[str, str, str, str]]:
    """Yield the path of each text, what it begins with, its piece, and what it ends with; `@` stands for a number."""
    for piece in PIECES:
        yield SKILL, TOP, piece, ""
        yield SKILL, f"{TOP}```python\n", piece, "\n```\n"
        yield SKILL, TOP.partition("Fills")[0], piece.replace("\n", " "), "\n---\n\nText.\n"
    yield SKILL, "---\n", "k@: v\n", TOP[4:]
    yield SKILL, TOP, "# a@\n\n[a](#b@)\n\n", ""
    for field in ("allowed-tools: ", "arguments: ", "when_to_use: "):
        yield SKILL, TOP[:-5] + field, "T@ ", "\n---\n\nText.\n"
    for piece in ('{"matcher": "T@", "hooks": []}, ', '{"hooks": [{"command": "${CLAUDE_PLUGIN_ROOT}/a@.sh"}]}, '):
        yield MANIFEST, '{"name": "forms", "hooks": {"PreToolUse": [', piece, "1]}}"
    yield MANIFEST, '{"name": "forms"', ', "k@": 1', "}"
    yield MARKET, '{"name": "forms", "plugins": [{}', ', {"name": "p@", "source": "./", "dependencies": ["p@"]}', "]}"


def _made(text: tuple[str, str, str, str], size: int) -> Mapping[str, str]:
    path, before, piece, after = text
    pieces = (piece.replace("@", f"{number}") for number in range(size // len(piece)))
    return {path: before + "".join(pieces) + after}


def _grown(text: tuple[str, str, str, str], size: int) -> Iterator[str]:
    small, large = _timed(_made(text, size)), _timed(_made(text, size * TIMES))
    for stage, seconds in large.items():
        if seconds > LEAST and seconds > TOO_MUCH * small.get(stage, 0):
            print(f"{text}: {stage} {small.get(stage, 0):.2f} s, {seconds:.2f} s", flush=True)  # noqa: T201
            yield stage


def _timed(files: Mapping[str, str]) -> Mapping[str, float]:
    """Return the seconds that reading takes, each rule, and putting programs together."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, newline="")
        spent: defaultdict[str, float] = defaultdict(float)
        begin = time.process_time()
        bundle = load([folder])
        spent["load"] = time.process_time() - begin
        _judge(bundle, spent)
        begin = time.process_time()
        for skill in bundle.skills:
            programs(units(skill), skill.files)
        spent["blocks"] = time.process_time() - begin
    return spent


def _judge(bundle: Bundle, spent: defaultdict[str, float]) -> None:
    for node in nodes(bundle):
        for rule in RULES:
            if rule.node is type(node):
                begin = time.process_time()
                list(rule.check(node))
                spent[rule.code] += time.process_time() - begin


if __name__ == "__main__":
    main()
