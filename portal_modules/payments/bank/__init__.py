"""Files of banks: statements (OFX), returns of boletos (CNAB), and which open invoice a line may be for.

Nothing in here asks the database or knows who is looking.
"""
