"""Measurements and pictures of the program, made by commands: `python -m benchmarks.NAME`."""
