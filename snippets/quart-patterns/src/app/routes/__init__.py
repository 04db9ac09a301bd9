# src/app/routes/__init__.py
from app.routes import auth, chat, health, jobs, topics, users

BLUEPRINTS = tuple(module.blueprint for module in (auth, chat, health, jobs, topics, users))
