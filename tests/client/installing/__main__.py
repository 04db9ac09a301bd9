"""The bundle, installed by real clients: what a user gets, compared with what stands here.

    python -m tests.client.installing

Run by `make client` and CI, not by pytest: it needs npm and the clients' packages. Every server is on loopback; what
stands for the model there asks for one edit, so that the plugin's hook is seen to fire.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from tests.client.installing.places import archives, checkout, repository
from tests.client.installing.servers import HOST, Git, Model, Tunnel, certificate, serving
from tests.client.real import ROOT, VERSION, Client, contents, fetch, packages, real_files

SKILLS, NODE = "skills@1.7.4", "node@22"
OTHERS = ROOT / ".work" / "others"
BROKEN = "---\nname: Broken\ndescription: Breaks. Use when something is to be broken.\n---\n[gone](gone.md)\n"
HOOKED = "Hooks (1)  PostToolUse"
MARKET: dict[str, Any] = json.loads((ROOT / "marketplace.json").read_text(encoding="utf-8"))
PLUGINS: dict[str, Any] = {entry["name"]: entry for entry in MARKET["plugins"]}


@dataclass(frozen=True, slots=True)
class Origin:
    """One kind of place to install from: what is added, and the files that each plugin should have."""

    kind: str
    source: str
    expected: Mapping[str, Mapping[str, bytes]]
    variables: Mapping[str, str] = field(default_factory=dict)
    folder: Path = ROOT


def say(text: str) -> None:
    """Tell what was seen to hold."""
    print(text, flush=True)  # noqa: T201 - the report of a script


def origins(work: Path, stack: ExitStack) -> Iterator[Origin]:
    """Yield every kind of place that plugins are installed from, each served from `work`."""
    tree = checkout(work / "tree")
    whole = {name: contents(tree / entry["source"]) for name, entry in PLUGINS.items()}
    yield Origin("folder", "./", whole, folder=tree)
    repository(tree, work / "git" / "bundle.git")
    yield Origin("git server", f"{stack.enter_context(serving(partial(Git, work / 'git')))}/bundle.git", whole)
    known, tls = certificate(work)
    archives(tree, work / "market", f"https://{HOST}/{{name}}.zip")
    proxy = stack.enter_context(serving(partial(Tunnel, tls, tree / "dist")))
    packed = {name: unpacked(tree / "dist" / f"{name}.zip") for name in PLUGINS}
    told = {"HTTPS_PROXY": proxy, "NODE_EXTRA_CA_CERTS": str(known)}
    yield Origin("archives", "./", packed, told, work / "market")


def unpacked(path: Path) -> dict[str, bytes]:
    """Return the files of a skill's ZIP by their paths below its top folder."""
    with ZipFile(path) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def check_origin(origin: Origin, home: Path) -> Client:
    """Add the marketplace, install each plugin of it, and compare what is there then; end if anything differs."""
    home.mkdir()
    client = Client(home, origin.folder, origin.variables)
    client.plugin("marketplace", "add", origin.source)
    for name in PLUGINS:
        client.plugin("install", f"{name}@{MARKET['name']}")
        details = client.plugin("details", f"{name}@{MARKET['name']}")
        hooked = (ROOT / "skills" / name / "hooks" / "hooks.json").exists()
        if f"Skills (1)  {name}" not in details or hooked is not (HOOKED in details):
            sys.exit(f"{name} from {origin.kind} does not show its skill, and a hook if it has one:\n{details}")
    found = client.installed()
    if sorted(plugin["id"] for plugin in found) != sorted(f"{name}@{MARKET['name']}" for name in PLUGINS):
        sys.exit(f"from {origin.kind} these are installed: {found}")
    for plugin in found:
        compare(f"{plugin['id']} {plugin['version']} from {origin.kind}", plugin, origin)
    return client


def compare(told: str, plugin: Mapping[str, Any], origin: Origin) -> None:
    """End unless the installed copy is whole: real files, the same as those of the bundle."""
    installed = Path(plugin["installPath"])
    ours, theirs = origin.expected[plugin["id"].partition("@")[0]], real_files(installed)
    differing = sorted(path for path in ours if theirs.get(path) != ours[path])
    if differing:
        sys.exit(f"{told}: missing or different {differing}")
    say(f"{told}: {len(ours)} real files, the same as in the bundle")


def check_refusal(work: Path, home: Path, told: Mapping[str, str]) -> None:
    """End unless the client refuses an archive whose hash is another."""
    path = work / "market" / ".claude-plugin" / "marketplace.json"
    market = json.loads(path.read_text(encoding="utf-8"))
    market["plugins"][0]["source"]["sha256"] = "0" * 64
    path.write_text(json.dumps(market), encoding="utf-8")
    home.mkdir()
    client = Client(home, work / "market", told)
    client.plugin("marketplace", "add", "./")
    done = client.run("plugin", "install", f"{market['plugins'][0]['name']}@{MARKET['name']}")
    if done.returncode == 0 or "integrity check failed" not in done.stdout + done.stderr:
        sys.exit(f"an archive with another hash ended with {done.returncode}: {done.stdout}{done.stderr}")
    say("an archive whose hash is another is refused")


def check_hook(client: Client, project: Path) -> None:
    """Have the client make a broken edit, and end unless the model hears what is wrong with it."""
    (project / ".git").mkdir(parents=True)
    skill = project / "skills" / "broken" / "SKILL.md"
    heard: list[str] = []
    use = {"name": "Write", "input": {"file_path": str(skill), "content": BROKEN}}
    with serving(partial(Model, use, heard)) as model:
        told = {
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "ANTHROPIC_BASE_URL": model,
            "ANTHROPIC_API_KEY": "none",
        }
        done = Client(client.home, project, told).run("-p", "edit", "--permission-mode", "acceptEdits")
    said = "".join(heard)
    if skill.read_text(encoding="utf-8") != BROKEN or "skills/broken/SKILL.md:5:1: error[SK401]" not in said:
        sys.exit(f"the hook did not fire: {done.stdout}{done.stderr}\n{said}")
    say("the hook fires on a broken edit, and the model hears what skillcheck finds")


def check_npx(work: Path) -> None:
    """Install the skills with `skills add` from a checkout, and compare; it needs another Node than Debian's."""
    if not (OTHERS / "node_modules" / "skills").exists():
        packages(OTHERS, SKILLS, NODE)
    project, bin_ = work / "npx", OTHERS / "node_modules" / ".bin"
    project.mkdir()
    chosen = [word for name in PLUGINS for word in ("--skill", name)]
    settled = {"HOME": str(project), "PATH": f"{bin_}:/usr/bin:/bin", "DISABLE_TELEMETRY": "1"}
    command = [str(bin_ / "skills"), "add", str(work / "tree"), *chosen, "--agent", "claude-code", "--yes"]
    done = subprocess.run(command, cwd=project, env=settled, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        sys.exit(f"skills add ended with {done.returncode}\n{done.stdout}{done.stderr}")
    for name, entry in PLUGINS.items():
        found = real_files(project / ".claude" / "skills" / name)
        if found != contents(work / "tree" / entry["source"]):
            sys.exit(f"{name} is not the same after `skills add`: {sorted(found)}")
        say(f"{name} by `npx {SKILLS} add`: {len(found)} real files, the same as in the bundle")


def main() -> None:
    """Validate the bundle, install it in every way there is, and see its hook fire."""
    fetch()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        work = Path(folder)
        (work / "home").mkdir()
        said = Client(work / "home", ROOT).plugin("validate", "--strict", ".")
        if "warning" in said.lower():
            sys.exit(f"the client warns:\n{said}")
        told: Mapping[str, str] = {}
        for origin in origins(work, stack):
            client = check_origin(origin, work / f"home-{origin.kind.replace(' ', '-')}")
            told = origin.variables
            if origin.kind == "folder":
                check_hook(client, work / "project")
        check_refusal(work, work / "home-refusing", told)
        check_npx(work)
    say(f"Claude Code {VERSION} and {SKILLS} install {len(PLUGINS)} plugins of {MARKET['name']}")


if __name__ == "__main__":
    main()
