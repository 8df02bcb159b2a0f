"""What a server of asynchronous applications runs."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "planforge.web.settings")
application = get_asgi_application()
