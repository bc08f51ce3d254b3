"""Files in, checked rows out."""
