"""What people see: pages, the map's shell, its colours and its words."""
