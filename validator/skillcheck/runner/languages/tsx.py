"""TSX: TypeScript by another name, as far as documents tell them apart."""

from __future__ import annotations

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.typescript import LANGUAGE as TYPESCRIPT

LANGUAGE = Language("tsx", TYPESCRIPT.parse)
