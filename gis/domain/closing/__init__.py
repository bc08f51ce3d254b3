"""销号与回头看: what a close-out needs, who passes it, and what is seen afterwards."""
