# src/app/routes/__init__.py
from app.routes import account, auth, chat, files, health, jobs, session, streams, topics, users

MODULES = (account, auth, chat, files, health, jobs, session, streams, topics, users)
BLUEPRINTS = tuple(module.blueprint for module in MODULES)
