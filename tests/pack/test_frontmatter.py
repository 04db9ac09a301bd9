from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from skillcheck.pack.frontmatter import NotReducibleError, reduce


def reduced(frontmatter: str) -> str:
    """Reduce a SKILL.md with this frontmatter and give the frontmatter back, proving that the rest is untouched."""
    content = reduce(f"---\n{frontmatter}---\n# Body\n\nmodel: x\n---\n".encode()).decode()
    assert content.startswith("---\n")
    assert content.endswith("---\n# Body\n\nmodel: x\n---\n")
    return content.removeprefix("---\n").removesuffix("---\n# Body\n\nmodel: x\n---\n")


SPEC_ONLY = """\
# made by hand
name:   'pdf-forms'   # the folder's
description: >-
  Fills forms.

  Use when asked.
license: "MIT"
allowed-tools: [Read,
Write]
compatibility: any
metadata:
  version: "1.0"
  model: kept, it is not at the top
"""


@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
def test_a_frontmatter_of_spec_keys_is_left_alone(breaks: str) -> None:
    content = f"---\n{SPEC_ONLY}---\nbody \t\n".replace("\n", breaks).encode()
    assert reduce(content) == content


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("name: a\nmodel: opus\ndescription: b\n", "name: a\ndescription: b\n"),
        ("model: opus\nname: a\n", "name: a\n"),
        ("name: a\nmodel: opus\n", "name: a\n"),
        ("name: a\nmodel:\ndescription: b\n", "name: a\ndescription: b\n"),
        ("name: a\nmodel:\n", "name: a\n"),
        ("name: a\n'model': 'opus' # fast\ndescription: b\n", "name: a\ndescription: b\n"),
        ("name: a\n? model\n: opus\ndescription: b\n", "name: a\ndescription: b\n"),
        ("hooks:\n  Stop:\n    - a\n    - b\n# of the name\nname: a\n", "# of the name\nname: a\n"),
        ("arguments:\n- a\n- b\nname: a\n", "name: a\n"),
        ("arguments: [a,\nb]\nname: a\n", "name: a\n"),
        ("model: 'one\n  two'\nname: a\n", "name: a\n"),
        ("model: one\n  two\n\n  three\nname: a\n", "name: a\n"),
        ("when_to_use: |\n  a\n\n  b\n\nname: a\n", "name: a\n"),
        ("when_to_use: |\n  a\n# c\nname: a\n", "# c\nname: a\n"),
        ("when_to_use: |\n  a\n", ""),
        ("name: a\nmodel: x\nmodel: y\ndescription: b\n", "name: a\ndescription: b\n"),
        # a deeper comment left behind would become a line of the text above it
        ("description: |\n  b\nhooks:\n  a: b\n  # c\n\nname: a\n", "description: |\n  b\nname: a\n"),
        ("  name: a\n  model: x\n   # deeper\n  # level\n  license: b\n", "  name: a\n  # level\n  license: b\n"),
        ("[1, 2]: x\nname: a\n", "name: a\n"),
        ("3: x\nname: a\n", "name: a\n"),
        ("name: ö\u2028model: x\ndescription: \U0001f600\n", "name: ö\u2028description: \U0001f600\n"),
    ],
)
def test_the_lines_of_other_keys_are_taken_out(before: str, after: str) -> None:
    if after:
        assert reduced(before) == after
    else:
        with pytest.raises(NotReducibleError):
            reduced(before)


def test_line_ends_are_kept() -> None:
    assert reduce(b"---\r\nname: a\r\nmodel: x\r\n---\r\nb\r\n") == b"---\r\nname: a\r\n---\r\nb\r\n"


def test_a_byte_order_mark_is_taken_out() -> None:
    assert reduce(b"\xef\xbb\xbf---\nname: a\n---\n") == b"---\nname: a\n---\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"# no frontmatter\n", "SKILL.md has no frontmatter between two `---` lines at its top"),
        (b"---\nname: a\n", "SKILL.md has no frontmatter between two `---` lines at its top"),
        (b"\n---\nname: a\n---\n", "SKILL.md has no frontmatter between two `---` lines at its top"),
        (b"---\nname: \xff\n---\n", "SKILL.md is not UTF-8 at byte 10"),
        (b"---\ndescription: a: b\n---\n", "the frontmatter of SKILL.md is not YAML with a `key: value` on each line"),
        (b"---\n- a\n---\n", "the frontmatter of SKILL.md is not YAML with a `key: value` on each line"),
        (b"---\n---\n", "the frontmatter of SKILL.md is not YAML with a `key: value` on each line"),
        (b"---\na: \0\n---\n", "the frontmatter of SKILL.md is not YAML with a `key: value` on each line"),
        (
            b"---\na: " + b"[" * 1200 + b"\n---\n",
            "the frontmatter of SKILL.md is not YAML with a `key: value` on each line",
        ),
        (
            b"---\n{name: a, model: x}\n---\n",
            "`model` cannot be taken out of the frontmatter without changing another key",
        ),
        (
            b"---\nmodel: &m x\nname: *m\n---\n",
            "`model` cannot be taken out of the frontmatter without changing another key",
        ),
    ],
)
def test_what_cannot_be_reduced_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(NotReducibleError) as error:
        reduce(content)
    assert str(error.value) == reason


words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
values = st.recursive(
    words | st.integers() | st.booleans() | st.none(),
    lambda part: st.lists(part) | st.dictionaries(words, part),
    max_leaves=5,
)
spec = st.fixed_dictionaries(
    {"name": words}, optional={"metadata": st.dictionaries(words, words), "allowed-tools": values}
)


items = st.tuples(spec, st.dictionaries(st.sampled_from(["model", "hooks", "context", "when_to_use"]), values))


@settings(max_examples=150, deadline=None)
@given(items, st.data(), st.sampled_from(["block", "mixed"]))
def test_the_rest_keeps_its_meaning(
    parts: tuple[dict[str, object], dict[str, object]], draw: st.DataObject, style: str
) -> None:
    kept, gone = parts
    items = draw.draw(st.permutations([*kept.items(), *gone.items()]))
    flow = False if style == "block" else None
    text = yaml.safe_dump(dict(items), sort_keys=False, default_flow_style=flow, allow_unicode=True)
    if "\n---" in f"\n{text}":
        return
    try:
        content = reduce(f"---\n{text}---\nbody\n".encode()).decode()
    except NotReducibleError:
        assert flow is None
        return
    whole = yaml.safe_load(text)  # PyYAML writes U+0085 so that it reads it back as a space
    assert yaml.safe_load(content.split("---\n")[1]) == {key: whole[key] for key in kept}


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=80)
    | st.text(alphabet="-\n\r #:&*[]{}'\"|>ab?\t").map(lambda text: f"---\n{text}\n---\n".encode("utf-8", "replace"))
)
def test_any_bytes_are_reduced_or_refused(content: bytes) -> None:
    try:
        reduced_ = reduce(content)
    except NotReducibleError:
        return
    assert reduce(reduced_) == reduced_
