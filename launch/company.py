"""The invented company that the demo and the journeys take through the six steps."""

import io

EMAIL = "yetkili@kuzeyruzgari.example"
DOCUMENTS = ("signature_circular", "trade_registry_gazette", "undertaking")
FIELDS = {
    "signatory_identity": "10000000146",
    "signatory_name": "Defne Poyraz",
    "signatory_email": EMAIL,
    "signatory_mobile": "0555 010 20 30",
    "trade_name": "Kuzey Rüzgârı Giyim Anonim Şirketi",
    "tax_number": "3900147256",
    "mersis_number": "0390014725600001",
    "tax_office": "Bornova",
    "website": "kuzeyruzgari.example",
    "contact_phone": "0232 555 01 01",
    "corporate_email": "bilgi@kuzeyruzgari.example",
    "province": "İzmir",
    "district": "Bornova",
    "address": "Ege Caddesi No: 12",
}
# The one that signs electronically beside it; the sandbox's registry knows both.
OTHER_EMAIL = "yetkili@yesilvadi.example"
OTHER_FIELDS = {
    **FIELDS,
    "signatory_identity": "14139472584",
    "signatory_name": "Çınar Ovalı",
    "signatory_email": OTHER_EMAIL,
    "signatory_mobile": "0555 010 20 31",
    "trade_name": "Yeşil Vadi Gıda Sanayi Limited Şirketi",
    "tax_number": "1413947252",
    "mersis_number": "0141394725200001",
    "tax_office": "Osmangazi",
    "website": "yesilvadi.example",
    "corporate_email": "bilgi@yesilvadi.example",
    "province": "Bursa",
    "district": "Osmangazi",
    "address": "Vadi Caddesi No: 21",
}


def sheet() -> bytes:
    """A blank page of A4, in the place of a scan."""
    # For the demo alone: `make run` starts without it.
    import pikepdf

    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def tax_plate() -> bytes:
    """A vergi levhası with words in it, laid out as GİB's are."""
    from weasyprint import HTML

    rows = (
        ("TİCARET ÜNVANI", "KUZEY RÜZGÂRI GİYİM ANONİM ŞİRKETİ", "VERGİ DAİRESİ", "BORNOVA"),
        ("İŞ YERİ ADRESİ", "EGE CADDESİ NO: 12 BORNOVA/ İZMİR", "VERGİ KİMLİK NO", FIELDS["tax_number"]),
        ("VERGİ TÜRÜ", "KURUMLAR VERGİSİ", "İŞE BAŞLAMA TARİHİ", "02.05.2016"),
    )
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    style = "@page { size: A4 landscape } td { border: 1pt solid; padding: 4pt }"
    return bytes(
        HTML(string=f"<style>{style}</style><h1>VERGİ LEVHASI</h1><table>{cells}</table>").write_pdf() or b""
    )
