"""The first word of a fence -> its canonical language, with what that language looks like."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Language:
    """A language as fences name it.

    `suffixes` are those of its files, the first being the one that snippets get; `comment` opens a comment and
    `closing` ends it, both empty where it has none. `names` are files that carry the language in their name.
    """

    name: str
    aliases: tuple[str, ...]
    suffixes: tuple[str, ...]
    comment: str = ""
    closing: str = ""
    names: tuple[str, ...] = ()


_SCRIPT_SUFFIXES = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".vue", ".svelte", ".astro")

LANGUAGES = (
    Language("python", ("py", "python3", "py3", "ipython", "ipython3", "sage"), (".py", ".pyi", ".pyw"), "#"),
    Language("pycon", ("python-repl", "pycon3", "doctest"), (".pycon",), "#"),
    Language(
        "bash",
        ("sh", "shell", "console", "terminal", "shell-session", "shellsession", "shellscript", "ksh"),
        (".sh", ".bash"),
        "#",
        names=(".bashrc", ".profile", ".envrc"),
    ),
    Language("zsh", (), (".zsh",), "#", names=(".zshrc", ".zprofile")),
    Language("json", (), (".json", ".webmanifest", ".geojson")),
    Language("jsonc", ("json5", "hjson"), (".jsonc", ".json5", ".json"), "//"),
    Language("yaml", ("yml",), (".yaml", ".yml"), "#", names=(".clang-format", ".yamllint")),
    Language("toml", (), (".toml", ".lock"), "#", names=("Pipfile",)),
    Language("dockerfile", ("docker", "containerfile"), (".dockerfile",), "#", names=("Dockerfile", "Containerfile")),
    Language("javascript", ("js", "mjs", "cjs", "node", "nodejs"), (".js", *_SCRIPT_SUFFIXES), "//"),
    Language("jsx", (), (".jsx", *_SCRIPT_SUFFIXES), "//"),
    Language("typescript", ("ts", "mts", "cts"), (".ts", *_SCRIPT_SUFFIXES), "//"),
    Language("tsx", (), (".tsx", *_SCRIPT_SUFFIXES), "//"),
    Language("vue", (), (".vue",), "<!--", "-->"),
    Language("svelte", (), (".svelte",), "<!--", "-->"),
    Language(
        "html", ("htm", "jinja", "jinja2", "html+jinja", "django"), (".html", ".htm", ".j2", ".jinja"), "<!--", "-->"
    ),
    Language("xml", ("svg", "xsd", "plist"), (".xml", ".svg", ".plist", ".csproj", ".xsd"), "<!--", "-->"),
    Language("css", (), (".css",), "/*", "*/"),
    Language("scss", ("sass", "less"), (".scss", ".sass", ".less"), "//"),
    Language("sql", ("postgresql", "postgres", "mysql", "sqlite", "plpgsql", "pgsql"), (".sql",), "--"),
    Language("go", ("golang",), (".go",), "//"),
    Language("rust", ("rs",), (".rs",), "//"),
    Language("java", (), (".java",), "//"),
    Language("kotlin", ("kt", "kts"), (".kt", ".kts"), "//"),
    Language("scala", (), (".scala", ".sbt"), "//"),
    Language("swift", (), (".swift",), "//"),
    Language("c", ("h",), (".c", ".h"), "//"),
    Language("cpp", ("c++", "cxx", "hpp", "arduino"), (".cpp", ".cc", ".hpp", ".h", ".ino"), "//"),
    Language("csharp", ("c#", "cs"), (".cs",), "//"),
    Language("fsharp", ("f#", "fs"), (".fs", ".fsx"), "//"),
    Language("php", (), (".php",), "//"),
    Language("ruby", ("rb",), (".rb", ".rake"), "#", names=("Gemfile", "Rakefile", "Vagrantfile", "Fastfile")),
    Language("elixir", ("ex", "exs"), (".ex", ".exs"), "#"),
    Language("lua", (), (".lua",), "--"),
    Language("perl", ("pl",), (".pl", ".pm"), "#"),
    Language("r", ("rlang",), (".R", ".r"), "#"),
    Language("dart", (), (".dart",), "//"),
    Language("zig", (), (".zig",), "//"),
    Language("haskell", ("hs",), (".hs",), "--"),
    Language("clojure", ("clj", "cljs"), (".clj", ".cljs", ".edn"), ";"),
    Language("solidity", ("sol",), (".sol",), "//"),
    Language("powershell", ("ps1", "pwsh", "ps"), (".ps1", ".psm1"), "#"),
    Language("batch", ("bat", "cmd", "dosbatch"), (".bat", ".cmd"), "REM"),
    Language("fish", (), (".fish",), "#"),
    Language("makefile", ("make", "mk"), (".mk",), "#", names=("Makefile", "GNUmakefile")),
    Language("just", ("justfile",), (".just",), "#", names=("justfile", "Justfile")),
    Language("cmake", (), (".cmake",), "#", names=("CMakeLists.txt",)),
    Language("hcl", ("terraform", "tf", "tfvars"), (".tf", ".hcl", ".tfvars"), "#"),
    Language("nix", (), (".nix",), "#"),
    Language("nginx", (), (".conf",), "#"),
    Language("ini", ("cfg", "conf", "systemd"), (".ini", ".cfg", ".conf", ".service"), ";", names=("setup.cfg",)),
    Language("properties", (), (".properties",), "#"),
    Language("dotenv", ("env",), (".env",), "#", names=(".env",)),
    Language("requirements", ("pip-requirements",), (".txt", ".in"), "#", names=("requirements.txt",)),
    Language("gitignore", ("ignore",), (".gitignore",), "#", names=(".gitignore", ".dockerignore", ".npmignore")),
    Language("graphql", ("gql",), (".graphql", ".gql"), "#"),
    Language("protobuf", ("proto",), (".proto",), "//"),
    Language("prisma", (), (".prisma",), "//"),
    Language(
        "starlark",
        ("bazel", "bzl", "star", "tiltfile"),
        (".bzl", ".star", ".bazel"),
        "#",
        names=("BUILD", "WORKSPACE", "Tiltfile", "Snakefile", "SConstruct", "SConscript", "wscript"),
    ),
    Language("groovy", ("gradle", "jenkinsfile"), (".groovy", ".gradle"), "//", names=("Jenkinsfile",)),
)

PROVEN = frozenset(
    {"python", "bash", "zsh", "json", "jsonc", "yaml", "toml", "dockerfile", "javascript", "jsx", "typescript", "tsx"}
    | {"vue", "svelte", "html", "xml", "css", "sql", "graphql", "hcl", "ini", "makefile", "powershell"}
    | {"go", "rust", "java", "kotlin", "swift", "c", "cpp", "csharp", "php", "ruby"}
)
"""Languages that can be parsed or run; a block of any other is shown. The runner's folder of languages has the same."""

PROSE = {
    "": "no language",
    "text": "text",
    "txt": "text",
    "plaintext": "text",
    "plain": "text",
    "none": "text",
    "raw": "text",
    "markdown": "prose",
    "md": "prose",
    "mdx": "prose",
    "rst": "prose",
    "prompt": "prose",
    "output": "output",
    "log": "output",
    "logs": "output",
    "stdout": "output",
    "stderr": "output",
    "traceback": "output",
    "pytb": "output",
    "tree": "a tree",
    "mermaid": "a diagram",
    "plantuml": "a diagram",
    "dot": "a diagram",
    "ascii": "a diagram",
    "diff": "a diff",
    "patch": "a diff",
    "math": "a formula",
    "latex": "a formula",
    "tex": "a formula",
    "http": "a transcript",
    "csv": "data",
    "jsonl": "data",
    "ndjson": "data",
}
"""Tags that name no code, with what they name instead."""

_BY_TAG = {tag: language for language in LANGUAGES for tag in (language.name, *language.aliases)}
_BY_NAME = {name.casefold(): language for language in LANGUAGES for name in language.names}
_BY_SUFFIX = {
    suffix: language for language in reversed(LANGUAGES) for suffix in (*language.suffixes[1:], language.suffixes[0])
}


def canonical(tag: str) -> str:
    """Return the canonical language of a fence's first word, empty where it is none that we know."""
    language = _BY_TAG.get(tag.lower())
    return language.name if language else ""


def named(name: str) -> Language | None:
    """Return the language of that canonical name."""
    return _BY_TAG.get(name)


def of_path(path: str) -> str:
    """Return the canonical language of a file by its name, empty where that says nothing."""
    pure = PurePosixPath(path)
    language = _BY_NAME.get(pure.name.casefold()) or _BY_SUFFIX.get(pure.suffix)
    return language.name if language else ""


def suits(path: str, tag: str) -> bool:
    """Whether a file of that path may hold the language of that canonical name."""
    language = _BY_TAG.get(tag)
    if language is None:
        return False
    pure = PurePosixPath(path)
    name = pure.name.casefold()
    stem = name[:1] + name[1:].partition(".")[0]
    known = {entry.casefold() for entry in language.names}
    return pure.suffix in language.suffixes or not known.isdisjoint({name, stem})
