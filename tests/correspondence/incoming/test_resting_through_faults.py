"""Mails that move nothing are settled in batches: killed workers and two at once lose none and tell none twice."""

import hashlib
import uuid

import pytest

from tests.correspondence.incoming.test_fetching_through_faults import USER, World, world
from tests.scenarios.mailbox import Maildir
from tests.scenarios.mails import RECEIVED, mail

__all__ = ["world"]
pytestmark = pytest.mark.django_db
MAILS = 40
NOTHING = "Başvurunuzla ilgili görüşmek üzere yarın sizi arayacağız."
KNOWN = "SELECT sha256 FROM correspondence_mail"
TOLD = "SELECT data->>'mail', count(*) FROM journal_entry WHERE event = '{}' AND data ? 'mail' GROUP BY 1"


def drop(world: World) -> None:
    """Of five mails one moves a step, one is nobody's, three of the company's say nothing that is known."""
    box = Maildir(world.dovecot.maildirs / USER)
    for number in range(MAILS):
        key = f"<{uuid.uuid4()}@iys.org.tr>"
        text = RECEIVED if number % 5 == 1 else NOTHING
        if number % 5 == 0:
            raw = mail(text=text, message_id=key)
        else:
            raw = mail(text=text, message_id=key, to=world.to, in_reply_to=world.asked)
        box.put(raw)
        world.dropped.append(raw)


def assert_each_was_settled_once(world: World) -> None:
    count = len(world.dropped)
    standing = "SELECT status, company_id IS NULL, count(*) FROM correspondence_mail GROUP BY 1, 2 ORDER BY 1, 2"
    assert world.ask(standing) == [
        ("applied", False, count // 5),
        ("person", False, count // 5 * 3),
        ("person", True, count // 5),
    ]
    assert {digest for (digest,) in world.ask(KNOWN)} == {hashlib.sha256(raw).hexdigest() for raw in world.dropped}
    assert [told for _mail, told in world.ask(TOLD.format("mail_read"))] == [1] * (count // 5 * 4)
    assert [told for _mail, told in world.ask(TOLD.format("moved"))] == [1] * (count // 5)
    unlinked = (
        "SELECT count(*) FROM journal_entry e WHERE NOT EXISTS (SELECT FROM journal_link WHERE entry_id = e.id)"
    )
    assert world.ask(unlinked) == [(0,)]


def test_workers_killed_at_any_point_settle_each_mail_once(world: World) -> None:
    drop(world)
    world.worker("points")
    assert_each_was_settled_once(world)
    drop(world)
    world.worker("kill")
    assert_each_was_settled_once(world)


@pytest.mark.parametrize("mode", ["pair", "rivals"])
def test_two_workers_at_once_settle_each_mail_once(world: World, mode: str) -> None:
    drop(world)
    world.worker(mode)
    assert_each_was_settled_once(world)
