"""Strategies for SKILL.md and other Markdown with frontmatter: every field, with right and wrong values, in odd YAML."""

from __future__ import annotations

import json

from hypothesis import strategies as st
from tests.client.differential.case import Case, Kind, case

from skillcheck import facts

ODD = (
    *["yes", "Yes", "YES", "no", "on", "off", "true", "True", "TRUE", "false", "null", "Null", "~", "y", "n", "1", "1.0", "1e3", ".5", "0x1F", "0o17", "017", "1_000", "-1", "+1", "=", "<<"],
    *("2024-01-01", "12:30", "1:30:45", ".inf", ".nan", "-.inf", "foo: bar", "foo #bar", "foo#bar", "@foo", "`foo`", "%foo"),
    *("!foo", "!!str 123", '!!int "3"', "!!null x", "&a foo", "*a", '"a\\nb"', "'it''s'", "[a, b]", "{a: b}", "- a", "? a"),
    *("foo, bar", "a | b", "a > b", "*.py", "**/*.ts", "[issue-number]", "[filename] [format]", '"unterminated', "it's"),
    *("foo: [x", "use when: x; y", "é", "日本語", "http://a.b/c", "C:\\path", "a\tb", "\tlead", "", "x:", ":x", "-", "--", "|x"),
    *("'a' b", '"a" b', "a 'b'", '"\\x41"', '"\\q"', "[a, [b, {c: d}]]", "{a: b, a: c}", "[a b]]", "{}", "[]", '""', "''", "a" * 300),
    *("---", "a --- b", "...", "# only a comment", "a\u00a0b", "a\u2028b", "\u200b", "😀", "a\x00b", "a\x1bb", "a\x7fb", "\ufeffx", "[a,]"),
    *("|\n  multi\n  line", ">-\n  folded\n  text", "|+\n  kept\n\n", ">\n folded: text", "\n  next line", "\n  a: b", "\n- a\n- b"),
    *("\n  - a\n  - b: c", "\n  - 1\n  - x", "\n  a: [b\n  c]", '"two\n  lines"', "two\n  plain lines", "|2\n  x", "|\nno indent", "&a [b, *a]"),
    *("!foo true", "!foo", "!foo null", "!!bool yes", "!!int 3", "! 3", "!b?\\| x", "[" * 60 + "]" * 60, "{a: " * 40 + "b" + "}" * 40, "[" * 120 + "]" * 120),
)  # fmt: skip
TOOLS = (
    *("Read", "Read, Write", "Read Write", "Bash(git:*)", "Bash(git add:*), Read", "Bash(", "Bash)", "Bash()", "mcp__x__y", "mcp__x__*"),
    *("[Read, Write]", "[Read, 1]", "[]", "[[Read]]", "\n  - Read\n  - Bash(git status)", "\n- Read\n- Bash(a: b)", "3", "true", "{a: b}"),
    *("*", '"*"', "run_command", "Read,,Write", '"Read, Bash(npm run *)"', "\n  - Read: x", "Task(a,b)", "Bash(echo \\(hi\\))", "WebFetch(domain:x)"),
)  # fmt: skip
USUAL = {
    "name": ("forms", "PDF Forms", "claude-forms", "a" * 65, "a" * 257, "-a", "a--b", "é"),
    "description": ("Fills forms.", "Fills <b>forms</b>.", "x" * 1025, "a < b", "Use when: asked", "3", "true", "[a]", "{a: b}", "[a, b] c"),
    "allowed-tools": TOOLS,
    "disallowed-tools": TOOLS,
    "disallowedTools": TOOLS,
    "shell": ("bash", "powershell", "Bash", '" bash "', "zsh", "3", "[bash]", "null", "''", "BASH ", "true"),
    "metadata": ("{a: b}", "\n  a: b", "\n  a:\n    b: c", "[]", "x", "3", "null", "{}", "\n  - a", "true", "''"),
    "context": ("fork", "inline", "zz", "3"),
    "model": ("opus", "inherit", "zz", "3", "[a]"),
    "effort": ("low", "med", "max", "3", "zz", "-1", "1.5"),
    "user-invocable": ("true", "no", "maybe", "1", "2"),
    "hooks": ("3", "[]", "{}", "{Stop: []}", "{Stop: [{hooks: [{type: command, command: x}]}]}", "{Foo: []}", "{Stop: x}"),
}  # fmt: skip
FIELDS = (*facts.frontmatter().fields, *facts.frontmatter().aliases, "foo", "allowed_tools", "Name", "DESCRIPTION", "argumentHint", "a b", "1", "é", '"name"', "'shell'")  # fmt: skip

WORDS = st.text(st.sampled_from("ab1 :-#'\"[]{},!|>%@`?\\\t~=.é"), max_size=12).map(lambda text: text.lstrip("|>,[{"))


def values(field: str) -> st.SearchStrategy[str]:
    """Return values of a field: as they should be, of other types, and odd in YAML's eyes."""
    usual = st.sampled_from(USUAL.get(field, ("text", "3", "true", "[a]", "{a: b}")))
    quoted = st.text(max_size=8).map(lambda text: json.dumps(text, ensure_ascii=False))
    return st.one_of(usual, usual, usual, st.sampled_from(ODD), WORDS, quoted)


@st.composite
def line(draw: st.DrawFn) -> str:
    """Return one field as it is written, mostly well."""
    mostly = st.sampled_from(("name", "description", "allowed-tools", "shell", "metadata"))
    field = draw(st.one_of(mostly, st.sampled_from(FIELDS)))
    value = draw(values(field))
    form = draw(
        st.sampled_from(("{}: {}",) * 20 + ("{}:{}", "{} : {}", " {}: {}", "{}:  {}  ", "{}: {} # note", "\t{}: {}"))
    )
    written: str = form.format(field, value)
    return written


JUNK = ("# a comment", "", "just text", "- item", "  indented: x", "...", "%YAML 1.2", "a: b: c", "}", "*x", "<<: {shell: zsh}", "? x", "foo:", "&x", "-", "key: |", "x: &a 1\ny: *a")  # fmt: skip
OPENINGS = ("---\n",) * 60 + ("--- \n", "---\r\n", "----\n", "\n---\n", "\ufeff---\n", "\ufeff\ufeff---\n", " ---\n", "---", "---\t\n", "--- x\n", "---\n\n", "+++\n")  # fmt: skip
CLOSINGS = ("\n---\n",) * 24 + ("\n--- \n", "\n----\n", "\n---", "\n", "\n...\n", "\n ---\n", "---\n", "\n---x\n", "\n\n---\n\n", "\n---\r\n", "\n***\n")  # fmt: skip


@st.composite
def markdown(draw: st.DrawFn) -> bytes:
    """Return a Markdown file, mostly with frontmatter."""
    lines = draw(st.lists(st.one_of(line(), line(), line(), line(), st.sampled_from(JUNK)), max_size=5))
    # not generated, for nobody writes it and the parsers differ: `...` twice, a line of one tab in a block, and `?` below
    # what is no field
    lines = [line for at, line in enumerate(lines) if line != "..." or line not in lines[:at]]
    lines = [line for at, line in enumerate(lines) if line != "? x" or at == 0 or ": " in lines[at - 1]]
    if draw(st.booleans()):
        lines.insert(0, "description: Fills forms.")
    body = draw(st.sampled_from(("# Forms\n\nFill them.\n",) * 6 + ("", "---\n", "a\x00b", "\x1b[31m", "```\nx\n")))
    text = draw(st.sampled_from(OPENINGS)) + "\n".join(lines) + draw(st.sampled_from(CLOSINGS)) + body
    text = draw(st.sampled_from((text,) * 12 + (text.replace("\n", "\r\n"), text.replace("\n", "\r"), "", body)))
    content = text.encode("utf-8", "surrogatepass")
    encoded: bytes = draw(
        st.sampled_from(
            (content,) * 36
            + (content + b"\xff", content.replace(b"F", b"\xe9"), b"\xef\xbb\xbf" + content)
            + tuple(text.encode(wide, "replace") for wide in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"))
        )
    )
    return encoded


@st.composite
def parts(draw: st.DrawFn) -> Case:
    """Return a skill, an agent or a command of one file."""
    path = draw(
        st.sampled_from(
            ("skills/@/SKILL.md",) * 6
            + ("agents/@.md", "commands/@.md", "commands/@/deep.md", "agents/deep/@.md", "output-styles/@.md")
        )
    )
    return case(Kind.PART, {path: draw(markdown())})
