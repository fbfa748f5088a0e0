"""ZIPs of strangers: what Python raises for one that is broken, or made on purpose."""

from __future__ import annotations

import zipfile
import zlib
from typing import Final

# NotImplementedError is an unknown way of packing, RuntimeError a part with a password.
UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
    OSError,
)
