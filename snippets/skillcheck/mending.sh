# from SKILL.md > skillcheck > Mending
mkdir -p skills/pdf-forms
cat > skills/pdf-forms/SKILL.md <<'END'
---
name: pdf_forms
description: Fills PDF forms. Use when: the user asks to fill a form.
alowed-tools: Read
---

# PDF forms

Fill each field by its name.
END

skillcheck check skills && exit 1
skillcheck check --diff --unsafe-fixes skills || true
skillcheck check --fix --unsafe-fixes skills
grep -x 'name: pdf-forms' skills/pdf-forms/SKILL.md
skillcheck explain SK103
