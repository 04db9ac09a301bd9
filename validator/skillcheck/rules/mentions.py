"""Inline code and commands of a skill -> the bundled files that they name and that are not there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from skillcheck.model import Block, Document, Place, Skill
from skillcheck.model.lean import dataclass
from skillcheck.rules.fences import is_meant_as_code
from skillcheck.rules.lines import lines
from skillcheck.rules.paths import HOME, ROOT, documents, has_all_files, has_path, is_stand_in, is_unread
from skillcheck.rules.remembered import remembered
from skillcheck.rules.samples import lines_of_examples, parts_to_come
from skillcheck.rules.saying import is_to_come, sends

_FOLDERS = ("scripts", "references", "assets", "templates")
_BEGINNINGS = (*(f"{folder}/" for folder in _FOLDERS), "/skills/")
_FILE = rf"(?:{'|'.join(_FOLDERS)})/(?:[\w.-]+/)*[\w-][\w.-]*\.[A-Za-z]\w{{0,11}}"
_RUN = r"(?:[\w.-]+/)*[\w-][\w.-]*\.(?:py|sh|bash|js|mjs|cjs|ts|rb|pl)"
_NAMED = re.compile(
    rf"(?<![\w./~$}}\])-])(?:{HOME}(?:\./)?(?P<kept>{_FILE}|{_RUN})|(?P<root>{ROOT})?(?:\./)?(?P<path>{_FILE}))"
    r"(?![\w/*<{]|\.\w)"
)
_CODE = re.compile(r"`((?:(?!\]\()[^`\n])+)`")  # a link in code is shown, not meant
_LINKED = re.compile(r"[^\[\]`]*\][(\[]")  # code that is a link's text: the link is judged
_ANY = frozenset({"file", "foo", "bar", "example", "script"})
_OWNER = re.compile(
    r"(\S+?)(\s+skill)?['\u2019]s\s+(?:own\s+)?$|`([\w:-]+)`(?:\W*\bits\s+|\s*(?:スキル|技能)\s*[の的]\s*)$",
    re.IGNORECASE,
)
_HOLDER = re.compile(r"`?\)?,?\s*(?:in|of|from)\s+(?:the\s+)?(\S+)\s+skill\b", re.IGNORECASE)
_OWN = frozenset({"skill", "this", "the", "it", "that", "your", "our", "here", "what", "let", "claude"})
_KEBAB = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+|(?<=`)[a-z][a-z0-9]*(?=`)")  # as skills are named
_BESIDE = ("skills/", "", ".claude/skills/")  # where the skills of a plugin or a project stand
_OF_PLUGIN = re.compile(r"\bplugin(?:['\u2019]s)?[ -]root\W*$", re.IGNORECASE)
_IMPORT = re.compile(r"\s*import\b.*[\"']")  # in code of JavaScript, which lies in a project
_INTRODUCED = 3  # lines above a block in which it is said what it is for
_NEAR = 120  # characters around a name in which its owner may stand
_FAR = 400  # characters before a name in which it is said what is done to it; a line may be as long as a file
_SHELL = frozenset({"bash", "sh", "shell", "zsh", "console"})
_RUNS = re.compile(
    r"(?:\b(?:python[\d.]*|bash|sh|zsh|node|bun|deno run|ruby|perl|uv run|npx tsx|tsx|source)\s+(?:-\S+\s+)*"
    r"|^\s*(?:\$ )?)[\"']?$"
)
_WRITES = re.compile(r"(?:>|\b(?:tee|touch|mkdir|cp|mv|rm|git)\b|\s-o\b|--out\w*|#)[^\n]*$")
_WRITTEN = re.compile(r"(?:>|\b(?:tee|touch)\b|\s-o|--out\w*)[\s=]*[\"']?$")
_PROJECT = re.compile(  # a command that works on the user's project, or on what was fetched before
    r"\bgit clone\b|^\s*(?:\$ |sudo )?(?:cd (?!\S*(?:skill|scripts))"
    r"|(?:kubectl|helm|docker|terraform|make|cargo|heroku|flyctl|railway|ssh)\s"
    r"|(?:npm|pnpm|yarn) run\b)|(?<![\w/.~-])(?:src|tests?|app|k8s|lib|packages)/",
    re.MULTILINE,
)
_COUNTER = re.compile(
    r"\s*(?:#|//).*(?:[\u2717\u274c]|\b(?:good:|(?:bad|wrong|avoid|don['\u2019]t|do not|never)\b))", re.IGNORECASE
)
_ELSEWHERE = re.compile(  # where the command below is run, or that it cannot be yet
    r"\s*(?:#|//).*\b(?:(?:from|in|at) (?:the |your )?(?:project|repo|repository|workspace|plugin)(?:'s)?[ -]root"
    r"|not (?:yet )?implemented)\b",
    re.IGNORECASE,
)
_SHEBANG = re.compile(r"(?:[ \t]*#(?!!).*\n|[ \t]*\n)*#!")
_ASKED = re.compile(r"(?:\[|\btest) +-[efrsx]\b")
_TOLD = re.compile(  # a command that is a word for another one, and is run where that says
    r"(?<!-c)(?<!eval)\s[\"'](?:python[\d.]*|bash|sh|zsh|node|bun|ruby|perl|uv run)\s+(?:-\S+\s+)*$"
)
_PROSE = re.compile(r"^(?!.*\b(?:echo|printf)\b).*\"[A-Z][a-z]+ [^\"$]*$")  # as somebody says it to another program
_SPARED = re.compile(r"\|\|\s*(?:true|:)\s*$")
_COMMENT = re.compile(
    r"\s*#.*?\b(?:use|using|from|with|via|in|of|run) (?:the )?[`'\"]?([\w:-]+)[`'\"]? skill\b", re.IGNORECASE
)
_THEIRS = re.compile(r"\b(?:repo|repository|project|workspace|monorepo)(?:['\u2019]s| root)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A file that a skill names and does not hold; `certain` where a command would run it out of the skill."""

    path: str
    place: Place
    certain: bool


@dataclass(frozen=True, slots=True)
class _Named:
    """A path in a text: where it starts, with its root and without, and whether that is the skill's own folder."""

    path: str
    start: int
    whole: int
    rooted: bool


@remembered
def mentions(skill: Skill) -> tuple[Mention, ...]:
    """Return the files below scripts/, references/, assets/ and templates/ that are named and not there, each once."""
    first: dict[str, Mention] = {}
    for mention in _missing(skill) if has_all_files(skill) else ():
        known = first.setdefault(mention.path, mention)
        if mention.certain and not known.certain:
            first[mention.path] = mention
    return tuple(first.values())


def remedy(skill: Skill, path: str) -> str:
    """Return what to do about a file that the skill names and does not hold."""
    of_plugin = f"write `${{CLAUDE_PLUGIN_ROOT}}/{path}`, where the plugin holds it"
    return of_plugin if skill.in_plugin and skill.plugin_holds(path) else "add the file, or correct the path"


def _missing(skill: Skill) -> Iterator[Mention]:
    fetches = _fetches(skill)
    for document in (document for document in documents(skill) if _may_name(document.text)):
        made = {path for block in document.blocks for path in (*_made(block), *_shown_whole(document, block))}
        for mention in (*_in_prose(skill, document), *_in_commands(skill, document, fetches=fetches)):
            there = mention.path in made or _is_there(skill, document, mention.path)
            if not there and not is_meant_as_code(document, mention.place.line):
                yield mention


def _is_there(skill: Skill, document: Document, path: str) -> bool:
    """Return whether the path is the skill's, is told of elsewhere, or stands for any file."""
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(document.relative), path))
    stem = posixpath.basename(path).partition(".")[0].lower()
    is_of_skill = has_path(skill, path) or has_path(skill, beside) or is_unread(skill, path)
    return stem in _ANY or is_stand_in(path) or is_of_skill or skill.project_holds(path)


def _in_prose(skill: Skill, document: Document) -> Iterator[Mention]:
    beginnings = [each for each in _BEGINNINGS if each in document.text]
    examples, to_come = frozenset(lines_of_examples(document)), parts_to_come(document)
    for above, (number, line) in pairwise(((0, ""), *document.prose)):
        if not any(map(line.__contains__, beginnings)) or number in examples:
            continue
        before = f"{above[1]} " if above[0] == number - 1 else ""
        for code in _CODE.finditer(line):
            found = [named for named in _named(skill, code[1]) if not _is_there(skill, document, named.path)]
            said = before[-_FAR:] + leading(line, code.start())
            around = said[-_NEAR:], line[code.end() : code.end() + _NEAR]
            is_made = any(start < code.start() < end for start, end in to_come.get(number, ()))
            is_linked = _LINKED.match(line, code.end())
            if not found or is_made or is_linked or is_to_come(line, *code.span()) or _is_of_another(skill, *around):
                continue
            for named in () if _IMPORT.match(code[1]) else found:
                if _is_of_named(skill, f"{said} {around[1]}", named.path) or _is_of_plugin(skill, said, named.path):
                    continue
                if named.rooted or _has_folder(skill, named.path) or sends(line, *code.span()):
                    place = Place(document.path, number, code.start(1) + named.start + 1)
                    yield Mention(named.path, place, certain=False)


def _named(skill: Skill, text: str) -> Iterator[_Named]:
    """Yield the files of the skill that a text names, not those that it says are another skill's."""
    for found in _NAMED.finditer(text) if _may_name(text) else ():
        group = "kept" if found["home"] else "path"
        if found["home"] in {None, skill.name, skill.folder}:
            rooted = bool(found["home"] or found["root"])
            yield _Named(found[group], found.start(group), found.start(), rooted=rooted)


def _is_of_another(skill: Skill, before: str, behind: str) -> bool:
    """Return whether what stands around a file's name says that it is another skill's."""
    found = _OWNER.search(before) or _HOLDER.match(behind)
    owner = next(filter(None, (found[1], *found.groups()[2:])), "") if found else ""
    word = owner.strip("`*_()\"'").rpartition(":")[2].lower()
    return bool(word) and word not in _OWN | {skill.name.lower(), skill.folder.lower()}


def _is_of_plugin(skill: Skill, before: str, path: str) -> bool:
    """Return whether a path is said to begin at the root of the plugin, and does."""
    return _OF_PLUGIN.search(before) is not None and skill.in_plugin and skill.plugin_holds(path)


def _is_of_named(skill: Skill, around: str, path: str) -> bool:
    """Return whether a skill that stands beside this one, and is named near a path, holds the path."""
    holds = skill.plugin_holds if skill.in_plugin else skill.project_holds
    names = set(_KEBAB.findall(around))
    return any(holds(f"{folder}{name}/{path}") for name in names for folder in _BESIDE)


def _fetches(skill: Skill) -> bool:
    """Return whether a command of the skill fetches a repository, which holds scripts of its own."""
    every = chain.from_iterable(map(shell_blocks, documents(skill)))
    return any("git clone" in block.text or "git+https:" in block.text for block in every)


def shell_blocks(document: Document) -> Iterator[Block]:
    """Yield the blocks of commands."""
    return (block for block in document.blocks if block.language in _SHELL)


def _in_commands(skill: Skill, document: Document, *, fetches: bool) -> Iterator[Mention]:
    for block in (block for block in shell_blocks(document) if _may_name(block.text)):
        if _THEIRS.search(_above(document, block)):
            continue
        theirs = fetches or _PROJECT.search(block.text) is not None
        text = block.text.split("\n")
        is_above = _is_above(skill, block)
        is_file, looked_for = is_script(block), _looked_for(skill, text)
        for offset, line in enumerate(text):
            found = [*_named(skill, line)]
            if not found or (offset and _is_not_meant(skill, text[offset - 1])):
                continue
            is_needed = not is_file and not _SPARED.search(line)
            for number, named in enumerate(found):
                before = leading(line, named.whole)
                own = named.rooted or _has_folder(skill, named.path)
                is_others = theirs or number > 0  # what a script is given is mostly the user's
                is_meant = named.path not in looked_for and not any(
                    pattern.search(before) for pattern in (_WRITES, _TOLD, _PROSE)
                )
                if (own or not is_others) and is_meant and (named.rooted or not is_above):
                    certain = own and (named.rooted or not theirs) and is_needed and is_run(before)
                    place = Place(document.path, block.line + offset, block.column + named.start)
                    yield Mention(named.path, place, certain=certain)


def _is_above(skill: Skill, block: Block) -> bool:
    """Return whether commands are run in the folder that holds the skill's own, for they name that."""
    return re.search(rf"(?<![\w/.$}}~-]){re.escape(skill.folder)}/", block.text) is not None


def is_script(block: Block) -> bool:
    """Return whether a block is a file that somebody is to write, not commands that are run as they stand."""
    return _SHEBANG.match(block.text) is not None


def _looked_for(skill: Skill, text: Sequence[str]) -> set[str]:
    """Return the paths of which commands ask first whether they are there."""
    return {named.path for line in text if _ASKED.search(line) for named in _named(skill, line)}


def _is_not_meant(skill: Skill, above: str) -> bool:
    """Return whether a comment says that the command below it is an example, is run elsewhere or is another skill's."""
    found = _COMMENT.match(above)
    is_others = found is not None and found[1].lower() not in _OWN | {skill.name.lower(), skill.folder.lower()}
    return is_others or _COUNTER.match(above) is not None or _ELSEWHERE.match(above) is not None


def _above(document: Document, block: Block) -> str:
    """Return the line of text that introduces a block, empty if none does."""
    end = block.place.line - 1
    above = lines(document)[max(0, end - _INTRODUCED) : end]
    return next((line for line in reversed(above) if line.strip()), "")


def is_run(before: str) -> bool:
    """Return whether what stands before a path runs it."""
    return _RUNS.search(before) is not None


def leading(line: str, end: int) -> str:
    """Return what stands before a place of a line, as far as it matters; what is cut off is no beginning of a line."""
    return line[:end] if end <= _FAR else f"\u2026{line[end - _FAR : end]}"


def _may_name(text: str) -> bool:
    """Return whether a text may name a file, which is asked of every line and costs less than to look for one."""
    return "/" in text and any(map(text.__contains__, _BEGINNINGS))


def _has_folder(skill: Skill, path: str) -> bool:
    return has_path(skill, path.partition("/")[0])


def _made(block: Block) -> Iterator[str]:
    """Yield the paths that a block is a file of, or writes."""
    said = f"{block.directive.options.get('file', '')} {block.info} {_title(block.text)}"
    for named in _NAMED.finditer(said) if _may_name(said) else ():
        yield named["kept"] or named["path"]
    for line in block.text.split("\n") if _may_name(block.text) else ():
        for named in _NAMED.finditer(line) if _may_name(line) else ():
            if _WRITTEN.search(leading(line, named.start())):
                yield named["kept"] or named["path"]


def _shown_whole(document: Document, block: Block) -> Iterator[str]:
    """Yield the path that stands above a script which is shown whole: somebody is to write it there."""
    for named in _NAMED.finditer(_above(document, block)) if is_script(block) else ():
        yield named["kept"] or named["path"]


def _title(text: str) -> str:
    """Return the first line of a block if it is a comment: authors write a file's path there."""
    first = text.partition("\n")[0]
    return first if first.lstrip().startswith(("#", "//", "--", "/*", "<!--")) else ""
