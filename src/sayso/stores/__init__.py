"""Noun: keeps records. Each store is a folder; what they share stands beside them."""
