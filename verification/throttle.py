"""How often something may be asked for, counted in the shared cache."""

from uuid import uuid4

from django.core.cache import cache


def allowed(key: str, *, limit: int, seconds: int) -> bool:
    """Counts one more request for `key`; True for the first `limit` within a window of `seconds`.

    The window opens with the first request and is closed by the cache's own clock. Its count has a name of its
    own: some caches forget, with every step of a count, how long it was to be kept.
    """
    window = cache.get_or_set(f"throttle:{key}", lambda: uuid4().hex, timeout=seconds)
    name = f"throttle:{key}:{window}"
    cache.add(name, 0, timeout=seconds)
    count = cache.incr(name)
    cache.touch(name, seconds)
    return bool(count <= limit)
