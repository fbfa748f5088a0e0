"""The customer's pages of processes: their businesses, and the reviews that they asked for."""
