"""A skill and its snippets → the files of its ZIP, and the files that stay out with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from posixpath import join, normpath

from skillcheck import facts
from skillcheck.model import File, Skill, Snippet
from skillcheck.pack.frontmatter import reduce

Member = tuple[str, bytes, bool]
SNIPPETS = "snippets"
EVIDENCE = "EVIDENCE.json"
TOP_ONLY = frozenset({"evals"})  # as Anthropic's own packager has it: references/evals/ is the author's
COMPILED = (".pyc", ".pyo")


def members(skill: Skill, snippets: Sequence[Snippet] = (), evidence: str = "") -> tuple[Member, ...]:
    """Return what goes into the ZIP: path below the top folder, content, whether it is executable.

    `evidence` is the text of EVIDENCE.json, which takes the place of one in the skill. SKILL.md comes first, then all
    else by path. Raises OSError where a file cannot be read and NotReducibleError where SKILL.md's frontmatter cannot
    be cut down.
    """
    found = {path: (file.read(), file.executable) for path, file in chosen(skill).items()}
    found |= {snippet_path(snippet): (snippet.text.encode(), False) for snippet in snippets if not _doubtful(snippet)}
    if evidence:
        found[EVIDENCE] = (evidence.encode(), False)
    if "SKILL.md" in found:
        found["SKILL.md"] = (reduce(found["SKILL.md"][0]), False)
    return tuple((path, *found[path]) for path in sorted(found, key=lambda path: (path != "SKILL.md", path)))


def left_out(skill: Skill, snippets: Sequence[Snippet] = ()) -> tuple[tuple[str, str], ...]:
    """Return the path of each file of the skill, and of each snippet, that stays out of the ZIP, and why."""
    files = ((file.path, _doubt(file)) for file in skill.files)
    made = ((snippet_path(snippet), _doubtful(snippet)) for snippet in snippets)
    return tuple((path, reason) for path, reason in (*files, *made) if reason)


def chosen(skill: Skill) -> Mapping[str, File]:
    """Return the skill's own files that go into the ZIP, by path.

    A link is the file that it points at, as it is for Claude Code and `npx skills` when they copy a skill; one that
    leaves the bundle was never read.
    """
    return {file.path: file for file in skill.files if not _doubt(file)}


def snippet_path(snippet: Snippet) -> str:
    """Return where a snippet lies in the ZIP."""
    return join(SNIPPETS, snippet.path)


def _doubt(file: File) -> str:
    """Say why a file stays out, empty if it goes in; what a link hides behind its own name counts too."""
    return _stray(file.path) or (_stray(normpath(file.target).replace("../", "")) if file.target else "")


def _doubtful(snippet: Snippet) -> str:
    if snippet.path.rpartition("/")[2].casefold() == "skill.md":
        return "an upload takes exactly one SKILL.md"
    return _stray(snippet_path(snippet))


def _stray(path: str) -> str:
    """Say why no file of this path belongs in an upload, empty if it may be there."""
    names = facts.upload().stray
    for depth, part in enumerate(path.split("/")):
        if part.startswith("."):
            return f"`{part}` starts with a dot"
        if part in names and (depth == 0 or part not in TOP_ONLY):
            return f"`{part}` does not belong in an upload"
    return "compiled Python" if path.endswith(COMPILED) else ""
