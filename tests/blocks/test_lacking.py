from __future__ import annotations

from collections.abc import Callable

import pytest

from skillcheck.blocks.programs import programs, units
from skillcheck.model import MisuseKind, Skill

MODELS = "# src/app/models.py\nimport os\nclass User: pass\n"
PACKAGE = "# src/app/__init__.py\nversion = 1\n"


@pytest.mark.parametrize(
    ("files", "text", "facts"),
    [
        ((MODELS,), "import app.models\ndef f(): app.models.User, app.models.os", []),
        ((MODELS,), "import app.models\ndef f(): app.models.Usr", ["`app.models` has no `Usr`"]),
        ((MODELS,), "from app import models\ndef f(): models.zz.x", ["`app.models` has no `zz`"]),
        ((MODELS,), "from app.models import User\ndef f(): User.anything", []),
        ((MODELS,), "from app.models import Usr\ndef f(): Usr.anything", []),
        ((MODELS, PACKAGE), "import app\ndef f(): app.models, app.version, app.__path__", []),
        ((MODELS, PACKAGE), "import app\ndef f(): app.modles", ["`app` has no `modles`"]),
        ((f"{MODELS}def __getattr__(name): pass\n",), "import app.models\ndef f(): app.models.Usr", []),
        ((f"{MODELS}from os import *\n",), "import app.models\ndef f(): app.models.Usr", []),
        ((f"{MODELS}(\n",), "import app.models\ndef f(): app.models.Usr", []),
        ((), "import app.models\ndef f(): app.models.Usr", []),
    ],
)
def test_what_the_project_lacks(
    skill: Callable[[str], Skill], files: tuple[str, ...], text: str, facts: list[str]
) -> None:
    *_, last = programs(units(skill("\n".join(f"```python\n{each}\n```" for each in (*files, text)))))
    found = [misuse for misuse in last.misuses if misuse.kind is MisuseKind.ATTRIBUTE]
    assert [misuse.fact for misuse in found] == facts
    assert [misuse.remedy for misuse in found if "Usr" in misuse.fact] == ["did you mean `User`?"] * (
        "Usr" in str(facts)
    )
