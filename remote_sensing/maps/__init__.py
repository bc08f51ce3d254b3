"""What the map draws of imagery and of runs: display copies and their tiles."""
