# from references/background-tasks.md > Background tasks > A queue
taskiq worker app.tasks:worker --workers 1
