"""Files for other hands: rows of the register in, a file out, the same bytes for the same rows."""
