import pytest

from correspondence.incoming.matching import Owners, clues, decide
from correspondence.reading.parsing import content, envelope
from tests.scenarios.mails import RECEIVED, mail

NOBODY: frozenset[str] = frozenset()
A, B = frozenset({"a"}), frozenset({"b"})


@pytest.mark.parametrize(
    ("token", "thread", "number", "authenticated", "owner"),
    [
        (A, NOBODY, NOBODY, False, "a"),
        (A, A, NOBODY, False, "a"),
        (NOBODY, A, NOBODY, False, "a"),
        (NOBODY, NOBODY, A, True, "a"),
        (NOBODY, NOBODY, A, False, None),
        (A, B, NOBODY, True, None),
        (A | B, NOBODY, NOBODY, True, None),
        (NOBODY, A | B, NOBODY, True, None),
        (NOBODY, NOBODY, A | B, True, None),
        (A, NOBODY, B, True, None),
        (NOBODY, NOBODY, NOBODY, True, None),
    ],
)
def test_one_owner_or_none(
    token: frozenset[str], thread: frozenset[str], number: frozenset[str], authenticated: bool, owner: str | None
) -> None:
    match = decide(Owners(by_token=token, by_thread=thread, by_number=number), authenticated=authenticated)
    assert match.key == owner
    assert match.why


def test_clues_are_found_in_addresses_headers_and_text() -> None:
    raw = mail(text=f"{RECEIVED} İYS Kodu: 710482", in_reply_to="<x@takip.portal.example>")
    found = clues(envelope(raw), content(raw), tracking_domain="takip.portal.example")
    assert found.tokens == {"a" * 20}
    assert found.message_ids == ("<x@takip.portal.example>",)
    assert found.numbers == {"MX3ZB5JA", "710482"}


def test_a_token_of_another_domain_is_none() -> None:
    raw = mail(to=f"t-{'a' * 20}@saldirgan.example")
    assert not clues(envelope(raw), content(raw), tracking_domain="takip.portal.example").tokens
