"""What holds for all tests.

Property tests draw the same examples each time, so that a change is judged by itself; look for new ones with
`HYPOTHESIS_PROFILE=explore`, and keep what is found as an `@example`.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("suite", derandomize=True, database=None)
settings.register_profile("explore")
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))
