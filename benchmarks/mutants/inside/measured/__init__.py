"""Comes first on the path of the interpreters that a test starts."""
