"""Svelte's single files: their elements, then their scripts and styles by their own grammars."""

from __future__ import annotations

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.html import embedding
from skillcheck.runner.languages.typescript import LANGUAGE as TYPESCRIPT

LANGUAGE = Language("svelte", embedding(TYPESCRIPT))
