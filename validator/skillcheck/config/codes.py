"""A Config → the codes in it with which no rule's code begins: what they ask for is asked in vain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skillcheck.config.find import SOURCES
from skillcheck.config.keys import Keys
from skillcheck.config.settings import Config
from skillcheck.model import Fault, FaultKind, Place, Pointer


def unknown_codes(config: Config) -> tuple[Fault, ...]:
    """Return what there is to tell of codes that are selected or ignored and that no rule has."""
    return tuple(_faults(config)) if config.path else ()


def _faults(config: Config) -> Iterator[Fault]:
    from skillcheck.rules import RULES  # noqa: PLC0415 - which an answer that is known needs not

    for pointer, codes in _asked(config):
        for code in codes:
            if not any(rule.code.startswith(code) for rule in RULES):
                fact = f"`{pointer[-1]}` names {code}, with which no rule's code begins"
                remedy = "correct it, `skillcheck rules` lists all, or remove it"
                yield Fault(FaultKind.BAD_CONFIG, _place(config, pointer), fact, remedy)


def _asked(config: Config) -> Iterator[tuple[Pointer, Sequence[str]]]:
    yield ("select",), config.select
    yield ("ignore",), config.ignore
    yield from ((("paths", path, "ignore"), settings.ignore) for path, settings in config.paths.items())


def _place(config: Config, pointer: Pointer) -> Place:
    name = config.path.rpartition("/")[2]
    try:
        text = (config.root / name).read_text(encoding="utf-8-sig")
    except OSError:  # it is gone since it was read
        return Place(config.path)
    return Keys(config.path, text, SOURCES[name]).place(pointer)
