# src/app/routes/__init__.py
from app.routes import account, auth, chat, health, jobs, session, topics, users

MODULES = (account, auth, chat, health, jobs, session, topics, users)
BLUEPRINTS = tuple(module.blueprint for module in MODULES)
