# from references/proving.md > Proving blocks > Tests of a skill
skillcheck new word-count
skillcheck run --no-install --no-cache skills > report.txt
grep -q '2 tests passed' report.txt
