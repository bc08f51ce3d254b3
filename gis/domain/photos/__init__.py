"""现场照片: how they arrive, what they say of themselves, how they are stamped."""
