from __future__ import annotations

import pytest

from skillcheck.load.frontmatter import frontmatter
from skillcheck.load.repair import quoting, repaired
from skillcheck.load.source import Source
from skillcheck.model import Json, Place

# the values of `name:` that the real client takes although plain YAML refuses them, and those that it refuses as well
ACCEPTED = [
    "foo: bar",
    "@foo",
    "`foo`",
    "%foo",
    "*a",
    "*.py",
    "**/*.ts",
    "[filename] [format]",
    "foo: [x",
    "use when: x; y",
    "xxxxxxxxxx: y",
]
REFUSED = ["- a", "? a", '"unterminated', '"a: b" c"', "'a': 'b'"]


@pytest.mark.parametrize("value", ACCEPTED)
def test_values_that_the_client_accepts_are_strings(value: str) -> None:
    top, _ = frontmatter(Source("f", f"---\nname: {value}\nshell: zsh\n---\n"))
    assert (top.repaired, top.data.value) == (True, {"name": value, "shell": "zsh"})
    assert len(top.faults) == 1


def test_a_tag_of_its_own_is_read_and_told() -> None:
    top, _ = frontmatter(Source("f", "---\nname: !foo bar\nshell: zsh\n---\n"))
    assert (top.repaired, top.data.value) == (True, {"name": "bar", "shell": "zsh"})
    assert [fault.fact for fault in top.faults] == [
        "unquoted `!` starts the value of `name`, which YAML reads as a tag"
    ]


@pytest.mark.parametrize(
    ("value", "read"),
    [("!b?\\|", "\\|"), ("!b^ 3", "^ 3"), ("!b%41{c: d}", {"c": "d"}), ("!b[c]", ["c"])],
)
def test_a_tag_ends_at_what_none_may_hold(value: str, read: Json) -> None:
    top, _ = frontmatter(Source("f", f"---\r\nname: {value}\r\nshell: zsh\r\n---\r\n"))
    assert (top.repaired, top.data.value) == (True, {"name": read, "shell": "zsh"})
    assert len(top.faults) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("lines", "read"),
    [
        ("'paths': !b# c", {"paths": "c"}),
        ('"paths": !b, c', {"paths": ", c"}),
        ("paths:\n  - !b#c\n  - !b# d\n  - ,e", {"paths": [None, "d", ",e"]}),
        ("paths:\n- !b, c", {"paths": [", c"]}),
        ("paths: [!b#c, !b# d, e]", {"paths": [None, "d", "e"]}),
        ("paths:\n  - [!b]", {"paths": [[None]]}),
        ("metadata: {a: !b#, c: d}\nname: ,a", {"metadata": {"a": None, "c": "d"}, "name": ",a"}),
        ("metadata:\n  a: ,b\n  c: [d, e]", {"metadata": {"a": ",b", "c": ["d", "e"]}}),
    ],
)
def test_tags_and_commas_are_read_wherever_a_value_begins(lines: str, read: Json, end: str) -> None:
    top, _ = frontmatter(Source("f", f"---\n{lines}\n---\n".replace("\n", end)))
    assert (top.repaired, top.data.value) == (True, read)


@pytest.mark.parametrize(
    ("line", "read", "is_repaired"),
    [
        ('icon: "\\ud83d\\udee1 x"', {"icon": "\U0001f6e1 x"}, False),
        ('icon: {"a": ["\\uD83D\\uDEE1"]}', {"icon": {"a": ["\U0001f6e1"]}}, False),
        ('icon: "\\ud83d\\udee1"\nname: @a', {"icon": "\U0001f6e1", "name": "@a"}, True),
        ('icon: {"a": "\\ud83d"}', {"icon": '{"a": "\\ud83d"}'}, True),
        ("icon: &a;b c", {"icon": "c"}, True),
        ("&nbsp; icon: c\nname: d", {"icon": "c", "name": "d"}, True),
        ("- &a;b c", {}, False),
        ("icon: &a;b\nname: ,c", {"icon": None, "name": ",c"}, True),
    ],
)
def test_what_json_and_yaml_1_2_have(line: str, read: Json, *, is_repaired: bool) -> None:
    top, _ = frontmatter(Source("f", f"---\n{line}\n---\n"))
    assert (top.data.value, top.repaired) == (read, is_repaired)


def test_a_filler_that_is_there_is_left() -> None:
    top, _ = frontmatter(Source("f", '---\nicon: "\\ud83d\\udee1 \ue001"\n---\n'))
    assert [fault.fact for fault in top.faults] == ["`\\u` in double quotes is no escape of YAML"]


def test_texts_of_several_lines_are_left_as_they_are() -> None:
    top, _ = frontmatter(Source("f", "---\nname: ,a\nlicense: |\n  b: ,c\n\n  - !d# e\nagent: f\n---\n"))
    assert top.data.value == {"name": ",a", "license": "b: ,c\n\n- !d# e\n", "agent": "f"}


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("'license': ,x", "`,` starts the value of `license` unquoted, which YAML reserves"),
        ("license: ]x", "`]` starts the value of `license` unquoted, which YAML reserves"),
        ("license: `x`", "a backtick starts the value of `license` unquoted, which YAML reserves"),
        ("license: !b# c", "unquoted `!` starts the value of `license`, which YAML reads as a tag"),
        ("license: !b!c d", "unquoted `!` starts the value of `license`, which YAML reads as a tag"),
    ],
)
def test_what_may_not_begin_a_value_is_told(line: str, fact: str) -> None:
    top, _ = frontmatter(Source("f", f"---\nname: forms\n{line}\n---\n"))
    assert [fault.fact for fault in top.faults] == [fact]


def test_what_nests_too_deep_is_told_and_not_taken_for_text() -> None:
    top, _ = frontmatter(Source("f", f"---\nname: {'[' * 120}{']' * 120}\n---\n"))
    assert (top.repaired, top.data.value) == (False, {})
    assert [fault.fact for fault in top.faults] == ["values nested deeper than 100 levels"]


def test_a_list_that_nests_too_deep_is_a_list_beside_what_is_quoted() -> None:
    text = f"a: b: c\nname: {'[' * 120}{']' * 120}\n"
    assert repaired(Source("f", text), 0, len(text)) is None


@pytest.mark.parametrize("value", REFUSED)
def test_values_that_the_client_refuses_stay_refused(value: str) -> None:
    top, _ = frontmatter(Source("f", f"---\nname: {value}\nshell: zsh\n---\n"))
    assert (top.repaired, top.data.value, len(top.faults)) == (False, {}, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('a: b: "c" \\d\n', {"a": 'b: "c" \\d'}),
        ("a: b: c\nd: [x]\n", {"a": "b: c", "d": ["x"]}),
        ("a: b: c\nd: [x] # y\n", {"a": "b: c", "d": "[x] # y"}),
        ("a: b: c\nd: [*x]\n", {"a": "b: c", "d": "[*x]"}),
        ("a: b\x80c\n", {"a": "b\ufffdc"}),
        ("a: ,b\nc: [d,e]\n", {"a": ",b", "c": ["d", "e"]}),
        ("a: b\n...\n", {"a": "b"}),
        ("a: b\n... # c\n# d\n", {"a": "b"}),
        *(
            (text, None)
            for text in ("...\n", "...\r\n", "...\t\n", "...\n...\n", "... # c\n", "# c\r\n... \r\n\r\n# d")
        ),
        ("a:\n\tb: c\n", {"a": {"b": "c"}}),
        ("\ta: b\n  c: d\n", {"a": "b", "c": "d"}),
        ("\t a: b\n   c: d\n", {"a": "b", "c": "d"}),
        ("a:\n\t\tb: c\n    d: e\n", {"a": {"b": "c", "d": "e"}}),
        ("a: !b c\n\n\t\n", {"a": "c"}),
        ("a: !-b c\nd: !!str 3\ne: ! 3\n", {"a": "c", "d": "3", "e": "3"}),
        ("a: !.b c\n", {"a": "!.b c"}),
        ("a: !_b c\n", {"a": "!_b c"}),
        ("\t\na: b\n", {"a": "b"}),
        ("a: b: c\nd: '[x]'\n", {"a": "b: c", "d": "[x]"}),
        ("a: b: c\nd:\n  - x\n", {"a": "b: c", "d": ["x"]}),
    ],
)
def test_quoting_is_the_clients(text: str, value: Json) -> None:
    data = repaired(Source("f", text), 0, len(text))
    assert data is not None
    assert data.value == value


@pytest.mark.parametrize(
    "text",
    [
        *("...\na: b\n", "...\r\na: b\r\n", "...\n# c\na: b\n", "...\n...\na: b\n", "... a: b\n", "...\n%YAML 1.2\n"),
        *(
            "\ta: b\n c: d\n",
            "\ta: b\n   c: d\n",
            "a:\n\tb: c\n d: e\n",
            "\ta: b\n\n c: d\n",
            "a: !.b c\r\n",
            "a: !!!b c\r\n",
        ),
        *("a: b: c\r\nd: x\r\n", "a: # c\n\tb: c\n", "a: 'b\nc'\n", "a:\n  b: [c,\n  d]\n", "a: \0\n"),
    ],
)
def test_what_the_client_refuses_stays_refused(text: str) -> None:
    assert repaired(Source("f", text), 0, len(text)) is None


def test_two_documents_are_a_list() -> None:
    text = "a: b\n...\nc: d\n"
    data = repaired(Source("f", text), 0, len(text))
    assert data is not None
    assert data.value == [{"a": "b"}, {"c": "d"}]


def test_places_on_lines_that_tabs_indent_are_those_of_the_file() -> None:
    text = "---\na:\n\t\tb: c\n\t\tb: d\ne: !f g\n"
    data = repaired(Source("f", text), 4, len(text))
    assert data is not None
    assert data.value == {"a": {"b": "d"}, "e": "g"}
    assert data.place("a", "b") == Place("f", 4, 6, 4, 7)
    assert data.key_place("a", "b") == Place("f", 4, 3, 4, 4)
    assert data.duplicates == ((("a", "b"), Place("f", 4, 3, 4, 4)),)
    assert data.key_place("e") == Place("f", 5, 1, 5, 2)


def test_places_are_those_of_the_file() -> None:
    text = "---\nkey:   b: c\nnext: d\n"
    data = repaired(Source("f", text), 4, len(text))
    assert data is not None
    assert data.place("key") == Place("f", 2, 8, 2, 12)
    assert data.key_place("key") == Place("f", 2, 1, 2, 4)
    assert data.place("next") == Place("f", 3, 7, 3, 8)
    assert data.place() == Place("f", 2, 1, 3, 8)


@pytest.mark.parametrize("line", ["no field", "name: plain", "name: 'quoted: it is'", ""])
def test_only_what_the_repair_quotes_is_quoted(line: str) -> None:
    assert quoting(Source("p", f"---\n{line}\n---\n"), 4) == ()


def test_long_anchors_and_paths_are_read_in_time() -> None:
    odd = "&" + ";a" * 200_000
    assert frontmatter(Source("f", f"---\nicon: {odd}\nname: @a\n---\n"))[0].data.at("name") == "@a"
    assert frontmatter(Source("f", "../" * 200_000 + "!"))[0].faults[0].fact.endswith("line 1 is not `---`")
