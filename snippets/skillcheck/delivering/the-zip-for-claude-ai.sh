# from references/delivering.md > Delivering > The ZIP for claude.ai
skillcheck new word-count
skillcheck verify --no-install skills
skillcheck check dist/word-count.zip
skillcheck evidence dist/word-count.zip
skillcheck evidence --rerun --no-install dist/word-count.zip
