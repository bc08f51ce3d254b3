"""Looking again at known places: what one image shows of each, against what an earlier one did.

ground      which pixels show ground, and what of it
greenness   from NDVI to plant cover, with the scene's own ends
shift       how far two images of one place lie apart
footprint   disturbed ground in and connected to an outline, and how it changed
patch       the undisturbed ground that plants are compared with
images      an open image, read place by place, also on another image's grid
looking     one look at one place
followup    many places in one image
"""
