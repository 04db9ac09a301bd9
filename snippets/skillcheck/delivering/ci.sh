# from references/delivering.md > Delivering > CI
skillcheck new word-count
echo '[gone](gone.md)' >> skills/word-count/SKILL.md
skillcheck check skills && exit 1
skillcheck check --write-baseline --exit-zero skills > known.txt
skillcheck check --baseline skillcheck-baseline.json skills
skillcheck check --format sarif --exit-zero --output skills.sarif skills
grep -q '"ruleId": "SK401"' skills.sarif
