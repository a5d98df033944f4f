"""Kept breakages of the program, and whether the tests notice each of them: ``python -m tests.mutasi``."""
