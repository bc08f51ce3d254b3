"""The second stage: whole objects are judged, after single pixels were.

``outlining`` says which pixels an object is made of, ``describing`` what an object is like,
``judging`` how likely it is right, ``learning`` makes the judge from held-out ground.
"""
