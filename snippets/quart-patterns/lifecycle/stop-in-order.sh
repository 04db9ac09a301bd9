# from references/lifecycle.md > Lifecycle > Stop in order
python -m app hypercorn.toml
