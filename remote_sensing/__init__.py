"""What the satellite sees: scene in, outlined and scored candidates out."""
