"""A language -> how a line of comment is written in it."""

from __future__ import annotations

_HASH = (
    "python bash yaml toml dockerfile ruby elixir perl r powershell fish makefile just cmake hcl nix nginx properties "
    "dotenv requirements gitignore graphql starlark"
)
_SLASHES = (
    "jsonc javascript jsx typescript tsx scss go rust java kotlin scala swift c cpp csharp fsharp dart zig solidity "
    "protobuf prisma groovy"
)
_MARKS = (
    dict.fromkeys(_HASH.split(), "# {}")
    | dict.fromkeys(_SLASHES.split(), "// {}")
    | dict.fromkeys(("sql", "lua", "haskell"), "-- {}")
    | dict.fromkeys(("html", "vue", "svelte"), "<!-- {} -->")
    | {"css": "/* {} */", "clojure": "; {}", "ini": "; {}", "batch": "REM {}"}
)
_ENDS = ("-->", "*/")
_FIRST = ("#!", "# syntax=", "# escape=", "<?", "@charset")


def comment(words: str, language: str) -> str:
    """Return the words as one line of comment, empty for a language that has none."""
    plain = " ".join(words.split())
    for end in _ENDS:
        plain = plain.replace(end, "")
    mark = _MARKS.get(language)
    return mark.format(plain) + "\n" if mark else ""


def headed(text: str, words: str, language: str) -> str:
    """Return the text under a line of comment; a first line that has to be the first stays it."""
    line = comment(words, language)
    first, newline, rest = text.partition("\n")
    if line and newline and first.lower().startswith(_FIRST):
        return f"{first}\n{line}{rest}"
    return line + text
