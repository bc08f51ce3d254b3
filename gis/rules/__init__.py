"""Regulations as data, each row with its source and how certain it is, and their readers."""
