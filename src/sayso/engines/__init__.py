"""Noun: runs pure functions over many records, here or elsewhere."""
