"""The customer's pages of payments."""
