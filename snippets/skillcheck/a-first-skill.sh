# from SKILL.md > skillcheck > A first skill
mkdir -p skills/csv-totals
cat > skills/csv-totals/SKILL.md <<'END'
---
name: csv-totals
description: Adds up columns of CSV files in Python. Use when the user asks for totals of a CSV or a spreadsheet export.
---

# CSV totals

```python
# src/totals.py
import csv
from decimal import Decimal
from io import StringIO


def total(text: str, column: str) -> Decimal:
    """Add up a column; KeyError where there is none of that name."""
    return sum((Decimal(row[column]) for row in csv.DictReader(StringIO(text))), Decimal())
```

Decimals keep cents exact:

```python
from totals import total

print(total("item,price\ntea,0.10\nmilk,0.20\n", "price"))
#> 0.30
```

A column that is not there fails at once:

<!-- skillcheck: raises=KeyError -->
```python
from totals import total

total("item\ntea\n", "price")
```
END

skillcheck check skills
skillcheck extract skills
skillcheck run --no-install --format json --output report.json skills
grep -q '"level": "covered"' report.json
skillcheck pack skills
