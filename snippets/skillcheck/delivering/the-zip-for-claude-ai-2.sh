# from references/delivering.md > Delivering > The ZIP for claude.ai
skillcheck new word-count
python -m zipfile -c some.zip skills # one folder too many
skillcheck check some.zip && exit 1
skillcheck pack --from some.zip
skillcheck check dist/word-count.zip
