from __future__ import annotations

from functools import partial

from skillcheck.load.limits import Limits
from skillcheck.load.skills import Home, skill
from skillcheck.model import Fault, FaultKind, File, Place, Skill

HOME = Home("in/s", "s", "")


def file(path: str, content: str | bytes) -> File:
    data = content.encode() if isinstance(content, str) else content
    return File(path, Place(f"in/s/{path}"), len(data), partial(bytes, data))


def unreadable() -> bytes:
    raise OSError(5, "Input/output error")


def read(*files: File, faults: tuple[Fault, ...] = (), **limits: int) -> Skill:
    return skill(HOME, files, faults, Limits((), **limits))


def names(found: Skill) -> list[str]:
    return [document.relative for document in found.documents]


def test_linked_markdown_is_read_nearest_first_and_once() -> None:
    found = read(
        file("SKILL.md", "---\nname: n\n---\n[b](refs/b.md#x) [a](<a file.md>) [a](./a%20file.md?q) [c](refs/../c.MD)"),
        file("a file.md", "[d](d.md) [self](SKILL.md)"),
        file("c.MD", ""),
        file("d.md", ""),
        file("refs/b.md", "[e](e.md) [up](../SKILL.md) [rooted]({baseDir}/refs/f.md)"),
        file("refs/e.md", ""),
        file("refs/f.md", "---\ntitle: x\n---\n# T\n"),
        file("lonely.md", ""),
    )
    assert names(found) == ["SKILL.md", "refs/b.md", "a file.md", "c.MD", "refs/e.md", "refs/f.md", "d.md"]
    assert found.documents[5].body_line == 4
    assert found.documents[5].path == "in/s/refs/f.md"
    assert (found.path, found.folder, found.name, found.faults) == ("in/s", "s", "n", ())


def test_links_elsewhere_are_not_followed() -> None:
    text = "---\nname: n\n---\n[a](../a.md) [b](https://x/b.md) [c](/c.md) [d](gone.md) [e](e.txt) [f](in/SKILL.md)"
    files = [file(path, "") for path in ("a.md", "b.md", "c.md", "e.txt", "in/SKILL.md")]
    found = read(file("SKILL.md", text), *files)
    assert names(found) == ["SKILL.md"]
    assert found.faults == ()


def test_two_rules_in_a_reference_are_no_frontmatter() -> None:
    found = read(file("SKILL.md", "---\nname: n\n---\n[a](a.md)"), file("a.md", "---\n\n# T\n\n---\n\nx\n"))
    assert [heading.text for heading in found.documents[1].headings] == ["T"]


def test_documents_are_bounded() -> None:
    links = " ".join(f"[{number}]({number}.md)" for number in range(9))
    found = read(
        file("SKILL.md", f"---\nname: n\n---\n{links}"), *(file(f"{n}.md", "") for n in range(9)), max_documents=4
    )
    assert len(found.documents) == 4
    assert [fault.kind for fault in found.faults] == [FaultKind.TOO_MANY_FILES]


def test_a_large_skill_is_told_and_not_read() -> None:
    large = File("SKILL.md", Place("in/s/SKILL.md"), 20_000_000, unreadable)
    found = read(large)
    (fault,) = found.frontmatter.faults
    assert (fault.kind, fault.place.path) == (FaultKind.TOO_LARGE, "in/s/SKILL.md")
    assert fault.fact == "the file holds 20,000,000 bytes, more than the 1,048,576 that are read"
    assert (found.documents[0].text, found.faults, found.frontmatter.data.mapping()) == ("", (), {})


def test_unreadable_files_are_told() -> None:
    found = read(File("SKILL.md", Place("in/s/SKILL.md"), 1, unreadable))
    assert [fault.fact for fault in found.frontmatter.faults] == ["the file cannot be read: Input/output error"]
    linked = read(file("SKILL.md", "---\nname: n\n---\n[a](a.md)"), File("a.md", Place("in/s/a.md"), 1, unreadable))
    assert [(fault.kind, fault.place.path) for fault in linked.faults] == [(FaultKind.UNREADABLE, "in/s/a.md")]
    assert names(linked) == ["SKILL.md"]


def test_what_keeps_skill_md_from_being_listed_is_told_once() -> None:
    cause = Fault(FaultKind.LINK_LOOP, Place("in/s/SKILL.md"), "f", "r")
    other = Fault(FaultKind.LINK_LOOP, Place("in/s/x"), "f", "r")
    found = read(faults=(other, cause))
    assert (found.frontmatter.faults, found.faults) == ((cause,), (other,))
    (fault,) = read().frontmatter.faults
    assert fault.kind is FaultKind.UNREADABLE


def test_wrong_bytes_and_lone_directives_are_faults_of_the_skill() -> None:
    found = read(
        file("SKILL.md", b"---\nname: n\n---\n\xff [a](a.md)\n\n<!-- skillcheck: skip -->\n"), file("a.md", b"\xff")
    )
    assert [(fault.kind, str(fault.place)) for fault in found.faults] == [
        (FaultKind.NOT_UTF8, "in/s/SKILL.md:4:1"),
        (FaultKind.BAD_DIRECTIVE, "in/s/SKILL.md:6:1"),
        (FaultKind.NOT_UTF8, "in/s/a.md:1:1"),
    ]
