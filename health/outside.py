"""Broker and file store, asked without changing anything in them."""

import os
from pathlib import Path
from typing import Any

from celery import current_app
from django.core.files.storage import storages
from kombu.exceptions import ChannelError


def broker_lengths() -> dict[str, int]:
    """How many messages wait in each queue. Raises when the broker does not answer."""
    with current_app.connection_for_write() as line:
        line.ensure_connection(max_retries=1, timeout=2)
        channel: Any = line.default_channel  # its stubs know no queue
        lengths = {}
        for name in current_app.amqp.queues:
            try:
                lengths[name] = channel.queue_declare(name, passive=True).message_count
            except ChannelError:
                lengths[name] = 0  # a queue that nobody has used yet, or that is empty
        return lengths


def store_fault() -> str:
    """Why no file could be had or kept; empty when nothing stands in the way. Raises when the store is away."""
    store = storages["private"]
    if (bucket := getattr(store, "bucket", None)) is not None:
        # Whether a file is there would be answered alike by a bucket that is not.
        bucket.meta.client.head_bucket(Bucket=bucket.name)
        return ""
    folder = Path(store.path(""))
    # It is made with the first file.
    folder = next(each for each in (folder, *folder.parents) if each.exists())
    return "" if os.access(folder, os.R_OK | os.W_OK | os.X_OK) else "the folder of files cannot be written to"
