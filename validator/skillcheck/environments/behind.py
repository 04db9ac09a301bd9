"""What was installed → which of the requirements have a newer release that cannot be had as wheels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from packaging.requirements import Requirement as Parsed

from skillcheck.environments.installer import UvError
from skillcheck.model import Refusal, Requirement

Try = Callable[..., object]
SAID = "its newest release has no wheel for this Python, and an older one would prove nothing of it"
NEEDING = "its newest release needs what has no wheel for this Python, and an older one would prove nothing of it"
BOUND = frozenset({"==", "===", "<", "<=", "~="})
_NO_WHEEL = re.compile(r"Wheels are required for|no usable wheels|no wheels with a matching")
_OTHER_PYTHON = re.compile(
    r"does not\s+satisfy\s+Python"
)  # what is newer is for others: this is the newest for this one


LATER = (1, 2)
"""By how many minor versions the Pythons are later that a release may be for, and no more for this one."""


def behind(
    requirements: Sequence[Requirement], lock: Sequence[str], version: str, attempt: Try, whole: Try
) -> tuple[Refusal, ...]:
    """Return the requirements that ask for no release in particular and got another one than the newest.

    `attempt` raises UvError for what cannot be installed, `whole` also where that is true of what it needs: for each,
    what is newer than that in the `lock` is asked for, by Python of that `version`, and by those with the options that
    follow.
    """
    later = _later(version)
    newer = list(_newer(requirements, dict(pin.split("==", 1) for pin in lock if "==" in pin)))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda item: _why(item[1], item[2], later, attempt, whole), newer))
    return tuple(Refusal(known, said, unbuilt=True) for (known, *_), said in zip(newer, found, strict=True) if said)


def _newer(requirements: Sequence[Requirement], versions: Mapping[str, str]) -> Iterator[tuple[Requirement, str, str]]:
    """Yield what is asked for, each with what is newer than is there, alone and with its extras."""
    there = {_plain(name): version for name, version in versions.items()}
    for known in requirements:
        parsed = Parsed(known.text)
        bound = parsed.url or any(part.operator in BOUND for part in parsed.specifier)
        version = there.get(_plain(parsed.name))
        if version is not None and not bound and not known.hashes:
            extras = f"[{','.join(sorted(parsed.extras))}]" if parsed.extras else ""
            yield known, f"{parsed.name}>{version}", f"{parsed.name}{extras}>{version}"


def _later(version: str) -> list[tuple[str, ...]]:
    """Return the options that ask in the name of each later Python."""
    major, minor = version.split(".")[:2]
    return [("--python-version", f"{major}.{int(minor) + more}") for more in LATER]


def _why(newer: str, extended: str, later: Sequence[tuple[str, ...]], attempt: Try, whole: Try) -> str:
    """Return why an older release is there than the newest, nothing where that has another reason than wheels."""
    if said := _refused(newer, (), attempt):
        return SAID if not _OTHER_PYTHON.search(said) and _lacks_wheels(said, newer, later, attempt) else ""
    said = _refused(extended, (), whole)
    return NEEDING if _lacks_wheels(said, extended, later, whole) else ""


def _lacks_wheels(said: str, wanted: str, later: Sequence[tuple[str, ...]], attempt: Try) -> bool:
    """Whether wheels are lacking: what has some for later Pythons alone is no release for this one."""
    return is_unbuilt(said) and all(_refused(wanted, options, attempt) for options in later)


def _refused(wanted: str, options: tuple[str, ...], attempt: Try) -> str:
    """Return what uv says where it cannot install that, else nothing."""
    try:
        attempt(wanted, *options)
    except UvError as failure:
        return str(failure)
    return ""


def is_unbuilt(said: str) -> bool:
    """Whether uv says of a requirement that it is there, but not as a wheel that can be used."""
    return bool(_NO_WHEEL.search(said))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
