"""Imagery as it comes: products and files, their bands, place, radiometry, checked."""
