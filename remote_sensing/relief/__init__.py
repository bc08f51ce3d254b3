"""Elevation models: slope, the volume of pits and heaps, and what changed between two of them."""
