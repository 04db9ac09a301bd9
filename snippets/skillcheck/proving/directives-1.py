# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "claude-skillcheck",
# ]
# ///

# from references/proving.md > Proving blocks > Directives

print(sum([1, 2, 3]))
# > 6
print(1 / 0)
