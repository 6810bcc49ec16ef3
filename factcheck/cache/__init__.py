"""What earlier runs worked out, kept by content: claims by article, scores by pair, findings by set of articles.

Every key holds the content it was worked out from and a digest of the rules and models that did it, so that nothing is
ever stale. A cache that can't be read or written is no error: the work is done anew.
"""
from factcheck.cache.store import Cache, default_folder

__all__ = ["Cache", "default_folder"]
