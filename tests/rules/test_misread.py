"""Text in UTF-8 that was read in another encoding and saved so, and text of many languages that only looks like it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from skillcheck.edits import applied
from skillcheck.model import Finding
from skillcheck.rules.misread import misread

Told = Callable[[Mapping[str, str]], list[Finding]]

TOP = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n"
MAIN = "skills/forms/SKILL.md"
QUOTE, MARK = "\u2019", "\ufeff"
SIGNS = "\u2019 “quoted” \u2013 — … • → € ™ ≥ ├── ✅ 🚀"


def seen(text: str, codec: str) -> str:
    """Return what UTF-8 looks like in another encoding; what Windows leaves undefined is a control character."""
    return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "mac_roman", "cp437", "cp850"])
def test_signs_that_were_misread(codec: str) -> None:
    text = seen(SIGNS, codec)
    for start, run, before in reversed([*misread(text)]):
        text = text[:start] + before + text[start + len(run) :]
    assert text == SIGNS


@pytest.mark.parametrize(
    ("text", "before"),
    [
        (seen("café", "cp1252"), "é"),
        (seen("voilà !", "cp1252"), "à"),
        (seen("Ångstrom", "cp1252"), "Å"),
        (seen("20°C", "cp1252"), "°"),
        (seen("a « b", "cp1252"), "«"),
        (seen(seen("don\u2019t", "cp1252"), "cp1252"), "\u2019"),
        (seen("quoted”.", "cp1252").replace("\x9d", ""), "”"),
        (seen("\ufeffname", "cp1252"), ""),
        (seen("\uff01", "cp1252"), "\uff01"),
        (seen("\u3053", "cp1252"), "\u3053"),
    ],
)
def test_what_it_was_before(text: str, before: str) -> None:
    assert [each[2] for each in misread(text)] == [before]


@pytest.mark.parametrize(
    "text",
    [
        "Preencha o formulário. NÃO apague a IRMÃ «João» — SÃO 3,5 °C às 10 h.",
        "Le café\u00a0», «\u00a0Noël\u00a0», «CAFÉ», à la façon de l\u2019État…",
        "Hanoï\u00a0», la lettre Â… et Ã\u00a0»",
        "Âm nhạc, tân “trâ”, ĐÃ đọc, Nguyễn Ái Quốc \u2013 “Ã”",
        "\u201aÄpfel\u2018 und \u201aÖl\u2018, \u0393\u03b5\u03b9\u03b1, Ôté, √\u03c0",
        "`" + seen("\u2019", "cp1252") + "` stands for a quote",
        "plain text",
    ],
)
def test_text_that_was_read_as_it_is(text: str) -> None:
    assert [*misread(text)] == []


def test_the_first_is_told_and_all_are_mended(told: Told, tmp_path: Path) -> None:
    body = f"\nFill {seen('café', 'cp1252')} first.\n\nDon{seen(QUOTE, 'cp1252')}t wait.\n"
    (finding,) = told({MAIN: TOP + body})
    assert (finding.code, finding.place.line, finding.place.column) == ("SK442", 6, 9)
    assert finding.message.endswith("before it was read in a wrong encoding, and so are 1 more")
    assert finding.fix == "write `é`, and save the file as UTF-8"
    written = (tmp_path / MAIN).read_text(encoding="utf-8")
    assert applied(written, [finding.edits])[0] == TOP + "\nFill café first.\n\nDon\u2019t wait.\n"


def test_a_byte_order_mark_is_deleted(told: Told) -> None:
    (finding,) = told({MAIN: f"{TOP}\n{seen(MARK, 'cp1252')}Fill it.\n"})
    assert finding.fix == "delete it, and save the file as UTF-8"


def test_a_manifest_is_told_and_not_edited(told: Told) -> None:
    plugin = {
        "name": "forms",
        "version": "1.0.0",
        "description": seen("Fills cafés", "cp1252"),
        "author": {"name": "A"},
    }
    files = {MAIN: f"{TOP}\nFill it.\n", ".claude-plugin/plugin.json": json.dumps(plugin, ensure_ascii=False)}
    (finding,) = told(files)
    assert (finding.code, finding.edits) == ("SK442", ())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (MAIN, f"{TOP}\nMojibake looks like {seen(QUOTE, 'cp1252')} and so on.\n"),
        ("skills/forms/scripts/mend.py", f"BROKEN = '{seen(QUOTE, 'cp1252')}s'\n"),
    ],
)
def test_what_is_about_encodings_shows_them(told: Told, path: str, text: str) -> None:
    assert told({MAIN: f"{TOP}\nRun scripts/mend.py.\n", path: text}) == []
