"""A channel whose connection is closed says that the broker is away, which a worker outlives."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from kombu import Connection

import iysportal.celery  # noqa: F401

MESSAGE = {"body": "", "properties": {"delivery_tag": "1", "delivery_info": {"exchange": "", "routing_key": "q"}}}


def lost_by_its_connection(channel: Any) -> None:
    channel.connection = None


def lost_by_its_transport(channel: Any) -> None:
    channel.connection.client = None


@pytest.mark.parametrize("lost", [lost_by_its_connection, lost_by_its_transport])
def test_what_is_done_once_the_connection_is_closed_is_not_acknowledged(
    redis: None, lost: Callable[[Any], None]
) -> None:
    connection = Connection(os.environ["BROKER_URL"])
    channel: Any = connection.channel()
    errors = connection.connection_errors
    channel.qos.append(channel.Message(MESSAGE, channel=channel), "1")
    channel._disconnect_pools()
    lost(channel)
    with pytest.raises(errors):
        channel.basic_ack("1")
