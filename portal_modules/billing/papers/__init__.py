"""What billing computes and draws: bank lines, Pix codes, fiscal keys, late charges, readers and PDFs.

Nothing in here asks the database or knows who is looking.
"""
