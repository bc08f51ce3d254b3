"""Measures of the ground: coordinate systems, areas, distances, rivers."""
