"""Packing documents into letters: whatever their sizes, nothing is lost and no letter is too large."""

from email.message import EmailMessage
from email.policy import SMTP

from hypothesis import given
from hypothesis import strategies as st

from correspondence.outgoing.splitting import ENVELOPE, PER_DOCUMENT, distinct, fits, on_the_line, pack

MB = 1024 * 1024
LIMIT = 15 * MB
sizes_of_documents = st.lists(st.integers(0, 20 * MB), max_size=12)


@given(sizes=sizes_of_documents, limit=st.integers(ENVELOPE, 30 * MB))
def test_every_document_goes_once_and_in_order(sizes: list[int], limit: int) -> None:
    parts = pack(sizes, limit)
    assert sorted(place for part in parts for place in part) == list(range(len(sizes)))
    assert all(list(part) == sorted(part) for part in parts)
    assert [part[0] for part in parts if part] == sorted(part[0] for part in parts if part)


@given(sizes=sizes_of_documents, limit=st.integers(ENVELOPE, 30 * MB))
def test_no_letter_is_over_the_limit_but_one_with_a_single_document_that_fits_nowhere(
    sizes: list[int], limit: int
) -> None:
    for part in pack(sizes, limit):
        over = ENVELOPE + sum(on_the_line(sizes[place]) for place in part) > limit
        assert over == (len(part) == 1 and not fits(sizes[part[0]], limit))


@given(sizes=sizes_of_documents, limit=st.integers(ENVELOPE, 30 * MB))
def test_a_letter_is_begun_only_when_no_earlier_one_has_room(sizes: list[int], limit: int) -> None:
    parts = pack(sizes, limit)
    for number, part in enumerate(parts[1:], start=1):
        opener = part[0]
        for earlier in parts[:number]:
            taken = sum(on_the_line(sizes[place]) for place in earlier if place < opener)
            assert ENVELOPE + taken + on_the_line(sizes[opener]) > limit


@given(sizes=sizes_of_documents)
def test_the_same_documents_are_packed_the_same_way(sizes: list[int]) -> None:
    assert pack(sizes, LIMIT) == pack(list(sizes), LIMIT)


def test_a_letter_without_documents_is_one_letter() -> None:
    assert pack([], LIMIT) == ((),)


def test_a_document_of_full_size_fits_into_a_letter_of_full_size() -> None:
    assert fits(10 * MB, LIMIT)
    assert pack([10 * MB, 10 * MB, 500], LIMIT) == ((0, 2), (1,))


@given(size=st.integers(0, 20_000), name=st.text(max_size=180))
def test_a_document_takes_no_more_on_the_line_than_was_reckoned(size: int, name: str) -> None:
    def length(*payloads: bytes) -> int:
        message = EmailMessage()
        message.set_content("x")
        for payload in payloads:
            filename = "".join(filter(str.isprintable, name)) + ".pdf"
            message.add_attachment(payload, maintype="application", subtype="pdf", filename=filename)
        return len(message.as_bytes(policy=SMTP))

    # The first attachment also brings the outer headers, which belong to the envelope.
    assert length(b"", bytes(size)) - length(b"") <= on_the_line(size)
    assert length(b"", bytes(size)) - length(b"") > on_the_line(size) - PER_DOCUMENT


@given(
    names=st.lists(st.sampled_from(["tarama.pdf", "Tarama.PDF", "tarama-2.pdf", "tarama-2-2.pdf", "levha", ""]))
)
def test_no_two_documents_of_a_letter_have_one_name(names: list[str]) -> None:
    found = distinct(names)
    assert len({name.casefold() for name in found}) == len(names)
    assert [name.rpartition(".")[2] for name in found if "." in name] == [
        name.rpartition(".")[2] for name in names if "." in name
    ]


def test_a_name_that_comes_once_stays_as_it_is() -> None:
    assert distinct(["a.pdf", "tarama.pdf", "tarama.pdf", "b.jpg", "tarama.pdf"]) == [
        "a.pdf",
        "tarama.pdf",
        "tarama-2.pdf",
        "b.jpg",
        "tarama-3.pdf",
    ]
