from __future__ import annotations

import pytest

from skillcheck.load.markdown import document
from skillcheck.load.source import Source
from skillcheck.model import Directive, FaultKind


def directive(comment: str) -> Directive:
    read, faults = document(Source("f", f"{comment}\n```py\n```\n"), "f", 1)
    assert faults == ()
    return read.blocks[0].directive


@pytest.mark.parametrize(
    ("comment", "options"),
    [
        ("<!-- skillcheck: skip -->", {"skip": ""}),
        ('<!-- skillcheck: skip reason="needs AWS" -->', {"skip": "", "reason": "needs AWS"}),
        ("<!--skillcheck:level=parsed-->", {"level": "parsed"}),
        ("<!-- skillcheck: file=src/app/models.py after=setup -->", {"file": "src/app/models.py", "after": "setup"}),
        ("<!-- skillcheck: raises=a.ValueError timeout=.5 -->", {"raises": "a.ValueError", "timeout": ".5"}),
        ("<!-- skillcheck:\n  network\n  hidden, run\n-->", {"network": "", "hidden": "", "run": ""}),
        ("<!-- skillcheck: skip -->\n\n<!-- prettier-ignore -->\n", {"skip": ""}),
        ("<!-- skillcheck: skip -->\n<!-- skillcheck: reason=x -->", {"skip": "", "reason": "x"}),
        ("text <!-- skillcheck: skip -->", {"skip": ""}),
        ("<!-- SKILLCHECK: skip -->", {"skip": ""}),
        ("<!-- other -->", {}),
        ("<!-- skillcheck: ignore SK012 -->", {}),
        ("<!-- skillcheck is a tool -->", {}),
    ],
)
def test_options(comment: str, options: dict[str, str]) -> None:
    got = directive(comment)
    assert (got.options, got.faults) == (options, ())


def test_place_is_the_comment() -> None:
    assert str(directive("\n x <!-- skillcheck: skip -->").place) == "f:2:4"
    assert directive("<!-- other -->").place is None


def test_the_comment_wins_over_the_info_string() -> None:
    read, _ = document(Source("f", "<!-- skillcheck: file=b.py -->\n```py title=a.py\n```\n"), "f", 1)
    assert read.blocks[0].directive.options == {"file": "b.py"}
    alone, _ = document(Source("f", "```py title=a.py\n```\n"), "f", 1)
    assert alone.blocks[0].directive == Directive({"file": "a.py"})


@pytest.mark.parametrize(
    ("comment", "fact", "remedy"),
    [
        ("<!-- skillcheck: skp -->", "unknown option `skp`", "did you mean `skip`"),
        ("<!-- skillcheck: zzz=1 -->", "unknown option `zzz`", "use one of hidden, "),
        (
            "<!-- skillcheck: level=run -->",
            "`level` is `run`, not one of shown, parsed, resolved, ran, covered",
            "write ",
        ),
        ("<!-- skillcheck: timeout=x -->", "`timeout` is `x`, not a number of seconds above 0", "write "),
        ("<!-- skillcheck: timeout=0 -->", "`timeout` is `0`, not a number of seconds above 0", "write "),
        ("<!-- skillcheck: timeout=inf -->", "`timeout` is `inf`, not a number of seconds above 0", "write "),
        ("<!-- skillcheck: after= -->", "`after` has no value", "write as in `after=setup`"),
        ("<!-- skillcheck: reason -->", "`reason` has no value", "write "),
        ("<!-- skillcheck: raises=a-b -->", "`raises` is `a-b`, not the name of an exception", "write "),
        ("<!-- skillcheck: file=../a.py -->", "`file` is `../a.py`, not a path inside the project", "write "),
        ("<!-- skillcheck: file=/a.py -->", "`file` is `/a.py`, not a path inside the project", "write "),
        ("<!-- skillcheck: file=C:/a.py -->", "`file` is `C:/a.py`, not a path inside the project", "write "),
        ("<!-- skillcheck: skip=yes -->", "`skip` takes no value, got `yes`", "write `skip` alone"),
        ("<!-- skillcheck: skip skip -->", "`skip` is given twice", "keep "),
        ("<!-- skillcheck: -->", "the directive asks for nothing", "name one of "),
        ("<!-- skillcheck: reason=don't -->", "the directive is not closed: no closing quotation", "quote "),
        ("<!-- skillcheck skip -->", "`skillcheck` without a colon is not read", "write `<!-- skillcheck: "),
    ],
)
def test_mistakes_are_faults_at_the_comment(comment: str, fact: str, remedy: str) -> None:
    got = directive(f"\n{comment}")
    (fault,) = got.faults
    assert (fault.kind, str(fault.place), fault.fact) == (FaultKind.BAD_DIRECTIVE, "f:2:1", fact)
    assert fault.remedy.startswith(remedy)
    assert "level" not in got.options


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("> <!-- skillcheck: skip -->\n> ```\n> ```\n", True),
        ("- <!-- skillcheck: skip -->\n  ```\n  ```\n", True),
        ("<!-- skillcheck: skip -->\n\n- ```\n  ```\n", True),
        ("> <!-- skillcheck:\n>   skip -->\n>\n> ```\n> ```\n", True),
        ("<!-- skillcheck: skip -->\n\ntext\n\n```\n```\n", False),
        ("<!-- skillcheck: skip -->\n\n---\n\n```\n```\n", False),
        ("```\n```\n<!-- skillcheck: skip -->\n", False),
        ("<!-- skillcheck: skip -->\n<!-- x -->\ntext\n\n```\n```\n", False),
    ],
)
def test_a_directive_stands_directly_before_its_fence(text: str, found: bool) -> None:  # noqa: FBT001
    read, faults = document(Source("f", text), "f", 1)
    assert ("skip" in read.blocks[0].directive.options) is found
    assert [fault.kind for fault in faults] == ([] if found else [FaultKind.BAD_DIRECTIVE])


def test_comments_in_fences_are_no_directives() -> None:
    _, faults = document(Source("f", "```\n<!-- skillcheck: skp -->\n```\n\n`<!-- skillcheck: skp -->`\n"), "f", 1)
    assert faults == ()
