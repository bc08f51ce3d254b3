"""Reference points for judging a map: how many, where, and what a person saw there.

design    how many points each class of the map needs
drawing   which pixels are drawn, by a seed, whatever the size of the map
files     the points' table for the interpreter, and the key that stays here
estimate  from the interpreter's classes to accuracy and areas with their intervals
"""
