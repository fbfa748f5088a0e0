"""Work that hostile input could make endless, held to a bound that no busy machine reaches."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

# Input that grows work with its square costs minutes at the sizes that the tests send; honest work, a second at most.
PATIENCE = 15.0


@contextmanager
def soon() -> Iterator[None]:
    """Assert that what is done inside does not run away. Measured in seconds of this thread on the processor."""
    begun = time.thread_time()
    yield
    assert time.thread_time() - begun < PATIENCE, "this input makes work without end"
