"""What holds for all tests.

Property tests draw the same examples each time, so that a change is judged by itself. `make explore` draws new ones;
what it finds is kept as an `@example`.
"""

from __future__ import annotations

from tests.support import exploring

exploring.register()
