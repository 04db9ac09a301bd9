"""An import that was not found → why, and what would bring it; a distribution is never guessed."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from packaging.requirements import Requirement as Parsed
from packaging.version import Version

from skillcheck import facts
from skillcheck.model import Cause, CauseKind, Environment, Import, Place, Requirement
from skillcheck.runner import words
from skillcheck.runner.surroundings import SAY_SO

Answer = Mapping[str, Any]
ANY = "declare the extra, or the distribution, that brings it"


def judged(item: Import, answer: Answer, environment: Environment) -> Cause:
    """Return the cause of an import that the interpreter could not follow."""
    whole = f"{item.module}.{item.attribute}" if item.attribute else item.module
    if "needs" in answer:
        fact = f"`{item.module}` needs `{answer['needs']}`, which is not installed"
        return Cause(CauseKind.UNDECLARED, item.place, fact, _declare(answer["needs"], ANY))
    name = answer.get("module", ".")
    if (known := _of_python(item, name, whole, environment)) is not None:
        return known
    if "." in name:
        return _part(item, answer, whole, environment)
    if answer.get("brings"):
        fact = f"`{name}` is the name of an installed distribution, not of a module"
        modules = ", ".join(f"`{module}`" for module in answer["brings"][:3])
        return Cause(CauseKind.MISSING_MODULE, item.place, fact, f"import {modules}, which it brings")
    return _absent(item, name, whole, environment)


def _of_python(item: Import, name: str, whole: str, environment: Environment) -> Cause | None:
    """Return the cause of what Python has elsewhere, later, or no more; None where it is none of these."""
    if later := facts.later(name) or facts.later(item.module, item.attribute or ""):
        return since(later, item.place, f"`{whole}`")
    if system := facts.elsewhere(name):
        return _on(system, item, f"a module `{name}`")
    if (known := facts.gone(name)) and is_since(known, environment):
        fact, remedy = f"Python has no module `{name}` since {known.since}", instead(known)
        return Cause(CauseKind.MISSING_MODULE, item.place, fact, remedy)
    return None


def since(release: str, where: Place, what: str) -> Cause:
    """Return the cause of what only a later Python has."""
    fact = f"the block needs Python {release}: earlier ones have no {what}"
    return Cause(CauseKind.SURROUNDINGS, where, fact, f"run it with `--python {release}`, {SAY_SO}")


def _on(system: str, item: Import, what: str) -> Cause:
    fact = f"the block needs {system}: only there is {what}"
    return Cause(CauseKind.SURROUNDINGS, item.place, fact, f"import it where `sys.platform` says so, {SAY_SO}")


def _absent(item: Import, name: str, whole: str, environment: Environment) -> Cause:
    """Return the cause of a module of which nothing is there."""
    known = _declared(whole, environment)
    refused = _refused(whole, environment)
    if refused is not None:
        fact = f"`{name}` is not installed: `{refused.text}` cannot be, as told at {refused.place}"
        return Cause(CauseKind.BLOCKED, item.place, fact, "correct that requirement first")
    if known is not None:
        fact = f"`{name}` is not installed, though `{known.text}` is declared at {known.place}"
        return Cause(CauseKind.UNDECLARED, item.place, fact, "declare it without a marker that excludes this machine")
    fact = f"`{name}` is neither installed nor shown in a block"
    declare = _declare(whole, "declare its distribution")
    remedy = f"{declare} in requirements.txt, or show it in a block that starts with `# {name}.py`"
    return Cause(CauseKind.UNDECLARED, item.place, fact, remedy)


def _part(item: Import, answer: Answer, whole: str, environment: Environment) -> Cause:
    """Return the cause of a module that has not what is wanted of it, or of a namespace that several share."""
    known = facts.distribution(whole)
    if known is not None and known != facts.distribution(whole.partition(".")[0]) and not _has(environment, known):
        fact = f"`{whole}` is not installed"
        return Cause(CauseKind.UNDECLARED, item.place, fact, f"declare `{known}` in requirements.txt")
    if system := facts.elsewhere(item.module, item.attribute or "") or facts.elsewhere(answer.get("module", "")):
        return _on(system, item, f"`{whole}`")
    if "attribute" in answer:
        return _lacking(item, answer, whole, environment)
    if answer.get("shared"):
        fact = f"`{answer['module']}` is not installed"
        return Cause(CauseKind.UNDECLARED, item.place, fact, meant(answer, f"{ANY}, in requirements.txt"))
    parent, _, last = answer["module"].rpartition(".")
    otherwise = meant(answer, f"import {offered(parent, environment)}")
    return Cause(CauseKind.MISSING_MODULE, item.place, f"`{parent}` has no module `{last}`", otherwise)


def _lacking(item: Import, answer: Answer, whole: str, environment: Environment) -> Cause:
    """Return the cause of a name that its module does not have."""
    if others := ambiguous(item.module, answer, environment):
        return uncertain(item.place, f"`{whole}`", others, answer)
    if words.YOUR_OWN.match(str(item.attribute)):
        fact = f"`{item.attribute}` stands for what the block's reader has"
        return Cause(CauseKind.SURROUNDINGS, item.place, fact, f"import what is there, {SAY_SO}")
    fact = f"`{item.module}` has no `{item.attribute}`"
    if (gone := facts.gone(item.module, str(item.attribute))) and is_since(gone, environment):
        return Cause(CauseKind.MISSING_ATTRIBUTE, item.place, f"{fact} since Python {gone.since}", instead(gone))
    return Cause(
        CauseKind.MISSING_ATTRIBUTE, item.place, fact, meant(answer, f"import {offered(item.module, environment)}")
    )


def ambiguous(module: str, answer: Answer, environment: Environment) -> tuple[str, ...]:
    """Return the distributions of which one may have what another of them lacks; none where only one is known."""
    several = facts.several(module)
    known = several if any(_has(environment, name) for name in several) else ()
    return tuple(dict.fromkeys((*answer.get("sharing", ()), *known)))


def uncertain(where: Place, what: str, others: Sequence[str], answer: Answer) -> Cause:
    """Return the cause of what one distribution lacks and another one of the same module may have."""
    fact = f"the block needs another distribution, or one alone, for {what}: {', '.join(others)} bring the same module"
    remedy = (
        f"declare only the one that has it, or did you mean `{answer['near']}`?"
        if answer.get("near")
        else "declare only the one that has it"
    )
    return Cause(CauseKind.SURROUNDINGS, where, fact, remedy)


def is_since(known: facts.Gone, environment: Environment) -> bool:
    """Whether the environment's Python is one of those that lack it, and not one that was built without it."""
    version = Version(environment.version or platform.python_version())
    return version >= Version(known.since)


def instead(known: facts.Gone) -> str:
    """Return what to do where the standard library has something no more."""
    return f"use `{known.instead}`" if known.instead else "do without it, or say which Python it needs"


def offered(module: str, environment: Environment) -> str:
    """Return what there is to take in place of what a module lacks; which release it is of says why that is missing."""
    root = module.partition(".")[0]
    names = {_plain(name) for name in (facts.distribution(module), root) if name}
    known = next((line for line in environment.lock if _plain(line.partition("==")[0]) in names), "")
    if known:
        name, _, version = known.partition("==")
        return f"what `{name}` {version} has, or declare another release"
    return "what this release has" if root in sys.stdlib_module_names else "what it has"


def meant(answer: Answer, otherwise: str) -> str:
    """Return what the writer may have meant, `otherwise` where nothing is near."""
    near, missing = answer.get("near"), str(answer.get("module") or answer.get("attribute")).rpartition(".")[2]
    return f"did you mean `{near}`?" if near and near != missing else otherwise


def _declare(module: str, otherwise: str) -> str:
    known = facts.distribution(module)
    return f"declare `{known}`" if known else otherwise


def _declared(module: str, environment: Environment) -> Requirement | None:
    """Return the requirement that would bring the module, were it installed here."""
    names = {_plain(name) for name in (facts.distribution(module), module.partition(".")[0]) if name}
    return next((known for known in environment.requirements if _plain(Parsed(known.text).name) in names), None)


def _refused(module: str, environment: Environment) -> Requirement | None:
    """Return the requirement that would bring the module, could it be installed."""
    root = _plain(module.partition(".")[0])
    brought = facts.distribution(module) or root
    for refusal in environment.refused:
        name = _plain(Parsed(refusal.requirement.text).name)
        if name == _plain(brought) or root in name.split("-"):
            return refusal.requirement
    return None


def _has(environment: Environment, distribution: str) -> bool:
    return _plain(distribution) in {_plain(known.partition("==")[0]) for known in environment.lock}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
