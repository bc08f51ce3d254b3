"""What changed between dates, place by place, from the folders that detection wrote.

runs      run folders as dates of one stretch of ground, and why some cannot be compared
places    outlines of all dates joined into places: one that split or merged stays one
ground    what each date shows of a place, on one grid, and what hides it
compare   the word for what changed, with what the outlines and unchanged places leave in doubt
files     the changes as GeoJSON, and the record of how they were found
"""
