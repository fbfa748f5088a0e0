"""The customer's pages of billing."""
