cp -r "$SKILL"/snippets/{src,tests,pyproject.toml,hypercorn.toml} .
pytest
export PYTHONPATH=src
export QUART_SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(48))')"
quart --app "app:create_app" create-tables
python -m app hypercorn.toml
