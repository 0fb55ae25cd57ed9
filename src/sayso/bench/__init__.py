"""Measures that `sayso bench` prints; each module has `measure` and a table of its own."""
