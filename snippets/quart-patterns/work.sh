taskiq worker app.tasks:worker --workers 1
