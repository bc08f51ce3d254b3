"""What hides the ground: cloud, snow and shadow, told by colours or brought along."""
