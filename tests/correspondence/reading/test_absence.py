"""What may be filed unseen: that somebody is away, or that a mail was got. Nothing else, whatever is around."""

import pytest

from correspondence.reading import absence


@pytest.mark.parametrize(
    "text",
    [
        "Yıllık izindeyim, dönüşte yanıtlayacağım.",
        "Merhaba,\n24-28 Kasım arasında yıllık izinde olacağım.\nAcil durumlarda Ayşe Hanım'a (ayse@iys.org.tr, "
        "0312 555 01 02) ulaşabilirsiniz.\n\nSaygılarımla,\nAli Veli\nUzman",
        "I am out of the office until Monday. For urgent matters please contact x@y.example.",
        "E-postanız tarafımıza ulaşmıştır. En kısa sürede dönüş yapılacaktır.",
        "",
    ],
)
def test_an_answering_machine_says_no_more(text: str) -> None:
    assert absence.beyond(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Merhaba, kodunuz iptal edildi.",
        "Yıllık izindeyim. İmza sirkülerini gönderir misiniz?",
        "Yıllık izindeyim, ama başvurunuz reddedildi.",
        "İzindeyim. MX3ZB5JA için arayın: 0312 555 01 02",
        "Saygıdeğer yetkili,\nBaşvurunuz reddedildi.",
        "Ofis dışındayım.\n\nSaygılarımla\n\nYarın arar mısınız?",
        "Ofis dışındayım. Dosyanızı inceledik, uygun değil.",
    ],
)
def test_a_person_says_more(text: str) -> None:
    assert absence.beyond(text)
