"""How good a run is, by the project's protocol: per pixel, per object, per batch."""
