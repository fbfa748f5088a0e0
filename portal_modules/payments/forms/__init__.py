"""What staff and customers say of payments."""
