"""Why a letter did not go, in words for people, by the kind of the server's answer."""

import pytest

from correspondence.outgoing.failures import Failure, failure


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("550 5.1.1 <ada@x.example>: Recipient address rejected", "Böyle bir e-posta adresi yok."),
        ("550 No such user here", "Böyle bir e-posta adresi yok."),
        ("553 5.1.3 bad address syntax", "Böyle bir e-posta adresi yok."),
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound", "Böyle bir e-posta adresi yok."),
        ("550 5.1.2 Host unknown", "Adresin @ işaretinden sonrası bir posta sunucusuna çıkmıyor."),
        ("550 5.2.1 mailbox disabled", "Alıcının posta kutusu kapalı."),
        ("552 5.2.2 Over quota", "Alıcının posta kutusu dolu."),
        ("452 4.2.2 Mailbox full", "Alıcının posta kutusu dolu."),
        ("552 5.3.4 Message too big", "Mektup, alıcının sunucusu için çok büyük."),
        ("552 5.2.3 Message exceeds limit", "Mektup, alıcının sunucusu için çok büyük."),
        ("552 message size exceeds fixed limit", "Mektup, alıcının sunucusu için çok büyük."),
        ("554 5.7.1 Rejected as spam", "Posta sunucusu mektubu güvenlik kuralları yüzünden geri çevirdi."),
        ("451 4.3.0 Try again later", "Posta sunucusu mektubu her denemede erteledi."),
        ("554 Transaction failed", "Posta sunucusu mektubu geri çevirdi."),
        ("[Errno 104] Connection reset by peer", "Posta sunucusuyla bağlantı kesildi."),
    ],
)
def test_the_answer_of_a_server_is_said_in_turkish_with_what_to_do(answer: str, says: str) -> None:
    found = failure(answer)
    assert (found.says, found.answer) == (says, answer)
    assert found.to_do.endswith(".")


@pytest.mark.parametrize(
    "sentence",
    ["Önceki parçası gönderilemediği için gönderilmedi.", "Firmanın gönderim hesabı artık kullanıma hazır değil."],
)
def test_what_the_portal_says_itself_is_shown_as_it_is(sentence: str) -> None:
    assert failure(sentence) == Failure(sentence)
    assert failure(f"554 {sentence}") == Failure(sentence)


def test_trying_again_is_not_proposed_where_it_is_of_no_use() -> None:
    for answer in ("550 5.1.1 No such user here", "552 5.3.4 Message too big"):
        assert "Yeniden denemek işe yaramaz" in failure(answer).to_do.replace("yeniden", "Yeniden")
        assert failure(answer).is_final
    assert not failure("554 5.7.1 Rejected as spam").is_final


def test_an_address_of_iys_is_nothing_that_support_could_mend() -> None:
    found = failure("550 5.1.1 No such user here", to_iys=True)
    assert found.says == "Böyle bir e-posta adresi yok."
    assert found.to_do.startswith("Adres İYS'nindir")
    assert not found.is_final
    assert failure("552 5.3.4 Message too big", to_iys=True).is_final
