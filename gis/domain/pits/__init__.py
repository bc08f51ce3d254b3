"""Mines and pits: their surveys, the restoration of their units, and the care after it."""
