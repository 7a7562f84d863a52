"""What the portal and its confined processes say to each other: plain values and bytes, nothing that runs. PURE.

A message is JSON in which bytes are left out; they follow it, one after the other.
"""

import json
import socket
import struct
from collections.abc import Mapping
from typing import Any

HEAD = struct.Struct(">I")
PLACE = "$bytes"  # stands in the JSON for bytes; its value says how many

Message = Mapping[str, Any]


class Broken(OSError):
    """The other side went away in the middle of a message, or said more than it may."""


def send(line: socket.socket, message: Message) -> None:
    blobs: list[bytes] = []
    text = json.dumps(_without_bytes(message, blobs)).encode()
    line.sendall(HEAD.pack(len(text)) + text)
    for blob in blobs:
        line.sendall(blob)


def receive(line: socket.socket, *, most: int) -> dict[str, Any]:
    """The next message, of `most` bytes at most. Raises Broken, or TimeoutError as the line is set."""
    length = HEAD.unpack(_exactly(line, HEAD.size))[0]
    if length > most:
        raise Broken("a message of too many bytes")
    try:
        found = json.loads(_exactly(line, length))
        message = _with_bytes(line, found, [most - length])
    except (ValueError, TypeError, RecursionError) as error:
        raise Broken("no message") from error
    if not isinstance(message, dict):
        raise Broken("no message")
    return message


def _without_bytes(value: Any, blobs: list[bytes]) -> Any:
    if isinstance(value, bytes):
        blobs.append(value)
        return {PLACE: len(value)}
    if isinstance(value, Mapping):
        return {key: _without_bytes(each, blobs) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without_bytes(each, blobs) for each in value]
    return value


def _with_bytes(line: socket.socket, value: Any, left: list[int]) -> Any:
    if isinstance(value, dict):
        size = value.get(PLACE)
        if size is None:
            return {key: _with_bytes(line, each, left) for key, each in value.items()}
        left[0] -= size
        if size < 0 or left[0] < 0:
            raise Broken("a message of too many bytes")
        return _exactly(line, size)
    if isinstance(value, list):
        return [_with_bytes(line, each, left) for each in value]
    return value


def _exactly(line: socket.socket, count: int) -> bytes:
    found = bytearray(count)
    view, at = memoryview(found), 0
    while at < count:
        read = line.recv_into(view[at:])
        if not read:
            raise Broken("the line ended")
        at += read
    return bytes(found)
