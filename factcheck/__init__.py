"""factcheck: where do several sources on one event agree, and where do they contradict each other?"""
from __future__ import annotations

__version__ = "0.1.0"
