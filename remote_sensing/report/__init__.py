"""An evaluation as one HTML file that needs nothing else and reads well on paper.

words       what it says, in Chinese and English
figures     its diagrams as SVG, whose letters are the page's own, so that none is a box
thumbnails  the worst errors as pictures with the outlines of truth and candidates
tables      the rows of its tables
sample_…    the same for a sample of reference points: areas, accuracy, where they lie
page        all of it put together; the same input gives the same bytes
"""
