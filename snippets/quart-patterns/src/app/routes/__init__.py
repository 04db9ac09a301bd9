# src/app/routes/__init__.py
from app.routes import auth, chat, files, health, jobs, streams, topics, users

MODULES = (auth, chat, files, health, jobs, streams, topics, users)
BLUEPRINTS = tuple(module.blueprint for module in MODULES)
