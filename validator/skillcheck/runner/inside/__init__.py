"""What runs inside the environment's interpreter: the standard library alone, and nothing of skillcheck's."""
