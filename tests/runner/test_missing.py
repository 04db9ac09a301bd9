from __future__ import annotations

import pytest

from skillcheck.model import CauseKind, Environment, Import, Place, Requirement
from skillcheck.runner.missing import judged

PLACE = Place("demo/SKILL.md", 7, 8)
IN = Place("demo/requirements.txt", 2)
ENVIRONMENT = Environment(
    "python", "3.12.1", requirements=(Requirement("opencv-python; os_name == 'nt'", IN),), lock=("PyYAML==6",)
)
ABSENT = "is neither installed nor shown in a block"


@pytest.mark.parametrize(
    ("module", "attribute", "answer", "kind", "fact", "remedy"),
    [
        (
            *("PIL", "Image", {"module": "PIL"}, CauseKind.UNDECLARED, f"`PIL` {ABSENT}"),
            "declare `pillow` in requirements.txt, or show it in a block that starts with `# PIL.py`",
        ),
        (
            *("PIL.Image", None, {"module": "PIL"}, CauseKind.UNDECLARED, f"`PIL` {ABSENT}"),
            "declare `pillow` in requirements.txt, or show it in a block that starts with `# PIL.py`",
        ),
        (
            *("unheard", None, {"module": "unheard"}, CauseKind.UNDECLARED, f"`unheard` {ABSENT}"),
            "declare its distribution in requirements.txt, or show it in a block that starts with `# unheard.py`",
        ),
        (
            *("cv2", None, {"module": "cv2"}, CauseKind.UNDECLARED),
            f"`cv2` is not installed, though `opencv-python; os_name == 'nt'` is declared at {IN}",
            "declare it without a marker that excludes this machine",
        ),
        (
            *("pyyaml", None, {"module": "pyyaml", "brings": ["_yaml", "yaml"]}, CauseKind.MISSING_MODULE),
            "`pyyaml` is the name of an installed distribution, not of a module",
            "import `_yaml`, `yaml`, which it brings",
        ),
        (
            *("core.x", None, {"needs": "PIL"}, CauseKind.UNDECLARED),
            *("`core.x` needs `PIL`, which is not installed", "declare `pillow`"),
        ),
        (
            *("core.x", None, {"needs": "unheard"}, CauseKind.UNDECLARED),
            "`core.x` needs `unheard`, which is not installed",
            "declare the extra, or the distribution, that brings it",
        ),
        (
            *("google.cloud", "storage", {"module": "google.cloud"}, CauseKind.UNDECLARED),
            "`google.cloud.storage` is not installed",
            "declare `google-cloud-storage` in requirements.txt",
        ),
        (
            *("google.cloud", "storage", {"attribute": "storage"}, CauseKind.UNDECLARED),
            "`google.cloud.storage` is not installed",
            "declare `google-cloud-storage` in requirements.txt",
        ),
        (
            *("yaml", "lod", {"attribute": "lod", "near": "load"}, CauseKind.MISSING_ATTRIBUTE),
            *("`yaml` has no `lod`", "did you mean `load`?"),
        ),
        (
            *("collections", "Mapping", {"attribute": "Mapping"}, CauseKind.MISSING_ATTRIBUTE),
            *("`collections` has no `Mapping` since Python 3.10", "use `collections.abc.Mapping`"),
        ),
        (
            *("urllib2", None, {"module": "urllib2"}, CauseKind.MISSING_MODULE),
            *("Python has no module `urllib2` since 3.0", "use `urllib.request`"),
        ),
        (
            *("smtpd", None, {"module": "smtpd"}, CauseKind.MISSING_MODULE),
            *("Python has no module `smtpd` since 3.12", "do without it, or say which Python it needs"),
        ),
        (
            *("cv2.x", "SIFT", {"attribute": "SIFT", "sharing": ["a", "b"]}, CauseKind.SURROUNDINGS),
            "the block needs another distribution, or one alone, for `cv2.x.SIFT`: a, b bring the same module",
            "declare only the one that has it",
        ),
        (
            *("google.nowhere", None, {"module": "google.nowhere"}, CauseKind.MISSING_MODULE),
            *("`google` has no module `nowhere`", "import what it has"),
        ),
        (
            *("os.nowhere", None, {"module": "os.nowhere"}, CauseKind.MISSING_MODULE),
            *("`os` has no module `nowhere`", "import what this release has"),
        ),
        (
            *("yaml.nowhere", None, {"module": "yaml.nowhere"}, CauseKind.MISSING_MODULE),
            *("`yaml` has no module `nowhere`", "import what `PyYAML` 6 has, or declare another release"),
        ),
        (
            *("yaml", "Nothing", {"attribute": "Nothing"}, CauseKind.MISSING_ATTRIBUTE),
            *("`yaml` has no `Nothing`", "import what `PyYAML` 6 has, or declare another release"),
        ),
        (
            *("google.nowhere.x", "y", {"module": "google.nowhere", "shared": True}, CauseKind.UNDECLARED),
            "`google.nowhere` is not installed",
            "declare the extra, or the distribution, that brings it, in requirements.txt",
        ),
        (
            *("google.clod", None, {"module": "google.clod", "shared": True, "near": "cloud"}, CauseKind.UNDECLARED),
            *("`google.clod` is not installed", "did you mean `cloud`?"),
        ),
    ],
)  # fmt: skip
def test_what_is_missing_is_told_with_what_brings_it(  # noqa: PLR0913, PLR0917 - a table of what goes in and what comes out
    module: str, attribute: str | None, answer: dict[str, object], kind: CauseKind, fact: str, remedy: str
) -> None:
    cause = judged(Import(module, attribute, PLACE), answer, ENVIRONMENT)
    assert (cause.kind, cause.place, cause.fact, cause.remedy) == (kind, PLACE, fact, remedy)


def test_a_distribution_that_is_there_need_not_be_declared() -> None:
    there = Environment("python", lock=("google_cloud.storage==2",))
    cause = judged(Import("google.cloud.storage", "Cliet", PLACE), {"attribute": "Cliet", "near": "Client"}, there)
    assert (cause.fact, cause.remedy) == ("`google.cloud.storage` has no `Cliet`", "did you mean `Client`?")


def test_a_python_that_should_have_a_module_was_built_without_it() -> None:
    cause = judged(Import("nis", None, PLACE), {"module": "nis"}, ENVIRONMENT)
    assert (cause.kind, cause.fact) == (CauseKind.UNDECLARED, f"`nis` {ABSENT}")


@pytest.mark.parametrize(
    ("module", "attribute", "answer", "release", "what"),
    [
        ("annotationlib", None, {"module": "annotationlib"}, "3.14", "annotationlib"),
        ("string.templatelib", "Template", {"module": "string.templatelib"}, "3.14", "string.templatelib.Template"),
        ("itertools", "batched", {"attribute": "batched", "near": None}, "3.12", "itertools.batched"),
    ],
)
def test_what_only_a_later_python_has(
    module: str, attribute: str | None, answer: dict[str, object], release: str, what: str
) -> None:
    cause = judged(Import(module, attribute, PLACE), answer, Environment("python", "3.11.7"))
    assert (cause.kind, cause.fact) == (
        CauseKind.SURROUNDINGS,
        f"the block needs Python {release}: earlier ones have no `{what}`",
    )
    assert cause.remedy.startswith(f"run it with `--python {release}`")
