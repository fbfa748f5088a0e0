"""The demo world: five companies with people, pages and records, made by the portal's own actions.

Each company is made of parts: the company itself, one part for each module that has a `demo.py`, and the
news. A part is loaded once, in one transaction that also writes a line into the company's log; so a second
run finds nothing to do, a run that was interrupted is taken up where it stopped, and a module that comes
later joins a demo that is there already.
"""
