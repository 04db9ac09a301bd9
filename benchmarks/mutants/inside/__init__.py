"""What runs in the environment's interpreter, inside the sandbox: the standard library, pytest and coverage alone."""
