"""What people type at a door."""
