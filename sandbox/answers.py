"""What İYS writes back, in the wording of the guide's pictures."""

from dataclasses import dataclass

from django.utils.html import escape


@dataclass(frozen=True)
class Answer:
    """`lines` are paragraphs; `html` None makes the HTML of the lines; `pdf` is (file name, bytes)."""

    title: str
    lines: tuple[str, ...]
    html: str | None = None
    pdf: tuple[str, bytes] | None = None

    @property
    def text(self) -> str:
        return "\n\n".join(self.lines) + "\n"

    @property
    def markup(self) -> str:
        inner = self.html or "".join(f"<p>{escape(line)}</p>" for line in self.lines)
        return f'<html lang="tr"><body>{inner}</body></html>'


BYE = "Saygılarımızla,\nİleti Yönetim Sistemi A.Ş."


def received(number: str) -> Answer:
    return Answer(
        "Başvurunuz alınmıştır",
        (
            "Sayın Yetkili,",
            f"{number} no'lu başvurunuz alınmıştır. Hesap yöneticilerimiz başvurunuzu inceleyecektir.",
            "Başvuru numaranızın yer aldığı bu e-postayı lütfen saklayınız.",
            BYE,
        ),
    )


def changes(text: str) -> Answer:
    return Answer(
        "Başvurunuz hakkında",
        ("Sayın Yetkili,", f"Başvurunuzda düzeltilmesi gereken bilgiler bulunmaktadır: {text}", BYE),
    )


def approved(trade_name: str, code: str, brands: dict[str, str]) -> Answer:
    lines = [f"Hizmet sağlayıcı:\n{trade_name}", f"İYS Numaranız: {code}", "Markalarınız:"]
    lines += [f"{name}\nİYS Numarası: {brand_code}" for name, brand_code in brands.items()]
    inner = "<p>Başvurunuz onaylanmıştır.</p>" + "".join(
        f"<p>{escape(line).replace(chr(10), '<br>')}</p>" for line in lines
    )
    return Answer("Başvurunuz onaylandı", ("Başvurunuz onaylanmıştır.", *lines, BYE), inner)


def refused(reason: str) -> Answer:
    return Answer("Başvurunuz hakkında", ("Sayın Yetkili,", f"Başvurunuz reddedilmiştir: {reason}", BYE))


def offer(package: str, view_url: str, pay_url: str) -> Answer:
    sentence = "Teklifimizi ekte bilgilerinize sunarız. Teklifi çevrimiçi görüntülemek ve ödeme yapmak için"
    inner = (
        f'<p>Sayın Yetkili,</p><p>{sentence} <a href="{view_url}">buraya tıklayınız.</a></p>'
        f'<p><a href="{pay_url}">Ödeme yapmak için tıklayınız.</a></p>'
        f'<p><a href="{view_url}">Teklifi incelemek için tıklayınız.</a></p><p>Saygılarımızla,</p>'
    )
    # WeasyPrint is loaded with the first offer: it takes longer than all the rest of a start.
    from weasyprint import HTML

    page = (
        '<html lang="tr"><body style="font-family:DejaVu Sans"><h1>Teklif</h1>'
        f"<p>{escape(package)} paketi için deneme teklifidir.</p>"
        "<p>Sandbox: hiçbir ticari değeri yoktur.</p></body></html>"
    )
    return Answer(
        f"{package} paketi teklifi",
        (
            "Sayın Yetkili,",
            f"{sentence} buraya tıklayınız: {view_url}",
            f"Ödeme yapmak için tıklayınız: {pay_url}",
            f"Teklifi incelemek için tıklayınız: {view_url}",
            BYE,
        ),
        inner,
        ("teklif.pdf", HTML(string=page).write_pdf()),
    )


def not_understood() -> Answer:
    return Answer(
        "Talebiniz hakkında",
        ("Sayın Yetkili,", "Talebiniz işleme alınamamıştır. Lütfen teklif talebi şablonunu kullanınız.", BYE),
    )


def paid(package: str) -> Answer:
    return Answer(
        "Ödemeniz alınmıştır",
        ("Sayın Yetkili,", f"Ödemeniz alınmıştır. {package} paketiniz tanımlanmıştır.", BYE),
    )


def assigned(partner: str) -> Answer:
    return Answer(
        "İş ortağı atamanız",
        ("Sayın Yetkili,", f"{partner} için iş ortağı atamanız tamamlanmıştır.", BYE),
    )


def assignment_refused(reason: str) -> Answer:
    return Answer(
        "İş ortağı atamanız hakkında",
        ("Sayın Yetkili,", f"İş ortağı atama talebiniz reddedilmiştir: {reason}", BYE),
    )
